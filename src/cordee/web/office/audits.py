"""Audits: missions drawn at random or named by the auditor, and the file made of them."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.audits import actions, queries, rules
from cordee.audits.models import Audit
from cordee.audits.states import LONGEST_SEED, MOST_MISSIONS
from cordee.files import queries as files
from cordee.journal.queries import timeline_of
from cordee.kernel.permissions import Permission
from cordee.web.coordination.timeline import lines
from cordee.web.fields import DayField
from cordee.web.pages import HouseForm, carry_out, page, status_of
from cordee.web.periods import last_twelve
from cordee.web.request import Request
from cordee.web.slices import slice_of

_YEARS = 5
_USUAL = 10
"""Missions of a sample, unless somebody says otherwise."""


class AuditForm(HouseForm):
    """Which missions an auditor looks at."""

    since = DayField(label=gettext_lazy("Sessions that ended from"), years_before=_YEARS, years_after=0)
    until = DayField(label=gettext_lazy("to"), years_before=_YEARS, years_after=1)
    count = forms.IntegerField(
        label=gettext_lazy("Missions to draw at random"), min_value=1, max_value=MOST_MISSIONS, initial=_USUAL
    )
    seed = forms.CharField(
        label=gettext_lazy("Seed"),
        required=False,
        max_length=LONGEST_SEED,
        help_text=gettext_lazy("A word of the auditor’s, for example. Empty: one is made up, and shown."),
    )
    refs = forms.CharField(
        label=gettext_lazy("Or the auditor’s list"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "M-2026-0001"}),
        help_text=gettext_lazy("References of missions, one a line: then nothing is drawn."),
    )


def tabs(current: str) -> list[dict[str, Any]]:
    """Return the two ways of looking at quality."""
    places = {"indicators": _("Indicators"), "audits": _("Audits")}
    return [
        {"label": label, "url": reverse(name), "current": name == current, "count": None}
        for name, label in places.items()
    ]


@page(Permission.VIEW_INDICATORS)
def audits(request: Request) -> HttpResponse:
    """List audits, the latest first."""
    context = {
        "tabs": tabs("audits"),
        "page": slice_of(request, queries.audits()),
        "draws": rules.draws(request.viewer.actor),
        "may_invite": request.viewer.actor.may(Permission.INVITE_AUDITORS),
    }
    return render(request, "office/audits.html", context)


@page(Permission.DRAW_AUDITS)
def new_audit(request: Request) -> HttpResponse:
    """Draw or name the missions of an audit; the worker makes its file."""
    since, until = last_twelve()
    initial = {"since": since, "until": until}
    form = AuditForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        done = carry_out(
            request, form, lambda: _ask(request, form), done=_("The file is being made: some seconds.")
        )
        if done:
            return done
    return render(request, "office/new_audit.html", {"form": form}, status=status_of(form))


def _ask(request: Request, form: AuditForm) -> str:
    data, by = form.cleaned_data, request.viewer.actor
    since, until = data["since"], data["until"]
    refs = data["refs"].replace(",", " ").replace(";", " ").split()
    if refs:
        made = actions.ask_named(since=since, until=until, refs=refs, by=by)
    else:
        made = actions.ask_draw(since=since, until=until, count=data["count"], seed=data["seed"], by=by)
    return reverse("audit", args=[made.ref])


def audit_or_404(ref: str) -> Audit:
    found = queries.audit_by_ref(ref)
    if found is None:
        raise Http404
    return found


@page(Permission.VIEW_INDICATORS)
def audit(request: Request, ref: str) -> HttpResponse:
    """Show the missions of an audit, and its file."""
    found, actor = audit_or_404(ref), request.viewer.actor
    context = {
        "audit": found,
        "missions": sorted(found.missions.all(), key=lambda mission: mission.ref),
        "facts": _facts(found),
        "entries": lines(timeline_of(f"audit_id:{found.pk}"), []) if rules.handles(actor) else [],
    }
    return render(request, "office/audit.html", context)


def _facts(found: Audit) -> list[dict[str, str]]:
    if not found.seed:
        return [{"label": _("Missions"), "value": _("named by the auditor"), "url": ""}]
    among = _("drawn at random among %(among)d") % {"among": found.among}
    again = _("Those whose SHA-256 of “seed:reference” is the smallest.")
    facts = {_("Missions"): among, _("Seed"): found.seed, _("How to draw again"): again}
    return [{"label": label, "value": value, "url": ""} for label, value in facts.items()]


@page(Permission.VIEW_INDICATORS)
def audit_file(request: Request, ref: str) -> HttpResponse:
    """Give the file of an audit; who takes it is written down."""
    found = audit_or_404(ref)
    if found.file is None:
        raise Http404
    actions.take(audit_id=found.pk, by=request.viewer.actor)
    headers = {"Content-Disposition": f'attachment; filename="{found.ref}.zip"'}
    return HttpResponse(files.content(found.file), content_type="application/zip", headers=headers)
