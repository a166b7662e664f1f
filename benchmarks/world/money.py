"""What approved fees became: invoices, contests, credit notes, suppliers' own; in the order of their days."""

import heapq
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby

from benchmarks.world.issuing import CONTEST, TERMS, Issuing
from benchmarks.world.paying import Owed, Paying
from benchmarks.world.rows import Rows
from benchmarks.world.suppliers import Seller, stored_file
from cordee.catalogue.models import ServiceType
from cordee.fees import queries as fees
from cordee.fees.facts import FeesBilled, InvoiceExpected
from cordee.fees.models import FeeLine, FeeRequest, Payable, PayableLine, ReceivedInvoice, ReceivedVat
from cordee.fees.states import Difference, ReceivedState
from cordee.invoices.content import Line, VatRule, totals
from cordee.invoices.models import Invoice
from cordee.journal.models import Entry
from cordee.kernel.actor import ActorKind
from cordee.kernel.facts import Fact
from cordee.kernel.money import Money

GIVEN_AFTER, DECIDED_AFTER = timedelta(days=5), timedelta(days=9)
"""A supplier gives its own invoice, and finance accepts it."""
CREDITED_AFTER = {7: timedelta(days=6), 57: timedelta(days=45)}
"""Of a hundred invoices these are credited and issued anew: after a contest, before it was paid; or after that."""
CONTESTED_NOW = 20
"""One in so many of those that may still be contested is."""
DIFFERS = 10
"""One in so many of those that finance still looks at is for 10 € more than what is due."""


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee as it stands on an invoice."""

    pk: int
    quantity: int
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What one supplier is to be paid for one request, from the day it is approved, or put right."""

    seller: Seller
    request_id: int
    mission_id: int
    month: date
    fees: tuple[Fee, ...]
    instead_of: Payable | None = None
    """The payable that was credited."""


