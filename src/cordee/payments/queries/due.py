"""What can be paid, and what stands in the way: one answer for the batch, the pages and the command."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast

from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    FilteredRelation,
    Q,
    QuerySet,
)
from django.db.models.functions import Coalesce

from cordee.conformity.queries import Hold, Holds, held_at
from cordee.fees.models import FeeLine, Payable, PayableLine, ReceivedInvoice
from cordee.fees.states import ReceivedState
from cordee.invoices.states import InvoiceState
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.refusals import Blocker
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.payments import rules
from cordee.payments.queries.lacking import papers_missing
from cordee.prepared import prepared
from cordee.suppliers import queries as suppliers
from cordee.suppliers.models import BankAccount, Supplier
from cordee.suppliers.queries import Payee

_AGREED = (InvoiceState.ACCEPTED, InvoiceState.CREDITED)
"""What was credited is owed only where its credit note was set off already (`unpaid`)."""


@dataclass(frozen=True, slots=True)
class Due:
    """An invoice that is owed, euros VAT included (below zero: a credit note), and why it cannot be paid yet."""

    payable: Payable
    number: str
    amount: Money
    due_on: date
    agreed: bool
    account: BankAccount | None
    holds: tuple[Hold, ...]
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one transfer to a supplier would pay: what is due less what is credited, never below zero."""

    supplier_id: int
    account: BankAccount
    parts: tuple[Due, ...]

    @property
    def amount(self) -> Money:
        return Money.total(part.amount for part in self.parts)


def unpaid() -> QuerySet[Payable]:
    """Return what is still owed, oldest first: what no payment that stands pays. An invoice and its credit note are
    worth nothing as long as neither is on one; once one of them is, the other is owed: a payment may be taken out or
    come back after its credit note was set off.
    """
    return (
        Payable.objects.filter(settled=False)
        .select_related("invoice", "supplier")
        .defer("invoice__content")
        .order_by("pk")
    )


def owed(
    supplier_ids: Collection[int] | None = None,
    *,
    by_day: date | None = None,
    organisation: Organisation | None = None,
) -> list[Due]:
    """Return everything that suppliers are owed on an invoice, with what stands in the way, by due date. `by_day`: what
    is due later says so. A constant number of queries; `organisation`: when it was read already.
    """
    found = unpaid()
    if supplier_ids is not None:
        found = found.filter(supplier_id__in=set(supplier_ids))
    return _owed(list(found), by_day=by_day, organisation=organisation or the_organisation())


def spoiled(payable_ids: Collection[int]) -> set[int]:
    """Return what could not be paid any more if it were prepared now, of what is prepared already."""
    rows = Payable.objects.filter(pk__in=set(payable_ids)).select_related("invoice", "supplier")
    found = list(rows.defer("invoice__content"))
    notes = Payable.objects.filter(credits__in=found, settled=False)
    credited = set(notes.values_list("credits_id", flat=True))
    return credited | {
        row.payable.pk for row in _owed(found, by_day=None, organisation=the_organisation()) if row.blockers
    }


def _owed(found: Sequence[Payable], *, by_day: date | None, organisation: Organisation) -> list[Due]:
    received = _given(found)
    payables = [p for p in found if p.invoice_id or p.pk in received]
    known = {p.supplier_id: p.supplier for p in payables}
    held = _holds(payables, organisation)
    payees = payees_of(known, organisation)
    rows = [_due(p, received.get(p.pk)) for p in payables]
    return sorted(
        (_told(row, held.get(row.payable.pk, ()), payees[row.payable.supplier_id], by_day) for row in rows),
        key=lambda row: (row.due_on, row.payable.pk),
    )


def payees_of(known: Mapping[int, Supplier], organisation: Organisation) -> dict[int, Payee]:
    """Return where these suppliers are paid, and what of them keeps them from it: an account, a paper. One query, and
    two more where the organisation says that papers hold payments.
    """
    payees = suppliers.payees(known.values(), clock.now())
    if organisation.papers_hold:
        for pk, kinds in papers_missing(known, organisation).items():
            payees[pk].blockers.extend(rules.paper_is_missing(known[pk], kind) for kind in kinds)
    return payees


