"""Recording orders, opening missions, naming coordinators, closing and reopening."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from cordee.clients.states import Sector
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.bounds import PARTICIPANTS
from cordee.kernel.changes import given_or
from cordee.kernel.identifiers import numbered
from cordee.kernel.refusals import refuse_if
from cordee.missions import queries, rules
from cordee.missions.facts import (
    CoordinatorNamed,
    CorrectionFinished,
    MissionClosed,
    MissionOpened,
    MissionReopened,
    OrderAmended,
    OrderChanged,
    OrderRecorded,
)
from cordee.missions.models import Amendment, Mission, Order, OrderLine, SearchWord
from cordee.missions.rules import LineChanges, LineDraft, OrderChanges
from cordee.missions.states import MACHINE
from cordee.network.models import Facilitator
from cordee.network.rules import can_coordinate
from cordee.organisation.actions import next_number
from cordee.organisation.rules import fits, is_current


@transaction.atomic
def record_order(
    *,
    client_id: int,
    sector: Sector,
    title: str,
    agreed_on: date,
    lines: Sequence[LineDraft],
    contact_id: int | None = None,
    funder: str = "",
    practical_information: str = "",
    internal_notes: str = "",
    by: Actor,
) -> Order:
    """Record what was agreed with the client. Raises Refused."""
    refuse_if([*rules.may_manage_orders(by), *rules.order_makes_sense(lines, agreed_on)])
    year = clock.today().year
    order = Order.objects.create(
        ref=numbered("C", year, next_number("C", year)),
        client_id=client_id,
        sector=sector,
        contact_id=contact_id,
        title=title.strip(),
        agreed_on=agreed_on,
        funder=funder.strip(),
        practical_information=practical_information.strip(),
        internal_notes=internal_notes.strip(),
        recorded_at=clock.now(),
    )
    OrderLine.objects.bulk_create(
        OrderLine(order=order, position=position, **{name: getattr(line, name) for name in line.__slots__})
        for position, line in enumerate(lines, start=1)
    )
    journal.record(OrderRecorded(order_id=order.pk), by=by)
    return order


@transaction.atomic
def change_order(*, order_id: int, changes: OrderChanges, expected_version: int | None, by: Actor) -> Order:
    """Correct what was agreed, quantities apart (those are amended). Raises Refused."""
    order, mission = queries.locked_order(order_id)
    refuse_if(
        [
            *rules.may_manage_orders(by),
            *(rules.is_running(mission) if mission else ()),
            *rules.agreed_by_now(given_or(changes.agreed_on, order.agreed_on)),
            *is_current(order.version, expected_version),
        ]
    )
    changed = changes.made_to(order)
    if changed:
        order.version += 1
        order.save()
        if mission:
            _index(mission)
        journal.record(
            OrderChanged(order_id=order.pk, fields=changed), by=by, mission_id=mission.pk if mission else None
        )
    return order


@transaction.atomic
def open_mission(*, order_id: int, coordinator_id: int | None = None, by: Actor) -> Mission:
    """Open the mission that delivers an order, and name its coordinator if one is given. Raises Refused."""
    order = Order.objects.select_for_update().get(pk=order_id)
    refuse_if(rules.may_manage_orders(by))
    mission, new = Mission.objects.get_or_create(
        order=order, defaults={"ref": f"M{order.ref[1:]}", "opened_at": clock.now()}
    )
    if new:
        _index(mission)
        journal.record(MissionOpened(mission_id=mission.pk, order_id=order.pk), by=by, mission_id=mission.pk)
    if coordinator_id is not None:
        name_coordinator(mission_id=mission.pk, facilitator_id=coordinator_id, by=by)
        mission.refresh_from_db()
    return mission


@transaction.atomic
def name_coordinator(*, mission_id: int, facilitator_id: int, by: Actor) -> Mission:
    """Put a facilitator in charge of the mission; the mail with the link follows. Raises Refused."""
    mission = queries.locked(mission_id)
    facilitator = Facilitator.objects.select_related("user").get(pk=facilitator_id)
    refuse_if([*rules.may_manage_orders(by), *rules.is_running(mission), *can_coordinate(facilitator)])
    if mission.coordinator_id != facilitator.pk:
        before = mission.coordinator_id
        mission.coordinator = facilitator
        mission.save(update_fields=["coordinator"])
        _index(mission)
        fact = CoordinatorNamed(mission_id=mission.pk, facilitator_id=facilitator.pk, before_id=before)
        journal.record(fact, by=by, mission_id=mission.pk)
    return mission


@transaction.atomic
def record_amendment(
    *, line_id: int, quantity: int, reason: str, planned: int, expected_version: int | None = None, by: Actor
) -> Amendment:
    """Change the quantity of a line, as agreed with the client; `planned` is what the room above counts.

    `expected_version` is that of the order. Raises Refused.
    """
    line, order, mission = _line_to_change(line_id)
    refuse_if(
        [
            *rules.may_manage_orders(by),
            *(rules.is_running(mission) if mission else ()),
            *is_current(order.version, expected_version),
            *rules.amendment_makes_sense(line, quantity, reason, planned=planned),
        ]
    )
    amendment = Amendment.objects.create(
        line=line,
        before=line.quantity,
        after=quantity,
        reason=reason.strip(),
        at=clock.now(),
        user_id=by.user_id,
    )
    line.quantity = quantity
    line.save(update_fields=["quantity"])
    order.version += 1
    order.save(update_fields=["version"])
    fact = OrderAmended(
        order_line_id=line.pk, amendment_id=amendment.pk, before=amendment.before, after=amendment.after
    )
    journal.record(fact, by=by, mission_id=mission.pk if mission else None)
    return amendment


@transaction.atomic
def close(*, mission_id: int, by: Actor) -> bool:
    """Close a running mission. Whoever calls has asked every room first. Return whether it was running."""
    mission = queries.locked(mission_id)
    if not MACHINE.allows("close", mission):
        return False
    MACHINE.move(mission, "close")
    mission.closed_at = clock.now()
    mission.save(update_fields=["status", "closed_at"])
    journal.record(MissionClosed(mission_id=mission.pk), by=by, mission_id=mission.pk)
    return True


@transaction.atomic
def reopen(*, mission_id: int, reason: str, by: Actor) -> Mission:
    """Open a closed mission again. Whoever calls has asked the rooms above first. Raises Refused."""
    mission = queries.locked(mission_id)
    refuse_if([*rules.may_reopen(mission, by), *rules.reopening_has_a_reason(reason)])
    MACHINE.move(mission, "reopen")
    mission.closed_at = None
    mission.reopened_because = reason.strip()
    mission.save(update_fields=["status", "closed_at", "reopened_because"])
    fact = MissionReopened(mission_id=mission.pk, reason_id=journal.keep_reason(mission.reopened_because))
    journal.record(fact, by=by, mission_id=mission.pk)
    return mission


@transaction.atomic
def finish_correction(*, mission_id: int, by: Actor) -> Mission:
    """Say that what a mission was reopened for is put right: it closes by itself again. Raises Refused."""
    mission = queries.locked(mission_id)
    refuse_if([*rules.may_run(mission, by), *rules.is_running(mission)])
    if mission.reopened_because:
        mission.reopened_because = ""
        mission.save(update_fields=["reopened_because"])
        journal.record(CorrectionFinished(mission_id=mission.pk), by=by, mission_id=mission.pk)
    return mission


@transaction.atomic
def change_line(
    *, line_id: int, changes: LineChanges, expected_version: int | None = None, by: Actor
) -> OrderLine:
    """Correct price, fees or expected participants of a line; its quantity is amended. Raises Refused.

    Fees already requested keep the amount they were requested with. `expected_version` is that of the order.
    """
    line, order, mission = _line_to_change(line_id)
    amounts = (changes.unit_price, changes.facilitation_fee, changes.coordination_fee)
    refuse_if(
        [
            *rules.may_manage_orders(by),
            *(rules.is_running(mission) if mission else ()),
            *is_current(order.version, expected_version),
            *rules.amounts_are_not_negative(given_or(amount, None) for amount in amounts),
            *rules.amounts_make_sense({name: changes.given().get(name) for name in rules.AMOUNTS}),
            *fits(changes.given().get("expected_participants"), PARTICIPANTS, field="expected_participants"),
        ]
    )
    changed = changes.made_to(line)
    if changed:
        line.save(update_fields=changed)
        order.version += 1
        order.save(update_fields=["version"])
        fact = OrderChanged(order_id=line.order_id, fields=changed)
        journal.record(fact, by=by, mission_id=mission.pk if mission else None)
    return line


def _line_to_change(line_id: int) -> tuple[OrderLine, Order, Mission | None]:
    """Return a line and its order, held until the end of the transaction, and their mission."""
    order_id = OrderLine.objects.values_list("order_id", flat=True).get(pk=line_id)
    order, mission = queries.locked_order(order_id)
    return OrderLine.objects.select_for_update().get(pk=line_id), order, mission


@transaction.atomic
def index_missions_of(*, client_id: int) -> None:
    """Write anew the words by which a client's missions are found. Safe to run twice."""
    found = Mission.objects.filter(order__client_id=client_id).order_by("pk")
    for mission_id in found.values_list("pk", flat=True):
        _index(queries.locked(mission_id))


def _index(mission: Mission) -> None:
    """Write the words by which the mission is found."""
    order = Order.objects.select_related("client").get(pk=mission.order_id)
    coordinator = mission.coordinator.full_name if mission.coordinator else ""
    text = f"{mission.ref} {order.title} {order.client.name} {order.client.city} {coordinator}"
    words = {*queries.search_words(text), mission.ref.lower()}
    SearchWord.objects.filter(mission=mission).exclude(word__in=words).delete()
    SearchWord.objects.bulk_create(
        (SearchWord(mission=mission, word=word) for word in words), ignore_conflicts=True
    )
