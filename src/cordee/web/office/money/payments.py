"""What can be paid, what it waits for, and the batches there are."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.periods import Month
from cordee.kernel.permissions import Permission
from cordee.payments import actions, queries, rules
from cordee.payments.queries import DuePage
from cordee.payments.states import BatchState
from cordee.web.components import formatting
from cordee.web.fields import DayField
from cordee.web.office.money.tabs import money_tabs
from cordee.web.pages import HouseForm, attempt, carry_out, only_post, page, status_of
from cordee.web.periods import span_of
from cordee.web.request import Request
from cordee.web.slices import slice_of

KINDS = {
    BatchState.DRAFT: "wait",
    BatchState.APPROVED: "wait",
    BatchState.EXPORTED: "go",
    BatchState.EXECUTED: "done",
    BatchState.CANCELLED: "neutral",
}
_SOON = timedelta(days=1)
"""A bank takes a file of the day before."""
SHOWN = 20
"""How many suppliers to pay stand on the page, each with all of its invoices; the batch pays the others, too."""
NEXT = 10
"""How many invoices that wait: all of them have a page of their own."""
BATCHES = 10
"""How many batches stand below what can be paid; the older ones are a page further."""
_LONGEST_ID = 18
_AHEAD = timedelta(days=7)
"""What is due within a week is paid with it, unless another day is chosen."""


class Numbers(forms.MultipleChoiceField):
    """Suppliers, by their numbers: those that nobody knows are paid nothing."""

    def to_python(self, value: Any) -> list[str]:
        return [text for text in super().to_python(value) if text.isdecimal() and len(text) <= _LONGEST_ID]

    def valid_value(self, value: str) -> bool:
        return value.isdecimal()

    def clean(self, value: Any) -> Any:
        return [int(text) for text in super().clean(value)]


class PrepareForm(HouseForm):
    """Which day the bank pays, and what is paid with it: the suppliers that are ticked, and those that stand on no page
    (`others`).
    """

    due_by = DayField(label=gettext_lazy("Everything due by"), years_before=1, years_after=1)
    execute_on = DayField(label=gettext_lazy("Paid on"), years_before=0, years_after=1)
    suppliers = Numbers(required=False)
    shown = Numbers(required=False)
    others = forms.BooleanField(label=gettext_lazy("The others, too"), required=False)

    @property
    def ticked(self) -> set[int]:
        """Return the suppliers that are to be paid, of those on the page."""
        return set(self["suppliers"].value() or ()) if self.is_bound else set(self.initial["suppliers"])


@page(Permission.VIEW_FEES)
def payments(request: Request) -> HttpResponse:
    """Show what can be paid, what is left out and why, and the batches."""
    due_by = _day_of(request.GET.get("due_by", "")) or paid_next()
    found = _shown(request, due_by)
    form = PrepareForm(
        initial={
            "due_by": due_by,
            "execute_on": clock.today() + _SOON,
            "suppliers": [p.supplier_id for p in found.ready],
            "others": True,
        },
    )
    return _payments(request, form, found)


def _shown(request: Request, due_by: date) -> DuePage:
    organisation = request.viewer.organisation
    return queries.due_page(by_day=due_by, shown=SHOWN, next_shown=NEXT, organisation=organisation)


def paid_next() -> date:
    """Return the day by which something is due that is paid with the next batch."""
    return clock.today() + _AHEAD


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@page(Permission.PAY)
def prepare_batch(request: Request) -> HttpResponse:
    only_post(request)
    form = PrepareForm(request.POST)

    def do() -> str:
        given = form.cleaned_data
        ticked = set(given["suppliers"])
        batch = actions.prepare(
            execute_on=given["execute_on"],
            due_by=given["due_by"],
            supplier_ids=None if given["others"] else ticked,
            without=set(given["shown"]) - ticked,
            by=request.viewer.actor,
        )
        return reverse("batch", args=[batch.ref])

    if form.is_valid():
        done = _("The batch is prepared: a second person approves it.")
        answer = carry_out(request, form, do, done=done)
        if answer:
            return answer
    due_by = form.cleaned_data.get("due_by") or clock.today()
    return _payments(
        request,
        form,
        _shown(request, due_by),
    )


@page(Permission.PAY)
def end_of_month(request: Request) -> HttpResponse:
    """Bill what waits and prepare one batch of all that is due by the end of the month: sent twice, it is done once."""
    only_post(request)
    due_by = Month.of(clock.today()).last_day
    made: list[str] = []

    def do() -> None:
        batch = actions.month_end(due_by=due_by, execute_on=clock.today() + _SOON, by=request.viewer.actor)
        if batch:
            made.append(batch.ref)
            messages.success(request, _("The batch is prepared: a second person approves it."))
        else:
            said = _("There is nothing more to pay by %(day)s.")
            messages.info(request, said % {"day": formatting.day(due_by)})

    answer = attempt(request, do, back_to=reverse("payments"))
    return HttpResponseRedirect(reverse("batch", args=made)) if made else answer


def _payments(request: Request, form: PrepareForm, found: DuePage) -> HttpResponse:
    ticked = {str(pk) for pk in form.ticked}
    is_open, executed = "open" in request.GET, span_of(request.GET.get("executed", ""))
    batches = slice_of(request, queries.batches(is_open=is_open, executed=executed), per_page=BATCHES)
    context = {
        "form": form,
        "money_tabs": money_tabs("payments"),
        "ready": [(p, str(p.supplier_id) in ticked) for p in found.ready],
        "others": found.others,
        "total_text": "" if found.others else formatting.money(Money.total(p.amount for p in found.ready)),
        "month_ends": Month.of(clock.today()).last_day,
        "left": found.left,
        "more": found.more,
        "pays": request.viewer.actor.may(Permission.PAY),
        "refused": [] if found.ready else list(rules.payer_is_known(request.viewer.organisation)),
        "page": batches,
        "all_batches_url": reverse("payments") + "#batches" if is_open or executed else "",
        "batches": [(batch, KINDS[BatchState(batch.state)]) for batch in batches.items],
    }
    return render(request, "office/payments.html", context, status=status_of(form))
