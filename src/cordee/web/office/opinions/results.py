"""The results of surveys: every figure with its n, its period, its method, and the answers behind it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.kernel.permissions import Permission
from cordee.surveys import queries
from cordee.web.office.opinions.filters import ResultFilters, address_with, kind_tabs
from cordee.web.opinions import method, rate_text, shown, trend
from cordee.web.pages import page
from cordee.web.request import Request


def opinion_tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """Return the ways of looking at the same answers."""
    places = {"survey_results": _("Figures")}
    return [
        {"label": label, "url": address_with(name, request.GET), "current": name == current, "count": None}
        for name, label in places.items()
    ]


@page(Permission.VIEW_SURVEYS)
def survey_results(request: Request) -> HttpResponse:
    """Show the figures of a kind of survey, with everybody's beside where they are narrowed."""
    form = ResultFilters(request.GET)
    scope = form.wanted()
    found = queries.results(scope)
    narrowed = bool(set(request.GET) - {"kind"})
    context = {
        "form": form,
        "kinds": kind_tabs(request.GET, "survey_results"),
        "tabs": opinion_tabs(request, "survey_results"),
        "found": found,
        "rate": rate_text(found),
        "figures": shown(found),
        "trend": trend(found),
        "method": method(found, scope),
        "compared": scope != scope.network,
        "clear_url": f"{reverse('survey_results')}?kind={scope.kind}" if narrowed else "",
    }
    return render(request, "office/opinions/results.html", context)
