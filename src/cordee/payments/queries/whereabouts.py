"""Where the money of each fee is: one answer for its facilitator, its coordinator and finance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cordee.fees.models import FeeLine, Payable, PayableLine, ReceivedInvoice
from cordee.fees.states import ReceivedState, RequestStatus
from cordee.invoices.states import InvoiceState
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.refusals import Blocker
from cordee.payments.models import Part
from cordee.payments.states import BatchState, FeeStage, PaymentState
from cordee.suppliers import queries as suppliers


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """How far a fee is. `number`: of the invoice it stands on; `day`: until when it can be contested, when it is due,
    or when it was paid, as the stage says; `lacks`: what is missing before it can be on an invoice; `amount`: what the
    invoice says of it, euros excluding VAT, which a correction may have changed.
    """

    stage: FeeStage
    payable_id: int | None = None
    invoice_id: int | None = None
    number: str = ""
    day: date | None = None
    reference: str = ""
    lacks: tuple[Blocker, ...] = ()
    amount: Money | None = None


def whereabouts(fees: Sequence[FeeLine]) -> dict[int, Whereabouts]:
    """Return where the money of these fees is, by fee; none for those that were taken back. Nine queries at most."""
    standing = [fee for fee in fees if not fee.released]
    lines = PayableLine.objects.filter(fee_line__in=[fee.pk for fee in standing], live=True)
    on = {
        line.fee_line_id: line
        for line in lines.select_related("payable__invoice").defer("payable__invoice__content")
    }
    payables = [line.payable for line in on.values()]
    ids = {payable.pk for payable in payables}
    received = _received({payable.pk for payable in payables if payable.invoice_id is None})
    parts = _parts(ids)
    approved = [
        f for f in standing if f.request.status == RequestStatus.APPROVED and f.amount and f.pk not in on
    ]
    lacks = _lacks(approved)
    return {
        fee.pk: replace(
            _of_payable(on[fee.pk].payable, received, parts),
            amount=_amount(fee, on[fee.pk], received),
        )
        if fee.pk in on
        else _without(fee, lacks.get(fee.facilitator_id, ()))
        for fee in standing
    }


def _amount(fee: FeeLine, line: PayableLine, received: dict[int, ReceivedInvoice]) -> Money:
    """Return what an invoice says of a fee. What finance accepted more or less on a supplier's own, which is for all of
    its fees together, stands on the first of them.
    """
    amount = Money(line.unit_amount) * fee.quantity
    given = received.get(line.payable_id)
    if given and given.state == ReceivedState.ACCEPTED and given.currency == "EUR" and line.position == 1:
        return amount + Money(given.excl) - Money(line.payable.total_excl)
    return amount


def _received(payable_ids: set[int]) -> dict[int, ReceivedInvoice]:
    if not payable_ids:
        return {}
    rows = ReceivedInvoice.objects.filter(payable__in=payable_ids).exclude(state=ReceivedState.RETURNED)
    return {row.payable_id: row for row in rows}


def _parts(payable_ids: set[int]) -> dict[int, Part]:
    rows = Part.objects.filter(payable__in=payable_ids, live=True).select_related("payment__batch")
    return {part.payable_id: part for part in rows}


def _lacks(fees: Sequence[FeeLine]) -> dict[int, tuple[Blocker, ...]]:
    people = {fee.facilitator_id for fee in fees}
    found = suppliers.readiness_of_facilitators(people, clock.today()) if people else {}
    return {pk: tuple(blockers) for pk, blockers in found.items()}


def _without(fee: FeeLine, lacks: tuple[Blocker, ...]) -> Whereabouts:
    if fee.request.status != RequestStatus.APPROVED:
        return Whereabouts(FeeStage.REQUESTED)
    if not fee.amount:
        return Whereabouts(FeeStage.NOTHING)
    return Whereabouts(FeeStage.APPROVED, lacks=lacks)


def _of_payable(
    payable: Payable, received: dict[int, ReceivedInvoice], parts: dict[int, Part]
) -> Whereabouts:
    part = parts.get(payable.pk)
    invoice, given = payable.invoice, received.get(payable.pk)
    number = invoice.number if invoice else given.number if given else ""
    invoice_id = invoice.pk if invoice else None
    if part:
        batch = part.payment.batch
        paid = part.payment.state == PaymentState.PAID and batch.state == BatchState.EXECUTED
        stage = FeeStage.PAID if paid else FeeStage.IN_BATCH
        day = batch.executed_on if paid else batch.execute_on
        return Whereabouts(stage, payable.pk, invoice_id, number, day, part.payment.reference)
    if invoice:
        return _issued(payable, number)
    if given is None:
        return Whereabouts(FeeStage.INVOICE_EXPECTED, payable.pk)
    accepted = given.state == ReceivedState.ACCEPTED
    stage = FeeStage.TO_PAY if accepted else FeeStage.INVOICE_GIVEN
    return Whereabouts(stage, payable.pk, None, number, given.due_on)


def _issued(payable: Payable, number: str) -> Whereabouts:
    invoice = payable.invoice
    assert invoice is not None  # noqa: S101 - the caller looked
    match invoice.state:
        case InvoiceState.ISSUED:
            stage, day = FeeStage.CONTEST_WINDOW, invoice.contest_until
        case InvoiceState.CONTESTED:
            stage, day = FeeStage.CONTESTED, invoice.contest_until
        case _:
            stage, day = FeeStage.TO_PAY, invoice.due_on
    return Whereabouts(stage, payable.pk, invoice.pk, number, day)
