"""The facilitator's invoices: read and answered when issued in their name, given when they send their own."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.fees import actions, queries
from cordee.fees.models import Payable
from cordee.fees.queries import Stated
from cordee.web.fields import DayField
from cordee.web.invoices import Shown, answered, pdf, shown
from cordee.web.pages import HouseForm, carry_out, facilitator_page, status_of
from cordee.web.request import Request

CURRENCIES = ("EUR", "CHF", "GBP", "USD", "CAD", "MAD", "XOF")
_MOST = 10_000_000
"""In any currency: more is a slip of the hand."""


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, decimal_places=2, min_value=0, max_value=_MOST)


class InvoiceForm(HouseForm):
    """A supplier's own invoice: the file, and what stands on it."""

    file = forms.FileField(
        label=gettext_lazy("Invoice (PDF)"), widget=forms.FileInput(attrs={"accept": "application/pdf"})
    )
    number = forms.CharField(label=gettext_lazy("Number"), max_length=60)
    issued_on = DayField(label=gettext_lazy("Date of the invoice"), years_before=1, years_after=1)
    excl = _amount(gettext_lazy("Total excl. VAT"))
    vat = _amount(gettext_lazy("VAT"))
    total = _amount(gettext_lazy("Total incl. VAT"))
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"), choices=[(code, code) for code in CURRENCIES]
    )
    rate = forms.DecimalField(
        label=gettext_lazy("Rate of the day"),
        required=False,
        decimal_places=6,
        min_value=Decimal("0.000001"),
        max_value=100_000,
        help_text=gettext_lazy("Only for another currency: how much of it is one euro."),
    )
    rate_source = forms.CharField(
        label=gettext_lazy("Where this rate was read"), required=False, max_length=120
    )

    def stated(self) -> Stated:
        given = self.cleaned_data
        return Stated(
            number=given["number"],
            issued_on=given["issued_on"],
            excl=given["excl"],
            vat=given["vat"],
            total=given["total"],
            currency=given["currency"],
            rate=given["rate"],
            rate_source=given["rate_source"],
        )


@facilitator_page
def give_invoice(request: Request, payable_id: int) -> HttpResponse:
    """Take the supplier's own invoice for fees that were approved."""
    payable = _own_or_404(request, payable_id)
    form = InvoiceForm(
        request.POST or None,
        request.FILES or None,
        initial={"excl": payable.total_excl, "vat": 0, "total": payable.total_excl, "currency": "EUR"},
    )

    def do() -> str:
        content = form.cleaned_data["file"].read()
        actions.give_invoice(
            payable_id=payable.pk, content=content, stated=form.stated(), by=request.viewer.actor
        )
        return reverse("my_fees")

    done = _("Thank you: finance looks at your invoice.")
    if form.is_valid() and (answer := carry_out(request, form, do, done=done)):
        return answer
    context = {"payable": payable, "form": form, "lines": queries.lines_of(payable.pk)}
    return render(request, "facilitation/give_invoice.html", context, status=status_of(form))


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
