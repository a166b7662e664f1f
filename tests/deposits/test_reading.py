"""Reading deposited files: what becomes of each page, once, wherever a worker stops."""

from datetime import timedelta
from typing import Any

import pytest

from cordee.deposits import actions, queries
from cordee.deposits.actions import reading
from cordee.deposits.models import DepositedFile, DepositedPage
from cordee.deposits.rules import GivenFile
from cordee.deposits.states import GIVE_UP_AFTER, LEASE, FileState, PageState
from cordee.enrolment import queries as enrolment
from cordee.kernel.actor import COMMAND
from cordee.planning import actions as planning
from cordee.planning.models import HalfDay, Session
from cordee.planning.rules import may_be_undone
from cordee.scans import apart
from cordee.scans.files import Refusal, Unreadable
from cordee.scans.pages import Problem
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.deposits.paper import Reader, Seen, code_of, deposit_and_read, printed
from tests.refusals import refused
from tests.scans.endless import endless_pdf
from tests.steps import confirm, enrol, place_of, plan


@pytest.fixture
def session(cast: Cast) -> Session:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    return session


def read_file(reader: Reader, *pages: Seen, **more: Any) -> list[DepositedPage]:
    return deposit_and_read([reader.given(*pages, **more)], COMMAND)


def test_a_page_finds_its_session_and_whose_box_is_whose(
    cast: Cast, session: Session, reader: Reader
) -> None:
    sheet = printed(session)
    (page,) = read_file(reader, Seen(code_of(sheet), signed=(1,), unsure=(2,)))
    assert (page.state, page.session, page.sheet, page.page_of_sheet) == (PageState.READ, session, sheet, 1)
    ana, bo = enrolment.enrolments(session.pk)
    boxes = queries.boxes_of(page)
    assert [(b.enrolment_id, b.signed, b.unsure) for b in boxes[:2]] == [
        (ana.pk, True, False),
        (bo.pk, False, True),
    ]
    assert {b.half_day_id for b in boxes} == {session.half_days.get().pk}
    assert boxes[-1].assignment_id == place_of(session, cast.noor).pk
    assert [b.kind for b in boxes] == ["enrolment"] * 2 + ["free"] * (len(boxes) - 3) + ["facilitator"]
    assert page.picture
    assert page.picture.content_type == "image/jpeg"
    assert (page.width, page.height, page.rotation) == (2100, 2970, 180.0)


def test_a_page_is_read_with_the_version_it_was_printed_from(
    cast: Cast, session: Session, reader: Reader
) -> None:
    first = printed(session)
    enrol(cast, session, "Aaron")  # comes before the others: every row moves
    second = printed(session)
    old, new = read_file(reader, Seen(code_of(first), signed=(1,)), Seen(code_of(second), signed=(1,)))
    names = [queries.boxes_of(page)[0].enrolment.participant.first_name for page in (old, new)]  # type: ignore[union-attr]
    assert (first.version, second.version, names) == (1, 2, ["Ana", "Aaron"])


def test_several_sessions_in_one_file_and_two_pages_on_one_photo(
    cast: Cast, session: Session, reader: Reader
) -> None:
    (other,) = plan(cast, cast.elodie)
    first, second = Seen(code_of(printed(session))), Seen(code_of(printed(other)))
    pages = deposit_and_read([reader.given_together([second, first], [first])], COMMAND)
    assert [(p.number, p.part, p.session) for p in pages] == [(1, 1, other), (1, 2, session), (2, 1, session)]
    assert list(queries.same_pages(pages[1])) == [pages[2]]


@pytest.mark.parametrize(
    ("code", "problems"),
    [
        (None, ["no_code"]),
        ("https://elsewhere.example/", ["unknown_sheet"]),
        ("http://localhost/D/S-NOBODY/1/1", ["unknown_sheet"]),
    ],
)
def test_what_cannot_be_read_is_filed_by_hand_and_shown_as_it_lies(
    cast: Cast, reader: Reader, code: str | None, problems: list[str]
) -> None:
    (page,) = read_file(reader, Seen(code))
    assert (page.state, page.session, page.problems) == (PageState.BY_HAND, None, problems)
    assert (page.width, page.height) == (20, 30)


