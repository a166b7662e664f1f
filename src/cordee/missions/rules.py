"""Who may do what on orders and missions, and when it is refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.clients.states import Sector
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.bounds import FEE, PARTICIPANTS, PRESTATIONS, PRICE
from cordee.kernel.changes import UNSET, Changes, Unset
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.missions.models import Mission, OrderLine
from cordee.missions.states import MACHINE, MissionStatus
from cordee.organisation.rules import fits, is_near


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """One line of an order to be recorded. Amounts in euros excluding VAT, per prestation."""

    service_type_id: int
    quantity: int
    expected_participants: int = 0
    unit_price: Decimal = Decimal(0)
    facilitation_fee: Decimal | None = None
    coordination_fee: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChanges(Changes):
    """What may be corrected of an order, quantities apart (those are amended)."""

    sector: Sector | Unset = UNSET
    contact_id: int | Unset | None = UNSET
    title: str | Unset = UNSET
    agreed_on: date | Unset = UNSET
    funder: str | Unset = UNSET
    practical_information: str | Unset = UNSET
    internal_notes: str | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChanges(Changes):
    """What may be corrected of an order line. Amounts in euros excluding VAT, per prestation."""

    expected_participants: int | Unset = UNSET
    unit_price: Decimal | Unset = UNSET
    facilitation_fee: Decimal | Unset | None = UNSET
    coordination_fee: Decimal | Unset | None = UNSET


def may_manage_orders(actor: Actor) -> Iterator[Blocker]:
    """Operations record orders and open missions."""
    if not actor.may(Permission.MANAGE_ORDERS):
        yield Blocker(
            "not_operations",
            _("Only operations can change an order."),
            _("Ask operations for an amendment."),
            Turn.OPERATIONS,
        )


def coordinates(mission: Mission, actor: Actor) -> bool:
    """Tell whether the actor is the coordinator of this mission."""
    return actor.facilitator_id is not None and mission.coordinator_id == actor.facilitator_id


def may_see(mission: Mission, actor: Actor) -> bool:
    """The office sees every mission, a coordinator their own."""
    return actor.may(Permission.VIEW_MISSIONS) or coordinates(mission, actor)


def can_run(mission: Mission, actor: Actor) -> bool:
    """Tell whether the actor plans, staffs and enrols on this mission."""
    return actor.may(Permission.RUN_ANY_MISSION) or coordinates(mission, actor)


def may_run(mission: Mission, actor: Actor) -> Iterator[Blocker]:
    """The coordinator of the mission runs it; operations may stand in."""
    if not can_run(mission, actor):
        yield Blocker(
            "not_coordinator",
            _("Only the coordinator of %(mission)s can do this.") % {"mission": mission.ref},
            _("Ask the coordinator or operations."),
            Turn.COORDINATOR,
        )


def is_running(mission: Mission) -> Iterator[Blocker]:
    """A closed mission is not changed any more."""
    if mission.status == MissionStatus.CLOSED:
        yield Blocker(
            "mission_closed",
            _("Mission %(mission)s is closed: nothing in it can be changed.") % {"mission": mission.ref},
            _("If something is wrong, operations can reopen it with a reason."),
            Turn.OPERATIONS,
        )


def order_makes_sense(lines: Sequence[LineDraft], agreed_on: date) -> Iterator[Blocker]:
    """An order has at least one line, each of at least one prestation, and was agreed before now."""
    if not lines:
        yield Blocker(
            "no_line",
            _("This order has no line."),
            _("Add at least one service with its number of prestations."),
            Turn.OPERATIONS,
            "lines",
        )
    if any(line.quantity < 1 for line in lines):
        yield Blocker(
            "no_quantity",
            _("A line has no prestation."),
            _("Give a number of 1 or more, or remove the line."),
            Turn.OPERATIONS,
            "lines",
        )
    for line in lines:
        yield from fits(max(line.quantity, 1), PRESTATIONS, field="lines")
        yield from fits(line.expected_participants, PARTICIPANTS, field="lines")
    amounts = [a for line in lines for a in (line.unit_price, line.facilitation_fee, line.coordination_fee)]
    yield from amounts_are_not_negative(amounts)
    for line in lines:
        yield from amounts_make_sense({name: getattr(line, name) for name in AMOUNTS}, field="lines")
    yield from agreed_by_now(agreed_on)


def agreed_by_now(agreed_on: date) -> Iterator[Blocker]:
    """What is recorded was agreed; what is to come is an opportunity."""
    if agreed_on > clock.today():
        yield Blocker(
            "agreed_in_the_future",
            _("The order is said to be agreed on a day to come."),
            _("Give the day on which the client agreed."),
            Turn.OPERATIONS,
            "agreed_on",
        )
    else:
        yield from is_near(agreed_on, field="agreed_on")


def amounts_are_not_negative(amounts: Iterable[Decimal | None]) -> Iterator[Blocker]:
    """Prices and fees are zero or more."""
    if any(amount is not None and amount.is_finite() and amount < 0 for amount in amounts):
        yield Blocker(
            "negative_amount",
            _("A price or a fee is below zero."),
            _("Give zero or more; a reduction goes into the price."),
            Turn.OPERATIONS,
            "lines",
        )


AMOUNTS: Final = {"unit_price": PRICE, "facilitation_fee": FEE, "coordination_fee": FEE}


def amounts_make_sense(amounts: Mapping[str, Any], *, field: str = "") -> Iterator[Blocker]:
    """Prices and fees are those of one prestation, not of a lifetime. Those below zero are another rule's."""
    for name, amount in amounts.items():
        if amount is not None and (not amount.is_finite() or amount > 0):
            yield from fits(amount, AMOUNTS[name], field=field or name)


