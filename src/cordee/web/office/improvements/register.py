"""The list of improvements, what is late on top; and opening one from where it is seen that one is needed."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from cordee.kernel import clock
from cordee.kernel.permissions import Permission
from cordee.quality import actions, queries, rules
from cordee.quality.models import IMPROVEMENT_LABELS, Improvement
from cordee.quality.rules.improving import From
from cordee.quality.states import ImprovementState, Origin
from cordee.surveys import queries as surveys
from cordee.web.numbers import an_id
from cordee.web.office.improvements.forms import ImprovementForm
from cordee.web.pages import carry_out, page, session_or_404, status_of
from cordee.web.request import Request
from cordee.web.slices import slice_of

ALL, LATE = "all", "late"
_LOOKED_AHEAD = timedelta(days=30)
_LONGEST_FIGURE = 45
KINDS = {
    ImprovementState.PLANNED: "go",
    ImprovementState.DONE: "wait",
    ImprovementState.MEASURED: "done",
    ImprovementState.GIVEN_UP: "neutral",
}


@dataclass(frozen=True, slots=True)
class Row:
    """An improvement as the list shows it."""

    improvement: Improvement
    kind: str


def kind_of(improvement: Improvement) -> str:
    """Return the status kind of an improvement; one whose day has gone by undone is late."""
    state = ImprovementState(improvement.state)
    late = state == ImprovementState.PLANNED and improvement.due_on < clock.today()
    return "late" if late else KINDS[state]


@page(Permission.VIEW_COMPLAINTS)
def improvements(request: Request) -> HttpResponse:
    """List improvements by state: those to be done first, late ones on top."""
    asked = request.GET.get("state", ImprovementState.PLANNED)
    state = asked if asked in {LATE, ALL, *ImprovementState} else ImprovementState.PLANNED
    found = queries.improvements(state="" if state in {ALL, LATE} else state, late=state == LATE)
    shown = slice_of(request, found)
    context = {
        "places": places("improvements"),
        "tabs": _tabs(state),
        "page": shown,
        "rows": [Row(one, kind_of(one)) for one in shown.items],
        "handles": rules.handles(request.viewer.actor),
    }
    return render(request, "office/improvements/list.html", context)


def _tabs(current: str) -> list[dict[str, Any]]:
    labels = {
        ImprovementState.PLANNED.value: _("To do"),
        LATE: _("Late"),
        **{
            s.value: capfirst(label)
            for s, label in IMPROVEMENT_LABELS.items()
            if s != ImprovementState.PLANNED
        },
        ALL: _("All"),
    }
    return [
        {
            "label": label,
            "url": f"{reverse('improvements')}?state={value}",
            "current": value == current,
            "count": queries.late_improvements() if value == LATE else None,
        }
        for value, label in labels.items()
    ]


def places(current: str) -> list[dict[str, Any]]:
    """Return the registers of quality as tabs."""
    labels = {"complaints": _("Complaints"), "improvements": _("Improvements"), "risks": _("Risks")}
    return [
        {"label": label, "url": reverse(name), "current": name == current, "count": None}
        for name, label in labels.items()
    ]


@sensitive_post_parameters("why", "expected")
@page(Permission.HANDLE_COMPLAINTS)
def new_improvement(request: Request) -> HttpResponse:
    """Open an improvement; the address says what it comes from, and what may be known of that beforehand."""
    origin, told = _origin(request)
    figure = request.GET.get("figure", "")[:_LONGEST_FIGURE]
    form = ImprovementForm(
        request.POST if request.method == "POST" else None,
        own_question=figure,
        initial={
            "figure": figure,
            "service": an_id(request.GET.get("service", "")),
            "owner": request.viewer.actor.user_id,
            "due_on": clock.today() + _LOOKED_AHEAD,
        },
    )

    def do() -> str:
        made = actions.open_improvement(draft=form.draft(), origin=origin, by=request.viewer.actor)
        return reverse("improvement", args=[made.ref])

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Planned."))
        if done:
            return done
    context = {"form": form, "told": told, "places": places("improvements")}
    return render(request, "office/improvements/new.html", context, status=status_of(form))


def _origin(request: Request) -> tuple[From, str]:
    """Return what an improvement is opened from, and a line that says so. What is not there, or may not be known,
    is not found.
    """
    asked = request.GET
    if ref := asked.get("complaint", ""):
        complaint = queries.complaint_of(ref, request.viewer.actor)
        if complaint is None:
            raise Http404
        told = _("Complaint %(ref)s") % {"ref": ref}
        if complaint.confidential:
            told += "\n" + _(
                "It is confidential: what you write here is read by more people. Do not let it show."
            )
        return From(origin=Origin.COMPLAINT, complaint_id=complaint.pk), told
    if ref := asked.get("session", ""):
        session = session_or_404(request, ref)
        return From(origin=Origin.SESSION, session_id=session.pk), session.title
    if number := asked.get("comment", ""):
        comment = surveys.comment(an_id(number) or 0)
        if comment is None:
            raise Http404
        return From(origin=Origin.COMMENT, comment_id=comment.pk), comment.text
    if asked.get("figure"):
        return From(origin=Origin.SCORE), ""
    return From(), ""
