"""A supplier reads an invoice in its name through a personal link, accepts or contests it, without logging in."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.fees import queries as fees
from cordee.fees.models import Payable
from cordee.kernel.actor import Actor, ActorKind
from cordee.notifications.money import INVOICE_LINK
from cordee.web.guest.doors import Key, personal_door
from cordee.web.invoices import answered, pdf, shown
from cordee.web.pages import status_of
from cordee.web.request import Request


@dataclass(frozen=True, slots=True)
class Billed:
    """A supplier at the page of one of its invoices."""

    payable: Payable
    by: Actor
    token: str


def _billed(key: Key) -> Billed | None:
    payable = fees.payable_of_invoice(key.subject_id)
    if payable is None:
        return None
    return Billed(payable, Actor(ActorKind.LINK, link_id=key.link_id), key.token)


own_invoice = personal_door(
    INVOICE_LINK,
    find=_billed,
    address=lambda who: who.payable.supplier.email,
    language=lambda who: "fr" if who.payable.supplier.country == "FR" else "en",
)


@own_invoice
def supplier_invoice(request: Request, who: Billed) -> HttpResponse:
    """Show the invoice and take the answer. A plain visit changes nothing: mail scanners open links too."""
    assert who.payable.invoice is not None  # noqa: S101 - it was found by its invoice
    found = shown(who.payable.invoice)
    here = reverse("supplier_invoice", args=[who.token])
    answer = answered(request, found, by=who.by, back_to=here)
    if answer.response:
        return answer.response
    context = {
        "shown": found,
        "answer": answer,
        "here": here,
        "pdf_url": reverse("supplier_invoice_pdf", args=[who.token]),
        "replaces": fees.replaced_by(who.payable),
    }
    bound = answer.contest if answer.contest.is_bound else answer.accept
    return render(request, "guest/invoice.html", context, status=status_of(bound))


@own_invoice
def supplier_invoice_pdf(request: Request, who: Billed) -> HttpResponse:
    assert who.payable.invoice is not None  # noqa: S101 - it was found by its invoice
    return pdf(shown(who.payable.invoice).invoice)
