"""A mission closes by itself, is reopened with a reason, and its board follows."""

from datetime import date

import pytest
from django.utils import translation

from cordee.closure import actions, queries, tasks
from cordee.closure.states import NOTHING_DUE
from cordee.fees import actions as fees
from cordee.fees.models import FeeRequest
from cordee.kernel.refusals import Turn
from cordee.kernel.steps import Step
from cordee.missions import actions as missions
from cordee.missions import queries as mission_queries
from cordee.missions.facts import CorrectionFinished, MissionClosed, MissionReopened
from cordee.missions.models import Mission
from cordee.missions.queries import MissionFilter
from cordee.missions.states import MissionStatus
from cordee.planning import actions as planning
from cordee.planning.states import AssignmentStatus, StaffRole
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import (
    AFTER,
    accept_sheets,
    all_present,
    amend,
    board_of,
    closed,
    confirm,
    enrol,
    everything_held,
    figures,
    hold,
    plan,
    reason_of,
    request_fees,
    told,
)


def the_mission(cast: Cast) -> Mission:
    mission = mission_queries.mission(cast.mission.pk)
    assert mission is not None
    return mission


def lacks(cast: Cast) -> list[tuple[str, Turn]]:
    return [(b.code, b.turn) for b in queries.blockers(the_mission(cast))]


def step(cast: Cast, code: str) -> Step:
    return next(s for s in queries.steps_of(the_mission(cast)) if s.code == code)


def codes(cast: Cast) -> set[str]:
    return {s.code for s in queries.steps_of(the_mission(cast))}


def test_a_mission_closes_by_itself_as_soon_as_nothing_is_missing(
    cast: Cast, now: MovableClock, settle: object
) -> None:
    everything_held(cast, now)
    settle()  # type: ignore[operator]
    assert the_mission(cast).status == MissionStatus.RUNNING
    request_fees(cast)
    settle()  # type: ignore[operator]
    mission = the_mission(cast)
    assert (mission.status, mission.closed_at, board_of(mission).due_on) == (
        MissionStatus.CLOSED,
        now.at,
        NOTHING_DUE,
    )
    assert len(told(MissionClosed)) == 1
    assert actions.close_if_complete(mission_id=mission.pk) is False
    assert queries.steps_of(mission) == []


@pytest.mark.parametrize("first", ["fees", "presence"])
def test_whatever_comes_last_closes_it(cast: Cast, now: MovableClock, settle: object, first: str) -> None:
    amend(cast, 1)
    (session,) = plan(cast, cast.camille)
    enrol(cast, session, "Ana")
    now.move_to(AFTER)
    last = [lambda: all_present(cast, session), lambda: request_fees(cast)]
    for step_ in last if first == "presence" else reversed(last):
        assert the_mission(cast).status == MissionStatus.RUNNING
        step_()
        settle()  # type: ignore[operator]
    assert the_mission(cast).status == MissionStatus.CLOSED


def test_giving_up_what_remains_closes_it(cast: Cast, now: MovableClock, settle: object) -> None:
    hold(cast, now, *plan(cast, cast.camille))
    request_fees(cast)
    settle()  # type: ignore[operator]
    assert lacks(cast) == [("to_plan", Turn.COORDINATOR)]
    amend(cast, 1)
    settle()  # type: ignore[operator]
    assert the_mission(cast).status == MissionStatus.CLOSED


def test_a_mission_given_up_as_a_whole_closes_with_nothing_delivered(cast: Cast, settle: object) -> None:
    amend(cast, 0)
    settle()  # type: ignore[operator]
    assert the_mission(cast).status == MissionStatus.CLOSED
    assert FeeRequest.objects.count() == 0


def test_setting_the_status_of_the_last_unanswered_place_closes_it(
    cast: Cast, now: MovableClock, settle: object
) -> None:
    (session,) = plan(cast, cast.camille)
    hold(cast, now, session)
    observer = planning.put_on(
        session_id=session.pk,
        facilitator_id=cast.noor.pk,
        role=StaffRole.OBSERVER,
        by=cast.actor(cast.camille),
    )
    amend(cast, 1)
    request_fees(cast)
    settle()  # type: ignore[operator]
    assert lacks(cast) == [("unanswered", Turn.COORDINATOR)]
    planning.set_status(
        assignment_id=observer.pk, status=AssignmentStatus.WITHDRAWN, by=cast.actor(cast.camille)
    )
    settle()  # type: ignore[operator]
    assert the_mission(cast).status == MissionStatus.CLOSED


