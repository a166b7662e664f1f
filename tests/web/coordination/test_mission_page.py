"""The mission page: where it stands, what is next, whose turn it is."""

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.closure import actions as closure
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as enrolments
from cordee.enrolment.rules import Person
from cordee.fees import actions as fees
from cordee.missions import actions as missions
from cordee.missions.models import Mission
from cordee.planning import actions as planning
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus
from tests import steps
from tests.cast import Cast, draft


def address(cast: Cast, name: str = "mission") -> str:
    return reverse(name, args=[cast.mission.ref])


def close(cast: Cast, sessions: list[Session], now: Any) -> None:
    """Carry the mission to its end."""
    by = cast.actor(cast.camille)
    for session in sessions:
        place = session.assignments.get()
        planning.set_status(
            assignment_id=place.pk, status=AssignmentStatus.CONFIRMED, by=cast.actor(cast.olga)
        )
        enrolment.enrol(session_id=session.pk, people=[Person(email=f"p{session.pk}@valmont.example")], by=by)
    now.move_to("2027-01-14 12:30")
    for session in sessions:
        states = {e.pk: PresenceState.PRESENT for e in enrolments.enrolments(session.pk)}
        attendance.record_presence(half_day_id=session.half_days.get().pk, states=states, by=by)
    fees.request_fees(mission_id=cast.mission.pk, by=by)
    assert closure.close_if_complete(mission_id=cast.mission.pk)


def test_a_session_that_nobody_runs_yet_is_to_be_staffed_and_not_to_be_planned_again(
    camille: Any, cast: Cast
) -> None:
    """As where one plans, it takes up one of what was ordered."""
    steps.plan(cast, count=3)
    html = camille.get(address(cast))
    assert "1 prestation of Atelier 3 h still to be planned and staffed." in html
    assert "Atelier 3 h: 1 of 4 left to plan" in camille.get(address(cast, "plan"))
    steps.plan(cast)
    assert "still to be planned" not in camille.get(address(cast))


def test_a_new_mission_says_what_to_do_first(camille: Any, cast: Cast) -> None:
    html = camille.get(address(cast))
    assert "Ville de Valmont – 4 ateliers en parallèle" in html
    assert "4 prestations of Atelier 3 h still to be planned and staffed." in html
    assert reverse("plan", args=[cast.mission.ref]) in html
    assert "No session is planned yet." in html
    assert 'href="tel:0612345678"' in html
    assert 'href="mailto:s.lefevre@mairie-valmont.example"' in html
    assert "Mission opened" in html


def test_staffing_is_done_when_all_who_are_planned_are_confirmed(camille: Any, cast: Cast) -> None:
    """What is still to be planned is the matter of the knot before."""

    def states() -> dict[str, str]:
        return {knot.label: knot.state for knot in camille.client.get(address(cast)).context["knots"]}

    assert (states()["Planned"], states()["Staffed"]) == ("now", "todo")
    planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        count=2,
        facilitator_ids=[cast.camille.pk, cast.noor.pk],
        by=cast.actor(cast.camille),
    )
    assert states()["Staffed"] == "todo"
    place = Assignment.objects.get(facilitator=cast.noor)
    planning.set_status(assignment_id=place.pk, status=AssignmentStatus.CONFIRMED, by=cast.actor(cast.noor))
    assert (states()["Planned"], states()["Staffed"]) == ("now", "done")


def test_parallel_sessions_stand_together_with_their_people(
    camille: Any, cast: Cast, sessions: list[Session]
) -> None:
    html = camille.get(address(cast))
    assert html.count("Hôtel de ville, salle des mariages") == 1
    for session in sessions:
        assert f'<a href="{reverse("session", args=[session.ref])}">{session.title}</a>' in html
    assert "1 / 4 confirmed" in html
    assert "Noor van den Berg has not answered for Atelier B yet." in html
    assert "Nobody is enrolled on Atelier A." in html
    assert "4 sessions still take place, the first on Thursday 14 January 2027." in html
    assert "4 sessions planned" in html


def test_sessions_at_other_times_stand_under_their_own_date(camille: Any, cast: Cast) -> None:
    for day in (14, 21):
        planning.plan_sessions(
            mission_id=cast.mission.pk,
            line_id=cast.line.pk,
            draft=draft(date(2027, 1, day)),
            by=cast.actor(cast.camille),
        )
    html = camille.get(address(cast))
    assert html.count('scope="rowgroup"') == 2
    assert "Thursday 21 January 2027" in html


def test_a_status_is_changed_from_the_menu_on_the_name(
    camille: Any, cast: Cast, sessions: list[Session]
) -> None:
    place = sessions[1].assignments.get()
    path = reverse("change_place", args=[sessions[1].ref, place.pk]) + "?back=mission"
    assert f'action="{path}"' in camille.get(address(cast))
    html = camille.follow(path, {"state": "confirmed"})
    assert "2 / 4 confirmed" in html
    assert "Noor van den Berg: confirmed." in html


def test_many_things_to_do_show_the_most_urgent_first(
    camille: Any, cast: Cast, sessions: list[Session]
) -> None:
    html = camille.get(address(cast))
    assert html.count('<li><span class="tag') == 6
    assert "Show 1 more thing to do" in html
    assert camille.get(address(cast) + "?all").count('<li><span class="tag') == 7