def test_a_page_without_marks_knows_its_session_and_is_filed_by_hand(
    cast: Cast, session: Session, reader: Reader
) -> None:
    (page,) = read_file(reader, Seen(code_of(printed(session)), problems=(Problem.NO_MARKS,)))
    assert (page.state, page.session, page.problems) == (PageState.BY_HAND, session, ["no_marks"])


def test_a_page_that_was_never_printed_is_unknown(cast: Cast, session: Session, reader: Reader) -> None:
    (page,) = read_file(reader, Seen(code_of(printed(session), page=2)))
    assert page.problems == ["unknown_sheet"]


def test_the_back_of_a_sheet_is_set_aside(cast: Cast, reader: Reader) -> None:
    (page,) = read_file(reader, Seen(None, problems=(Problem.NO_CODE, Problem.BLANK)))
    assert page.state == PageState.ASIDE


def test_a_page_of_a_session_that_is_not_theirs_tells_nothing_of_it(
    cast: Cast, session: Session, reader: Reader
) -> None:
    given = reader.given(Seen(code_of(printed(session)), signed=(1,)))
    (page,) = deposit_and_read([given], cast.actor(cast.elodie))
    assert (page.state, page.session, page.problems) == (PageState.BY_HAND, None, ["elsewhere"])
    assert not queries.boxes_of(page)


def test_hours_that_changed_since_it_was_printed_are_said(
    cast: Cast, session: Session, reader: Reader
) -> None:
    sheet = printed(session)
    HalfDay.objects.filter(session=session).update(starts="10:00")
    (page,) = read_file(reader, Seen(code_of(sheet)))
    assert page.problems == ["hours_changed"]
    assert {b.half_day_id for b in queries.boxes_of(page)} == {None}


@pytest.mark.parametrize("code", list(Refusal))
def test_a_file_that_cannot_be_opened_is_refused_with_its_reason(
    cast: Cast, reader: Reader, code: Refusal
) -> None:
    assert read_file(reader, ends=Unreadable(code)) == []
    file = DepositedFile.objects.get()
    assert (file.state, file.code) == (FileState.REFUSED, code)


def test_what_was_read_before_a_file_breaks_off_stays(cast: Cast, reader: Reader) -> None:
    (page,) = read_file(reader, Seen(None), ends=Unreadable(Refusal.BROKEN))
    assert page.state == PageState.BY_HAND
    assert DepositedFile.objects.get().state == FileState.REFUSED


def test_a_worker_that_was_killed_is_followed_by_one_that_goes_on(
    cast: Cast, reader: Reader, now: MovableClock
) -> None:
    given = reader.given(Seen(None), Seen(None), Seen(None), ends=KeyboardInterrupt())
    reader.files[given.content], rest = reader.files[given.content][:1], reader.files[given.content]
    actions.deposit(files=[given], by=COMMAND)
    with pytest.raises(KeyboardInterrupt):
        actions.read_left()
    reader.files[given.content] = rest
    del reader.ends[given.content]
    actions.read_left()
    assert reader.looked_at == [1], "it is still in hand"
    now.at += LEASE + timedelta(seconds=1)
    actions.read_left()
    assert reader.looked_at == [1, 2, 3]
    assert DepositedFile.objects.get().state == FileState.READ
    assert DepositedPage.objects.count() == 3