# --- reopening ------------------------------------------------------------------------------------
def test_operations_reopen_with_a_reason_and_it_waits_for_the_correction(
    cast: Cast, now: MovableClock, settle: object
) -> None:
    closed(cast, now, settle)
    with refused("no_reason") as blockers:
        actions.reopen(mission_id=cast.mission.pk, reason=" ", by=cast.actor(cast.olga))
    assert blockers[0].field == "reason"
    for person in (cast.camille, cast.farid, cast.ada):
        with refused("not_operations", turn=Turn.OPERATIONS):
            actions.reopen(mission_id=cast.mission.pk, reason="x", by=cast.actor(person))
    actions.reopen(mission_id=cast.mission.pk, reason=" Présence ", by=cast.actor(cast.olga))
    settle()  # type: ignore[operator]
    mission = the_mission(cast)
    assert (mission.status, mission.closed_at, mission.reopened_because) == (
        MissionStatus.RUNNING,
        None,
        "Présence",
    )
    assert board_of(mission).next_step == "reopened"
    assert lacks(cast) == [("reopened", Turn.COORDINATOR)]
    assert reason_of(MissionReopened) == "Présence"
    with refused("not_closed"):
        actions.reopen(mission_id=cast.mission.pk, reason="x", by=cast.actor(cast.olga))


def test_once_the_correction_is_finished_it_closes_by_itself_again(
    cast: Cast, now: MovableClock, settle: object
) -> None:
    closed(cast, now, settle)
    actions.reopen(mission_id=cast.mission.pk, reason="Présence", by=cast.actor(cast.olga))
    for person in (cast.dan, cast.noor, cast.farid):
        with refused("not_coordinator"):
            missions.finish_correction(mission_id=cast.mission.pk, by=cast.actor(person))
    for _ in range(2):
        missions.finish_correction(mission_id=cast.mission.pk, by=cast.actor(cast.camille))
    settle()  # type: ignore[operator]
    assert the_mission(cast).status == MissionStatus.CLOSED
    assert (len(told(CorrectionFinished)), len(told(MissionClosed))) == (1, 2)
    with refused("mission_closed"):
        missions.finish_correction(mission_id=cast.mission.pk, by=cast.actor(cast.camille))


def test_a_request_that_finance_returns_opens_the_mission_again(
    cast: Cast, now: MovableClock, settle: object
) -> None:
    closed(cast, now, settle)
    request = FeeRequest.objects.get(kind="facilitation")
    fees.return_request(request_id=request.pk, reason="Mauvaise date", by=cast.actor(cast.farid))
    settle()  # type: ignore[operator]
    mission = the_mission(cast)
    assert mission.status == MissionStatus.RUNNING
    assert mission.reopened_because == f"{request.ref}: Mauvaise date"
    assert lacks(cast) == [("reopened", Turn.COORDINATOR), ("fees_to_request", Turn.COORDINATOR)]
    assert "returned" in english_fix(cast)
    request_fees(cast)
    missions.finish_correction(mission_id=mission.pk, by=cast.actor(cast.camille))
    settle()  # type: ignore[operator]
    assert the_mission(cast).status == MissionStatus.CLOSED


def english_fix(cast: Cast) -> str:
    with translation.override("en"):
        return step(cast, "fees_to_request").fix


# --- the board of lists ---------------------------------------------------------------------------
def test_the_board_follows_what_happens(cast: Cast, now: MovableClock, settle: object) -> None:
    def board() -> tuple[object, ...]:
        settle()  # type: ignore[operator]
        return (board_of(cast.mission).next_step, *figures(cast.mission))

    assert board() == ("to_plan", 4, 0, 0, 0, 0)
    sessions = plan(cast, cast.camille, cast.noor, count=2)
    assert board() == ("to_enrol", 4, 2, 0, 0, 0)
    kept = board_of(cast.mission)
    assert (kept.first_day, kept.last_day) == (date(2027, 1, 14), date(2027, 1, 14))
    assert kept.due_on == date(2027, 1, 4)
    for session in sessions:
        enrol(cast, session, f"P{session.pk}")
    confirm(cast, sessions[1], cast.noor)
    assert board() == ("to_plan", 4, 2, 0, 0, 0)
    now.move_to(AFTER)
    tasks.follow_time.call()
    assert board() == ("presence_missing", 4, 2, 2, 0, 0)
    all_present(cast, sessions[0])
    assert board() == ("presence_missing", 4, 2, 2, 0, 0)
    accept_sheets(cast, sessions[0])
    assert board() == ("presence_missing", 4, 2, 2, 1, 0)
    request_fees(cast)
    assert board() == ("presence_missing", 4, 2, 2, 1, 2)


def test_what_is_late_comes_first_in_lists(cast: Cast, now: MovableClock, settle: object) -> None:
    plan(cast, cast.camille)
    settle()  # type: ignore[operator]
    now.move_to("2027-01-06 09:00")
    late = queries.boards(MissionFilter(), late_on=date(2027, 1, 6))
    assert [mission.ref for mission in queries.listed(late)] == [cast.mission.ref]
    refs = [mission.ref for mission in queries.listed(queries.boards(MissionFilter()))]
    assert refs == [cast.mission.ref, cast.other_mission.ref]
