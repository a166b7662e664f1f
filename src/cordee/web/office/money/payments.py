"""What can be paid and what it waits for; batches, from the first person to the bank and back."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.accounts import queries as accounts
from cordee.journal.queries import reasons
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.permissions import Permission
from cordee.payments import actions, queries, rules
from cordee.payments.models import Batch, Payment
from cordee.payments.queries import Due, Proposal
from cordee.payments.states import BATCH, BatchState, PaymentState
from cordee.web.fields import DayField
from cordee.web.office.missions import ReasonForm
from cordee.web.office.money.tabs import money_tabs
from cordee.web.pages import HouseForm, attempt, carry_out, only_post, page, status_of
from cordee.web.request import Request
from cordee.web.slices import slice_of

KINDS = {
    BatchState.DRAFT: "wait",
    BatchState.APPROVED: "wait",
    BatchState.EXPORTED: "go",
    BatchState.EXECUTED: "done",
    BatchState.CANCELLED: "neutral",
}
PAYMENT_KINDS = {
    PaymentState.PLANNED: "wait",
    PaymentState.PAID: "done",
    PaymentState.REJECTED: "stop",
    PaymentState.DROPPED: "neutral",
}
_SOON = timedelta(days=1)
"""A bank takes a file of the day before."""
SHOWN = 50
"""How many of those that wait stand on the page: the next to be due first."""
_AHEAD = timedelta(days=7)
"""What is due within a week is paid with it, unless another day is chosen."""


class PrepareForm(HouseForm):
    """Which day the bank pays, and what is paid with it."""

    due_by = DayField(label=gettext_lazy("Everything due by"), years_before=1, years_after=1)
    execute_on = DayField(label=gettext_lazy("Paid on"), years_before=0, years_after=1)
    suppliers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Suppliers"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, proposals: list[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(p.supplier_id, p.parts[0].payable.supplier.name) for p in proposals]
        self.fields["suppliers"].choices = choices  # type: ignore[attr-defined]


class ExecutedForm(HouseForm):
    prefix = "executed"
    on = DayField(label=gettext_lazy("Executed on"), years_before=1, years_after=0)


@page(Permission.VIEW_FEES)
def payments(request: Request) -> HttpResponse:
    """Show what can be paid, what is left out and why, and the batches."""
    due_by = _day_of(request.GET.get("due_by", "")) or clock.today() + _AHEAD
    ready, left = queries.proposals(by_day=due_by)
    form = PrepareForm(
        proposals=ready,
        initial={
            "due_by": due_by,
            "execute_on": clock.today() + _SOON,
            "suppliers": [p.supplier_id for p in ready],
        },
    )
    return _payments(request, form, ready, left)


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@page(Permission.PAY)
def prepare_batch(request: Request) -> HttpResponse:
    only_post(request)
    everything, _left = queries.proposals(by_day=clock.today() + timedelta(days=400))
    form = PrepareForm(request.POST, proposals=everything)

    def do() -> str:
        batch = actions.prepare(
            execute_on=form.cleaned_data["execute_on"],
            due_by=form.cleaned_data["due_by"],
            supplier_ids=form.cleaned_data["suppliers"],
            by=request.viewer.actor,
        )
        return reverse("batch", args=[batch.ref])

    if form.is_valid():
        done = _("The batch is prepared: a second person approves it.")
        answer = carry_out(request, form, do, done=done)
        if answer:
            return answer
    ready, left = queries.proposals(by_day=form.cleaned_data.get("due_by") or clock.today())
    return _payments(request, form, ready, left)


def _payments(request: Request, form: PrepareForm, ready: list[Proposal], left: list[Due]) -> HttpResponse:
    context = {
        "form": form,
        "money_tabs": money_tabs("payments"),
        "ready": ready,
        "total": Money.total(p.amount for p in ready),
        "left": left[:SHOWN],
        "more": max(0, len(left) - SHOWN),
        "pays": request.viewer.actor.may(Permission.PAY),
        "refused": [] if ready else list(rules.payer_is_known(request.viewer.organisation)),
        "page": (found := slice_of(request, queries.batches())),
        "batches": [(batch, KINDS[BatchState(batch.state)]) for batch in found.items],
    }
    return render(request, "office/payments.html", context, status=status_of(form))


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
        (_("Prepared"), found.made_at, found.made_by),
        (_("Approved"), found.approved_at, found.approved_by),
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
    found = next((p for p in queries.all_payments_of(batch.pk) if p.pk == payment_id), None)
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
    made = queries.all_payments_of(found.pk)
    parts = queries.parts_of(made)
    words = reasons(p.rejected_because for p in made if p.rejected_because)
    actor = request.viewer.actor
    pays = actor.may(Permission.PAY)
    context = {
        "batch": found,
        "kind": KINDS[BatchState(found.state)],
        "payments": [
            (p, parts[p.pk], PAYMENT_KINDS[PaymentState(p.state)], words.get(p.rejected_because or 0, ""))
            for p in made
        ],
        "steps": _steps(found),
        "approves": pays
        and BATCH.allows("approve", found)
        and not list(rules.is_a_second_person(found, actor)),
        "waits_for_another": pays and BATCH.allows("approve", found) and actor.user_id == found.made_by,
        "exports": pays and (BATCH.allows("export", found) or found.state == BatchState.EXPORTED),
        "takes_out": pays and BATCH.allows("approve", found),
        "rejects": pays and found.state in {BatchState.EXPORTED, BatchState.EXECUTED},
        "executed": (executed or ExecutedForm(initial={"on": clock.today()}))
        if pays and BATCH.allows("execute", found)
        else None,
        "cancel": (cancel or ReasonForm()) if pays and BATCH.allows("cancel", found) else None,
    }
    shown = executed or cancel
    return render(request, "office/batch.html", context, status=status_of(shown) if shown else 200)
