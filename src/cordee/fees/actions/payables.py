"""From approved fees to invoices: issued in the supplier's name, or expected from it."""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import chain, groupby

from django.db import transaction

from cordee.fees import queries, rules
from cordee.fees.facts import FeesBilled, InvoiceExpected, PayableCredited
from cordee.fees.models import Payable, PayableLine
from cordee.fees.queries import Billable, Way, draft_of
from cordee.invoices import actions as invoices
from cordee.invoices.states import InvoiceState
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import SYSTEM, Actor
from cordee.kernel.money import Money
from cordee.kernel.refusals import Refused, refuse_if
from cordee.suppliers import queries as suppliers
from cordee.suppliers.actions.holding import held_all
from cordee.suppliers.models import Supplier

log = logging.getLogger(__name__)


@transaction.atomic
def bill(*, request_id: int | None = None, facilitator_ids: Collection[int] = (), by: Actor = SYSTEM) -> None:
    """Put approved fees on invoices: those of a request, those of people whose supplier changed, or all that wait.
    One invoice per supplier and request, or per supplier and month that is over. Who cannot be billed for yet
    waits. Safe to run twice.
    """
    asked = queries.to_bill(request_id=request_id, facilitator_ids=facilitator_ids)
    owing = set() if request_id else {payable.supplier_id for payable in queries.expected()}
    known = held_all(owing | {found.supplier_id for found in asked})
    _issue_expected(known, by=by)
    # Read again: what another one billed meanwhile is no longer there.
    waiting = queries.to_bill(request_id=request_id, facilitator_ids=facilitator_ids)
    for key, group in groupby(sorted(waiting, key=_key), key=_key):
        supplier = known.get(key[0])
        if supplier:
            with _alone(supplier):
                _open(supplier, list(group), by=by)


@contextmanager
def _alone(supplier: Supplier) -> Iterator[None]:
    """Have what is refused for one supplier keep no other from its invoice: its fees wait, and the audit finds them."""
    try:
        with transaction.atomic():
            yield
    except Refused as refused:
        codes = [blocker.code for blocker in refused.blockers]
        log.warning("No invoice was issued for supplier %s: %s", supplier.pk, ", ".join(codes))


def bill_all() -> None:
    """Put on invoices what time alone lets through: a month that is over. Safe to run twice."""
    bill()


def _key(found: Billable) -> tuple[int, int, int]:
    """Return what makes fees stand on one invoice: supplier, then request, or month where invoices are monthly."""
    return (found.supplier_id, found.request_id or 0, found.month.toordinal())


def _open(supplier: Supplier, fees: Sequence[Billable], *, by: Actor) -> Payable | None:
    way = queries.way_of(supplier, [found.fee for found in fees])
    if way == Way.WAITS:
        return None
    first = fees[0]
    payable = Payable.objects.create(
        supplier=supplier,
        request_id=first.request_id,
        month=first.month,
        total_excl=Money.total(found.amount for found in fees).amount,
        opened_at=clock.now(),
    )
    PayableLine.objects.bulk_create(
        PayableLine(payable=payable, fee_line=found.fee, position=n, unit_amount=found.fee.unit_amount)
        for n, found in enumerate(fees, start=1)
    )
    _ask_or_issue(payable, supplier, way, by=by)
    return payable


def _ask_or_issue(payable: Payable, supplier: Supplier, way: Way, *, by: Actor) -> None:
    """Issue the invoice of a payable in its supplier's name, or expect it from a supplier that gave no mandate."""
    if way == Way.ISSUED:
        _issue(payable, supplier, by=by)
        return
    fact = InvoiceExpected(payable_id=payable.pk, lines=payable.lines.count())
    journal.record(fact, by=by, mission_id=mission_of(payable))


def _issue(payable: Payable, supplier: Supplier, *, by: Actor) -> None:
    """Issue the invoice of a payable: its number is the last thing taken. It can be contested for as long as the
    mandate says that was signed, whatever the setting is now.
    """
    today, mandate = clock.today(), suppliers.in_force(supplier.pk)
    assert mandate is not None  # noqa: S101 - without one the supplier's own is expected (`way_of`)
    draft = draft_of(payable, supplier, on=today)
    invoice = invoices.issue(
        draft=draft,
        source=f"payable:{payable.pk}",
        contest_until=today + timedelta(days=mandate.signing.contest_days),
        by=by,
    )
    payable.invoice = invoice
    payable.save(update_fields=["invoice"])
    fact = FeesBilled(
        payable_id=payable.pk, invoice_id=invoice.pk, number=invoice.number, lines=len(draft.lines)
    )
    journal.record(fact, by=by, mission_id=mission_of(payable))


