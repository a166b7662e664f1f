"""A new order: choose the client, say what was agreed, and open the mission in the same go."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.clients import queries as clients
from cordee.clients.models import ClientOrganisation
from cordee.clients.states import Sector
from cordee.closure import actions as closure
from cordee.kernel.permissions import Permission
from cordee.missions import actions
from cordee.network import queries as network
from cordee.web.numbers import an_id
from cordee.web.office.orders.forms import LineForm, LineFormSet, OrderForm, lines_formset
from cordee.web.pages import carry_out, page, status_of
from cordee.web.request import Request

SHOWN = 20


class ClientSearch(forms.Form):
    """Which client orders."""

    q = forms.CharField(
        required=False,
        max_length=100,
        label=gettext_lazy("Client"),
        widget=forms.SearchInput(
            attrs={"placeholder": gettext_lazy("Name, city or SIRET"), "autofocus": True}
        ),
    )


@page(Permission.MANAGE_ORDERS)
def new_order(request: Request) -> HttpResponse:
    """First the client (`?client=`), then everything else on one page."""
    asked = an_id(request.GET.get("client", ""))
    if asked is None:
        return _choose_client(request)
    client = clients.client(asked)
    if client is None:
        raise Http404
    if request.method != "POST":
        return _show(request, client, _form(client), lines_formset())
    if "add_line" in request.POST:
        return _one_more_line(request, client)
    form, lines = _form(client, request.POST), lines_formset(request.POST)
    if all([form.is_valid(), lines.is_valid()]):
        answer = carry_out(
            request, form, lambda: _record(request, client, form, lines), done=_("The order is recorded.")
        )
        if answer:
            return answer
    return _show(request, client, form, lines)


def _choose_client(request: Request) -> HttpResponse:
    search = ClientSearch(request.GET)
    search.is_valid()
    words = search.cleaned_data.get("q") or ""
    found = list(clients.clients(words)[: SHOWN + 1])
    context = {"search": search, "clients": found[:SHOWN], "more": len(found) > SHOWN, "words": words}
    return render(request, "office/choose_client.html", context)


def _form(client: ClientOrganisation, data: Any = None, initial: dict[str, Any] | None = None) -> OrderForm:
    contacts = list(client.contacts.all())
    defaults = {"sector": client.sector, "contact": str(contacts[0].pk) if len(contacts) == 1 else ""}
    return OrderForm(
        data,
        contacts=sorted(contacts, key=lambda c: (c.last_name, c.first_name)),
        coordinators=network.coordinators(),
        initial={**defaults, **(initial or {})},
    )


def _one_more_line(request: Request, client: ClientOrganisation) -> HttpResponse:
    """Show the page again with one more row: nothing typed is lost, nothing is judged yet."""
    posted = request.POST
    names = list(LineForm.base_fields)
    total = an_id(posted.get("lines-TOTAL_FORMS", "")) or 0
    typed = [{name: posted.get(f"lines-{row}-{name}", "") for name in names} for row in range(min(total, 60))]
    form = _form(client, initial={name: posted.get(name, "") for name in OrderForm.base_fields})
    return _show(request, client, form, lines_formset(typed=typed), added=True)


def _record(request: Request, client: ClientOrganisation, form: OrderForm, lines: LineFormSet) -> str:
    """Record the order, and open its mission unless it is to be opened later."""
    actor = request.viewer.actor
    agreed = form.agreed()
    agreed["sector"] = Sector(agreed["sector"])
    order = actions.record_order(client_id=client.pk, lines=lines.drafts(), by=actor, **agreed)
    if "later" in request.POST:
        return reverse("order", args=[order.ref])
    coordinator = form.cleaned_data["coordinator"]
    mission = closure.open_mission(
        order_id=order.pk, coordinator_id=int(coordinator) if coordinator else None, by=actor
    )
    return reverse("mission", args=[mission.ref])


def _show(
    request: Request, client: ClientOrganisation, form: OrderForm, lines: LineFormSet, *, added: bool = False
) -> HttpResponse:
    bad_lines = lines.is_bound and not lines.is_valid()
    if added:
        lines.forms[-1].fields["service"].widget.attrs["autofocus"] = True
    context = {
        "client": client,
        "form": form,
        "lines": lines,
        "bad_lines": bad_lines,
        "new_contact_url": reverse("new_contact", args=[client.pk]) + "?then=order",
    }
    return render(request, "office/new_order.html", context, status=422 if bad_lines else status_of(form))
