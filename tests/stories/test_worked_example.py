"""The worked example, from plan to closed, through the actions alone."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.closure import queries as closure
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as enrolment_queries
from cordee.fees import actions as fees
from cordee.fees.queries import requests_of
from cordee.mail.models import Message
from cordee.missions import queries as missions
from cordee.missions.states import MissionStatus
from cordee.planning import actions as planning
from cordee.planning.states import AssignmentStatus
from tests.cast import Cast, draft
from tests.steps import accept_sheets, figures, people_in


def test_four_parallel_workshops_from_plan_to_closed(
    cast: Cast, now: Any, settle: Callable[[], None], settings: Any
) -> None:
    settings.DEMO = True
    camille = cast.actor(cast.camille)
    team = [cast.camille, cast.noor, cast.elodie, cast.idris]
    sessions = planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        count=4,
        facilitator_ids=[f.pk for f in team],
        by=camille,
    )
    settle()
    for person in team[1:]:
        place = next(a for s in sessions for a in s.assignments.all() if a.facilitator_id == person.pk)
        planning.set_status(assignment_id=place.pk, status=AssignmentStatus.CONFIRMED, by=cast.actor(person))
    for n, session in enumerate(sessions):
        pasted = people_in("\n".join(f"Prénom{i} Nom{i} <p{n}-{i}@valmont.example>" for i in range(12)))
        done = enrolment.enrol(session_id=session.pk, people=pasted, by=camille)
        assert len(done.new) == 12
    settle()
    assert Message.objects.filter(purpose="joining", state="sent").count() == 48

    now.move_to("2027-01-14 12:30")
    for session in sessions:
        half_day = session.half_days.get()
        on_list = enrolment_queries.enrolments(session.pk)
        attendance.record_presence(
            half_day_id=half_day.pk, states={e.pk: PresenceState.PRESENT for e in on_list}, by=camille
        )
    settle()
    mission = missions.mission(cast.mission.pk)
    assert mission is not None
    assert [b.code for b in closure.blockers(mission)] == ["fees_to_request"]

    fees.request_fees(mission_id=mission.pk, by=camille)
    settle()
    mission.refresh_from_db()
    assert mission.status == MissionStatus.CLOSED
    coordination, request = requests_of(mission.pk)
    assert request.early is False
    assert [line.amount for line in request.lines.all()] == [Decimal(250)] * 4
    assert [(line.quantity, line.amount) for line in coordination.lines.all()] == [(4, Decimal(400))]
    told = set(Message.objects.filter(purpose="billable").values_list("to_email", flat=True))
    assert told == {"olga@cordee-formation.example", "farid@cordee-formation.example"}
    assert figures(mission) == (4, 4, 4, 0, 4), "the sheets are not signed: closure does not wait for them"
    accept_sheets(cast, *sessions)
    settle()
    assert figures(mission) == (4, 4, 4, 4, 4)
