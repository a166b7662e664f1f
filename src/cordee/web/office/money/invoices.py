"""Finance's invoices: issued in suppliers' names, contested, expected, given by suppliers."""

import json
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.fees import actions, queries
from cordee.fees.models import RECEIVED_LABELS, Payable, ReceivedInvoice
from cordee.fees.states import ReceivedState
from cordee.files import queries as files
from cordee.invoices import actions as invoice_actions
from cordee.invoices import queries as issued
from cordee.invoices import reading
from cordee.invoices.models import Invoice
from cordee.invoices.states import InvoiceState
from cordee.kernel.money import Money
from cordee.kernel.permissions import Permission
from cordee.web.given import Desk, taken
from cordee.web.invoices import KINDS, Shown, pdf, shown
from cordee.web.office.missions import ReasonForm
from cordee.web.office.money.differences import differences_of
from cordee.web.office.money.tabs import money_tabs
from cordee.web.pages import HouseForm, attempt, carry_out, only_post, page, status_of
from cordee.web.request import Request
from cordee.web.slices import slice_of

RECEIVED_KINDS = {
    ReceivedState.RECEIVED: "wait",
    ReceivedState.ACCEPTED: "done",
    ReceivedState.RETURNED: "late",
}
TO_READ, EXPECTED = "received", "expected"


