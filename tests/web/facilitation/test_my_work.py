"""What a facilitator is to do next, and answering a request in place."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.closure import actions as closure
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as enrolled
from cordee.missions.models import Mission
from cordee.network.models import Facilitator
from cordee.planning import actions as planning
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus, StaffRole
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.steps import confirm, people_in

S = AssignmentStatus


@pytest.fixture
def idris(cast: Cast, client: Client) -> Client:
    """Return Idris at a browser, reading English."""
    return at_a_browser(cast.idris, client)


def at_a_browser(person: Facilitator, client: Client) -> Client:
    person.user.language = "en"
    person.user.save(update_fields=["language"])
    client.force_login(person.user)
    return client


def plan(cast: Cast, *people: Facilitator, mission: Mission | None = None, **changes: Any) -> list[Session]:
    mission = mission or cast.mission
    by = cast.dan if mission == cast.other_mission else cast.camille
    return planning.plan_sessions(
        mission_id=mission.pk,
        line_id=mission.order.lines.get().pk,
        draft=draft(**changes),
        count=max(1, len(people)),
        facilitator_ids=[p.pk for p in people],
        despite_clash=True,
        by=cast.actor(by),
    )


def place_of(session: Session, person: Facilitator) -> Assignment:
    return Assignment.objects.get(session=session, facilitator=person)


def answer(client: Client, place: Assignment, **given: str) -> Any:
    page = client.get("/my/").text
    found = re.search(
        rf'id="id_{place.pk}_form_token"[^>]*|value="([^"]+)"[^>]*id="id_{place.pk}_form_token"', page
    )
    assert found
    token = re.search(r'value="([^"]+)"', found[0])
    assert token
    return client.post(reverse("my_answer", args=[place.pk]), {"form_token": token[1], **given})


def test_nothing_to_do_says_so(idris: Client) -> None:
    page = idris.get("/my/").text
    assert "Nothing to do for now" in page
    assert "No session to come." in page
    assert "Can you run these sessions?" not in page


def test_a_request_shows_when_where_for_whom_and_for_how_much(cast: Cast, idris: Client) -> None:
    plan(cast, cast.idris)
    page = idris.get("/my/").text
    for words in (
        "1 to answer",
        "answer by 7 Jan",
        "Thursday 14 January 2027, 9:00 – 12:00",
        "Hôtel de ville, salle des mariages",
        "Ville de Valmont",
        "€250.00",
        "Camille Rousset",
    ):
        assert words in page


def test_an_answer_that_is_late_is_said(cast: Cast, idris: Client, now: Any) -> None:
    plan(cast, cast.idris)
    now.move_to("2027-01-08 09:00")
    assert "an answer is overdue" in idris.get("/my/").text


def test_a_clash_is_shown_before_accepting(cast: Cast, idris: Client) -> None:
    plan(cast, cast.idris)
    assert "You are expected elsewhere" not in idris.get("/my/").text
    (other,) = plan(
        cast, cast.idris, mission=cast.other_mission, starts="11:00", ends="14:00", title="Ailleurs"
    )
    page = idris.get("/my/").text
    assert page.count("You are expected elsewhere at that time") == 2
    assert f"Ailleurs ({other.ref})" in page


def test_sessions_that_touch_do_not_clash(cast: Cast, idris: Client) -> None:
    plan(cast, cast.idris)
    plan(cast, cast.idris, mission=cast.other_mission, starts="12:00", ends="15:00")
    assert "You are expected elsewhere" not in idris.get("/my/").text


def test_an_observer_sees_that_nothing_is_paid(cast: Cast, idris: Client) -> None:
    (session,) = plan(cast, cast.camille)
    planning.put_on(
        session_id=session.pk,
        facilitator_id=cast.idris.pk,
        role=StaffRole.OBSERVER,
        by=cast.actor(cast.camille),
    )
    assert "none: you are asked as an observer" in idris.get("/my/").text


def test_accepting_in_place(cast: Cast, idris: Client) -> None:
    (session,) = plan(cast, cast.idris)
    place = place_of(session, cast.idris)
    assert answer(idris, place, answer="accept").headers["Location"] == "/my/"
    place.refresh_from_db()
    assert place.status == S.CONFIRMED
    page = idris.get("/my/").text
    assert "Accepted: “Atelier” is yours." in page
    assert "Can you run these sessions?" not in page
    assert page.index("Next sessions") < page.index(reverse("session", args=[session.ref]))


def test_declining_with_a_reason(cast: Cast, idris: Client, settle: Callable[[], None]) -> None:
    (session,) = plan(cast, cast.idris)
    place = place_of(session, cast.idris)
    answer(idris, place, answer="decline", reason="Déjà pris ce matin-là")
    place.refresh_from_db()
    assert (place.status, place.reason) == (S.DECLINED, "Déjà pris ce matin-là")
    assert "Declined: “Atelier”." in idris.get("/my/").text


def test_a_double_click_answers_once(cast: Cast, idris: Client) -> None:
    (session,) = plan(cast, cast.idris)
    place = place_of(session, cast.idris)
    page = idris.get("/my/").context["questions"][0].form
    sent = {"form_token": page["form_token"].value(), "answer": "accept"}
    for _ in range(2):
        assert idris.post(reverse("my_answer", args=[place.pk]), sent).headers["Location"] == "/my/"


def test_no_button_pressed_loses_nothing(cast: Cast, idris: Client) -> None:
    (session,) = plan(cast, cast.idris)
    shown = answer(idris, place_of(session, cast.idris), reason="Trop loin")
    assert shown.status_code == 422
    assert "Press one of the buttons" in shown.text
    assert "Trop loin" in shown.text


def test_a_request_that_is_gone_meanwhile_is_explained(cast: Cast, idris: Client) -> None:
    (session,) = plan(cast, cast.idris)
    place = place_of(session, cast.idris)
    form = idris.get("/my/").context["questions"][0].form
    planning.cancel_session(session_id=session.pk, reason="Grève", by=cast.actor(cast.camille))
    sent = {"form_token": form["form_token"].value(), "answer": "accept"}
    shown = idris.post(reverse("my_answer", args=[place.pk]), sent)
    assert shown.status_code == 422
    assert f"Session {session.ref} is cancelled." in shown.text


def test_too_late_to_answer(cast: Cast, idris: Client, now: Any) -> None:
    (session,) = plan(cast, cast.idris)
    form = idris.get("/my/").context["questions"][0].form
    now.move_to("2027-01-14 09:30")
    sent = {"form_token": form["form_token"].value(), "answer": "accept"}
    shown = idris.post(reverse("my_answer", args=[place_of(session, cast.idris).pk]), sent)
    assert "it is too late to answer" in shown.text


def test_nobody_answers_for_somebody_else(cast: Cast, idris: Client) -> None:
    (session,) = plan(cast, cast.noor)
    place = place_of(session, cast.noor)
    sent = {"form_token": "6a2f41a3-c54c-fce8-32d2-0324e1c32e22", "answer": "accept"}
    assert idris.post(reverse("my_answer", args=[place.pk]), sent).status_code == 404
    assert idris.post(reverse("my_answer", args=[999999]), sent).status_code == 404
    place.refresh_from_db()
    assert place.status == S.INVITED


def test_a_plain_visit_answers_nothing(cast: Cast, idris: Client) -> None:
    (session,) = plan(cast, cast.idris)
    place = place_of(session, cast.idris)
    assert idris.get(reverse("my_answer", args=[place.pk]) + "?answer=accept").status_code == 404
    place.refresh_from_db()
    assert place.status == S.INVITED


def test_a_session_that_ended_without_presence_is_to_do(cast: Cast, client: Client, now: Any) -> None:
    (session,) = plan(cast, cast.idris)
    planning.set_status(
        assignment_id=place_of(session, cast.idris).pk, status=S.CONFIRMED, by=cast.actor(cast.idris)
    )
    now.move_to("2027-01-14 12:30")
    for person in (cast.idris, cast.camille):
        page = at_a_browser(person, client).get("/my/").text
        assert "Record presence: Atelier" in page
        assert "by 16 Jan" in page
        assert reverse("presence", args=[session.ref]) in page
    assert "Record presence" not in at_a_browser(cast.noor, client).get("/my/").text
    now.move_to("2027-01-18 09:00")
    assert "late since 16 Jan" in at_a_browser(cast.idris, client).get("/my/").text


def test_recorded_presence_is_done(cast: Cast, client: Client, now: Any) -> None:
    (session,) = plan(cast, cast.camille)
    ana = people_in("Ana Sol <ana@valmont.example>")
    enrolment.enrol(session_id=session.pk, people=ana, by=cast.actor(cast.camille))
    now.move_to("2027-01-14 12:30")
    states = {e.pk: PresenceState.PRESENT for e in enrolled.enrolments(session.pk)}
    attendance.record_presence(
        half_day_id=session.half_days.get().pk, states=states, by=cast.actor(cast.camille)
    )
    assert "Record presence" not in at_a_browser(cast.camille, client).get("/my/").text


def test_a_mission_that_waits_for_its_coordinator_is_to_do(
    cast: Cast, client: Client, settle: Callable[[], None]
) -> None:
    settle()
    page = at_a_browser(cast.camille, client).get("/my/").text
    assert "Ville de Valmont – 4 ateliers en parallèle" in page
    assert f'<span class="ref">{cast.mission.ref}</span> · to be planned' in page
    assert "by 18 Jan" in page
    assert reverse("mission", args=[cast.mission.ref]) in page
    assert cast.other_mission.ref not in page


def test_what_is_due_first_stands_first(
    cast: Cast, client: Client, now: MovableClock, settle: Callable[[], None]
) -> None:
    for day in (14, 13):
        [session] = plan(cast, cast.camille, day=date(2027, 1, day), title=f"Jour {day}")
        confirm(cast, session, cast.camille)
    settle()
    closure.refresh_board(mission_id=cast.mission.pk)
    now.move_to("2027-01-15 09:00")
    items = at_a_browser(cast.camille, client).get("/my/").context["items"]
    assert [item.title for item in items] == [
        "Ville de Valmont – 4 ateliers en parallèle",  # two of its four are to be planned since December
        "Record presence: Jour 13",
        "Record presence: Jour 14",
    ]


def test_only_facilitators_have_this_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.olga)
    assert client.get("/my/").status_code == 403
    assert Client().get("/my/").headers["Location"] == "/account/login/?next=/my/"


@pytest.mark.parametrize(
    "path", ["/my/", "/my/missions/", "/my/sessions/", "/my/sessions/?past=1", "/my/fees/"]
)
def test_each_page_costs_no_more_for_more_rows(
    cast: Cast, client: Client, settle: Callable[[], None], now: Any, path: str
) -> None:
    plan(cast, cast.camille, day=date(2027, 1, 5))
    plan(cast, cast.camille, mission=cast.other_mission)
    plan(cast, cast.camille, day=date(2027, 2, 4))
    now.move_to("2027-01-06 12:00")
    settle()
    at_a_browser(cast.camille, client)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    now.move_to("2027-01-04 12:00")
    plan(cast, cast.camille, day=date(2027, 1, 5), starts="14:00", ends="17:00")
    plan(cast, cast.camille, mission=cast.other_mission, day=date(2027, 1, 15))
    plan(cast, cast.camille, day=date(2027, 2, 5))
    now.move_to("2027-01-06 12:00")
    settle()
    with CaptureQueriesContext(connection) as more:
        client.get(path)
    assert len(more) == len(one) <= 12
