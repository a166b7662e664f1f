"""Where the money of each fee is: one answer for its facilitator, its coordinator and finance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cordee.fees.models import FeeLine, Payable, PayableLine, ReceivedInvoice
from cordee.fees.queries import lacking
from cordee.fees.states import ReceivedState, RequestStatus
from cordee.invoices.states import InvoiceState
from cordee.kernel.money import Money
from cordee.kernel.refusals import Blocker
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.payments.models import Part
from cordee.payments.queries.due import payees_of
from cordee.payments.states import BatchState, FeeStage, PaymentState
from cordee.suppliers.queries import Payee


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """How far a fee is. `number`: of the invoice it stands on; `day`: until when it can be contested, when it is due,
    or when it was paid, as the stage says; `lacks`: what is missing of its supplier before it can be on an invoice, or
    paid once it is on one; `amount`: what the invoice says of it, euros excluding VAT, which a correction may have
    changed.
    """

    stage: FeeStage
    payable_id: int | None = None
    invoice_id: int | None = None
    number: str = ""
    day: date | None = None
    reference: str = ""
    lacks: tuple[Blocker, ...] = ()
    amount: Money | None = None


def whereabouts(fees: Sequence[FeeLine], organisation: Organisation | None = None) -> dict[int, Whereabouts]:
    """Return where the money of these fees is, by fee; none for those that were taken back. Thirteen queries at
    most; `organisation`: when it was read already.
    """
    standing = [fee for fee in fees if not fee.released]
    lines = PayableLine.objects.filter(fee_line__in=[fee.pk for fee in standing], live=True)
    on = {
        line.fee_line_id: line
        for line in lines.select_related("payable__invoice", "payable__supplier").defer(
            "payable__invoice__content"
        )
    }
    payables = [line.payable for line in on.values()]
    ids = {payable.pk for payable in payables}
    received = _received({payable.pk for payable in payables if payable.invoice_id is None})
    parts = _parts(ids)
    approved = [
        f for f in standing if f.request.status == RequestStatus.APPROVED and f.amount and f.pk not in on
    ]
    lacks = lacking([fee.pk for fee in approved], organisation)
    unpaid = {p.supplier_id: p.supplier for p in payables if _is_invoiced(p, received) and p.pk not in parts}
    payees = payees_of(unpaid, organisation or the_organisation()) if unpaid else {}
    return {
        fee.pk: replace(
            _of_payable(on[fee.pk].payable, received, parts, payees),
            amount=_amount(fee, on[fee.pk], received),
        )
        if fee.pk in on
        else _without(fee, lacks.get(fee.pk, ()))
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


def _without(fee: FeeLine, lacks: tuple[Blocker, ...]) -> Whereabouts:
    if fee.request.status != RequestStatus.APPROVED:
        return Whereabouts(FeeStage.REQUESTED)
    if not fee.amount:
        return Whereabouts(FeeStage.NOTHING)
    return Whereabouts(FeeStage.APPROVED, lacks=lacks)


def _of_payable(
    payable: Payable,
    received: dict[int, ReceivedInvoice],
    parts: dict[int, Part],
    payees: dict[int, Payee],
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
    if not invoice and given is None:
        return Whereabouts(FeeStage.INVOICE_EXPECTED, payable.pk)
    lacks = tuple(payees[payable.supplier_id].blockers)
    if invoice:
        return replace(_issued(payable, number), lacks=lacks)
    assert given is not None  # noqa: S101 - one of the two is there
    accepted = given.state == ReceivedState.ACCEPTED
    stage = FeeStage.TO_PAY if accepted else FeeStage.INVOICE_GIVEN
    return Whereabouts(stage, payable.pk, None, number, given.due_on, lacks=lacks)


def _is_invoiced(payable: Payable, received: dict[int, ReceivedInvoice]) -> bool:
    return payable.invoice_id is not None or payable.pk in received


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
