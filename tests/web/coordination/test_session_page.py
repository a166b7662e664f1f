"""The session page, its sheet, and what was sent about it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cordee.enrolment import actions as enrolment
from cordee.enrolment.rules import Person
from cordee.mail.queries import Fate
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.planning.states import ASSIGNMENT, AssignmentStatus, StaffRole
from cordee.web.coordination import letters
from tests.cast import Cast


def address(session: Session, name: str = "session") -> str:
    return reverse(name, args=[session.ref])


def enrol(cast: Cast, session: Session, *people: Person) -> None:
    enrolment.enrol(session_id=session.pk, people=people, by=cast.actor(cast.camille))


def test_when_where_who(camille: Any, sessions: list[Session]) -> None:
    html = camille.get(address(sessions[2]))
    assert "Thursday 14 January 2027, 9:00 – 12:00" in html
    assert "https://www.openstreetmap.org/search?query=H%C3%B4tel%20de%20ville" in html
    assert "Élodie Martin" in html
    assert "invited" in html
    assert "Nobody is enrolled yet" in html


@pytest.mark.parametrize("status", AssignmentStatus)
def test_the_menu_of_a_facilitator_offers_what_can_become_of_them_and_nothing_else(
    camille: Any, sessions: list[Session], status: AssignmentStatus
) -> None:
    place = sessions[2].assignments.get()
    sessions[2].assignments.update(status=status)
    html = camille.get(address(sessions[2]))
    menu = html.partition(f'id="place-{place.pk}"')[2].partition("</form>")[0]
    offered = {target for target in AssignmentStatus if f'value="{target}"' in menu}
    place.refresh_from_db()
    assert offered - {status} == set(ASSIGNMENT.targets(place))


def test_a_facilitator_on_it_sees_their_part_only(elodie: Any, cast: Cast, sessions: list[Session]) -> None:
    enrol(cast, sessions[2], Person(email="nina@valmont.example", first_name="Nina", last_name="Durand"))
    html = elodie.get(address(sessions[2]))
    assert "Nina Durand" in html
    assert address(sessions[2], "session_sheet") in html
    assert "You are asked to run this session." in html
    for name in ("enrol", "staff", "change_session", "cancel_session", "session_mails"):
        assert f'{address(sessions[2], name)}"' not in html
        assert elodie.client.get(address(sessions[2], name)).status_code == 403
    assert reverse("mission", args=[cast.mission.ref]) not in html
    assert 'popovertarget="place-' not in html
    elodie.get(reverse("mission", args=[cast.mission.ref]), status=404)


def test_nobody_else_learns_that_it_exists(come: Any, cast: Cast, sessions: list[Session]) -> None:
    planning.set_status(
        assignment_id=sessions[3].assignments.get().pk,
        status=AssignmentStatus.DECLINED,
        by=cast.actor(cast.idris),
    )
    for person in (cast.dan, cast.noor, cast.idris):
        for name in ("session", "session_sheet", "presence", "session_mails", "enrol", "staff"):
            come(person).get(address(sessions[3], name), status=404)


def test_the_office_reads_it(come: Any, cast: Cast, sessions: list[Session]) -> None:
    html = come(cast.quitterie).get(address(sessions[0]))
    assert "Camille Rousset" in html
    assert "Put somebody on" not in html
    assert "Paste the list" not in html


def test_the_sheet_opens_in_the_browser_with_a_good_name(elodie: Any, sessions: list[Session]) -> None:
    answer = elodie.client.get(address(sessions[2], "session_sheet"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="sheet-s-2027-0001-c.pdf"'
    assert answer.content.startswith(b"%PDF")


def test_a_name_that_cannot_be_printed_is_reported_beside_the_sheet(
    camille: Any, cast: Cast, sessions: list[Session]
) -> None:
    enrol(cast, sessions[0], Person(first_name="Wulfila", last_name="\U00010330\U00010331"))
    html = camille.get(address(sessions[0]))
    assert "Some characters cannot be printed" in html
    assert "Wulfila \U00010330\U00010331" in html


@pytest.mark.parametrize("where", ["place", "title", "address"])
def test_a_place_or_title_that_cannot_be_printed_is_reported_beside_the_sheet(
    camille: Any, sessions: list[Session], where: str
) -> None:
    assert "Some characters cannot be printed" not in camille.get(address(sessions[0]))
    Session.objects.filter(pk=sessions[0].pk).update(**{where: "Salle \U00010330\U00010331"})
    html = camille.get(address(sessions[0]))
    assert "Some characters cannot be printed" in html
    assert "Write this in other letters:" in html
    assert "Salle \U00010330\U00010331" in html.partition("Write this in other letters:")[2]


def test_what_was_sent_is_counted_and_each_number_opens_its_list(camille: Any, full: Session) -> None:
    html = camille.get(address(full))
    path = address(full, "session_mails") + "?purpose=joining&amp;state=sent"
    assert "14 sent" in html
    assert path in html
    html = camille.get(path.replace("&amp;", "&"))
    assert html.count("@valmont.example") >= 3
    assert "elodie@reseau.example" not in html
    assert "elodie@reseau.example" in camille.get(address(full, "session_mails"))


def test_one_message_leaves_and_two_leave(now: Any) -> None:
    at = now.at + timedelta(minutes=10)
    fates = [Fate("joining", "queued", n, later=n, at=at) for n in (1, 2)]
    with translation.override("fr"):
        one, two = (tally.words for tally in letters.tallies(fates))
    assert (one[:6], two[:9]) == ("1 part", "2 partent")


def test_on_the_day_the_buttons_are_big(elodie: Any, sessions: list[Session], now: Any) -> None:
    assert 'class="bigs"' not in elodie.get(address(sessions[2]))
    now.move_to("2027-01-14 08:30")
    html = elodie.get(address(sessions[2]))
    assert 'class="bigs"' in html
    assert "Opens when the session begins" in html
    now.move_to("2027-01-14 09:05")
    html = elodie.get(address(sessions[2]))
    assert "Somebody else came" in html
    assert "“All present”, then the exceptions" in html


@pytest.fixture
def full(cast: Cast, sessions: list[Session], settle: Callable[[], None], settings: Any) -> Session:
    """Return Élodie's session with everybody on it, and everybody told."""
    settings.DEMO = True
    enrol(cast, sessions[2], *(Person(email=f"p{n}@valmont.example") for n in range(14)))
    settle()
    return sessions[2]