class CorrectForm(HouseForm):
    """Crediting an invoice and issuing it anew: why, and what each line is really worth."""

    prefix = "correct"
    reason = forms.CharField(
        label=gettext_lazy("What is put right"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The supplier reads it."),
    )

    def __init__(self, *args: Any, found: Shown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.positions = [line.position for line, _note, _contested in found.lines]
        for line, _note, _contested in found.lines:
            self.fields[f"unit_{line.position}"] = forms.DecimalField(
                label=_("Unit price of “%(line)s”, excl. VAT") % {"line": line.designation},
                decimal_places=2,
                min_value=Decimal("0.01"),
                max_value=999_999,
                initial=line.unit_price,
            )

    @property
    def amounts(self) -> dict[int, Money]:
        return {n: Money(self.cleaned_data[f"unit_{n}"]) for n in self.positions}


class DismissForm(ReasonForm):
    prefix = "dismiss"


class ReturnForm(ReasonForm):
    prefix = "return"


@page(Permission.DECIDE_FEES)
def record_invoice(request: Request, payable_id: int) -> HttpResponse:
    """Take an expected invoice that came by post or mail, in place of who bills."""
    payable = queries.payable(payable_id)
    if payable is None:
        raise Http404
    desk = Desk(
        base="office/base.html",
        title=_("Invoice of %(supplier)s") % {"supplier": payable.supplier.name},
        back=_("Invoices"),
        back_url=f"{reverse('invoices')}?status={TO_READ}",
        done=_("It is noted: compare it with what is due."),
    )
    return taken(request, payable, desk)


@page(Permission.VIEW_FEES)
def invoices(request: Request) -> HttpResponse:
    """List invoices by what has to be done with them: those given and contested first."""
    asked = request.GET.get("status", TO_READ)
    status = asked if asked in {*InvoiceState, TO_READ, EXPECTED} else TO_READ
    context: dict[str, Any] = {
        "tabs": _tabs(status),
        "money_tabs": money_tabs("invoices"),
        "status": status,
        "decides": request.viewer.actor.may(Permission.DECIDE_FEES),
    }
    if status == TO_READ:
        found = slice_of(request, queries.received_in(ReceivedState.RECEIVED))
        context["received"] = [(r, differences_of(r)) for r in found.items]
    else:
        found = (
            slice_of(request, queries.expected())
            if status == EXPECTED
            else slice_of(request, issued.in_state(status), read=_payables)
        )
        context["payables"] = [(p, KINDS[p.invoice.state] if p.invoice else "") for p in found.items]
    return render(request, "office/invoices.html", context | {"page": found})


def _payables(found: QuerySet[Invoice]) -> list[Payable]:
    return queries.issued_as(list(found.values_list("pk", flat=True)))


def _tabs(current: str) -> list[dict[str, Any]]:
    labels = {
        TO_READ: _("Given by suppliers"),
        InvoiceState.CONTESTED.value: _("Contested"),
        InvoiceState.ISSUED.value: _("May be contested"),
        EXPECTED: _("Expected"),
        InvoiceState.ACCEPTED.value: _("Accepted"),
        InvoiceState.CREDITED.value: _("Credited"),
    }
    counts = {
        TO_READ: queries.received_in(ReceivedState.RECEIVED).count(),
        InvoiceState.CONTESTED.value: queries.issued(InvoiceState.CONTESTED).count(),
    }
    return [
        {
            "label": label,
            "url": f"{reverse('invoices')}?status={value}",
            "current": value == current,
            "count": counts.get(value),
        }
        for value, label in labels.items()
    ]


@page(Permission.VIEW_FEES)
def invoice(request: Request, invoice_id: int) -> HttpResponse:
    return _show(request, _payable_or_404(invoice_id))


@page(Permission.VIEW_FEES)
def invoice_pdf(request: Request, invoice_id: int) -> HttpResponse:
    return pdf(_shown(_payable_or_404(invoice_id)).invoice)


@page(Permission.DECIDE_FEES)
def dismiss_contest(request: Request, invoice_id: int) -> HttpResponse:
    """Answer that a contested invoice is right."""
    only_post(request)
    payable, form = _payable_or_404(invoice_id), DismissForm(request.POST)

    def do() -> str:
        invoice_actions.dismiss(
            invoice_id=invoice_id, answer=form.cleaned_data["reason"], by=request.viewer.actor
        )
        return reverse("invoice", args=[invoice_id])

    done = _("It stands: the supplier gets your answer by e-mail.")
    if form.is_valid() and (answer := carry_out(request, form, do, done=done)):
        return answer
    return _show(request, payable, dismiss=form)


@page(Permission.DECIDE_FEES)
def correct_invoice(request: Request, invoice_id: int) -> HttpResponse:
    """Credit an invoice and issue it anew."""
    only_post(request)
    payable = _payable_or_404(invoice_id)
    form = CorrectForm(request.POST, found=_shown(payable))

    def do() -> str:
        again = actions.correct(
            payable_id=payable.pk,
            amounts=form.amounts,
            reason=form.cleaned_data["reason"],
            by=request.viewer.actor,
        )
        return reverse("invoice", args=[again.invoice_id or payable.invoice_id])

    done = _("Credited: the supplier gets the new invoice, or is asked for its own.")
    if form.is_valid() and (answer := carry_out(request, form, do, done=done)):
        return answer
    return _show(request, payable, correct=form)


def _payable_or_404(invoice_id: int) -> Payable:
    found = queries.payable_of_invoice(invoice_id)
    if found is None:
        raise Http404
    return found


def _shown(payable: Payable) -> Shown:
    assert payable.invoice is not None  # noqa: S101 - it was found by its invoice
    return shown(payable.invoice)


def _show(
    request: Request,
    payable: Payable,
    *,
    dismiss: DismissForm | None = None,
    correct: CorrectForm | None = None,
) -> HttpResponse:
    found = _shown(payable)
    decides = request.viewer.actor.may(Permission.DECIDE_FEES)
    contested = found.invoice.state == InvoiceState.CONTESTED
    standing = found.invoice.state in {InvoiceState.ISSUED, InvoiceState.CONTESTED, InvoiceState.ACCEPTED}
    can_correct = decides and standing and payable.credits_id is None
    context = {
        "payable": payable,
        "shown": found,
        "contested": contested,
        "dismiss": (dismiss or DismissForm()) if decides and contested else None,
        "correct": (correct or CorrectForm(found=found)) if can_correct else None,
        "replaces": queries.replaced_by(payable),
        "transmission": issued.transmission_of(found.invoice.pk),
        "news": issued.news_of([found.invoice.pk])[found.invoice.pk],
    }
    bound = dismiss or correct
    return render(request, "office/invoice.html", context, status=status_of(bound) if bound else 200)


@page(Permission.VIEW_FEES)
def received_invoice(request: Request, received_id: int) -> HttpResponse:
    return _show_received(request, _received_or_404(received_id), ReturnForm())


@page(Permission.VIEW_FEES)
def received_pdf(request: Request, received_id: int) -> HttpResponse:
    found = _received_or_404(received_id)
    response = HttpResponse(files.content(found.file), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="invoice.pdf"'
    return response


@page(Permission.DECIDE_FEES)
def accept_received(request: Request, received_id: int) -> HttpResponse:
    only_post(request)
    found = _received_or_404(received_id)
    return attempt(
        request,
        lambda: actions.accept_received(received_id=found.pk, by=request.viewer.actor),
        back_to=reverse("received_invoice", args=[found.pk]),
        done=_("Accepted: it is paid when it is due."),
    )


@page(Permission.DECIDE_FEES)
def return_received(request: Request, received_id: int) -> HttpResponse:
    only_post(request)
    found, form = _received_or_404(received_id), ReturnForm(request.POST)

    def do() -> str:
        actions.return_received(
            received_id=found.pk, reason=form.cleaned_data["reason"], by=request.viewer.actor
        )
        return reverse("received_invoice", args=[found.pk])

    done = _("Returned: whoever gave it gets the reason by e-mail.")
    if form.is_valid() and (answer := carry_out(request, form, do, done=done)):
        return answer
    return _show_received(request, found, form)


def _received_or_404(received_id: int) -> ReceivedInvoice:
    found = queries.received(received_id)
    if found is None:
        raise Http404
    return found


def _show_received(request: Request, found: ReceivedInvoice, form: ReturnForm) -> HttpResponse:
    state = ReceivedState(found.state)
    context = {
        "received": found,
        "read": reading.received(json.dumps(found.read).encode()),
        "payable": found.payable,
        "lines": queries.lines_of(found.payable_id),
        "differences": differences_of(found),
        "kind": RECEIVED_KINDS[state],
        "state": RECEIVED_LABELS[state],
        "decides": state == ReceivedState.RECEIVED and request.viewer.actor.may(Permission.DECIDE_FEES),
        "form": form,
    }
    return render(request, "office/received_invoice.html", context, status=status_of(form))
