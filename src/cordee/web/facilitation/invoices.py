"""The facilitator's invoices: read and answered when issued in their name, given when they send their own."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.fees import queries
from cordee.fees.models import Payable
from cordee.web.given import Desk, taken
from cordee.web.invoices import Shown, answered, pdf, shown
from cordee.web.pages import facilitator_page, status_of
from cordee.web.request import Request


@facilitator_page
def give_invoice(request: Request, payable_id: int) -> HttpResponse:
    """Take one's supplier's own invoice for fees that were approved."""
    desk = Desk(
        base="base.html",
        title=_("Send my invoice"),
        back=_("My fees"),
        back_url=reverse("my_fees"),
        done=_("Thank you: finance looks at your invoice."),
    )
    return taken(request, _own_or_404(request, payable_id), desk)


@facilitator_page
def my_invoice(request: Request, payable_id: int) -> HttpResponse:
    """Show an invoice issued in the name of who one bills through, and take the answer."""
    payable = _own_or_404(request, payable_id)
    found = _issued_or_404(payable)
    here = reverse("my_invoice", args=[payable.pk])
    answer = answered(request, found, by=request.viewer.actor, back_to=here)
    if answer.response:
        return answer.response
    context = {
        "shown": found,
        "payable": payable,
        "answer": answer,
        "here": here,
        "pdf_url": reverse("my_invoice_pdf", args=[payable.pk]),
        "replaces": queries.replaced_by(payable),
    }
    bound = answer.contest if answer.contest.is_bound else answer.accept
    return render(request, "facilitation/my_invoice.html", context, status=status_of(bound))


@facilitator_page
def my_invoice_pdf(request: Request, payable_id: int) -> HttpResponse:
    return pdf(_issued_or_404(_own_or_404(request, payable_id)).invoice)


def _own_or_404(request: Request, payable_id: int) -> Payable:
    """Return a payable with fees of the viewer on it; whoever has none there does not learn that it exists."""
    payable = queries.payable(payable_id)
    if payable is None or request.viewer.actor.facilitator_id not in queries.people_of(payable):
        raise Http404
    return payable


def _issued_or_404(payable: Payable) -> Shown:
    if payable.invoice is None:
        raise Http404
    return shown(payable.invoice)
