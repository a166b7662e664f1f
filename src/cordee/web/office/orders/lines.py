"""Amending the quantity of a line, and correcting its price and fees."""

from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.kernel.permissions import Permission
from cordee.missions import actions, queries
from cordee.missions.models import Order, OrderLine
from cordee.missions.rules import LineChanges, is_running
from cordee.planning import actions as planning_actions
from cordee.planning import queries as planning
from cordee.web.office.orders.forms import AmendForm, PricesForm
from cordee.web.office.orders.pages import mission_of, order_or_404
from cordee.web.pages import HouseForm, carry_out, page, status_of
from cordee.web.request import Request


def line_or_404(order: Order, line_id: int) -> OrderLine:
    """Return a line of this very order."""
    found = next((line for line in queries.lines(order.pk) if line.pk == line_id), None)
    if found is None:
        raise Http404
    return found


@page(Permission.MANAGE_ORDERS)
def amend_line(request: Request, ref: str, line_id: int) -> HttpResponse:
    """Change the number of prestations, as agreed with the client; never below what is planned."""
    order = order_or_404(ref)
    line = line_or_404(order, line_id)
    form = AmendForm(request.POST or None, initial={"quantity": line.quantity}, version=order.version)

    def do() -> str:
        planning_actions.amend_order_line(
            line_id=line.pk,
            quantity=form.cleaned_data["quantity"],
            reason=form.cleaned_data["reason"],
            expected_version=form.cleaned_data["expected_version"],
            by=request.viewer.actor,
        )
        return reverse("order", args=[order.ref])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The amendment is recorded."))
        if answer:
            return answer
    return _show(request, "office/amend_line.html", order, line, form, planned=planning.committed(line.pk))


@page(Permission.MANAGE_ORDERS)
def change_line(request: Request, ref: str, line_id: int) -> HttpResponse:
    """Correct the participants expected, the price, and the fees that replace the schedule."""
    order = order_or_404(ref)
    line = line_or_404(order, line_id)
    names = ("expected_participants", "unit_price", "facilitation_fee", "coordination_fee")
    on_record = {name: getattr(line, name) for name in names}
    form = PricesForm(request.POST or None, initial=on_record, version=order.version)

    def do() -> str:
        given = {name: form.cleaned_data[name] for name in names}
        given["expected_participants"] = given["expected_participants"] or 0
        given["unit_price"] = given["unit_price"] or Decimal(0)
        actions.change_line(
            line_id=line.pk,
            changes=LineChanges(**given),
            expected_version=form.cleaned_data["expected_version"],
            by=request.viewer.actor,
        )
        return reverse("order", args=[order.ref])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The line is changed."))
        if answer:
            return answer
    return _show(request, "office/change_line.html", order, line, form, planned=0)


def _show(
    request: Request, template: str, order: Order, line: OrderLine, form: HouseForm, *, planned: int
) -> HttpResponse:
    mission = mission_of(order)
    context = {
        "order": order,
        "line": line,
        "form": form,
        "planned": planned,
        "back_url": reverse("order", args=[order.ref]),
        "refusals": list(is_running(mission)) if mission else [],
    }
    return render(request, template, context, status=status_of(form))