def test_a_full_session_costs_fourteen_queries(camille: Any, elodie: Any, full: Session) -> None:
    for visitor in (camille, elodie):
        visitor.get(address(full))
        with CaptureQueriesContext(connection) as queries:
            visitor.get(address(full))
        assert len(queries) <= 14, [q["sql"][:150] for q in queries]


# --- who runs it -------------------------------------------------------------------------------------------


def place_path(session: Session, **whose: Any) -> str:
    return reverse("change_place", args=[session.ref, session.assignments.get(**whose).pk])


def test_searching_shows_who_is_free_and_who_is_not(
    camille: Any, cast: Cast, sessions: list[Session]
) -> None:
    planning.amend_order_line(line_id=cast.line.pk, quantity=6, reason="plus", by=cast.actor(cast.olga))
    html = camille.get(address(sessions[0], "staff") + "?q=noor")
    assert f"already expected at that time on Atelier B ({sessions[1].ref})" in html
    assert "Put on anyway" in html
    assert "Dan Cohen" not in html
    html = camille.get(address(sessions[0], "staff") + "?q=dan")
    assert "free at that time" in html
    assert "Nobody in the network matches “zzz”." in camille.get(address(sessions[0], "staff") + "?q=zzz")


def test_somebody_is_put_on_and_the_request_leaves(camille: Any, cast: Cast, sessions: list[Session]) -> None:
    planning.amend_order_line(line_id=cast.line.pk, quantity=6, reason="plus", by=cast.actor(cast.olga))
    path = address(sessions[0], "staff")
    html = camille.follow(path, {"facilitator": cast.dan.pk, "role": "facilitator"})
    assert "Dan Cohen is put on; a request to answer leaves by e-mail." in html
    html = camille.follow(path, {"facilitator": cast.noor.pk, "role": "facilitator"})
    assert "is already expected at the same time" in html
    anyway = {
        "facilitator": cast.noor.pk,
        "role": "facilitator",
        "despite_clash": f"{cast.noor.pk}:elsewhere",
    }
    html = camille.follow(path, anyway)
    assert "is already expected at the same time" in html, "a yes to another clash is none to this one"
    (shown,) = re.findall('name="despite_clash" value="([^"]*)"', camille.get(path + "?q=noor"))
    html = camille.follow(path, anyway | {"despite_clash": shown})
    assert "Noor van den Berg is put on" in html
    assert sessions[0].assignments.count() == 3


