"""A mission does not close in silence when nobody said what coordination pays."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.catalogue import actions as catalogue
from cordee.catalogue.models import FeeRate, FeeSchedule
from cordee.catalogue.states import PaidRole
from cordee.closure import queries as closure
from cordee.enrolment import queries as enrolment
from cordee.enrolment.rules import Person
from cordee.fees import actions as fees
from cordee.fees.queries import coordination_request
from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Turn
from cordee.missions.states import MissionStatus
from cordee.planning import actions as planning
from tests.cast import Cast, draft
from tests.steps import board_of


def _deliver_everything(cast: Cast, now: Any) -> None:
    dan = cast.actor(cast.dan)
    mission = cast.other_mission
    sessions = [
        planning.plan_sessions(
            mission_id=mission.pk,
            line_id=mission.order.lines.get().pk,
            draft=draft(date(2027, 1, day)),
            facilitator_ids=[cast.dan.pk],
            by=dan,
        )[0]
        for day in (14, 15)
    ]
    now.move_to("2027-01-15 18:00")
    for session in sessions:
        attendance.add_walk_in(session_id=session.pk, person=Person(first_name="Zoé", last_name="Li"), by=dan)
        enrolled = enrolment.enrolments(session.pk)
        half_day = session.half_days.get()
        attendance.record_presence(
            half_day_id=half_day.pk,
            states={e.pk: PresenceState.PRESENT for e in enrolled},
            by=dan,
        )
    fees.request_fees(mission_id=mission.pk, by=dan)


def test_a_missing_coordination_rate_holds_closure_until_the_schedule_is_completed(
    cast: Cast, now: Any, settle: Callable[[], None]
) -> None:
    mission = cast.other_mission
    FeeRate.objects.filter(role=PaidRole.COORDINATION, service_type=cast.workshop).delete()
    _deliver_everything(cast, now)
    settle()
    mission.refresh_from_db()
    assert mission.status == MissionStatus.RUNNING
    (blocker,) = closure.blockers(mission)
    assert (blocker.code, blocker.turn) == ("no_coordination_fee", Turn.OPERATIONS)
    assert board_of(mission).next_step == "no_coordination_fee"

    schedule = FeeSchedule.objects.get()
    cell = (cast.workshop.pk, str(mission.order.sector), str(PaidRole.COORDINATION))
    catalogue.set_rates(
        schedule_id=schedule.pk, rates={cell: Decimal(120)}, expected_version=None, by=COMMAND
    )
    settle()
    mission.refresh_from_db()
    assert mission.status == MissionStatus.CLOSED
    request = coordination_request(mission.pk)
    assert request is not None
    assert [line.amount for line in request.lines.all()] == [Decimal(240)]


def test_a_coordination_fee_of_zero_is_an_answer(cast: Cast, now: Any, settle: Callable[[], None]) -> None:
    FeeRate.objects.filter(role=PaidRole.COORDINATION).update(amount=0)
    _deliver_everything(cast, now)
    settle()
    cast.other_mission.refresh_from_db()
    assert cast.other_mission.status == MissionStatus.CLOSED
    assert coordination_request(cast.other_mission.pk) is None
