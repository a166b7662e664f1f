"""What people thought of a mission or a session: for its coordinator, and for those who read all surveys."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.catalogue.models import QUESTIONNAIRE_LABELS
from cordee.catalogue.states import SATISFACTION, QuestionnaireKind
from cordee.kernel.actor import Actor
from cordee.missions.models import Mission
from cordee.planning.models import Session
from cordee.surveys import queries
from cordee.surveys.queries import Scope
from cordee.surveys.rules import may_read_results, reads_names
from cordee.web.opinions.figures import method, per_cent, rate_text, shown, trend
from cordee.web.opinions.places import said
from cordee.web.pages import mission_or_404, page, session_or_404
from cordee.web.request import Request
from cordee.web.slices import slice_of


@dataclass(frozen=True, slots=True)
class Line:
    """What leads to the results, with what they say in short."""

    url: str
    rate: str
    mean: float | None


def line_of(session: Session, actor: Actor) -> Line | None:
    """Return what participants said of a session; nothing to who may not read it, or where nobody was asked."""
    if not may_read_results(session.mission, actor):
        return None
    found = queries.headline(Scope(kind=QuestionnaireKind.HOT, session_id=session.pk))
    if found is None:
        return None
    url = reverse("session_opinions", args=[session.ref])
    return Line(url, per_cent(found.answered, found.invited), found.recommended)


@page()
def mission_opinions(request: Request, ref: str) -> HttpResponse:
    """Show what was answered about a mission: its sessions together, and the mission as a whole."""
    mission = mission_or_404(request, ref)
    scope = Scope(kind=_kind(request), mission_id=mission.pk)
    return _show(request, mission, scope, {"here": reverse("mission_opinions", args=[ref])})


@page()
def session_opinions(request: Request, ref: str) -> HttpResponse:
    """Show what was answered about one session."""
    session = session_or_404(request, ref)
    scope = Scope(kind=_kind(request), session_id=session.pk)
    here = reverse("session_opinions", args=[ref])
    return _show(request, session.mission, scope, {"session": session, "here": here})


def _kind(request: Request) -> QuestionnaireKind:
    asked = request.GET.get("kind", "")
    return QuestionnaireKind(asked) if asked in set(SATISFACTION) else QuestionnaireKind.HOT


def _show(request: Request, mission: Mission, scope: Scope, about: dict[str, Any]) -> HttpResponse:
    actor = request.viewer.actor
    if not may_read_results(mission, actor):
        raise PermissionDenied
    found = queries.results(scope)
    comments = slice_of(request, queries.comments(scope), wide=True)
    # A client is asked of the mission as a whole, never of one session.
    kinds = [kind for kind in SATISFACTION if scope.session_id is None or kind != QuestionnaireKind.CLIENT]
    context = {
        **about,
        "mission": mission,
        "kinds": [
            {
                "label": QUESTIONNAIRE_LABELS[kind],
                "url": f"{about['here']}?kind={kind}",
                "current": kind == scope.kind,
                "count": None,
            }
            for kind in kinds
        ],
        "found": found,
        "rate": rate_text(found),
        "figures": shown(found),
        "beside": _("everybody"),
        "method": method(found, scope),
        "trend": trend(found),
        "page": comments,
        "comments": list(said(comments.items, names=reads_names(actor))),
    }
    return render(request, "coordination/opinions.html", context)