def test_when_all_is_planned_only_observers_are_offered(
    camille: Any, cast: Cast, sessions: list[Session]
) -> None:
    html = camille.get(address(sessions[0], "staff") + "?q=dan")
    assert "Only observers can be put on" in html
    assert 'value="facilitator"' not in html
    html = camille.follow(address(sessions[0], "staff"), {"facilitator": cast.dan.pk, "role": "observer"})
    assert "observer" in html
    html = camille.follow(place_path(sessions[0], facilitator=cast.dan), {"state": "facilitator"})
    assert "That is more than the client ordered" in html


def test_the_menu_offers_only_what_is_possible(
    camille: Any, olga: Any, cast: Cast, sessions: list[Session], now: Any
) -> None:
    html = camille.get(address(sessions[1]))
    for state in ("confirmed", "declined", "withdrawn", "observer"):
        assert f'value="{state}"' in html
    html = camille.follow(place_path(sessions[1]), {"state": "confirmed"})
    assert 'value="declined"' not in html
    now.move_to("2027-01-14 12:30")
    html = camille.get(address(sessions[1]))
    assert 'value="withdrawn"' not in html
    assert "The session has ended: who ran it is on record." in html
    assert 'value="withdrawn"' in olga.get(address(sessions[1]))
    html = camille.follow(place_path(sessions[1]), {"state": "withdrawn"})
    assert "who ran it is on record" in html


def test_places_of_other_sessions_and_unknown_states_are_not_found(
    camille: Any, elodie: Any, sessions: list[Session]
) -> None:
    other = reverse("change_place", args=[sessions[0].ref, sessions[1].assignments.get().pk])
    assert camille.post(other, {"state": "confirmed"}).status_code == 404
    assert camille.post(place_path(sessions[1]), {"state": "king"}).status_code == 404
    assert camille.post(address(sessions[0], "staff"), {"facilitator": "x"}).status_code == 404
    assert elodie.post(place_path(sessions[2]), {"state": "withdrawn"}).status_code == 403
    camille.get(place_path(sessions[1]), status=404)


def test_with_four_on_it_the_search_says_why_nobody_can_be_put_on(
    camille: Any, cast: Cast, sessions: list[Session]
) -> None:
    for person in (cast.noor, cast.elodie, cast.idris):
        planning.put_on(
            session_id=sessions[0].pk,
            facilitator_id=person.pk,
            role=StaffRole.OBSERVER,
            despite_clash=True,
            by=cast.actor(cast.camille),
        )
    page = camille.get(f"/sessions/{sessions[0].ref}/staff/?q=Dan")
    found = page[page.index('<div id="found"') :]  # what the search of the session page shows
    assert "A session takes at most 4 facilitators." in found
    assert "Plan a parallel session." in found
    assert 'name="role"' not in found
