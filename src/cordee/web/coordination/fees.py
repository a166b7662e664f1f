"""Asking for the fees of a mission: what is sent is what is seen."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.conformity.queries import Holds
from cordee.fees import actions, queries
from cordee.fees.models import FeeRequest
from cordee.fees.queries import FeePreview
from cordee.fees.states import RequestKind, RequestStatus
from cordee.kernel.money import Money
from cordee.kernel.permissions import Permission
from cordee.missions.models import Mission
from cordee.missions.rules import can_run, is_running
from cordee.network.queries import everybodys_names
from cordee.organisation.models import Organisation
from cordee.payments import queries as payments
from cordee.web.coordination.mission import REQUEST_KINDS
from cordee.web.coordination.payable import unready
from cordee.web.coordination.refusals import with_ways_out
from cordee.web.money import money_state
from cordee.web.pages import HouseForm, carry_out, mission_or_404, need_to_run, page, status_of
from cordee.web.request import Request


class AskForm(HouseForm):
    """Asks for the fees that were shown."""

    total = forms.DecimalField(
        widget=forms.HiddenInput, min_value=0, max_value=10**9, max_digits=12, decimal_places=2
    )


@page()
def mission_fees(request: Request, ref: str) -> HttpResponse:
    mission = mission_or_404(request, ref)
    actor = request.viewer.actor
    form = AskForm(request.POST or None)
    if request.method == "POST":
        need_to_run(request, mission)
        if form.is_valid():
            total = Money(form.cleaned_data["total"])
            done = carry_out(
                request, form, lambda: _ask(request, mission, total), done=_("The fees are asked for.")
            )
            if done:
                return done
    preview = queries.preview(mission)
    runs = can_run(mission, actor)
    blockers = [*is_running(mission), *preview.blockers]
    context = {
        "mission": mission,
        "office": actor.may(Permission.VIEW_MISSIONS),
        "runs": runs,
        "preview": preview,
        "form": AskForm(initial={"total": preview.total.amount}),
        "refusals": with_ways_out(form.refusals, _ways_out(request, mission)),
        "blockers": with_ways_out(blockers, _ways_out(request, mission)),
        "may_allow": actor.may(Permission.DECIDE_FEES) and any(b.code == "once_a_month" for b in blockers),
        "held": _held(preview),
        "unready": unready(c.assignment.facilitator for c in (*preview.ready, *preview.held)),
        "asked": _asked(queries.requests_of(mission.pk), request.viewer.organisation),
    }
    return render(request, "coordination/fees.html", context, status=status_of(form))


def _ask(request: Request, mission: Mission, total: Money) -> str:
    actions.request_fees(mission_id=mission.pk, expected_total=total, by=request.viewer.actor)
    return reverse("mission_fees", args=[mission.ref]) + "#asked"


def _ways_out(request: Request, mission: Mission) -> dict[str, str]:
    actor = request.viewer.actor
    urls = {}
    if actor.may(Permission.DECIDE_FEES):
        urls["once_a_month"] = reverse("allow_request", args=[mission.ref])
    if actor.may(Permission.EDIT_CATALOGUE):
        urls["no_rate"] = reverse("catalogue")
    return urls


def _held(preview: FeePreview) -> list[tuple[Any, list[Any]]]:
    """Return the fees held back, each reason with the way to its session."""
    found = []
    for candidate in preview.held:
        session = reverse("session", args=[candidate.assignment.session.ref])
        urls = {"not_confirmed": f"{session}#staff", "session_to_come": session}
        found.append((candidate, with_ways_out(candidate.blockers, urls)))
    return found


def _asked(requests: list[FeeRequest], organisation: Organisation) -> list[dict[str, Any]]:
    lines = [line for r in requests for line in r.lines.all()]
    where = payments.whereabouts(lines, organisation)
    known = Holds(lines, {r.pk: r.mission_id for r in requests}, organisation=organisation)
    users = {u for r in requests for u in (r.sent_by, r.decided_by) if u is not None}
    names, _facilitators = everybodys_names(users, ())
    return [
        {
            "request": r,
            "lines": [
                (line, known.of(line), money_state(line, where.get(line.pk))) for line in r.lines.all()
            ],
            "coordination": r.kind == RequestKind.COORDINATION,
            "kind": REQUEST_KINDS[RequestStatus(r.status)],
            "state": r.get_status_display(),
            "total": Money(sum((line.amount for line in r.lines.all()), Decimal(0))),
            "by": names.get(r.sent_by or 0, ""),
            "decided_by": names.get(r.decided_by or 0, ""),
        }
        for r in requests
    ]
