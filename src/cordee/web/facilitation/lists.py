"""The facilitator's own missions and sessions."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext, pgettext, pgettext_lazy

from cordee.closure import queries as closure
from cordee.closure.queries import Listed
from cordee.conformity import queries as conformity
from cordee.conformity.states import Proof
from cordee.conformity.steps import PROVEN
from cordee.fees.steps import REQUESTED
from cordee.kernel import clock
from cordee.missions.queries import MissionFilter
from cordee.missions.states import MissionStatus
from cordee.missions.steps import ORDERED
from cordee.organisation.models import Organisation
from cordee.planning import queries as planning
from cordee.planning.models import Assignment
from cordee.planning.states import COUNTED, AssignmentStatus, StaffRole
from cordee.planning.steps import HELD, PLANNED
from cordee.web.addresses import address
from cordee.web.components import formatting
from cordee.web.facilitation.answers import when, where
from cordee.web.office.next_steps import next_step
from cordee.web.pages import facilitator_page
from cordee.web.request import Request

_PER_PAGE = 30
_KINDS = {
    AssignmentStatus.INVITED: "wait",
    AssignmentStatus.CONFIRMED: "done",
    AssignmentStatus.DECLINED: "neutral",
    AssignmentStatus.WITHDRAWN: "neutral",
}


@facilitator_page
def my_missions(request: Request) -> HttpResponse:
    """List the missions one coordinates: running, what is due first; or closed, newest first."""
    own = request.viewer.actor.facilitator_id
    closed = request.GET.get("closed") == "1"
    status = MissionStatus.CLOSED if closed else MissionStatus.RUNNING
    found = closure.boards(MissionFilter(coordinator_id=own, status=status))
    ordered = found.order_by("-mission__closed_at", "-mission_id") if closed else found
    page = Paginator(ordered, _PER_PAGE).get_page(request.GET.get("page"))
    shown: Any = page.object_list
    today = clock.today()
    context = {
        "page": page,
        "rows": [_mission(m) | {"step": next_step(m, today)} for m in closure.listed(shown)],
        "closed": closed,
        "tabs": _tabs(
            "my_missions",
            (_("Running"), "", not closed),
            (pgettext("missions", "Closed"), "?closed=1", closed),
        ),
    }
    return render(request, "facilitation/my_missions.html", context)


def _figures(mission: Listed) -> list[dict[str, Any]]:
    planned, held, proven, requested = (mission.of(c) for c in (PLANNED, HELD, PROVEN, REQUESTED))
    return [
        {"label": npgettext("prestations", "planned", "planned", planned), "value": planned},
        {"label": npgettext("prestations", "held", "held", held), "value": held},
        {"label": npgettext("prestations", "proven", "proven", proven), "value": proven},
        {"label": npgettext("prestations", "requested", "requested", requested), "value": requested},
    ]


def _mission(mission: Listed) -> dict[str, Any]:
    first, last = mission.first_day, mission.last_day
    return {
        "mission": mission,
        "ordered": mission.of(ORDERED),
        "url": address("mission", mission.ref),
        "title": mission.title,
        "client": mission.client,
        "dates": formatting.span(first, last) if first and last else "",
        "figures": _figures(mission),
    }


@facilitator_page
def my_sessions(request: Request) -> HttpResponse:
    """List one's own sessions: to come, or past with their proof."""
    own, now = request.viewer.actor.facilitator_id or 0, clock.now()
    past = request.GET.get("past") == "1"
    if past:
        places = planning.assignments_of_facilitator(own, ended_before=now).order_by(
            "-session__ends_at", "-pk"
        )
    else:
        places = planning.assignments_of_facilitator(own, ending_after=now)
    page = Paginator(places, _PER_PAGE).get_page(request.GET.get("page"))
    ran = [p.session for p in page.object_list if past and p.status == AssignmentStatus.CONFIRMED]
    proofs = conformity.proofs(ran, request.viewer.organisation)
    context = {
        "page": page,
        "past": past,
        "rows": [
            _session(
                place, past=past, proof=proofs.get(place.session_id), organisation=request.viewer.organisation
            )
            for place in page.object_list
        ],
        "tabs": _tabs("my_sessions", (_("To come"), "", not past), (_("Past"), "?past=1", past)),
    }
    return render(request, "facilitation/my_sessions.html", context)


_SHEETS: dict[Proof, tuple[str, Promise]] = {
    Proof.NO_SHEET: ("late", gettext_lazy("to complete")),
    Proof.AT_QUALITY: ("wait", pgettext_lazy("sheet", "with quality")),
    Proof.REFUSED: ("stop", pgettext_lazy("sheet", "refused")),
    Proof.PROVEN: ("done", pgettext_lazy("sheet", "proves it")),
}
"""What is said of the sheet of a session whose presence is recorded."""


def _session(
    place: Assignment, *, past: bool, proof: Proof | None, organisation: Organisation
) -> dict[str, Any]:
    session, status = place.session, AssignmentStatus(place.status)
    expected = status in COUNTED
    return {
        "title": session.title,
        "ref": session.ref,
        # Who declined or was withdrawn has no business on the session's page any more.
        "url": address("session", session.ref) if expected else "",
        "when": when(session),
        "where": where(session),
        "client": session.mission.order.client.name,
        "observer": place.role == StaffRole.OBSERVER,
        "kind": _KINDS[status],
        "status": place.get_status_display(),
        "to_answer": status == AssignmentStatus.INVITED and not past and session.starts_at > clock.now(),
        "ask_url": f"{reverse('my_work')}#ask-{place.pk}",
        "ran": proof is not None,
        "proven": proof != Proof.NO_PRESENCE,
        "sheet": _SHEETS.get(proof) if proof else None,
        "sheet_needed": conformity.needs_sheet(session.mission.order.sector, organisation),
        "sheet_url": address("sheet_review", session.ref),
        "presence_url": address("presence", session.ref),
    }


def _tabs(name: str, *tabs: tuple[str, str, bool]) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": reverse(name) + query, "current": current, "count": None}
        for label, query, current in tabs
    ]