def test_workers_that_are_killed_at_each_page_read_a_long_file_all_the_same(
    cast: Cast, reader: Reader, now: MovableClock
) -> None:
    pages = GIVE_UP_AFTER + 3
    given = reader.given(*[Seen(None)] * pages, ends=KeyboardInterrupt())
    whole = reader.files[given.content]
    actions.deposit(files=[given], by=COMMAND)
    for number in range(1, pages + 1):
        reader.files[given.content] = whole[:number]
        with pytest.raises(KeyboardInterrupt):
            actions.read_left()
        now.at += LEASE + timedelta(seconds=1)
    del reader.ends[given.content]
    actions.read_left()
    assert reader.looked_at == list(range(1, pages + 1))
    assert DepositedFile.objects.get().state == FileState.READ
    assert DepositedPage.objects.count() == pages


def test_a_file_that_ends_every_worker_is_filed_by_hand(
    cast: Cast, reader: Reader, now: MovableClock
) -> None:
    given = reader.given(Seen(None), ends=KeyboardInterrupt())
    actions.deposit(files=[given], by=COMMAND)
    for _ in range(GIVE_UP_AFTER):
        with pytest.raises(KeyboardInterrupt):
            actions.read_left()
        now.at += LEASE + timedelta(seconds=1)
    actions.read_left()
    assert DepositedFile.objects.get().state == FileState.READ
    last = DepositedPage.objects.order_by("-number")[0]
    assert (last.number, last.state, last.problems) == (2, PageState.BY_HAND, ["reader_failed"])


def test_a_page_at_which_the_reader_stumbles_keeps_the_others_from_nothing(
    cast: Cast, session: Session, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = reader.read_page

    def stumble(picture: Any, layout_for: Any) -> Any:
        if picture.page == 1:
            raise ZeroDivisionError
        return seen(picture, layout_for)

    monkeypatch.setattr(reading, "read_page", stumble)
    first, second = read_file(reader, Seen(None), Seen(code_of(printed(session))))
    assert (first.problems, first.state) == (["reader_failed"], PageState.BY_HAND)
    assert second.state == PageState.READ


def test_without_a_reader_everything_is_filed_by_hand(
    cast: Cast, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def blind(*_args: object) -> Any:
        raise ImportError

    monkeypatch.setattr(reading, "read_page", blind)
    (page,) = read_file(reader, Seen(None))
    assert (page.state, page.problems, page.picture) == (PageState.BY_HAND, ["no_reader"], None)


def test_a_file_that_never_ends_is_refused_and_the_next_one_read(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 2)
    actions.deposit(files=[GivenFile(content=endless_pdf()), GivenFile(content=b"%PDF-1.7")], by=COMMAND)
    actions.read_left()
    told = [(file.state, file.code) for file in DepositedFile.objects.order_by("pk")]
    assert told[0] == (FileState.REFUSED, "too_much_work")
    assert told[1][0] == FileState.REFUSED


def test_reading_twice_changes_nothing(
    cast: Cast, reader: Reader, session: Session, now: MovableClock
) -> None:
    (page,) = read_file(reader, Seen(code_of(printed(session))))
    actions.read(page.file_id)
    actions.read_left()
    assert DepositedPage.objects.count() == 1
    assert reader.looked_at == [1]


def test_what_is_deposited_holds_the_session_and_its_hours(
    cast: Cast, session: Session, reader: Reader
) -> None:
    assert not list(may_be_undone(session.pk))
    read_file(reader, Seen(code_of(printed(session)), signed=(1,)))
    assert [b.code for b in may_be_undone(session.pk)] == ["sheet_deposited"]
    assert not list(may_be_undone(session.pk, cast.noor.pk)), "their box is empty"
    with refused("sheet_deposited"):
        planning.change_session(
            session_id=session.pk, draft=draft(starts="10:00"), expected_version=None, by=COMMAND
        )


def test_files_are_read_in_the_order_they_came(cast: Cast, reader: Reader) -> None:
    files = [reader.given(Seen(None)), GivenFile(content=reader.given(Seen(None)).content)]
    actions.deposit(files=files, by=COMMAND)
    assert queries.waiting_files() == sorted(queries.waiting_files())
    actions.read_left()
    assert not queries.waiting_files()