class Billing:
    """Collects what is approved while missions are told, then has it billed and paid, day after day."""

    def __init__(
        self,
        rows: Rows,
        sellers: dict[int, Seller],
        training: ServiceType,
        anchor: datetime,
        finance: tuple[int, int],
    ) -> None:
        self.rows, self.sellers, self.training, self.anchor = rows, sellers, training, anchor
        self.approver = finance[0]
        self.issuing, self.paying = Issuing(rows), Paying(rows, anchor, finance)
        self._days: list[tuple[datetime, int, Bill]] = []
        self._collected = 0
        self._issued = 0

    def approved(self, request: FeeRequest, lines: Sequence[FeeLine]) -> None:
        """Take the fees of a request that finance approved: one bill for each supplier."""
        decided_at = request.decided_at
        if decided_at is None:
            return

        def who(line: FeeLine) -> int:
            return self.sellers[line.facilitator_id].row.pk

        for _supplier_id, group in groupby(sorted(lines, key=who), key=who):
            theirs = list(group)
            seller = self.sellers[theirs[0].facilitator_id]
            bill = Bill(
                seller=seller,
                request_id=request.pk,
                mission_id=request.mission_id,
                month=decided_at.date().replace(day=1),
                fees=tuple(self._fee(seller, line) for line in theirs),
            )
            self._later(decided_at, bill)

    def _fee(self, seller: Seller, line: FeeLine) -> Fee:
        is_training = line.line.service_type_id == self.training.pk
        client = line.request.mission.order.client.name
        about = f"{line.session.ref} – {client}" if line.session else f"{line.request.mission.ref} – {client}"
        title = line.session.title if line.session else f"Coordination : {line.line.service_type.name}"
        return Fee(
            line.pk,
            line.quantity,
            Line(
                designation=title,
                quantity=Decimal(line.quantity),
                unit_price=Money(Decimal(line.unit_amount)),
                vat=seller.training if is_training else seller.other,
                day=fees.day_of(line),
                note=f"{about} – {line.facilitator.full_name}",
            ),
        )

    def _later(self, at: datetime, bill: Bill) -> None:
        self._collected += 1
        heapq.heappush(self._days, (at, self._collected, bill))

    def until(self, at: datetime) -> None:
        """Bill and pay up to a moment, in the order of days: numbers follow the calendar."""
        while self._days and self._days[0][0] <= min(at, self.anchor):
            day, _number, bill = heapq.heappop(self._days)
            self.paying.until(day)
            self._bill(day, bill)
            self.rows.flush_if_many()

    def finish(self) -> None:
        """Bill and pay all that is left."""
        self.until(self.anchor)
        self.paying.until(self.anchor)
        self.paying.finish()
        self.rows.flush()
        self.issuing.finish()
        self.paying.mark()

    def _bill(self, at: datetime, bill: Bill) -> None:
        mandated = bill.seller.mandated_since
        if mandated is None or at.date() < mandated:
            self._receive(at, bill)
        else:
            self._issue(at, bill)

    def _payable(self, at: datetime, bill: Bill, invoice: Invoice | None, *, live: bool) -> Payable:
        payable = self.rows.add(
            Payable(
                supplier=bill.seller.row,
                request_id=bill.request_id,
                month=bill.month,
                invoice=invoice,
                total_excl=totals(fee.line for fee in bill.fees).excl.amount,
                opened_at=at,
            )
        )
        for position, fee in enumerate(bill.fees, start=1):
            self.rows.add(
                PayableLine(
                    payable=payable,
                    fee_line_id=fee.pk,
                    position=position,
                    unit_amount=fee.line.unit_price.amount,
                    live=live,
                )
            )
        return payable

    # --- in the supplier's name -----------------------------------------------------------------
    def _issue(self, at: datetime, bill: Bill) -> None:
        if bill.instead_of:
            self._credit(at, bill, bill.instead_of)
        self._issued += 1
        after = None if bill.instead_of else CREDITED_AFTER.get(self._issued % 100)
        credited_at = at + after if after and at + after <= self.anchor else None
        lines = [fee.line for fee in bill.fees]
        invoice = self.issuing.invoice(at, bill.seller, lines)
        if credited_at:
            self.issuing.credited(invoice, contested=after is not None and after < CONTEST)
        elif at + CONTEST > self.anchor:
            self.issuing.open(invoice, contested=self._issued % CONTESTED_NOW == 0)
        else:
            self.issuing.accepted(invoice, silent=self._issued % 3 > 0)
        payable = self._payable(at, bill, invoice, live=credited_at is None)
        fact = FeesBilled(
            payable_id=payable.pk, invoice_id=invoice.pk, number=invoice.number, lines=len(lines)
        )
        self._tell(at, fact, bill.mission_id)
        if credited_at:
            self._later(credited_at, replace(bill, instead_of=payable))
        # What is credited before it is due is never paid, and its credit note is worth nothing.
        if credited_at is None or credited_at > at + TERMS:
            self.paying.owe(Owed(bill.seller, payable, invoice.number, invoice.total, at + TERMS))

    def _credit(self, at: datetime, bill: Bill, credited: Payable) -> None:
        assert credited.invoice is not None  # noqa: S101 - only what was issued is credited
        note = self.issuing.credit_note(at, bill.seller, credited.invoice)
        payable = self.rows.add(
            Payable(
                supplier=bill.seller.row,
                request_id=bill.request_id,
                month=bill.month,
                invoice=note,
                credits=credited,
                total_excl=-credited.total_excl,
                opened_at=at,
            )
        )
        if self.paying.has_paid(credited):
            self.paying.owe(Owed(bill.seller, payable, note.number, -note.total, at))

    # --- by the supplier itself -----------------------------------------------------------------
    def _receive(self, at: datetime, bill: Bill) -> None:
        payable = self._payable(at, bill, None, live=True)
        lines = len(bill.fees)
        self._tell(at, InvoiceExpected(payable_id=payable.pk, lines=lines), bill.mission_id)
        if at + GIVEN_AFTER > self.anchor:
            return
        accepted = at + DECIDED_AFTER <= self.anchor
        sums, number = totals(fee.line for fee in bill.fees), f"F-{payable.pk}"
        given_at = at + GIVEN_AFTER
        too_much = Decimal(0 if accepted or payable.pk % DIFFERS else 10)
        received = self.rows.add(
            ReceivedInvoice(
                payable=payable,
                supplier=bill.seller.row,
                file=stored_file(self.rows, number, given_at),
                number=number,
                issued_on=given_at.date(),
                excl=sums.excl.amount + too_much,
                vat=sums.vat.amount,
                total=sums.total.amount + too_much,
                differences=[Difference.AMOUNT] if too_much else [],
                state=ReceivedState.ACCEPTED if accepted else ReceivedState.RECEIVED,
                due_on=(given_at + TERMS).date(),
                given_at=given_at,
                decided_at=at + DECIDED_AFTER if accepted else None,
            )
        )
        if accepted:
            self._count_vat(received, bill)
            self.paying.owe(Owed(bill.seller, payable, number, sums.total.amount, given_at + TERMS))

    def _count_vat(self, received: ReceivedInvoice, bill: Bill) -> None:
        due: dict[VatRule, Money] = defaultdict(Money.zero)
        for fee in bill.fees:
            due[fee.line.vat] += fee.line.amount
        for part in fees.parts_of(Money(received.excl), Money(received.vat), due):
            self.rows.add(
                ReceivedVat(received=received, rule=part.rule, base=part.base.amount, vat=part.vat.amount)
            )

    def _tell(self, at: datetime, fact: Fact, mission_id: int) -> None:
        payload = fact.payload()
        subject = f"{fact.subject}:{payload[fact.subject]}"
        self.rows.add(
            Entry(
                at=at,
                fact=type(fact).__name__,
                subject=subject,
                mission_id=mission_id,
                actor_kind=ActorKind.SYSTEM,
                payload=payload,
            )
        )
