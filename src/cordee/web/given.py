"""A supplier's own invoice is given: the file first, then what it says of itself is confirmed, or typed once. By who
bills through the supplier, or by finance for what came by post.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.fees import actions, queries
from cordee.fees.models import Payable
from cordee.fees.queries import Stated
from cordee.fees.rules import LONGEST_NUMBER, LONGEST_SOURCE
from cordee.files import actions as files
from cordee.files import queries as files_queries
from cordee.invoices import reading
from cordee.invoices.reading import Doubt, ReadInvoice
from cordee.kernel.refusals import Refused, Turn
from cordee.organisation.rules import is_a_paper
from cordee.web import papers
from cordee.web.fields import DayField
from cordee.web.pages import HouseForm, carry_out, status_of
from cordee.web.request import Request

CURRENCIES = ("EUR", "CHF", "GBP", "USD", "CAD", "MAD", "XOF")
_MOST = 10_000_000
"""In any currency: more is a slip of the hand."""
_SALT = "cordee.give-invoice"
_KEPT_FOR = timedelta(days=1)
"""How long a file waits for what stands on it."""
DOUBTS = {
    Doubt.SEVERAL: gettext_lazy("Several invoices lie in this file: type what stands on the page."),
    Doubt.CREDIT: gettext_lazy(
        "This is a credit note, or its amounts are below zero. An invoice is expected."
    ),
    Doubt.SUMS: gettext_lazy("The totals in this file contradict each other: compare them with the page."),
    Doubt.LOCKED: gettext_lazy("This PDF asks for a password. Save it without one, and give that one."),
    Doubt.UNREADABLE: gettext_lazy("What lies in this file cannot be read: type what stands on the page."),
}


def _amount(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, decimal_places=2, min_value=0, max_value=_MOST, **more)


class FileForm(HouseForm):
    """A supplier's own invoice: the file, before anything is typed."""

    file = forms.FileField(
        label=gettext_lazy("Invoice (PDF)"),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text=gettext_lazy("A Factur-X is read by itself: nothing is to be typed."),
    )


class InvoiceForm(HouseForm):
    """A supplier's own invoice: what stands on it, read or typed."""

    given = forms.CharField(widget=forms.HiddenInput)
    number = forms.CharField(label=gettext_lazy("Number"), max_length=LONGEST_NUMBER)
    issued_on = DayField(label=gettext_lazy("Date of the invoice"), years_before=1, years_after=1)
    excl = _amount(gettext_lazy("Total excl. VAT"))
    vat = _amount(
        gettext_lazy("VAT"), required=False, help_text=gettext_lazy("Leave it empty where there is none.")
    )
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
        label=gettext_lazy("Where this rate was read"), required=False, max_length=LONGEST_SOURCE
    )

    def stated(self, read: ReadInvoice | None) -> Stated:
        given = self.cleaned_data
        return Stated(
            number=given["number"],
            issued_on=given["issued_on"],
            excl=given["excl"],
            vat=given["vat"] or Decimal(0),
            total=given["total"],
            currency=given["currency"],
            rate=given["rate"],
            rate_source=given["rate_source"],
            read=read,
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """At whose page the invoice is given: what it extends, its title, where one comes from, what is said at the end."""

    base: str
    title: str | Promise
    back: str
    back_url: str
    done: str


def taken(request: Request, payable: Payable, desk: Desk) -> HttpResponse:
    """Take a supplier's own invoice for fees that were approved: first the file, then what stands on it."""
    if "given" in request.GET:
        return _show_file(request, payable)
    context: dict[str, Any] = {"payable": payable, "lines": queries.lines_of(payable.pk), "desk": desk}
    if "given" not in request.POST:
        return _take_file(request, payable, context)
    content = _given(payable, request.POST["given"])
    if content is None:  # a page left open for days, or another's
        return HttpResponseRedirect(request.path)
    form, read = InvoiceForm(request.POST), reading.read(content)

    def do() -> str:
        actions.give_invoice(
            payable_id=payable.pk, content=content, stated=form.stated(read), by=request.viewer.actor
        )
        return desk.back_url

    if form.is_valid() and (answer := carry_out(request, form, do, done=desk.done)):
        return answer
    return _show_typed(request, context, form, read)


def _take_file(request: Request, payable: Payable, context: dict[str, Any]) -> HttpResponse:
    """Ask for the file; once it is there, keep it and show what it says, to be confirmed or typed."""
    file_form = FileForm(request.POST or None, request.FILES or None)
    if file_form.is_valid():
        content = file_form.cleaned_data["file"].read()
        refusals = tuple(is_a_paper(content, field="file", turn=Turn.FACILITATOR))
        read = None if refusals else reading.read(content)
        if read and Doubt.LOCKED in read.doubts:
            file_form.add_error("file", DOUBTS[Doubt.LOCKED])
        elif not refusals:
            given = signing.dumps(
                [payable.pk, files.keep(content, content_type="application/pdf").pk], salt=_SALT
            )
            form = InvoiceForm(initial={"currency": "EUR", **_told(read), "given": given})
            return _show_typed(request, context, form, read)
        else:
            file_form.refuse(Refused(refusals))
    return render(
        request,
        "components/give_invoice.html",
        {**context, "file_form": file_form},
        status=status_of(file_form),
    )


def _show_file(request: Request, payable: Payable) -> HttpResponse:
    """Show the file that was given a moment ago, to be read beside the form."""
    content = _given(payable, request.GET["given"])
    return papers.pdf(content, _("Invoice")) if content else HttpResponseRedirect(request.path)


def _show_typed(
    request: Request, context: dict[str, Any], form: InvoiceForm, read: ReadInvoice | None
) -> HttpResponse:
    doubts = [DOUBTS[doubt] for doubt in read.doubts] if read else []
    context |= {"form": form, "read": read, "doubts": doubts}
    return render(request, "components/give_invoice.html", context, status=status_of(form))


def _told(read: ReadInvoice | None) -> dict[str, object]:
    """Return what the file says of itself, for the fields; a currency that is not taken is left to be seen to."""
    if read is None or not read.number:
        return {}
    told = {name: getattr(read, name) for name in ("number", "issued_on", "excl", "vat", "total")}
    return {**told, **({"currency": read.currency} if read.currency in CURRENCIES else {})}


def _given(payable: Payable, token: str) -> bytes | None:
    """Return the file that was given for a payable a moment ago."""
    try:
        payable_id, stored_id = signing.loads(token, salt=_SALT, max_age=_KEPT_FOR)
    except signing.BadSignature:
        return None
    stored = files_queries.stored(stored_id) if payable_id == payable.pk else None
    return files_queries.content(stored) if stored else None