def proposals(
    *, by_day: date, supplier_ids: Collection[int] | None = None, organisation: Organisation | None = None
) -> tuple[list[Proposal], list[Due]]:
    """Return the transfers that can be made for what is due by a day, and what is left out with its reasons."""
    return _proposed(owed(supplier_ids, by_day=by_day, organisation=organisation))


def _proposed(rows: Iterable[Due]) -> tuple[list[Proposal], list[Due]]:
    ready: dict[int, list[Due]] = defaultdict(list)
    left: list[Due] = []
    for row in rows:
        if row.blockers:
            left.append(row)
        else:
            ready[row.payable.supplier_id].append(row)
    made: list[Proposal] = []
    for supplier_id, theirs in sorted(ready.items()):
        account = theirs[0].account
        proposal = Proposal(supplier_id, account, tuple(theirs)) if account else None
        if proposal and proposal.amount > Money.zero():
            made.append(proposal)
        else:
            left += theirs  # more is credited than owed: it waits for the next invoice
    return made, left


@dataclass(frozen=True, slots=True)
class DuePage:
    """What can be paid, and the beginning of what waits, as much as a page shows. `others`: how many more suppliers
    seem to have something that can be paid; `more`: whether more waits than is shown.
    """

    ready: list[Proposal]
    others: int
    left: list[Due]
    more: bool


def due_page(*, by_day: date, shown: int, next_shown: int, organisation: Organisation) -> DuePage:
    """Return the beginning of `proposals`, whatever is owed in all: what so many suppliers can be paid, and so much of
    what waits. Rules are asked about what is shown alone.
    """
    theirs: dict[int, list[int]] = defaultdict(list)
    waiting: list[int] = []
    # All that is owed is read once, three numbers a row: of a large organisation, thousands.
    for supplier_id, pk, goes in _all_dated(by_day, clock.now()):
        if goes:
            theirs[supplier_id].append(pk)
        else:
            waiting.append(pk)
    first = [pk for supplier_id in sorted(theirs)[:shown] for pk in theirs[supplier_id]]
    found = _unpaid({*first, *waiting[: next_shown + 1]})
    ready, left = _proposed(_owed(found, by_day=by_day, organisation=organisation))
    return DuePage(ready, max(0, len(theirs) - shown), left[:next_shown], len(left) > next_shown)


@prepared
def _all_dated(by_day: date, now: datetime) -> QuerySet[Any, tuple[int, int, bool]]:
    return cast(
        "QuerySet[Any, tuple[int, int, bool]]",
        dated(now)
        .annotate(
            goes=ExpressionWrapper(Q(agreed_and_payable=True, day__lte=by_day), output_field=BooleanField())
        )
        .order_by("day", "pk")
        .values_list("supplier_id", "pk", "goes"),
    )


@prepared
def _unpaid(payable_ids: set[int]) -> QuerySet[Payable]:
    return unpaid().filter(pk__in=payable_ids)


def may_be_paid(by_day: date) -> set[int]:
    """Return the suppliers that seem to have something that can be paid by a day; rules may still say no."""
    going = dated(clock.now()).filter(agreed_and_payable=True, day__lte=by_day)
    return set(going.values_list("supplier_id", flat=True))


def dated(now: datetime) -> QuerySet[Any]:
    """Return what is owed on an invoice, in no order: when it is due (`day`), and whether both sides agree and the
    supplier has an account that can be paid by then (`agreed_and_payable`).
    """
    return (
        with_own_invoice(unpaid())
        .annotate(
            day=Coalesce("invoice__due_on", "own__due_on"),
            agreed_and_payable=ExpressionWrapper(
                is_agreed() & suppliers.can_be_paid(now),
                output_field=BooleanField(),
            ),
        )
        .filter(day__isnull=False)
        .order_by()
    )


