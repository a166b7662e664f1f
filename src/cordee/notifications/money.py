"""Which messages must exist about invoices and payments: to the supplier, and to who bills through it."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.accounts.models import User
from cordee.fees import queries as fees
from cordee.fees.models import Payable
from cordee.invoices import queries as invoices
from cordee.invoices.models import Invoice
from cordee.journal.queries import reasons
from cordee.kernel import clock
from cordee.links import actions as links
from cordee.links.queries import token
from cordee.mail import actions as mail
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.network import queries as network
from cordee.notifications import compose, office
from cordee.notifications.mails import Mail, Purpose
from cordee.organisation.queries import the_organisation
from cordee.payments import queries as payments
from cordee.payments.models import Payment
from cordee.suppliers.models import Supplier

INVOICE_LINK = "invoice"
"""The purpose of the personal link by which a supplier reads its invoice, accepts or contests it."""
LINK_LASTS = timedelta(days=90)
_INVOICE, _PAYMENT, _PAYABLE = "invoice", "payment", "payable"


@transaction.atomic
def invoice_issued(payable_id: int, invoice_id: int) -> None:
    """Send a supplier the invoice that was issued in its name. Safe to run twice."""
    payable, invoice = fees.payable(payable_id), invoices.invoice(invoice_id)
    if payable is None or invoice is None:
        return
    supplier = payable.supplier
    language = _language(supplier)
    before = fees.replaced_by(payable)
    with translation.override(language):
        replaced = (
            " " + _("It takes the place of %(number)s, which was credited.") % {"number": before.number}
            if before
            else ""
        )
    values = _of_invoice(invoice, supplier, language) | {
        "contest_until": compose.day_words(invoice.contest_until, language),
        "replaced": replaced,
    }
    mail.reconcile(
        [_to_supplier(supplier, invoice, Purpose.INVOICE_ISSUED, values, key=f"invoice:{invoice.pk}")]
    )


@transaction.atomic
def invoice_credited(note_id: int, reason_id: int) -> None:
    """Send a supplier the credit note on one of its invoices, with the reason. Safe to run twice."""
    note, payable = invoices.invoice(note_id), fees.payable_of_invoice(note_id)
    if note is None or note.credits is None or payable is None:
        return
    supplier = payable.supplier
    values = _of_invoice(note, supplier, _language(supplier)) | {
        "credited": note.credits.number,
        "reason": reasons([reason_id]).get(reason_id, ""),
    }
    mail.reconcile(
        [_to_supplier(supplier, note, Purpose.INVOICE_CREDITED, values, key=f"credited:{note.pk}")]
    )


@transaction.atomic
def contest_answered(invoice_id: int, reason_id: int) -> None:
    """Tell a supplier why an invoice that it contested stands. Safe to run twice."""
    invoice = invoices.invoice(invoice_id)
    payable = fees.payable_of_invoice(invoice_id)
    if invoice is None or payable is None:
        return
    language = _language(payable.supplier)
    values = _of_invoice(invoice, payable.supplier, language)
    values["reason"] = reasons([reason_id]).get(reason_id, "")
    key = f"contest:{invoice.pk}:{reason_id}"
    mail.reconcile([_to_supplier(payable.supplier, invoice, Purpose.CONTEST_ANSWERED, values, key=key)])


@transaction.atomic
def invoice_expected(payable_id: int) -> None:
    """Ask those whose fees were approved for the invoice of their supplier. Safe to run twice."""
    payable = fees.payable(payable_id)
    if payable and payable.invoice is None:
        for user in _people(payable):
            values = {
                "first_name": user.first_name,
                "amount": compose.money_words(payable.total_excl, user.language),
            }
            _to_people(
                user, Purpose.INVOICE_EXPECTED, values, payable, key=f"expected:{payable.pk}:{user.pk}"
            )


@transaction.atomic
def invoice_returned(received_id: int) -> None:
    """Tell who gave an invoice why finance returned it. Safe to run twice."""
    received = fees.received(received_id)
    if received is None:
        return
    for user in _people(received.payable):
        values = {"first_name": user.first_name, "number": received.number, "reason": received.reason}
        key = f"received:{received.pk}:{user.pk}"
        _to_people(user, Purpose.INVOICE_RETURNED, values, received.payable, key=key)


@transaction.atomic
def batch_executed(batch_id: int) -> None:
    """Tell everybody who was paid, once each. Safe to run twice."""
    made = payments.payments_of(batch_id)
    people = payments.people_paid(made)
    for payment in made:
        users = {user.email: user for user in people.get(payment.pk, ())}
        addresses = {payment.supplier.email: None} | users
        for address, user in addresses.items():
            mail.reconcile([_paid(payment, address, user)])


def _paid(payment: Payment, address: str, user: User | None) -> Wanted:
    supplier, day = payment.supplier, payment.batch.executed_on or clock.today()
    language = compose.written_in(user.language) if user else _language(supplier)
    values = {
        "amount": compose.money_words(payment.amount, language),
        "day": compose.day_words(day, language),
        "supplier": supplier.name,
        "account": payment.account.iban[-4:],
        "remittance": payment.remittance,
        "reference": payment.reference,
    }
    return _wanted(
        Purpose.FEES_PAID,
        values,
        key=f"paid:{payment.pk}:{address}",
        about=About(_PAYMENT, payment.pk),
        to=(address, user.full_name if user else supplier.name),
        language=language,
        url=compose.address(reverse("my_fees")),
    )


def _to_supplier(
    supplier: Supplier, invoice: Invoice, purpose: Mail, values: dict[str, str], *, key: str
) -> Wanted:
    link = links.give(
        purpose=INVOICE_LINK, subject_id=invoice.pk, to=supplier.email, until=clock.now() + LINK_LASTS
    )
    return _wanted(
        purpose,
        values,
        key=key,
        about=About(_INVOICE, invoice.pk),
        to=(supplier.email, supplier.name),
        language=_language(supplier),
        url=compose.address(reverse("supplier_invoice", args=[token(link)])),
    )


def _to_people(user: User, purpose: Mail, values: dict[str, str], payable: Payable, *, key: str) -> None:
    path = reverse("give_invoice", args=[payable.pk])
    about = About(_PAYABLE, payable.pk)
    mission_id = payable.request.mission_id if payable.request else None
    mail.reconcile(
        office.letter(user, purpose, key=key, values=values, path=path, about=about, mission_id=mission_id)
    )


def _wanted(
    purpose: Mail,
    values: dict[str, str],
    *,
    key: str,
    about: About,
    to: tuple[str, str],
    language: str,
    url: str,
) -> Wanted:
    organisation = the_organisation()
    written = compose.write(purpose, organisation=organisation, language=language, values=values, url=url)
    return Wanted(
        key=key,
        purpose=purpose,
        about=about,
        to_email=to[0],
        to_name=to[1],
        reply_to=organisation.reply_to,
        subject=written.subject,
        text=written.text,
        html=written.html,
        language=language,
    )


def _of_invoice(invoice: Invoice, supplier: Supplier, language: str) -> dict[str, str]:
    return {
        "number": invoice.number,
        "amount": compose.money_words(invoice.total, language),
        "supplier": supplier.name,
        "due_on": compose.day_words(invoice.due_on, language),
    }


def _people(payable: Payable) -> Iterable[User]:
    return [facilitator.user for facilitator in network.with_ids(fees.people_of(payable))]


def _language(supplier: Supplier) -> str:
    return "fr" if supplier.country == "FR" else "en"
