"""`cordee missions list | show`."""

import json
from collections.abc import Callable
from typing import Any

from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.enrolment import actions as enrolment
from cordee.enrolment.queries import enrolments
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.planning import actions as planning
from cordee.planning.states import StaffRole
from tests.cast import Cast, draft
from tests.steps import accept_sheets


def shown(cordee: Callable[..., Any], ref: str) -> Any:
    answer = cordee("missions", "show", ref, "--json")
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


def test_show_prints_everything_for_programs(cast: Cast, cordee: Callable[..., Any], now: Any) -> None:
    camille = cast.actor(cast.camille)
    [session] = planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(time_zone="Indian/Reunion"),
        facilitator_ids=[cast.camille.pk],
        by=camille,
    )
    planning.put_on(session_id=session.pk, facilitator_id=cast.noor.pk, role=StaffRole.OBSERVER, by=camille)
    enrolment.enrol(session_id=session.pk, people=[Person(first_name="Zoé", last_name="Petit")], by=camille)
    now.move_to("2027-01-14 09:30")  # the session is at nine in La Réunion: it has ended
    [half_day] = session.half_days.all()
    states = {e.pk: PresenceState.PRESENT for e in enrolments(session.pk)}
    attendance.record_presence(half_day_id=half_day.pk, states=states, by=camille)

    accept_sheets(cast, session)

    found = shown(cordee, cast.mission.ref.lower())
    assert {key: found[key] for key in ("ref", "title", "status", "client", "coordinator")} == {
        "ref": cast.mission.ref,
        "title": "4 ateliers en parallèle",
        "status": "running",
        "client": {"name": "Ville de Valmont", "sector": "public_body"},
        "coordinator": "Camille Rousset",
    }
    assert found["lines"] == [
        {"service": "Atelier 3 h", "ordered": 4, "planned": 1, "held": 1, "proven": 1, "requested": 0}
    ]
    assert found["sessions"] == [
        {
            "ref": session.ref,
            "title": "Atelier",
            "status": "planned",
            "starts_at": "2027-01-14T09:00:00+04:00",
            "ends_at": "2027-01-14T12:00:00+04:00",
            "time_zone": "Indian/Reunion",
            "facilitators": [
                {"name": "Camille Rousset", "role": "facilitator", "status": "confirmed"},
                {"name": "Noor van den Berg", "role": "observer", "status": "invited"},
            ],
            "enrolled": 1,
            "proven": True,
        }
    ]
    blockers = {b["code"]: b for b in found["blockers"]}
    assert set(blockers) == {"to_plan", "unanswered", "fees_to_request"}
    assert blockers["to_plan"]["turn"] == "coordinator"
    assert blockers["to_plan"][
        "message"
    ] == "3 prestations « Atelier 3 h » restent à planifier et à pourvoir." or (
        "3 " in blockers["to_plan"]["message"]
    )
    assert blockers["to_plan"]["fix"]
    assert found["to_do"] == []


def test_what_does_not_block_is_told_apart(cast: Cast, cordee: Callable[..., Any]) -> None:
    camille = cast.actor(cast.camille)
    planning.plan_sessions(mission_id=cast.mission.pk, line_id=cast.line.pk, draft=draft(), by=camille)
    found = shown(cordee, cast.mission.ref)
    assert {step["code"] for step in found["to_do"]} == {"to_staff", "to_enrol"}
    assert {step["due_on"] for step in found["to_do"]} == {"2027-01-04"}
    assert {step["code"] for step in found["blockers"]} == {"to_plan", "session_to_come"}


def test_a_cancelled_session_is_listed_as_such(cast: Cast, cordee: Callable[..., Any]) -> None:
    [session] = planning.plan_sessions(
        mission_id=cast.mission.pk, line_id=cast.line.pk, draft=draft(), by=COMMAND
    )
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    assert [(s["ref"], s["status"]) for s in shown(cordee, cast.mission.ref)["sessions"]] == [
        (session.ref, "cancelled")
    ]


def test_show_reads_well_in_both_languages(cast: Cast, cordee: Callable[..., Any]) -> None:
    planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        facilitator_ids=[cast.idris.pk],
        by=COMMAND,
    )
    english = cordee("--language", "en", "missions", "show", cast.mission.ref).out
    assert "Missing before closure" in english
    assert "To be done on the way" in english
    assert "Idris Benkirane has not answered" in english
    assert "(turn of the facilitator)" in english
    french = cordee("missions", "show", cast.mission.ref).out
    assert "Camille Rousset" in french
    assert "Missing before closure" not in french


def test_an_hour_elsewhere_names_its_zone(cast: Cast, cordee: Callable[..., Any]) -> None:
    wanted = draft(time_zone="Indian/Reunion")
    planning.plan_sessions(mission_id=cast.mission.pk, line_id=cast.line.pk, draft=wanted, by=COMMAND)
    assert "(heure de La Réunion)" in cordee("missions", "show", cast.mission.ref).out


def test_an_unknown_mission_is_one_line_and_an_exit_code(cast: Cast, cordee: Callable[..., Any]) -> None:
    answer = cordee("--language", "en", "missions", "show", "M-1999-0001", "--json")
    assert answer.code == 1
    assert answer.out == ""
    assert answer.err.splitlines() == [
        "cordee: There is no mission M-1999-0001. `cordee missions list` shows them all."
    ]


def test_list_narrows_and_prints_for_programs(cast: Cast, cordee: Callable[..., Any]) -> None:
    found = json.loads(cordee("missions", "list", "--search", "camille", "--json").out)
    assert [mission["ref"] for mission in found] == [cast.mission.ref]
    assert found[0]["client"]["name"] == "Ville de Valmont"
    assert found[0]["ordered"] == 4
    assert json.loads(cordee("missions", "list", "--status", "closed", "--json").out) == []
    both = cordee("missions", "list", "--status", "running")
    assert cast.mission.ref in both.out
    assert cast.other_mission.ref in both.out
    nothing = cordee("--language", "en", "missions", "list", "--search", "zzz")
    assert (nothing.code, nothing.out.strip()) == (0, "No mission matches.")


def test_a_wrong_use_is_explained(cordee: Callable[..., Any]) -> None:
    answer = cordee("missions", "list", "--status", "open")
    assert answer.code == 2
    assert "--status" in answer.err
    assert cordee("help").code == 0
    assert "missions" in cordee("--help").out
