"""What a mission still lacks, whose turn it is, and by when."""

from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cordee.clients.states import Sector
from cordee.closure import queries
from cordee.conformity.steps import PROVEN
from cordee.enrolment import actions as enrolment
from cordee.enrolment.facts import ClientRowsWait
from cordee.enrolment.models import ListRow
from cordee.enrolment.rules import Person
from cordee.fees.steps import REQUESTED, TO_REQUEST
from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Turn
from cordee.kernel.steps import Step, StepCode
from cordee.lists.reader import read_text
from cordee.missions import queries as mission_queries
from cordee.missions.models import Mission, Order
from cordee.missions.steps import ORDERED
from cordee.planning import actions as planning
from cordee.planning.states import AssignmentStatus, StaffRole
from cordee.planning.steps import HELD, PLANNED
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import (
    AFTER,
    accept_sheets,
    all_present,
    amend,
    ask_client,
    board_of,
    enrol,
    hold,
    place_of,
    plan,
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


def test_each_thing_that_is_missing_says_whose_turn_it_is(cast: Cast, now: MovableClock) -> None:
    assert lacks(cast) == [("to_plan", Turn.COORDINATOR)]
    sessions = plan(cast, cast.camille, cast.noor, count=2)
    assert lacks(cast) == [
        ("to_plan", Turn.COORDINATOR),
        ("session_to_come", Turn.TIME),
        ("session_to_come", Turn.TIME),
    ]
    amend(cast, 2)
    enrol(cast, sessions[0], "Ana")
    enrol(cast, sessions[1], "Bo")
    now.move_to(AFTER)
    assert sorted(lacks(cast)) == [
        ("fees_to_request", Turn.COORDINATOR),
        ("presence_missing", Turn.COORDINATOR),
        ("presence_missing", Turn.COORDINATOR),
        ("unanswered", Turn.COORDINATOR),
    ]
    confirm_after(cast, sessions[1])
    for session in sessions:
        all_present(cast, session)
    assert lacks(cast) == [("fees_to_request", Turn.COORDINATOR)]
    request_fees(cast)
    assert lacks(cast) == []


def confirm_after(cast: Cast, session: object) -> None:
    planning.set_status(
        assignment_id=place_of(session, cast.noor).pk,  # type: ignore[arg-type]
        status=AssignmentStatus.CONFIRMED,
        by=cast.actor(cast.camille),
    )


def test_nobody_in_charge_is_for_operations(cast: Cast) -> None:
    Mission.objects.filter(pk=cast.mission.pk).update(coordinator=None)
    assert ("no_coordinator", Turn.OPERATIONS) in lacks(cast)


def test_a_session_without_facilitator_is_to_be_staffed_then_to_be_explained(
    cast: Cast, now: MovableClock
) -> None:
    (session,) = plan(cast)
    assert step(cast, "to_staff").due_on == date(2027, 1, 4)
    assert not step(cast, "to_staff").blocks_closure
    now.move_to(AFTER)
    blocker = step(cast, "nobody_ran_it").as_blocker()
    assert (blocker.subject, blocker.turn) == (session.ref, Turn.COORDINATOR)


def test_an_observer_alone_does_not_run_a_session(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast)
    planning.put_on(
        session_id=session.pk,
        facilitator_id=cast.camille.pk,
        role=StaffRole.OBSERVER,
        by=cast.actor(cast.camille),
    )
    now.move_to(AFTER)
    assert "nobody_ran_it" in codes(cast)


def test_a_facilitator_who_has_not_answered_is_late_after_the_days_of_the_policy(cast: Cast) -> None:
    plan(cast, cast.noor)
    waiting = step(cast, "unanswered")
    assert (waiting.turn, waiting.due_on, waiting.blocks_closure) == (
        Turn.FACILITATOR,
        date(2027, 1, 7),
        False,
    )


def test_an_empty_list_shows_as_late_but_in_education(cast: Cast) -> None:
    (session,) = plan(cast, cast.camille, day=date(2027, 1, 20))
    assert step(cast, "to_enrol").due_on == date(2027, 1, 10)
    Order.objects.filter(pk=cast.mission.order_id).update(sector=Sector.EDUCATION)
    assert "to_enrol" not in codes(cast)
    Order.objects.filter(pk=cast.mission.order_id).update(sector=Sector.COMPANY)
    (enrolment_row,) = enrol(cast, session, "Ana")
    assert "to_enrol" not in codes(cast)
    enrolment.cancel_enrolment(enrolment_id=enrolment_row.pk, by=COMMAND)
    assert "to_enrol" in codes(cast)


def test_presence_and_fees_have_their_deadlines(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.camille)
    now.move_to(AFTER)
    assert step(cast, "presence_missing").due_on == date(2027, 1, 16)
    assert step(cast, "fees_to_request").due_on == date(2027, 1, 21)
    enrol_walk_in(cast, session)
    all_present(cast, session)
    assert "presence_missing" not in codes(cast)


def enrol_walk_in(cast: Cast, session: object) -> None:
    enrolment.add_walk_in(
        session_id=session.pk,  # type: ignore[attr-defined]
        person=Person(first_name="Zoé"),
        by=cast.actor(cast.camille),
    )


def test_the_oldest_deadline_comes_first_and_what_only_waits_comes_last(cast: Cast) -> None:
    plan(cast, cast.noor, day=date(2027, 1, 20))
    plan(cast, cast.noor, day=date(2027, 2, 20))
    found = queries.steps_of(the_mission(cast))
    acting = [s.due_on for s in found if s.turn != Turn.TIME]
    assert acting == sorted(acting, key=lambda day: day or date.max)
    assert [s.turn == Turn.TIME for s in found] == sorted(s.turn == Turn.TIME for s in found)


def test_a_cancelled_session_lacks_nothing(cast: Cast) -> None:
    (session,) = plan(cast)
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    assert codes(cast) == {"to_plan"}


def test_progress_costs_the_same_for_one_session_and_for_many(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    amend(cast, 12)
    plan(cast, cast.camille)
    with django_assert_max_num_queries(8):
        queries.progress(cast.mission)
    for day in range(15, 26):
        plan(cast, cast.noor, day=date(2027, 1, day))
    with django_assert_max_num_queries(8):
        queries.progress(cast.mission)


def test_many_missions_cost_as_much_as_one_and_each_is_told_of(
    cast: Cast, now: MovableClock, django_assert_num_queries: Any
) -> None:
    sessions = plan(cast, cast.camille, cast.noor, count=2)
    hold(cast, now, *sessions)
    accept_sheets(cast, *sessions)
    request_fees(cast)
    with CaptureQueriesContext(connection) as alone:
        queries.progress_of([cast.mission.pk])
    with django_assert_num_queries(len(alone)):
        both = queries.progress_of([cast.mission.pk, cast.other_mission.pk])
    here, there = both[cast.mission.pk], both[cast.other_mission.pk]
    figures = (ORDERED, PLANNED, HELD, PROVEN, REQUESTED, TO_REQUEST)
    assert [here.total(count) for count in figures] == [4, 2, 2, 2, 2, 0]
    assert [there.total(count) for count in figures] == [2, 0, 0, 0, 0, 0]
    assert [step.code for step in there.steps] == [StepCode.TO_PLAN]


def test_what_the_client_gave_and_nobody_checked_is_a_step(cast: Cast, settle: Any) -> None:
    (session,) = plan(cast, cast.camille)
    by = ask_client(cast)
    row = enrolment.give_person(session_id=session.pk, person=Person(email="ana@@x.fr"), by=by)
    assert isinstance(row, ListRow)
    waiting = step(cast, "rows_wait")
    assert (waiting.turn, waiting.due_on, waiting.subject, waiting.blocks_closure) == (
        Turn.COORDINATOR,
        date(2027, 1, 4),
        session.ref,
        False,
    )
    assert "to_enrol" not in codes(cast), "one thing to do, not two"
    settle()
    assert board_of(cast.mission).next_step == "rows_wait"
    enrolment.drop_waiting(row_id=row.pk, seen=None, by=by)
    assert "rows_wait" not in codes(cast)
    assert "to_enrol" in codes(cast)
    settle()
    assert board_of(cast.mission).next_step == "to_enrol"
    assert [fact["rows"] for fact in told(ClientRowsWait)] == [1, 0]


def test_what_the_coordinator_pasted_is_their_own_to_finish(cast: Cast) -> None:
    (session,) = plan(cast, cast.camille)
    rows = read_text("ana@@x.fr;Ana;B").rows
    enrolment.keep_rows(session_id=session.pk, rows=rows, by=cast.actor(cast.camille))
    assert "rows_wait" not in codes(cast)
    assert told(ClientRowsWait) == []


def test_what_waits_is_no_step_once_the_session_is_over(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.camille)
    enrolment.give_person(session_id=session.pk, person=Person(email="ana@@x.fr"), by=ask_client(cast))
    now.move_to(AFTER)
    assert "rows_wait" not in codes(cast)