def with_own_invoice(found: QuerySet[Payable]) -> QuerySet[Payable]:
    """Return the same, each with the supplier's own invoice for it where one stands (`own`): there is one at most."""
    standing = Q(received__state__in=[ReceivedState.RECEIVED, ReceivedState.ACCEPTED])
    return found.annotate(own=FilteredRelation("received", condition=standing))


def is_agreed() -> Q:
    """Return the condition that both sides agree on the invoice of a payable, for a query `with_own_invoice`."""
    return (
        Q(credits__isnull=False)
        | Q(invoice__state__in=_AGREED)
        | Q(invoice=None, own__state=ReceivedState.ACCEPTED)
    )


def told(payable_ids: Collection[int], *, by_day: date, organisation: Organisation) -> list[Due]:
    """Return the same as `owed` of some that are owed, by their numbers."""
    found = _unpaid(set(payable_ids))
    return _owed(found, by_day=by_day, organisation=organisation)


def _given(payables: Sequence[Payable]) -> dict[int, ReceivedInvoice]:
    return {row.payable_id: row for row in _standing({p.pk for p in payables if not p.invoice_id})}


@prepared
def _standing(payable_ids: set[int]) -> QuerySet[ReceivedInvoice]:
    return ReceivedInvoice.objects.filter(payable__in=payable_ids).exclude(state=ReceivedState.RETURNED)


def _due(payable: Payable, received: ReceivedInvoice | None) -> Due:
    if payable.invoice:
        invoice = payable.invoice
        sign = -1 if payable.credits_id else 1
        agreed = payable.credits_id is not None or invoice.state in _AGREED
        return Due(payable, invoice.number, Money(invoice.total) * sign, invoice.due_on, agreed, None, (), ())
    assert received is not None  # noqa: S101 - owed() keeps what has an invoice
    # Of another currency what was agreed is paid, in euros.
    amount = Money(received.total if received.currency == "EUR" else payable.total_excl)
    agreed = received.state == ReceivedState.ACCEPTED
    return Due(payable, received.number, amount, received.due_on, agreed, None, (), ())


def _told(row: Due, held: Sequence[Hold], payee: Payee, by_day: date | None) -> Due:
    """Return the same with where it is paid, and all that stands in the way."""
    blockers = [
        *rules.is_agreed(row.number, row.payable.invoice, agreed=row.agreed),
        *(rules.is_held(row.number, hold) for hold in held),
        *payee.blockers,
    ]
    # Of what waits for somebody, the day is not what matters.
    blockers = blockers or list(rules.is_due(row.number, row.due_on, by_day or row.due_on))
    return replace(row, account=payee.account, holds=tuple(held), blockers=tuple(blockers))


def _holds(payables: Iterable[Payable], organisation: Organisation) -> dict[int, tuple[Hold, ...]]:
    """Return what holds each invoice: the sheets of the sessions that it pays for."""
    sectors, now = organisation.sheet_sectors, clock.now()
    lines = _lines_that_may_wait({p.pk for p in payables}, sectors, now)
    fees: list[FeeLine] = [line.fee_line for line in lines]
    missions = {fee.request_id: fee.request.mission_id for fee in fees}
    holds = Holds(fees, missions, organisation=organisation)
    of: dict[int, list[Hold]] = defaultdict(list)
    for line in lines:
        of[line.payable_id] += holds.of(line.fee_line)
    return {pk: tuple(dict.fromkeys(these)) for pk, these in of.items()}


@prepared
def _lines_that_may_wait(
    payable_ids: set[int], sectors: Collection[str], now: datetime
) -> QuerySet[PayableLine]:
    """Most sheets are proven: lines that nothing holds are left in the database."""
    return (
        PayableLine.objects.filter(
            Q(fee_line__session=None) | held_at(sectors, now, "fee_line__session__"),
            payable__in=payable_ids,
            live=True,
        )
        .select_related("fee_line__request")
        .only("payable", "fee_line__released", "fee_line__session", "fee_line__request__mission")
    )
