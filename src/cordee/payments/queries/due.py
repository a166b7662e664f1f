"""What can be paid, and what stands in the way: one answer for the batch, the pages and the command."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from cordee.conformity.queries import Hold, Holds
from cordee.fees.models import FeeLine, Payable, PayableLine, ReceivedInvoice
from cordee.fees.states import ReceivedState
from cordee.invoices.states import InvoiceState
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.refusals import Blocker
from cordee.organisation.queries import the_organisation
from cordee.payments import rules
from cordee.payments.models import Part
from cordee.suppliers import queries as suppliers
from cordee.suppliers.queries import AccountToPay


@dataclass(frozen=True, slots=True)
class Due:
    """An invoice that is owed, euros VAT included (below zero: a credit note), and why it cannot be paid yet."""

    payable: Payable
    number: str
    amount: Money
    due_on: date
    agreed: bool
    holds: tuple[Hold, ...]
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one transfer to a supplier would pay: what is due less what is credited, never below zero."""

    supplier_id: int
    account: AccountToPay
    parts: tuple[Due, ...]

    @property
    def amount(self) -> Money:
        return Money.total(part.amount for part in self.parts)


def unpaid() -> QuerySet[Payable]:
    """Return what is on no payment that stands, oldest first. What was credited before it was paid is worth nothing,
    and so is its credit note.
    """
    paid = Part.objects.filter(live=True)
    credited = Payable.objects.filter(credits=OuterRef("pk"))
    return (
        Payable.objects.filter(~Exists(paid.filter(payable=OuterRef("pk"))))
        .filter(Q(credits=None) | Exists(paid.filter(payable=OuterRef("credits"))))
        .filter(~Exists(credited))
        .select_related("invoice", "supplier")
        .order_by("pk")
    )


def owed(supplier_ids: Collection[int] | None = None, *, by_day: date | None = None) -> list[Due]:
    """Return everything that suppliers are owed on an invoice, with what stands in the way, by due date. `by_day`: what
    is due later says so. A constant number of queries.
    """
    found = unpaid()
    if supplier_ids is not None:
        found = found.filter(supplier_id__in=set(supplier_ids))
    return _owed(list(found), by_day=by_day)


def spoiled(payable_ids: Collection[int]) -> set[int]:
    """Return what could not be paid any more if it were prepared now, of what is prepared already."""
    found = list(Payable.objects.filter(pk__in=set(payable_ids)).select_related("invoice", "supplier"))
    credited = set(Payable.objects.filter(credits__in=found).values_list("credits_id", flat=True))
    return credited | {row.payable.pk for row in _owed(found, by_day=None) if row.blockers}


def _owed(found: Sequence[Payable], *, by_day: date | None) -> list[Due]:
    received = _given(found)
    payables = [p for p in found if p.invoice_id or p.pk in received]
    ids = {p.supplier_id for p in payables}
    held = _holds(payables)
    lacking = {pk: [*blockers] for pk, blockers in suppliers.payable(ids, clock.now()).items()}
    for pk, blockers in _papers(ids).items():
        lacking[pk] += blockers
    rows = [_due(p, received.get(p.pk)) for p in payables]
    return sorted(
        (_with_blockers(row, held.get(row.payable.pk, ()), lacking, by_day=by_day) for row in rows),
        key=lambda row: (row.due_on, row.payable.pk),
    )


def proposals(
    *, by_day: date, supplier_ids: Collection[int] | None = None
) -> tuple[list[Proposal], list[Due]]:
    """Return the transfers that can be made for what is due by a day, and what is left out with its reasons."""
    ready: dict[int, list[Due]] = defaultdict(list)
    left: list[Due] = []
    for row in owed(supplier_ids, by_day=by_day):
        if row.blockers:
            left.append(row)
        else:
            ready[row.payable.supplier_id].append(row)
    accounts = suppliers.account_to_pay(ready, clock.now())
    made = []
    for supplier_id, rows in sorted(ready.items()):
        proposal = Proposal(supplier_id, accounts[supplier_id], tuple(rows))
        if proposal.amount > Money.zero():
            made.append(proposal)
        else:
            left += rows  # more is credited than owed: it waits for the next invoice
    return made, left


def _given(payables: Sequence[Payable]) -> dict[int, ReceivedInvoice]:
    rows = ReceivedInvoice.objects.exclude(state=ReceivedState.RETURNED)
    return {
        row.payable_id: row for row in rows.filter(payable__in=[p.pk for p in payables if not p.invoice_id])
    }


def _due(payable: Payable, received: ReceivedInvoice | None) -> Due:
    if payable.invoice:
        invoice = payable.invoice
        sign = -1 if payable.credits_id else 1
        agreed = payable.credits_id is not None or invoice.state == InvoiceState.ACCEPTED
        return Due(payable, invoice.number, Money(invoice.total) * sign, invoice.due_on, agreed, (), ())
    assert received is not None  # noqa: S101 - owed() keeps what has an invoice
    # Of another currency what was agreed is paid, in euros.
    amount = Money(received.total if received.currency == "EUR" else payable.total_excl)
    agreed = received.state == ReceivedState.ACCEPTED
    return Due(payable, received.number, amount, received.due_on, agreed, (), ())


def _with_blockers(
    row: Due,
    held: Sequence[Hold],
    lacking: dict[int, list[Blocker]],
    *,
    by_day: date | None,
) -> Due:
    supplier_id = row.payable.supplier_id
    blockers = [
        *rules.is_agreed(row.number, row.payable.invoice, agreed=row.agreed),
        *(rules.is_held(row.number, hold) for hold in held),
        *lacking.get(supplier_id, ()),
    ]
    # Of what waits for somebody, the day is not what matters.
    blockers = blockers or list(rules.is_due(row.number, row.due_on, by_day or row.due_on))
    return Due(row.payable, row.number, row.amount, row.due_on, row.agreed, tuple(held), tuple(blockers))


def _holds(payables: Iterable[Payable]) -> dict[int, tuple[Hold, ...]]:
    """Return what holds each invoice: the sheets of the sessions that it pays for."""
    lines = list(
        PayableLine.objects.filter(payable__in=[p.pk for p in payables], live=True).select_related(
            "fee_line__request"
        )
    )
    fees: list[FeeLine] = [line.fee_line for line in lines]
    holds = Holds(fees, {fee.request_id: fee.request.mission_id for fee in fees})
    found: dict[int, list[Hold]] = defaultdict(list)
    for line in lines:
        found[line.payable_id] += holds.of(line.fee_line)
    return {pk: tuple(dict.fromkeys(these)) for pk, these in found.items()}


def _papers(supplier_ids: Collection[int]) -> dict[int, list[Blocker]]:
    """Return the legal papers that hold payments, where the organisation says that they do."""
    if not the_organisation().papers_hold:
        return {}
    names = suppliers.suppliers(supplier_ids)
    missing = suppliers.papers_missing(supplier_ids, clock.today(), billed_this_year(supplier_ids))
    return {pk: [rules.paper_is_missing(names[pk], kind) for kind in kinds] for pk, kinds in missing.items()}


def billed_this_year(supplier_ids: Collection[int]) -> dict[int, Money]:
    """Return what each supplier was billed for in the calendar year, euros excluding VAT."""
    start = date(timezone.localdate(clock.now()).year, 1, 1)
    rows = (
        Payable.objects.filter(supplier_id__in=set(supplier_ids), month__gte=start)
        .order_by()
        .values_list("supplier_id")
        .annotate(total=Sum("total_excl"))
    )
    return {supplier_id: Money(total or Decimal(0)) for supplier_id, total in rows}
