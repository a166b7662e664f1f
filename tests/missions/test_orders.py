"""Recording, correcting and amending orders."""

from datetime import date
from decimal import Decimal

import pytest

from cordee.clients.states import Sector
from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Turn
from cordee.missions import actions, queries
from cordee.missions.facts import OrderAmended, OrderChanged, OrderRecorded
from cordee.missions.models import Amendment, Order
from cordee.missions.rules import LineChanges, LineDraft, OrderChanges
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import closed, told


def record(cast: Cast, *lines: LineDraft, **values: object) -> Order:
    given: dict[str, object] = {
        "client_id": cast.valmont.pk,
        "sector": Sector.PUBLIC_BODY,
        "title": " Ateliers ",
        "agreed_on": date(2027, 1, 4),
        "lines": lines,
        "by": cast.actor(cast.olga),
    }
    return actions.record_order(**(given | values))  # type: ignore[arg-type]


def line(cast: Cast, quantity: int = 2, **values: object) -> LineDraft:
    return LineDraft(service_type_id=cast.workshop.pk, quantity=quantity, **values)  # type: ignore[arg-type]


def test_operations_record_an_order_with_its_lines(cast: Cast) -> None:
    order = record(cast, line(cast), line(cast, 3, unit_price=Decimal("890.50")))
    assert (order.ref, order.title) == ("C-2027-0003", "Ateliers")
    assert [(row.position, row.quantity) for row in queries.lines(order.pk)] == [(1, 2), (2, 3)]
    assert told(OrderRecorded)[-1] == {"order_id": order.pk}
    assert list(queries.orders_without_mission()) == [order]


@pytest.mark.parametrize("role", ["farid", "quitterie", "ada", "camille"])
def test_nobody_else_touches_an_order(cast: Cast, role: str) -> None:
    by = cast.actor(getattr(cast, role))
    with refused("not_operations", turn=Turn.OPERATIONS):
        record(cast, line(cast), by=by)
    with refused("not_operations"):
        actions.change_order(
            order_id=cast.mission.order_id, changes=OrderChanges(title="X"), expected_version=None, by=by
        )
    with refused("not_operations"):
        actions.change_line(line_id=cast.line.pk, changes=LineChanges(unit_price=Decimal(1)), by=by)
    with refused("not_operations"):
        actions.record_amendment(line_id=cast.line.pk, quantity=9, reason="x", planned=0, by=by)
    with refused("not_operations"):
        actions.open_mission(order_id=cast.mission.order_id, by=by)


def test_an_order_that_makes_no_sense_is_refused_with_every_reason(cast: Cast) -> None:
    with refused("no_line", "agreed_in_the_future", turn=Turn.OPERATIONS):
        record(cast, agreed_on=date(2027, 1, 5))
    with refused("no_quantity"):
        record(cast, line(cast, 0))
    with refused("negative_amount"):
        record(cast, line(cast, unit_price=Decimal(-1)))
    with refused("negative_amount"):
        record(cast, line(cast, facilitation_fee=Decimal(-1)))
    assert Order.objects.count() == 2, "nothing half-written"


def test_a_correction_of_an_order_is_journaled_and_never_overwrites(cast: Cast) -> None:
    by, order_id = cast.actor(cast.olga), cast.mission.order_id
    changes = OrderChanges(title="Ateliers de rentrée", funder="")
    order = actions.change_order(order_id=order_id, changes=changes, expected_version=1, by=by)
    assert order.version == 2
    assert told(OrderChanged)[-1] == {"order_id": order_id, "fields": ["title"]}
    with refused("changed_meanwhile"):
        actions.change_order(order_id=order_id, changes=OrderChanges(title="Y"), expected_version=1, by=by)


def test_prices_and_fees_of_a_line_are_corrected_its_quantity_is_not(cast: Cast) -> None:
    by = cast.actor(cast.olga)
    actions.change_line(line_id=cast.line.pk, changes=LineChanges(facilitation_fee=Decimal(300)), by=by)
    cast.line.refresh_from_db()
    assert (cast.line.facilitation_fee, cast.line.quantity) == (Decimal(300), 4)
    assert "quantity" not in LineChanges.__slots__, "it is amended"
    with refused("negative_amount"):
        actions.change_line(line_id=cast.line.pk, changes=LineChanges(unit_price=Decimal(-5)), by=by)


def amend(cast: Cast, quantity: int, reason: str = "Accord du client", planned: int = 0) -> Amendment:
    return actions.record_amendment(
        line_id=cast.line.pk, quantity=quantity, reason=reason, planned=planned, by=cast.actor(cast.olga)
    )


def test_an_amendment_changes_the_quantity_and_keeps_its_reason(cast: Cast) -> None:
    amendment = amend(cast, 6, reason=" Deux de plus ")
    cast.line.refresh_from_db()
    assert cast.line.quantity == 6
    assert (amendment.before, amendment.after, amendment.reason) == (4, 6, "Deux de plus")
    assert amendment.user_id == cast.olga.pk
    assert told(OrderAmended)[-1]["after"] == 6
    assert [a.pk for a in queries.amendments(cast.mission.order_id)] == [amendment.pk]


def test_an_amendment_that_makes_no_sense_is_refused(cast: Cast) -> None:
    with refused("no_change", "no_reason"):
        amend(cast, 4, reason=" ")
    with refused("below_planned") as blockers:
        amend(cast, 2, planned=3)
    assert blockers[0].turn == Turn.COORDINATOR
    assert "3" in blockers[0].message
    amend(cast, 3, planned=3)


def test_nothing_of_the_order_of_a_closed_mission_changes(
    cast: Cast, now: MovableClock, settle: object
) -> None:
    closed(cast, now, settle)
    order_id = cast.mission.order_id
    with refused("mission_closed", turn=Turn.OPERATIONS):
        actions.change_order(
            order_id=order_id, changes=OrderChanges(title="X"), expected_version=None, by=COMMAND
        )
    with refused("mission_closed"):
        actions.change_line(line_id=cast.line.pk, changes=LineChanges(unit_price=Decimal(1)), by=COMMAND)
    with refused("mission_closed"):
        actions.record_amendment(line_id=cast.line.pk, quantity=9, reason="x", planned=4, by=COMMAND)