def _issue_expected(known: Mapping[int, Supplier], *, by: Actor) -> None:
    """Issue what was expected from a supplier that has signed the mandate since, and has given nothing yet."""
    for payable in queries.expected_of(known):
        supplier = known[payable.supplier_id]
        fees = [line.fee_line for line in queries.lines_of(payable.pk)]
        if queries.way_of(supplier, fees) == Way.ISSUED:
            with _alone(supplier):
                _issue(payable, supplier, by=by)


@transaction.atomic
def correct(*, payable_id: int, amounts: Mapping[int, Money], reason: str, by: Actor) -> Payable:
    """Credit an invoice and issue it anew: with other amounts per unit (euros excluding VAT) by position, and whatever
    the supplier put right meanwhile. Without a mandate any more, the supplier's own is expected. Nothing is edited.
    Raises Refused.
    """
    payable = held(payable_id)
    supplier = payable.supplier
    fees = [line.fee_line for line in queries.lines_of(payable.pk)]
    way = queries.way_of(supplier, fees)
    missing = [*suppliers.readiness([supplier.pk], clock.today())[supplier.pk]] if way == Way.WAITS else []
    if way == Way.WAITS and not missing:
        missing = list(chain.from_iterable(queries.lacking([fee.pk for fee in fees]).values()))
    refuse_if(
        [
            *rules.may_decide(by),
            *rules.has_a_reason(reason),
            *rules.can_be_corrected(payable),
            *rules.amounts_are_right(amounts),
            *missing,
        ]
    )
    credit = _credit(payable, reason, by=by)
    again = _again(payable, amounts)
    _ask_or_issue(again, supplier, way, by=by)
    fact = PayableCredited(payable_id=payable.pk, credit_id=credit.pk, replaced_by=again.pk)
    journal.record(fact, by=by, mission_id=mission_of(payable))
    return again


def _credit(payable: Payable, reason: str, *, by: Actor) -> Payable:
    invoice = payable.invoice
    assert invoice is not None  # noqa: S101 - rules.can_be_corrected asked
    if invoice.state == InvoiceState.CONTESTED:
        note = invoices.uphold(invoice_id=invoice.pk, answer=reason, by=by)
    else:
        note = invoices.credit(invoice_id=invoice.pk, reason=reason, by=by)
    PayableLine.objects.filter(payable=payable).update(live=False)
    was_paid = payable.settled
    if not was_paid:
        payable.settled = True
        payable.save(update_fields=["settled"])
    return Payable.objects.create(
        supplier_id=payable.supplier_id,
        request_id=payable.request_id,
        month=payable.month,
        invoice=note,
        credits=payable,
        total_excl=-payable.total_excl,
        opened_at=clock.now(),
        settled=not was_paid,
    )


def _again(payable: Payable, amounts: Mapping[int, Money]) -> Payable:
    lines = PayableLine.objects.filter(payable=payable).select_related("fee_line").order_by("position")
    units = {line: amounts.get(line.position, Money(line.unit_amount)) for line in lines}
    again = Payable.objects.create(
        supplier_id=payable.supplier_id,
        request_id=payable.request_id,
        month=payable.month,
        total_excl=Money.total(unit * line.fee_line.quantity for line, unit in units.items()).amount,
        opened_at=clock.now(),
    )
    PayableLine.objects.bulk_create(
        PayableLine(payable=again, fee_line=line.fee_line, position=line.position, unit_amount=unit.amount)
        for line, unit in units.items()
    )
    return again


def held(payable_id: int) -> Payable:
    """Return a payable, its supplier held to the end of the transaction."""
    supplier_id = Payable.objects.values_list("supplier_id", flat=True).get(pk=payable_id)
    held_all([supplier_id])
    return Payable.objects.select_related("invoice", "supplier", "request").get(pk=payable_id)


def mission_of(payable: Payable) -> int | None:
    return payable.request.mission_id if payable.request else None