def test_a_cancelled_session_stays_with_its_reason(camille: Any, cast: Cast, sessions: list[Session]) -> None:
    planning.cancel_session(session_id=sessions[0].pk, reason="Salle inondée", by=cast.actor(cast.camille))
    html = camille.get(address(cast))
    assert "Salle inondée" in html
    assert "3 / 4" in html


def test_who_may_not_run_the_mission_reads_it(come: Any, cast: Cast, sessions: list[Session]) -> None:
    for person in (cast.farid, cast.quitterie):
        html = come(person).get(address(cast))
        assert "Noor van den Berg" in html
        assert "Plan a session" not in html
        assert reverse("change_place", args=[sessions[1].ref, sessions[1].assignments.get().pk]) not in html


def test_nobody_else_learns_that_the_mission_exists(come: Any, cast: Cast, sessions: list[Session]) -> None:
    for person in (cast.dan, cast.elodie):
        for name in ("mission", "plan", "mission_timeline", "mission_fees", "mission_sheets"):
            come(person).get(address(cast, name), status=404)


def test_operations_amend_and_name_coordinators_from_here(olga: Any, camille: Any, cast: Cast) -> None:
    amend = reverse("amend_line", args=[cast.mission.order.ref, cast.line.pk])
    named = reverse("name_coordinator", args=[cast.mission.ref])
    html = olga.get(address(cast))
    assert amend in html
    assert named in html
    html = camille.get(address(cast))
    assert amend not in html
    assert named not in html
    assert "mailto:bonjour@cordee-formation.example?subject=Amendment" in html


def test_a_closed_mission_says_so_and_locks_everything(
    camille: Any, olga: Any, cast: Cast, sessions: list[Session], now: Any
) -> None:
    close(cast, sessions, now)
    html = camille.get(address(cast))
    assert "This mission was closed on Thursday 14 January 2027." in html
    assert "operations can reopen it with a reason" in html
    assert "Plan a session" not in html
    assert 'popovertarget="place-' not in html
    assert "€400.00" in html  # the coordination fee: 4 × €100
    assert "is closed: nothing in it can be changed." in camille.get(address(cast, "plan"))
    assert reverse("reopen_mission", args=[cast.mission.ref]) in olga.get(address(cast))


def test_a_reopened_mission_is_finished_with_one_button(
    camille: Any, cast: Cast, sessions: list[Session], now: Any
) -> None:
    close(cast, sessions, now)
    closure.reopen(mission_id=cast.mission.pk, reason="Une présence à corriger", by=cast.actor(cast.olga))
    html = camille.get(address(cast))
    assert "Une présence à corriger" in html
    assert "The correction is finished" in html
    camille.get(address(cast, "finish_correction"), status=404)
    html = camille.follow(address(cast, "finish_correction"))
    assert "the mission closes by itself again" in html
    assert Mission.objects.get(pk=cast.mission.pk).reopened_because == ""


def test_the_timeline_goes_back_page_by_page(camille: Any, cast: Cast, sessions: list[Session]) -> None:
    for n in range(50):
        person = Person(email=f"n{n}@valmont.example")
        enrolment.enrol(session_id=sessions[n % 4].pk, people=[person], by=cast.actor(cast.olga))
    html = camille.get(address(cast, "mission_timeline"))
    assert html.count("1 person enrolled on") == 50
    older = html.split("?before=")[1].split('"')[0]
    html = camille.get(address(cast, "mission_timeline") + f"?before={older}")
    assert "4 sessions planned" in html
    assert "Mission opened" in html
    assert "person enrolled" not in html
    assert "Camille Rousset is in charge of the mission" in html


def test_one_file_holds_the_sheets_to_come(camille: Any, cast: Cast, sessions: list[Session]) -> None:
    answer = camille.client.get(address(cast, "mission_sheets"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="sheets-m-2027-0001.pdf"'
    assert answer.content.startswith(b"%PDF")


def test_without_a_session_there_is_no_sheet_and_the_page_says_so(camille: Any, cast: Cast) -> None:
    assert "No session is planned yet." in camille.get(address(cast, "mission_sheets"), status=404)


def test_twenty_sessions_and_three_hundred_people_cost_twelve_queries(camille: Any, cast: Cast) -> None:
    _grow(cast)
    camille.get(address(cast))
    with CaptureQueriesContext(connection) as queries:
        html = camille.get(address(cast))
    assert len(queries) <= 12, [q["sql"][:150] for q in queries]
    assert "300 / 48" in html


def _grow(cast: Cast) -> None:
    """Twenty sessions, three hundred people, and a coordinator before whose name is nowhere else."""
    planning.amend_order_line(line_id=cast.line.pk, quantity=80, reason="grand", by=cast.actor(cast.olga))
    for week in range(5):
        for session in planning.plan_sessions(
            mission_id=cast.mission.pk,
            line_id=cast.line.pk,
            draft=draft(date(2027, 1, 14) + timedelta(days=7 * week), capacity=20),
            count=4,
            facilitator_ids=[f.pk for f in (cast.camille, cast.noor, cast.elodie, cast.idris)],
            by=cast.actor(cast.camille),
        ):
            people = [Person(email=f"p{session.pk}-{n}@valmont.example") for n in range(15)]
            enrolment.enrol(session_id=session.pk, people=people, by=cast.actor(cast.camille))
    for person in (cast.dan, cast.camille):
        missions.name_coordinator(
            mission_id=cast.mission.pk, facilitator_id=person.pk, by=cast.actor(cast.olga)
        )
