"""Correcting what was agreed, quantities apart."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.clients import queries as clients
from cordee.kernel.permissions import Permission
from cordee.missions import actions
from cordee.missions.rules import OrderChanges, is_running
from cordee.web.office.forms import EditForm
from cordee.web.office.orders.forms import AgreedForm, agreed_values
from cordee.web.office.orders.pages import mission_of, order_or_404
from cordee.web.pages import carry_out, page, status_of
from cordee.web.request import Request


class ChangeOrderForm(AgreedForm, EditForm):
    """What was agreed, as it stands on record."""


@page(Permission.MANAGE_ORDERS)
def change_order(request: Request, ref: str) -> HttpResponse:
    """Change title, dates, sector, contact, funder, information or notes."""
    order = order_or_404(ref)
    mission = mission_of(order)
    form = ChangeOrderForm(
        request.POST or None,
        initial=agreed_values(order),
        version=order.version,
        contacts=clients.contacts(order.client_id),
    )
    back = reverse("order", args=[order.ref])

    def do() -> str:
        actions.change_order(
            order_id=order.pk,
            changes=OrderChanges(**form.agreed()),
            expected_version=form.cleaned_data["expected_version"],
            by=request.viewer.actor,
        )
        return back

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The order is changed."))
        if answer:
            return answer
    context = {
        "order": order,
        "form": form,
        "back_url": back,
        "refusals": list(is_running(mission)) if mission else [],
    }
    return render(request, "office/change_order.html", context, status=status_of(form))