def amendment_makes_sense(line: OrderLine, quantity: int, reason: str, *, planned: int) -> Iterator[Blocker]:
    """An amendment changes something, has a reason and never goes below what is planned."""
    if quantity == line.quantity:
        yield Blocker(
            "no_change",
            ngettext(
                "The line already has %(n)d prestation.", "The line already has %(n)d prestations.", quantity
            )
            % {"n": quantity},
            _("Give another number."),
            Turn.OPERATIONS,
            "quantity",
        )
    if quantity:
        yield from fits(quantity, PRESTATIONS, field="quantity")
    if not reason.strip():
        yield Blocker(
            "no_reason",
            _("An amendment needs a reason: it stays on record."),
            _("Say what was agreed, with whom."),
            Turn.OPERATIONS,
            "reason",
        )
    if quantity < planned:
        yield Blocker(
            "below_planned",
            ngettext(
                "%(n)d prestation of this line is already planned.",
                "%(n)d prestations of this line are already planned.",
                planned,
            )
            % {"n": planned},
            _("Cancel sessions or withdraw facilitators first, or give at least %(planned)d.")
            % {"planned": planned},
            Turn.COORDINATOR,
            "quantity",
        )


def reopening_has_a_reason(reason: str) -> Iterator[Blocker]:
    """Reopening stays on record with its reason."""
    if not reason.strip():
        yield Blocker(
            "no_reason",
            _("Reopening a mission needs a reason: it stays on record."),
            _("Say what has to be put right."),
            Turn.OPERATIONS,
            "reason",
        )


def may_reopen(mission: Mission, actor: Actor) -> Iterator[Blocker]:
    """Operations reopen closed missions."""
    if not actor.may(Permission.REOPEN_MISSIONS):
        yield Blocker(
            "not_operations",
            _("Only operations can reopen a mission."),
            _("Tell operations what has to be put right."),
            Turn.OPERATIONS,
        )
    if not MACHINE.allows("reopen", mission):
        yield Blocker("not_closed", _("This mission is not closed."), "", Turn.OPERATIONS)
