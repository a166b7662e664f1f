"""Batches of payments, from the first person to the bank and back."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cordee.accounts import queries as accounts
from cordee.journal.queries import reasons
from cordee.kernel import clock
from cordee.kernel.permissions import Permission
from cordee.payments import actions, queries, rules
from cordee.payments.models import Batch, Payment
from cordee.payments.states import BATCH, BatchState, PaymentState
from cordee.web.fields import DayField
from cordee.web.office.missions import ReasonForm
from cordee.web.office.money.payments import KINDS
from cordee.web.pages import HouseForm, attempt, carry_out, only_post, page, status_of
from cordee.web.request import Request
from cordee.web.slices import slice_of

PAYMENT_KINDS = {
    PaymentState.PLANNED: "wait",
    PaymentState.PAID: "done",
    PaymentState.REJECTED: "stop",
    PaymentState.DROPPED: "neutral",
}
SHOWN = 30
"""How many payments of a batch stand on a page."""


class FindPayment(forms.Form):
    """Which of the payments of a batch are shown."""

    q = forms.CharField(
        required=False,
        max_length=100,
        label=gettext_lazy("Search"),
        widget=forms.SearchInput(attrs={"placeholder": gettext_lazy("Supplier, reference or invoice")}),
    )


class ExecutedForm(HouseForm):
    prefix = "executed"
    on = DayField(label=gettext_lazy("Executed on"), years_before=1, years_after=0)


@page(Permission.VIEW_FEES)
def batch(request: Request, ref: str) -> HttpResponse:
    return _show(request, _batch_or_404(ref))


@page(Permission.PAY)
def approve_batch(request: Request, ref: str) -> HttpResponse:
    only_post(request)
    found = _batch_or_404(ref)
    return attempt(
        request,
        lambda: actions.approve(batch_id=found.pk, by=request.viewer.actor),
        back_to=reverse("batch", args=[ref]),
        done=_("Approved: the file for the bank can be taken."),
    )


@page(Permission.PAY)
def bank_file(request: Request, ref: str) -> HttpResponse:
    """Give the bank's file; taken again, it is the same."""
    only_post(request)
    found = _batch_or_404(ref)
    given: list[bytes] = []
    answer = attempt(
        request,
        lambda: given.append(actions.export(batch_id=found.pk, by=request.viewer.actor)),
        back_to=reverse("batch", args=[ref]),
    )
    if not given:
        return answer
    response = HttpResponse(given[0], content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{found.ref}.xml"'
    return response


@page(Permission.PAY)
def executed_batch(request: Request, ref: str) -> HttpResponse:
    only_post(request)
    found, form = _batch_or_404(ref), ExecutedForm(request.POST)

    def do() -> str:
        actions.mark_executed(batch_id=found.pk, on=form.cleaned_data["on"], by=request.viewer.actor)
        return reverse("batch", args=[ref])

    done = _("Executed: everybody paid is told by e-mail.")
    if form.is_valid() and (answer := carry_out(request, form, do, done=done)):
        return answer
    return _show(request, found, executed=form)


@page(Permission.PAY)
def cancel_batch(request: Request, ref: str) -> HttpResponse:
    only_post(request)
    found, form = _batch_or_404(ref), ReasonForm(request.POST)

    def do() -> str:
        actions.cancel(batch_id=found.pk, reason=form.cleaned_data["reason"], by=request.viewer.actor)
        return reverse("batch", args=[ref])

    if form.is_valid() and (answer := carry_out(request, form, do, done=_("The batch is cancelled."))):
        return answer
    return _show(request, found, cancel=form)


@page(Permission.PAY)
def take_out_payment(request: Request, ref: str, payment_id: int) -> HttpResponse:
    only_post(request)
    payment = _payment_or_404(_batch_or_404(ref), payment_id)
    return attempt(
        request,
        lambda: actions.take_out(payment_id=payment.pk, by=request.viewer.actor),
        back_to=reverse("batch", args=[ref]),
        done=_("Taken out: it is due again."),
    )


@page(Permission.PAY)
def reject_payment(request: Request, ref: str, payment_id: int) -> HttpResponse:
    """Record that the bank sent a payment back."""
    found = _batch_or_404(ref)
    payment = _payment_or_404(found, payment_id)
    form = ReasonForm(request.POST or None)

    def do() -> str:
        actions.reject(payment_id=payment.pk, reason=form.cleaned_data["reason"], by=request.viewer.actor)
        return reverse("batch", args=[ref])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("Recorded: what it paid is due again."))
        if answer:
            return answer
    context = {"batch": found, "payment": payment, "form": form}
    return render(request, "office/reject_payment.html", context, status=status_of(form))


def _steps(found: Batch) -> list[dict[str, Any]]:
    """Return what was done with a batch, by whom and when."""
    done = [
        (pgettext("of a batch", "Prepared"), found.made_at, found.made_by),
        (pgettext("of a batch", "Approved"), found.approved_at, found.approved_by),
        (_("File for the bank taken"), found.exported_at, found.exported_by),
    ]
    names = accounts.names(pk for _label, _at, pk in done if pk)
    return [{"label": label, "at": at, "who": names.get(pk or 0, "")} for label, at, pk in done if at]


def _batch_or_404(ref: str) -> Batch:
    found = queries.batch_by_ref(ref)
    if found is None:
        raise Http404
    return found


def _payment_or_404(batch: Batch, payment_id: int) -> Payment:
    found = queries.all_payments_of(batch.pk).filter(pk=payment_id).first()
    if found is None:
        raise Http404
    return found


def _show(
    request: Request,
    found: Batch,
    *,
    executed: ExecutedForm | None = None,
    cancel: ReasonForm | None = None,
) -> HttpResponse:
    asked = request.GET.get("q", "")
    page_ = slice_of(request, queries.all_payments_of(found.pk, asked), per_page=SHOWN)
    made = page_.items
    words = reasons(p.rejected_because for p in made if p.rejected_because)
    actor = request.viewer.actor
    pays = actor.may(Permission.PAY)
    context = {
        "batch": found,
        "kind": KINDS[BatchState(found.state)],
        "payments": [
            (p, PAYMENT_KINDS[PaymentState(p.state)], words.get(p.rejected_because or 0, "")) for p in made
        ],
        "page": page_,
        "search": FindPayment(request.GET) if asked or page_.has_next or page_.has_previous else None,
        "clear_url": reverse("batch", args=[found.ref]) if asked else "",
        "steps": _steps(found),
        "approves": pays
        and BATCH.allows("approve", found)
        and not list(rules.is_a_second_person(found, actor)),
        "waits_for_another": pays and BATCH.allows("approve", found) and actor.user_id == found.made_by,
        "exports": pays and (BATCH.allows("export", found) or found.state == BatchState.EXPORTED),
        "takes_out": pays and not list(rules.file_was_not_taken(found)),
        "rejects": pays and found.state in {BatchState.EXPORTED, BatchState.EXECUTED},
        "executed": (executed or ExecutedForm(initial={"on": clock.today()}))
        if pays and BATCH.allows("execute", found)
        else None,
        "cancel": (cancel or ReasonForm()) if pays and BATCH.allows("cancel", found) else None,
    }
    shown = executed or cancel
    return render(request, "office/batch.html", context, status=status_of(shown) if shown else 200)
