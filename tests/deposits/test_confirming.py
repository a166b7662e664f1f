"""Confirming what was read on a page: presence follows, nobody is overwritten, evidence stays."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cordee.attendance import actions as attendance
from cordee.attendance import queries as presences
from cordee.attendance.facts import PresenceCorrected, PresenceRecorded
from cordee.attendance.states import PresenceState
from cordee.clients.states import Sector
from cordee.deposits import actions, queries
from cordee.deposits.facts import SheetPageConfirmed, SheetPageReopened, SheetPageSetAside
from cordee.deposits.models import Confirmation, ConfirmedBox, DepositedPage
from cordee.deposits.rules import BoxMark, Said
from cordee.deposits.states import BoxKind, PageState
from cordee.enrolment import actions as enrolment_actions
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.missions.models import Mission, Order
from cordee.missions.states import MissionStatus
from cordee.planning.models import Session
from tests.attendance.test_signing import countersign, sign
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.deposits.paper import (
    Reader,
    Seen,
    as_read,
    code_of,
    deposit_and_read,
    printed,
)
from tests.refusals import refused
from tests.steps import AFTER, DURING, all_present, confirm, enrol, place_of, plan, told

PRESENT, LATE, ABSENT, EXCUSED = PresenceState
ANA, BO = 1, 2
"""The positions of their boxes."""


@pytest.fixture
def session(cast: Cast) -> Session:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    return session


@pytest.fixture
def read(cast: Cast, session: Session, reader: Reader, now: MovableClock) -> Any:
    """Return how a page of the session is deposited and read; by now the session is over."""
    sheet = printed(session)
    now.move_to(AFTER)

    def one(**seen: Any) -> DepositedPage:
        (page,) = deposit_and_read([reader.given(Seen(code_of(sheet), **seen))], cast.actor(cast.noor))
        return page

    return one


def presence(session: Session) -> list[str]:
    """Return the presence of those on the list, in its order."""
    marks = presences.grid(session.pk)
    half_day = session.half_days.get().pk
    return [marks.get((e.pk, half_day), "") for e in enrolment.enrolments(session.pk)]


def settle_page(cast: Cast, page: DepositedPage, said: Said | None = None, **more: Any) -> actions.Outcome:
    values = {"seen": page.seen, "by": cast.actor(cast.noor), **more}
    return actions.confirm(page_id=page.pk, said=said or as_read(page), **values)


def free_box(page: DepositedPage) -> Any:
    return next(b for b in queries.boxes_of(page) if b.kind == BoxKind.FREE)


def test_who_signed_is_present_who_did_not_is_absent(cast: Cast, session: Session, read: Any) -> None:
    page = read(signed=(ANA,))
    settle_page(cast, page)
    assert presence(session) == [PRESENT, ABSENT]
    assert told(PresenceRecorded)[-1]["present"] == 1
    assert told(SheetPageConfirmed) == [
        {"session_id": session.pk, "page_id": page.pk, "signed": 1, "again": False}
    ]
    page.refresh_from_db()
    assert page.state == PageState.CONFIRMED
    made = Confirmation.objects.get()
    assert (made.user_id, made.round) == (cast.noor.user_id, 0)


def test_what_was_read_stays_beside_what_was_confirmed(cast: Cast, session: Session, read: Any) -> None:
    page = read(signed=(ANA,), absent=(BO,), unsure=(ANA,))
    ana = queries.boxes_of(page)[0]
    said = as_read(page)
    settle_page(cast, page, Said(marks={**said.marks, ana.pk: BoxMark(signed=False)}))
    ana.refresh_from_db()
    assert (ana.signed, ana.unsure) == (True, True)
    assert ConfirmedBox.objects.get(box=ana).signed is False
    assert ConfirmedBox.objects.get(box__position=BO).absent_ticked
    assert presence(session) == [ABSENT, ABSENT]


def test_each_box_is_said_and_not_in_two_ways(cast: Cast, read: Any) -> None:
    page = read(signed=(ANA,))
    whole = as_read(page)
    first, *others = whole.marks
    with refused("box_not_said"):
        settle_page(cast, page, Said(marks={pk: whole.marks[pk] for pk in others}))
    with refused("box_not_said"):
        settle_page(cast, page, Said(marks={**whole.marks, 0: BoxMark()}))
    both = BoxMark(signed=True, absent_ticked=True)
    with refused("signed_and_absent"):
        settle_page(cast, page, Said(marks={**whole.marks, first: both}))
    assert not Confirmation.objects.exists()


def test_a_signed_free_line_needs_a_name_and_puts_them_on_the_list(
    cast: Cast, session: Session, read: Any
) -> None:
    page = read(signed=(ANA, BO))
    free = free_box(page)
    said = as_read(page)
    said = replace(said, marks={**said.marks, free.pk: BoxMark(signed=True)})
    for names in ({}, {free.row: Person(first_name=" ", email="zoe@valmont.example")}):
        with refused("name_missing") as blockers:
            settle_page(cast, page, replace(said, names=names))
        assert blockers[0].field == f"last_name-{free.row}"
    settle_page(cast, page, replace(said, names={free.row: Person(first_name="Zoé", last_name="Petit")}))
    zoe = Enrolment.objects.get(participant__last_name="Petit")
    assert (zoe.source, presence(session)) == ("walk_in", [PRESENT] * 3)
    assert ConfirmedBox.objects.get(box=free).enrolment == zoe
    marks = queries.of_sessions([session.pk])[session.pk].marks
    assert marks[zoe.pk, session.half_days.get().pk].signed


def test_a_free_line_can_be_of_somebody_who_came_on_the_list_since(
    cast: Cast, session: Session, read: Any
) -> None:
    page = read(signed=(ANA, BO))
    (ida,) = enrolment_actions.add_walk_in(
        session_id=session.pk, person=Person(first_name="Ida"), by=COMMAND
    ).new
    free, said = free_box(page), as_read(page)
    marks = {**said.marks, free.pk: BoxMark(signed=True)}
    settle_page(cast, page, Said(marks=marks, known={free.row: ida.pk}))
    assert Enrolment.objects.filter(session=session).count() == 3
    assert presence(session) == [PRESENT] * 3


def test_people_the_paper_does_not_know_keep_the_half_day_open(
    cast: Cast, session: Session, read: Any
) -> None:
    page = read(signed=(ANA, BO))
    enrolment_actions.add_walk_in(session_id=session.pk, person=Person(first_name="Ida"), by=COMMAND)
    settle_page(cast, page)
    assert sorted(presence(session)) == ["", PRESENT, PRESENT]
    assert not presences.records(session.pk), "nobody said whether Ida was there"


def test_presence_that_was_recorded_is_corrected_and_the_correction_told(
    cast: Cast, session: Session, read: Any
) -> None:
    all_present(cast, session)
    settle_page(cast, read(signed=(ANA,)))
    assert presence(session) == [PRESENT, ABSENT]
    (corrected,) = told(PresenceCorrected)
    assert list(corrected["changes"].values()) == [[PRESENT, ABSENT]]


def test_late_stays_late_and_excused_stays_excused(cast: Cast, session: Session, read: Any) -> None:
    ana, bo = (e.pk for e in enrolment.enrolments(session.pk))
    attendance.record_presence(
        half_day_id=session.half_days.get().pk, states={ana: LATE, bo: EXCUSED}, by=COMMAND
    )
    settle_page(cast, read(signed=(ANA,)))
    assert presence(session) == [LATE, EXCUSED]
    assert not told(PresenceCorrected)


def test_who_signed_on_a_screen_stays_present_whatever_paper_says(
    cast: Cast, session: Session, reader: Reader, now: MovableClock
) -> None:
    sheet = printed(session)
    now.move_to(DURING)
    sign(session, person=1)
    now.move_to(AFTER)
    seen = Seen(code_of(sheet), signed=(ANA,), absent=(BO,))
    (page,) = deposit_and_read([reader.given(seen)], cast.actor(cast.noor))
    outcome = settle_page(cast, page)
    assert presence(session) == [PRESENT, PRESENT]
    assert outcome.kept == {enrolment.enrolments(session.pk)[1].pk}
    assert presences.records(session.pk)[session.half_days.get().pk].present == 2


def test_a_countersigned_half_day_takes_what_agrees_and_refuses_what_does_not(
    cast: Cast, session: Session, read: Any
) -> None:
    all_present(cast, session)
    countersign(cast, session, cast.noor)
    differs = read(signed=(ANA,))
    with refused("countersigned"):
        settle_page(cast, differs)
    assert not Confirmation.objects.exists()
    settle_page(
        cast,
        differs,
        Said(marks={**as_read(differs).marks, queries.boxes_of(differs)[1].pk: BoxMark(signed=True)}),
    )
    assert presence(session) == [PRESENT, PRESENT]


def test_a_closed_mission_takes_a_sheet_that_changes_nothing(cast: Cast, session: Session, read: Any) -> None:
    all_present(cast, session)
    page = read(signed=(ANA,))
    Mission.objects.filter(pk=session.mission_id).update(status=MissionStatus.CLOSED, closed_at=page.read_at)
    with refused("mission_closed"):
        settle_page(cast, page)
    bo = queries.boxes_of(page)[1]
    settle_page(cast, page, Said(marks={**as_read(page).marks, bo.pk: BoxMark(signed=True)}))
    assert told(SheetPageConfirmed)


def test_an_empty_box_says_nothing_before_the_half_day_is_over(
    cast: Cast, session: Session, read: Any, now: MovableClock
) -> None:
    page = read(signed=(ANA,))
    now.move_to(DURING)
    settle_page(cast, page)
    assert presence(session) == [PRESENT, ""]
    assert not presences.records(session.pk)


def test_a_half_day_that_has_not_begun_is_not_recorded(
    cast: Cast, session: Session, read: Any, now: MovableClock
) -> None:
    page = read(signed=(ANA,))
    now.move_to("2027-01-14 08:00")
    assert settle_page(cast, page).to_come == 1
    assert presence(session) == ["", ""]


def test_of_two_who_confirm_at_once_one_is_told(cast: Cast, session: Session, read: Any) -> None:
    page = read(signed=(ANA,))
    seen = page.seen
    settle_page(cast, page, by=cast.actor(cast.camille))
    with refused("settled_meanwhile", "page_stands_elsewhere"):
        settle_page(cast, page, Said(marks={}), seen=seen)
    assert Confirmation.objects.get().user_id == cast.camille.user_id


def test_opened_again_it_is_confirmed_anew_and_both_stay(cast: Cast, session: Session, read: Any) -> None:
    page = read(signed=(ANA,))
    settle_page(cast, page)
    seen = page.seen
    actions.reopen(page_id=page.pk, by=cast.actor(cast.noor))
    page.refresh_from_db()
    assert told(SheetPageReopened)[-1]["page_id"] == page.pk
    assert not queries.of_sessions([session.pk])[session.pk].signed
    with refused("settled_meanwhile"):
        settle_page(cast, page, seen=seen)
    bo = queries.boxes_of(page)[1]
    settle_page(cast, page, Said(marks={**as_read(page).marks, bo.pk: BoxMark(signed=True)}))
    assert [c.round for c in Confirmation.objects.order_by("pk")] == [0, 1]
    assert presence(session) == [PRESENT, PRESENT]
    assert told(SheetPageConfirmed)[-1]["again"]


def test_signed_on_one_of_two_pictures_is_signed(cast: Cast, session: Session, read: Any) -> None:
    settle_page(cast, read(signed=(ANA,)))
    settle_page(cast, read(signed=(BO,)))
    assert presence(session) == [PRESENT, PRESENT]
    sheets = queries.of_sessions([session.pk])[session.pk]
    assert len(sheets.signed) == 2
    assert [p.confirmed for p in sheets.pages] == [True, True]


def test_what_facilitators_signed_is_known(cast: Cast, session: Session, read: Any) -> None:
    last = len(queries.boxes_of(page := read()))
    ticked = read(signed=(ANA, last))
    settle_page(cast, ticked)
    sheets = queries.of_sessions([session.pk])[session.pk]
    half_day = session.half_days.get().pk
    assert sheets.countersigned == {(place_of(session, cast.noor).pk, half_day)}
    assert (sheets.pages[0].page_id, sheets.pages[0].number, sheets.pages[0].pages) == (page.pk, 1, 1)


def test_who_was_taken_off_the_list_is_not_counted_behind_its_back(
    cast: Cast, session: Session, read: Any
) -> None:
    page = read(signed=(ANA, BO))
    Enrolment.objects.filter(participant__first_name="Bo").update(cancelled_at=page.read_at)
    with refused("signer_off_list"):
        settle_page(cast, page)


def test_strangers_confirm_nothing(cast: Cast, session: Session, read: Any) -> None:
    page = read(signed=(ANA,))
    for person in (cast.elodie, cast.dan, cast.quitterie, cast.farid):
        with refused("not_their_sheet"):
            settle_page(cast, page, by=cast.actor(person))
    with refused("not_their_sheet"):
        settle_page(cast, page, by=Actor(ActorKind.LINK, link_id=9))


def test_a_page_is_set_aside_and_taken_up_again(cast: Cast, session: Session, read: Any) -> None:
    page = read(signed=(ANA,))
    actions.set_aside(page_id=page.pk, by=cast.actor(cast.noor))
    assert not queries.of_sessions([session.pk])[session.pk].pages
    with refused("page_stands_elsewhere"):
        actions.set_aside(page_id=page.pk, by=cast.actor(cast.noor))
    actions.take_up(page_id=page.pk, by=cast.actor(cast.noor))
    page.refresh_from_db()
    assert page.state == PageState.READ
    assert [e["back"] for e in told(SheetPageSetAside)] == [False, True]


# --- in education


@pytest.fixture
def school(cast: Cast) -> Session:
    """Return a session of a school, with nobody on its list."""
    Order.objects.update(sector=Sector.EDUCATION)
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    return session


def test_without_a_list_the_signed_lines_are_counted_once_each(
    cast: Cast, school: Session, reader: Reader, now: MovableClock
) -> None:
    sheet = printed(school)
    now.move_to(AFTER)
    for _ in range(2):  # a second photo of the same page
        given = [reader.given(Seen(code_of(sheet), signed=(1, 2, 3)))]
        (page,) = deposit_and_read(given, cast.actor(cast.noor))
        settle_page(cast, page)
    half_day = school.half_days.get().pk
    assert presences.records(school.pk)[half_day].present == 3
    assert queries.of_sessions([school.pk])[school.pk].without_name == {half_day: 3}
    assert not enrolment.enrolments(school.pk)


def test_a_number_that_somebody_gave_before_stands(
    cast: Cast, school: Session, reader: Reader, now: MovableClock
) -> None:
    sheet = printed(school)
    now.move_to(AFTER)
    half_day = school.half_days.get().pk
    attendance.record_headcount(half_day_id=half_day, present=28, by=COMMAND)
    (page,) = deposit_and_read([reader.given(Seen(code_of(sheet), signed=(1,)))], COMMAND)
    settle_page(cast, page)
    assert presences.records(school.pk)[half_day].present == 28


def test_with_a_list_a_school_gives_names_too(
    cast: Cast, school: Session, reader: Reader, now: MovableClock
) -> None:
    enrol(cast, school, "Ana")
    sheet = printed(school)
    now.move_to(AFTER)
    (page,) = deposit_and_read([reader.given(Seen(code_of(sheet), signed=(1, 2)))], COMMAND)
    with refused("name_missing"):
        settle_page(cast, page)


# --- by hand


@pytest.fixture
def unread(cast: Cast, session: Session, reader: Reader, now: MovableClock) -> DepositedPage:
    now.move_to(AFTER)
    (page,) = deposit_and_read([reader.given(Seen(None))], cast.actor(cast.noor), session)
    return page


def file_page(cast: Cast, page: DepositedPage, session: Session, **more: Any) -> actions.Outcome:
    half_day = session.half_days.get().pk
    ana, bo = (e.pk for e in enrolment.enrolments(session.pk))
    people = {(ana, half_day): BoxMark(signed=True), (bo, half_day): BoxMark()}
    values = {"people": people, "seen": page.seen, "by": cast.actor(cast.noor), **more}
    return actions.file_by_hand(page_id=page.pk, session_id=session.pk, **values)


def test_a_page_that_was_not_read_is_filed_by_hand(
    cast: Cast, session: Session, unread: DepositedPage
) -> None:
    half_day = session.half_days.get().pk
    place = place_of(session, cast.noor).pk
    file_page(cast, unread, session, facilitators=[(place, half_day)])
    assert presence(session) == [PRESENT, ABSENT]
    sheets = queries.of_sessions([session.pk])[session.pk]
    assert sheets.countersigned == {(place, half_day)}
    assert (sheets.pages[0].version, sheets.pages[0].confirmed) == (None, True)
    assert {b.signed for b in queries.boxes_of(unread)} == {None}, "nothing was read there"


def test_filed_by_hand_and_opened_again_it_is_confirmed_like_any_other(
    cast: Cast, session: Session, unread: DepositedPage
) -> None:
    file_page(cast, unread, session)
    actions.reopen(page_id=unread.pk, by=cast.actor(cast.noor))
    page = DepositedPage.objects.get()
    settle_page(cast, page, Said(marks={b.pk: BoxMark(signed=True) for b in queries.boxes_of(page)}))
    assert presence(session) == [PRESENT, PRESENT]


def test_filing_needs_somebody_who_signed_and_a_session_that_is_theirs(
    cast: Cast, session: Session, unread: DepositedPage
) -> None:
    with refused("nothing_ticked"):
        file_page(cast, unread, session, people={})
    (other,) = plan(cast, cast.elodie, day=date(2027, 2, 4))
    with refused("not_on_session"):
        actions.file_by_hand(
            page_id=unread.pk, session_id=other.pk, people={}, seen=unread.seen, by=cast.actor(cast.noor)
        )
    with refused("not_their_sheet"):
        file_page(cast, unread, session, by=cast.actor(cast.elodie))
    file_page(cast, unread, session)
    with refused("settled_meanwhile", "page_stands_elsewhere"):
        file_page(cast, unread, session)


def test_a_page_by_hand_set_aside_comes_back_by_hand(
    cast: Cast, session: Session, unread: DepositedPage
) -> None:
    actions.set_aside(page_id=unread.pk, by=cast.actor(cast.noor))
    actions.take_up(page_id=unread.pk, by=cast.actor(cast.noor))
    unread.refresh_from_db()
    assert unread.state == PageState.BY_HAND


def test_what_sessions_have_is_read_in_two_queries(
    cast: Cast, session: Session, read: Any, django_assert_num_queries: Any
) -> None:
    for signed in ((ANA,), (BO,), ()):
        settle_page(cast, read(signed=signed))
    with django_assert_num_queries(2):
        queries.of_sessions([session.pk, 10_000])
