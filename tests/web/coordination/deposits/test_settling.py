"""Comparing a page with what was read on it, and filing one by hand."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.deposits import actions, queries
from cordee.deposits.models import Confirmation, DepositedPage
from cordee.deposits.states import PageState
from cordee.documents.models import PrintedSheet
from cordee.enrolment import actions as enrolment_actions
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.planning.models import Session
from tests.attendance.test_signing import countersign, sign
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.deposits.paper import Reader, Seen, code_of, deposit_and_read
from tests.deposits.test_confirming import presence
from tests.steps import AFTER, DURING, all_present, place_of
from tests.web.coordination.deposits.test_giving import log_in

ANA, BO = 1, 2


@pytest.fixture
def read(cast: Cast, client: Client, sheet: PrintedSheet, reader: Reader) -> Any:
    log_in(client, cast.noor)

    def one(**seen: Any) -> DepositedPage:
        given = [reader.given(Seen(code_of(sheet), **seen))]
        (page,) = deposit_and_read(given, cast.actor(cast.noor))
        return page

    return one


def address(page: DepositedPage) -> str:
    return reverse("deposited_page", args=[page.pk])


def show(client: Client, page: DepositedPage) -> Any:
    return client.get(address(page))


def fields(shown: Any) -> dict[str, str]:
    """Return what the form of a page sends as it is shown."""
    form = shown.context["form"]
    sent = {name: form[name].value() for name in ("form_token", "seen")}
    lines = [*shown.context["unsure"], *shown.context["sure"], *shown.context["empty_lines"]]
    for line in lines:
        sent |= {cell.name: cell.value for cell in line.cells if cell.value}
        if line.free:
            sent |= {f"{name}-{line.row}": value for name, value in line.typed.items()}
    return sent


def line_of(shown: Any, name: str) -> Any:
    lines = [*shown.context["unsure"], *shown.context["sure"], *shown.context["empty_lines"]]
    return next(line for line in lines if line.name.startswith(name))


def test_what_is_unsure_comes_first_and_nothing_is_chosen_there(
    client: Client, session: Session, read: Any
) -> None:
    shown = show(client, read(signed=(ANA, BO), unsure=(BO,)))
    (bo,) = shown.context["unsure"]
    assert (bo.name, bo.cells[0].value, bo.cells[0].guess) == ("Bo N", "", "looks signed")
    assert line_of(shown, "Ana").cells[0].value == "signed"
    assert all(line.free for line in shown.context["empty_lines"])
    content = shown.content.decode()
    assert content.index("Bo N") < content.index("Ana N")
    assert f'viewBox="{bo.cells[0].view}"' in content


def test_the_part_of_the_picture_lies_around_the_box(client: Client, session: Session, read: Any) -> None:
    page = read(signed=(ANA,))
    box = queries.boxes_of(page)[0]
    left, top, width, height = map(int, line_of(show(client, page), "Ana").cells[0].view.split())
    assert left < (box.left or 0)
    assert left + width <= (page.width or 0)
    assert top < (box.top or 0)
    assert top + height > (box.top or 0) + (box.height or 0)


def test_one_click_confirms_what_was_read_for_sure(client: Client, session: Session, read: Any) -> None:
    page = read(signed=(ANA,), absent=(BO,))
    answer = client.post(address(page), fields(show(client, page)))
    assert answer["Location"] == reverse("deposit", args=[page.file.deposit_id])
    assert presence(session) == ["present", "absent"]
    shown = show(client, page)
    assert shown.context["page"].state == PageState.CONFIRMED
    assert line_of(shown, "Bo").cells[0].value == "absent"
    assert not shown.context["open"]


def test_after_a_page_comes_the_next_that_waits(client: Client, session: Session, read: Any) -> None:
    page, following = read(signed=(ANA,)), read(signed=(BO,))
    answer = client.post(address(page), fields(show(client, page)))
    assert answer["Location"] == address(following)


def test_an_unsure_box_that_nobody_looked_at_is_refused_and_what_was_chosen_stays(
    client: Client, session: Session, read: Any
) -> None:
    page = read(signed=(ANA,), unsure=(BO,))
    sent = fields(show(client, page))
    ana = line_of(show(client, page), "Ana").cells[0].name
    answer = client.post(address(page), {**sent, ana: "empty"})
    assert answer.status_code == 422
    assert b"1 box is neither signed nor empty yet." in answer.content
    assert line_of(answer, "Ana").cells[0].value == "empty"
    bo = line_of(answer, "Bo").cells[0].name
    assert client.post(address(page), {**sent, bo: "signed"}).status_code == 302


def test_a_signed_free_line_asks_for_the_name_beside_its_picture(
    client: Client, session: Session, read: Any
) -> None:
    page = read(signed=(ANA, BO, 3))
    shown = show(client, page)
    free = line_of(shown, "Free line")
    assert free in shown.context["sure"]
    assert free.view.startswith("0 ")
    sent = fields(shown)
    answer = client.post(address(page), {**sent, f"email-{free.row}": "zoe@valmont.example"})
    assert answer.status_code == 422
    assert b"has no name" in answer.content
    assert b"zoe@valmont.example" in answer.content, "what was typed stays"
    names = {f"first_name-{free.row}": "Zoé", f"last_name-{free.row}": "Petit"}
    assert client.post(address(page), {**sent, **names}).status_code == 302
    assert Enrolment.objects.get(participant__last_name="Petit").source == "walk_in"


def test_a_free_line_of_somebody_on_the_list_makes_nobody_new(
    client: Client, session: Session, read: Any
) -> None:
    page = read(signed=(ANA, BO, 3))
    (ida,) = enrolment_actions.add_walk_in(
        session_id=session.pk, person=Person(first_name="Ida"), by=COMMAND
    ).new
    shown = show(client, page)
    assert shown.context["others"] == [(ida.pk, "Ida")]
    free = line_of(shown, "Free line")
    client.post(address(page), {**fields(shown), f"known-{free.row}": ida.pk})
    assert len(enrolment.enrolments(session.pk)) == 3
    assert set(presence(session)) == {"present"}


def test_what_is_known_beside_paper_is_said(
    cast: Cast, client: Client, session: Session, read: Any, now: MovableClock
) -> None:
    now.move_to(DURING)
    sign(session, person=1)
    now.move_to(AFTER)
    all_present(cast, session)
    shown = show(client, page := read())
    assert line_of(shown, "Ana").cells[0].note == "recorded so far: present"
    assert line_of(shown, "Bo").cells[0].note == "signed on a screen: stays present"
    answer = client.post(address(page), fields(shown), follow=True)
    assert b"1 person signed on a screen and not on this paper, and stays present: Bo N." in answer.content
    assert presence(session) == ["absent", "present"]


def test_of_two_at_one_page_the_second_is_told_and_sees_what_stands(
    cast: Cast, client: Client, session: Session, read: Any
) -> None:
    page = read(signed=(ANA,))
    mine = fields(show(client, page))
    other = Client()
    log_in(other, cast.camille)
    assert other.post(address(page), fields(show(other, page))).status_code == 302
    answer = client.post(address(page), mine)
    assert answer.status_code == 422
    assert b"Somebody else was quicker on this page" in answer.content
    assert Confirmation.objects.get().user_id == cast.camille.user_id


def test_a_double_click_confirms_once(client: Client, session: Session, read: Any) -> None:
    page = read(signed=(ANA,))
    sent = fields(show(client, page))
    assert [client.post(address(page), sent).status_code for _ in range(2)] == [302, 302]
    assert Confirmation.objects.count() == 1


def test_a_countersigned_half_day_says_how_to_open_it(
    cast: Cast, client: Client, session: Session, read: Any
) -> None:
    all_present(cast, session)
    countersign(cast, session, cast.noor)
    page = read(signed=(ANA,))
    answer = client.post(address(page), fields(show(client, page)))
    assert answer.status_code == 422
    assert b"This half-day was countersigned" in answer.content


def test_a_page_is_opened_again_set_aside_and_taken_up(client: Client, session: Session, read: Any) -> None:
    page = read(signed=(ANA,))
    client.post(address(page), fields(show(client, page)))
    client.post(reverse("reopen_page", args=[page.pk]))
    shown = show(client, page)
    assert shown.context["open"]
    assert line_of(shown, "Ana").cells[0].value == "signed", "as it was confirmed"
    client.post(reverse("set_page_aside", args=[page.pk]))
    page.refresh_from_db()
    assert page.state == PageState.ASIDE
    assert not show(client, page).context["open"]
    client.post(reverse("take_page_up", args=[page.pk]))
    page.refresh_from_db()
    assert page.state == PageState.READ


def test_the_same_page_again_is_said(client: Client, session: Session, read: Any) -> None:
    first, second = read(signed=(ANA,)), read(signed=(BO,))
    shown = show(client, second)
    assert [row.url for row in shown.context["same"]] == [address(first)]
    assert b"This page was deposited more than once." in shown.content


def test_pictures_are_for_those_who_may_see_the_page(
    cast: Cast, client: Client, session: Session, read: Any
) -> None:
    page = read(signed=(ANA,))
    picture = reverse("deposited_picture", args=[page.pk])
    answer = client.get(picture)
    assert answer.content.startswith(b"\xff\xd8\xff")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"]
    for person, status in ((cast.quitterie, 200), (cast.elodie, 404), (cast.farid, 404), (cast.dan, 404)):
        log_in(client, person)
        assert client.get(picture).status_code == status
        assert client.get(address(page)).status_code == status
        assert client.post(address(page), {}).status_code == (403 if status == 200 else 404)


def test_quality_looks_and_changes_nothing(cast: Cast, client: Client, session: Session, read: Any) -> None:
    page = read(signed=(ANA,))
    log_in(client, cast.quitterie)
    shown = show(client, page)
    assert not shown.context["open"]
    assert b"Confirm the page" not in shown.content


# --- by hand


@pytest.fixture
def unread(cast: Cast, client: Client, session: Session, reader: Reader, now: MovableClock) -> DepositedPage:
    log_in(client, cast.noor)
    now.move_to(AFTER)
    (page,) = deposit_and_read([reader.given(Seen(None))], cast.actor(cast.noor))
    return page


def test_a_page_without_a_code_is_filed_by_hand(
    cast: Cast, client: Client, session: Session, unread: DepositedPage
) -> None:
    shown = show(client, unread)
    assert shown.context["chosen"] is None
    assert [s.ref for s in shown.context["candidates"]] == [session.ref]
    chosen = client.get(address(unread), {"session": session.ref.lower()})
    (ana, _bo), (noor,) = chosen.context["ticks"].signers(), chosen.context["ticks"].staff()
    form = chosen.context["form"]
    sent = {name: form[name].value() for name in ("form_token", "seen")}
    sent |= {ana.ticks[0].name: "1", noor.ticks[0].name: "1", "whole": "1"}
    answer = client.post(f"{address(unread)}?session={session.ref}", sent)
    assert answer.status_code == 302
    assert presence(session) == ["present", "absent"]
    sheets = queries.of_sessions([session.pk])[session.pk]
    assert sheets.countersigned == {(place_of(session, cast.noor).pk, session.half_days.get().pk)}


def test_who_is_on_another_page_stays_unsaid(client: Client, session: Session, unread: DepositedPage) -> None:
    chosen = client.get(address(unread), {"session": session.ref})
    ana, _bo = chosen.context["ticks"].signers()
    form = chosen.context["form"]
    sent = {name: form[name].value() for name in ("form_token", "seen")} | {ana.ticks[0].name: "1"}
    client.post(f"{address(unread)}?session={session.ref}", sent)
    assert presence(session) == ["present", ""]


def test_nobody_ticked_says_so_and_what_was_ticked_stays(
    client: Client, session: Session, unread: DepositedPage
) -> None:
    chosen = client.get(address(unread), {"session": session.ref})
    form = chosen.context["form"]
    sent = {name: form[name].value() for name in ("form_token", "seen")}
    answer = client.post(f"{address(unread)}?session={session.ref}", sent)
    assert answer.status_code == 422
    assert b"Nobody is ticked." in answer.content
    assert not answer.context["ticks"].whole


@pytest.mark.parametrize("ref", ["S-1999-0001-A", "nonsense"])
def test_a_session_that_is_not_theirs_is_not_offered(
    client: Client, session: Session, unread: DepositedPage, ref: str
) -> None:
    chosen = client.get(address(unread), {"session": ref})
    assert chosen.context["chosen"] is None
    assert b"No session of yours has this reference." in chosen.content


def test_given_on_the_page_of_a_session_it_is_proposed_there(
    cast: Cast, client: Client, session: Session, reader: Reader, now: MovableClock
) -> None:
    log_in(client, cast.noor)
    now.move_to(AFTER)
    (page,) = deposit_and_read([reader.given(Seen(None))], cast.actor(cast.noor), session)
    assert show(client, page).context["chosen"] == session
    log_in(client, cast.camille)
    assert show(client, page).status_code == 200, "who runs the session sees it, too"


def test_the_page_of_a_hundred_boxes_costs_no_more_queries(
    cast: Cast, client: Client, session: Session, read: Any, django_assert_max_num_queries: Any
) -> None:
    page = read(signed=(ANA,))
    with django_assert_max_num_queries(30):
        show(client, page)


def test_quality_looks_at_the_pages_of_paper_where_it_decides(
    cast: Cast, client: Client, session: Session, read: Any
) -> None:
    shown, aside = read(signed=(ANA,)), read(signed=(BO,))
    actions.set_aside(page_id=aside.pk, by=cast.actor(cast.noor))
    log_in(client, cast.quitterie)
    page = client.get(reverse("sheet", args=[session.ref])).text
    picture = reverse("deposited_picture", args=[shown.pk])
    assert f'href="{picture}"' in page
    assert f'src="{picture}"' in page
    assert reverse("deposited_file", args=[shown.file_id]) in page
    assert reverse("deposited_picture", args=[aside.pk]) not in page
    assert client.get(picture)["Content-Type"] == "image/jpeg"
