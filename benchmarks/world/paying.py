"""Batches of a world: every two weeks all that is due by then, one transfer to each supplier."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from benchmarks.world.rows import Rows
from benchmarks.world.suppliers import Seller, stored_file
from cordee.fees.models import Payable
from cordee.organisation.models import NumberSeries
from cordee.payments.models import Batch, Part, Payment
from cordee.payments.states import BatchState, PaymentState

EVERY = timedelta(days=14)
BATCHES = 5 * 26 + 8
"""Every two weeks since the first missions."""
LAST = timedelta(days=7)
"""Before the moment of the world: what is due since waits to be paid."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Something to pay to a supplier, in euros VAT included, below zero for a credit note."""

    seller: Seller
    payable: Payable
    number: str
    amount: Decimal
    due_at: datetime


class Paying:
    """Prepares batches as time goes by: the last waits for the second person, the one before is at the bank."""

    def __init__(self, rows: Rows, anchor: datetime, finance: tuple[int, int]) -> None:
        self.rows, self.finance = rows, finance
        self._owed: dict[int, list[Owed]] = defaultdict(list)
        self._paid: set[int] = set()
        self._days = [anchor - LAST - EVERY * turn for turn in range(BATCHES)]
        self._numbers: dict[int, int] = defaultdict(int)

    def owe(self, owed: Owed) -> None:
        self._owed[owed.seller.row.pk].append(owed)

    def has_paid(self, payable: Payable) -> bool:
        return payable.pk in self._paid

    def until(self, at: datetime) -> None:
        """Prepare the batches of the days up to a moment."""
        while self._days and self._days[-1] <= at:
            self._prepare(self._days.pop())

    def finish(self) -> None:
        """Keep the last number of the batches of each year."""
        for year, last in self._numbers.items():
            self.rows.add(NumberSeries(series="V", year=year, last=last))

    def mark(self) -> None:
        """Have what is settled say so, once all is written."""
        Payable.objects.filter(pk__in=Part.objects.values("payable")).update(settled=True)
        notes = Payable.objects.filter(settled=False, credits__settled=False)
        pairs = list(notes.values_list("pk", "credits"))
        Payable.objects.filter(pk__in=[pk for pair in pairs for pk in pair]).update(settled=True)

    def _prepare(self, at: datetime) -> None:
        due = {pk: [o for o in owed if o.due_at <= at] for pk, owed in self._owed.items()}
        due = {pk: these for pk, these in due.items() if sum(o.amount for o in these) > 0}
        if not due:
            return
        batch = self._batch(at)
        for position, (supplier_id, these) in enumerate(sorted(due.items()), start=1):
            self._pay(batch, position, these)
            taken = {o.payable.pk for o in these}
            self._paid |= taken
            self._owed[supplier_id] = [o for o in self._owed[supplier_id] if o.payable.pk not in taken]

    def _batch(self, at: datetime) -> Batch:
        self._numbers[at.year] += 1
        ref = f"V-{at.year}-{self._numbers[at.year]:04d}"
        first, second = self.finance
        state = {0: BatchState.DRAFT, 1: BatchState.EXPORTED}.get(len(self._days), BatchState.EXECUTED)
        approved, executed = state != BatchState.DRAFT, state == BatchState.EXECUTED
        return self.rows.add(
            Batch(
                ref=ref,
                state=state,
                execute_on=at.date() + timedelta(days=1),
                made_at=at,
                made_by=first,
                approved_at=at if approved else None,
                approved_by=second if approved else None,
                file=stored_file(self.rows, ref, at, "application/xml") if approved else None,
                exported_at=at if approved else None,
                exported_by=second if approved else None,
                executed_on=at.date() + timedelta(days=1) if executed else None,
                told_on=at.date() + timedelta(days=2) if executed else None,
            )
        )

    def _pay(self, batch: Batch, position: int, these: list[Owed]) -> None:
        seller = these[0].seller
        payment = self.rows.add(
            Payment(
                batch=batch,
                supplier=seller.row,
                reference=f"{batch.ref}-{position}",
                amount=sum(o.amount for o in these),
                account=seller.account,
                remittance=" ".join(o.number for o in these)[:140],
                state=PaymentState.PAID if batch.state == BatchState.EXECUTED else PaymentState.PLANNED,
            )
        )
        for owed in these:
            self.rows.add(Part(payment=payment, payable=owed.payable, amount=owed.amount))
