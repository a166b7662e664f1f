"""Amending an order: never below what is planned."""

from cordee.kernel.refusals import Turn
from cordee.planning import actions, queries
from cordee.planning.states import AssignmentStatus
from tests.cast import Cast
from tests.refusals import refused
from tests.steps import amend, place_of, plan


def test_an_amendment_makes_room(cast: Cast) -> None:
    plan(cast, count=4)
    with refused("beyond_order"):
        plan(cast)
    amend(cast, 5)
    plan(cast)


def test_never_below_what_is_planned(cast: Cast) -> None:
    sessions = plan(cast, cast.camille, cast.noor, count=2)
    plan(cast, starts="14:00", ends="17:00")
    with refused("below_planned", turn=Turn.COORDINATOR):
        amend(cast, 2)
    actions.cancel_session(session_id=sessions[0].pk, reason="Grève", by=cast.actor(cast.camille))
    amend(cast, 2)
    assert queries.committed(cast.line.pk) == 2


def test_a_session_that_lost_its_facilitator_still_holds_its_prestation(cast: Cast) -> None:
    sessions = plan(cast, cast.noor, cast.elodie, count=2)
    actions.set_status(
        assignment_id=place_of(sessions[0], cast.noor).pk,
        status=AssignmentStatus.WITHDRAWN,
        by=cast.actor(cast.camille),
    )
    with refused("below_planned"):
        amend(cast, 1)


def test_only_operations_amend(cast: Cast) -> None:
    with refused("not_operations", turn=Turn.OPERATIONS):
        actions.amend_order_line(line_id=cast.line.pk, quantity=5, reason="x", by=cast.actor(cast.camille))


def test_the_second_of_two_amendments_is_told(cast: Cast) -> None:
    seen = cast.mission.order.version
    amend(cast, 5)
    with refused("changed_meanwhile"):
        actions.amend_order_line(
            line_id=cast.line.pk, quantity=3, reason="x", expected_version=seen, by=cast.actor(cast.olga)
        )


def test_everything_can_be_given_up(cast: Cast) -> None:
    amend(cast, 0)
    with refused("beyond_order"):
        plan(cast)
