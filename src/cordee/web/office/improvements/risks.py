"""The register of risks, the heaviest first and late reviews on top."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from cordee.journal.queries import timeline_of
from cordee.kernel import clock
from cordee.kernel.permissions import Permission
from cordee.quality import actions, queries, rules
from cordee.web.coordination.timeline import lines
from cordee.web.office.improvements.forms import RiskForm
from cordee.web.office.improvements.register import LATE, places
from cordee.web.pages import carry_out, page, status_of
from cordee.web.request import Request
from cordee.web.slices import slice_of


@page(Permission.VIEW_COMPLAINTS)
def risks(request: Request) -> HttpResponse:
    """List the risks, or those to look at again."""
    late = request.GET.get("state") == LATE
    shown = slice_of(request, queries.late_risks() if late else queries.risks())
    context = {
        "places": places("risks"),
        "tabs": _tabs(late=late),
        "page": shown,
        "rows": shown.items,
        "today": clock.today(),
        "handles": rules.handles(request.viewer.actor),
    }
    return render(request, "office/improvements/risks.html", context)


def _tabs(*, late: bool) -> list[dict[str, Any]]:
    all_url = reverse("risks")
    to_review = {"url": f"{all_url}?state={LATE}", "current": late, "count": queries.late_risks().count()}
    return [
        {"label": _("All"), "url": all_url, "current": not late, "count": None},
        {"label": _("To look at again"), **to_review},
    ]


@sensitive_post_parameters("what", "against")
@page(Permission.HANDLE_COMPLAINTS)
def new_risk(request: Request) -> HttpResponse:
    """Judge a risk for the first time."""
    form = RiskForm(
        request.POST if request.method == "POST" else None, initial={"owner": request.viewer.actor.user_id}
    )

    def do() -> str:
        actions.record_risk(draft=form.draft(), by=request.viewer.actor)
        return reverse("risks")

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Kept."))
        if done:
            return done
    context = {"form": form, "places": places("risks")}
    return render(request, "office/improvements/new_risk.html", context, status=status_of(form))


@sensitive_post_parameters("what", "against")
@page(Permission.HANDLE_COMPLAINTS)
def risk(request: Request, risk_id: int) -> HttpResponse:
    """Show one risk and how it was judged before; judge it anew."""
    found = queries.risk(risk_id)
    if found is None:
        raise Http404
    names = ("what", "likelihood", "gravity", "against")
    initial = {name: getattr(found, name) for name in names} | {"owner": found.owner_id}
    form = RiskForm(request.POST if request.method == "POST" else None, initial=initial)

    def do() -> str:
        actions.review_risk(risk_id=found.pk, draft=form.draft(), by=request.viewer.actor)
        return reverse("risks")

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Kept."))
        if done:
            return done
    context = {
        "places": places("risks"),
        "risk": found,
        "late": found.review_by < clock.today(),
        "form": form,
        "entries": lines(timeline_of(f"risk_id:{found.pk}"), []),
    }
    return render(request, "office/improvements/risk.html", context, status=status_of(form))
