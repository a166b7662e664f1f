"""A cancelled session is taken back: by whom, and what stands against it."""

from datetime import timedelta

import pytest

from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Turn
from cordee.planning import actions
from cordee.planning.facts import SessionRestored
from cordee.planning.models import Session
from tests.cast import THURSDAY, Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import AFTER, closed, confirm, plan, told


@pytest.fixture
def session(cast: Cast) -> Session:
    """Return a session that was cancelled, of which nobody has heard."""
    (session,) = plan(cast, cast.noor)
    cancel(session)
    return session


def cancel(session: Session) -> None:
    actions.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)


def test_it_is_planned_again_and_the_fact_is_on_record(cast: Cast, session: Session) -> None:
    actions.restore_session(session_id=session.pk, by=cast.actor(cast.camille))
    session.refresh_from_db()
    assert (session.status, session.cancelled_because, session.version) == ("planned", "", 3)
    assert told(SessionRestored) == [{"session_id": session.pk, "ref": session.ref}]


def test_asked_twice_it_is_done_once(session: Session) -> None:
    for _ in range(2):
        actions.restore_session(session_id=session.pk, by=COMMAND)
    assert len(told(SessionRestored)) == 1


def test_only_who_runs_the_mission_takes_it_back(cast: Cast, session: Session) -> None:
    with refused("not_coordinator"):
        actions.restore_session(session_id=session.pk, by=cast.actor(cast.noor))


def test_prestations_that_were_planned_again_are_not_given_twice(cast: Cast, session: Session) -> None:
    plan(cast, count=4, day=THURSDAY + timedelta(days=1))
    with refused("beyond_order"):
        actions.restore_session(session_id=session.pk, by=COMMAND)


def test_who_is_expected_elsewhere_since_is_not_expected_twice(cast: Cast, session: Session) -> None:
    plan(cast, cast.noor)
    with refused("clash") as blockers:
        actions.restore_session(session_id=session.pk, by=COMMAND)
    assert "Noor" in blockers[0].message


def test_the_time_at_which_it_was_to_begin_is_over(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(AFTER)
    with refused("begun_meanwhile", turn=Turn.OPERATIONS):
        actions.restore_session(session_id=session.pk, by=COMMAND)


def test_cancelled_after_its_end_operations_take_it_back(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    now.move_to(AFTER)
    actions.cancel_session(session_id=session.pk, reason="x", by=cast.actor(cast.olga))
    with refused("already_ended", turn=Turn.OPERATIONS):
        actions.restore_session(session_id=session.pk, by=cast.actor(cast.camille))
    actions.restore_session(session_id=session.pk, by=cast.actor(cast.olga))


def test_in_a_closed_mission_nothing_is_taken_back(
    cast: Cast, session: Session, now: MovableClock, settle: object
) -> None:
    assert closed(cast, now, settle).status == "closed"
    with refused("mission_closed"):
        actions.restore_session(session_id=session.pk, by=COMMAND)
