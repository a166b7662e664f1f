"""The results of surveys: every figure with its n, its period, its method, and the answers behind it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.kernel.permissions import Permission
from cordee.surveys import queries
from cordee.surveys.rules import reads_names
from cordee.web.office.opinions.filters import (
    ResultFilters,
    address_with,
    improve_address,
    kind_tabs,
    opinion_tabs,
)
from cordee.web.opinions.figures import method, rate_text, shown, trend
from cordee.web.pages import page
from cordee.web.request import Request


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
        "tabs": opinion_tabs(request.GET, "survey_results"),
        "found": found,
        "rate": rate_text(found),
        "figures": shown(
            found,
            lambda measure: address_with("survey_lots", request.GET, measure=measure),
            improve=lambda measure: improve_address(request.viewer.actor, scope, measure),
        ),
        "beside": _("everybody"),
        "trend": trend(found),
        "method": method(found, scope),
        "filters": request.GET.urlencode(),
        "reads_names": reads_names(request.viewer.actor),
        "clear_url": f"{reverse('survey_results')}?kind={scope.kind}" if narrowed else "",
    }
    return render(request, "office/opinions/results.html", context)
