"""Approved fees become invoices; suppliers, who bills through them and finance are told what becomes of those."""

from django.utils.translation import gettext_lazy as _

from cordee.fees import actions as fees
from cordee.fees.facts import FeeRequestApproved, FeesBilled, InvoiceExpected, ReceivedReturned
from cordee.invoices.facts import InvoiceAccepted, InvoiceCredited
from cordee.invoices.states import Acceptance
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.notifications import money
from cordee.payments.facts import BatchExecuted
from cordee.suppliers.facts import (
    MandateSigned,
    SupplierChanged,
    SupplierChosen,
    SupplierReopened,
    VatRegimeSet,
)


def subscribe() -> None:
    journal.subscribe(
        "approved-billed", (FeeRequestApproved,), _bill, follows=_("The invoices for approved fees")
    )
    journal.subscribe(
        "ready-billed",
        (MandateSigned, SupplierChanged, VatRegimeSet, SupplierChosen, SupplierReopened),
        _bill_what_waited,
        follows=_("The invoices that waited for a supplier"),
    )
    journal.subscribe(
        "invoice-mail", (FeesBilled,), _send, follows=_("The message with an invoice to its supplier")
    )
    journal.subscribe(
        "credit-note-mail", (InvoiceCredited,), _send_note, follows=_("The message with a credit note")
    )
    journal.subscribe(
        "invoice-expected-mail",
        (InvoiceExpected,),
        _ask_for_invoice,
        follows=_("The message that asks for an invoice"),
    )
    journal.subscribe(
        "invoice-returned-mail",
        (ReceivedReturned,),
        _tell_returned,
        follows=_("The message that an invoice was returned"),
    )
    journal.subscribe(
        "contest-answered-mail",
        (InvoiceAccepted,),
        _tell_answer,
        follows=_("The answer to a contested invoice"),
    )
    journal.subscribe(
        "paid-mail", (BatchExecuted,), _tell_paid, follows=_("The messages that fees were paid")
    )


def _bill(entry: Recorded[FeeRequestApproved]) -> None:
    fees.bill(request_id=entry.fact.fee_request_id)


def _bill_what_waited(
    _entry: Recorded[MandateSigned | SupplierChanged | VatRegimeSet | SupplierChosen | SupplierReopened],
) -> None:
    fees.bill()


def _send(entry: Recorded[FeesBilled]) -> None:
    money.invoice_issued(entry.fact.payable_id, entry.fact.invoice_id)


def _send_note(entry: Recorded[InvoiceCredited]) -> None:
    money.invoice_credited(entry.fact.credit_note_id, entry.fact.reason_id)


def _ask_for_invoice(entry: Recorded[InvoiceExpected]) -> None:
    money.invoice_expected(entry.fact.payable_id)


def _tell_returned(entry: Recorded[ReceivedReturned]) -> None:
    money.invoice_returned(entry.fact.received_id)


def _tell_answer(entry: Recorded[InvoiceAccepted]) -> None:
    if entry.fact.how == Acceptance.DISMISSED and entry.fact.reason_id:
        money.contest_answered(entry.fact.invoice_id, entry.fact.reason_id)


def _tell_paid(entry: Recorded[BatchExecuted]) -> None:
    money.batch_executed(entry.fact.batch_id)
