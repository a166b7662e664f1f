"""Putting somebody in charge of a mission: search by name, one click on the name."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.kernel.permissions import Permission
from cordee.missions import actions, queries
from cordee.missions.rules import is_running
from cordee.network import queries as network
from cordee.web.numbers import an_id
from cordee.web.pages import attempt, mission_or_404, page
from cordee.web.request import Request

SHOWN = 30


class PeopleSearch(forms.Form):
    """One box for names, addresses and cities."""

    q = forms.CharField(
        required=False,
        max_length=100,
        label=gettext_lazy("Search"),
        widget=forms.SearchInput(attrs={"placeholder": gettext_lazy("Name, e-mail or city")}),
    )


@page(Permission.MANAGE_ORDERS)
def name_coordinator(request: Request, ref: str) -> HttpResponse:
    """Show those who may coordinate, with how many missions each has; the one chosen gets the link."""
    mission = mission_or_404(request, ref)
    back = reverse("mission", args=[mission.ref])
    chosen = an_id(request.POST.get("coordinator", ""))
    if chosen and network.facilitator(chosen):
        return attempt(
            request,
            lambda: actions.name_coordinator(
                mission_id=mission.pk, facilitator_id=chosen, by=request.viewer.actor
            ),
            back_to=back,
            done=_("The coordinator is named and gets the link by e-mail."),
        )
    search = PeopleSearch(request.GET)
    search.is_valid()
    found = list(network.coordinators(search.cleaned_data.get("q") or "")[: SHOWN + 1])
    running = queries.running_by_coordinator(f.pk for f in found)
    context = {
        "mission": mission,
        "back_url": back,
        "search": search,
        "people": [(f, running.get(f.pk, 0)) for f in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "refusals": list(is_running(mission)),
    }
    return render(request, "office/name_coordinator.html", context)
