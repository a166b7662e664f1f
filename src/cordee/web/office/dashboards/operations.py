"""Operations: what missions wait for and which are late, and how full the coming weeks are."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.closure import queries as closure
from cordee.closure.queries import Waiting
from cordee.enrolment import queries as enrolment
from cordee.enrolment.queries import Filling
from cordee.kernel import clock
from cordee.kernel.permissions import Permission
from cordee.missions import queries as missions
from cordee.missions.queries import MissionFilter
from cordee.missions.states import MissionStatus
from cordee.web.components.formatting import short_day
from cordee.web.office.coming import WEEKS
from cordee.web.office.dashboards.figures import Figure, figure, frame
from cordee.web.office.missions import NOBODY, NOTHING, RECENTLY
from cordee.web.office.next_steps import words
from cordee.web.pages import page
from cordee.web.periods import edges, weeks
from cordee.web.request import Request

_COORDINATORS = 8
"""How many of those with late missions are named; the list of missions finds the others."""


@dataclass(frozen=True, slots=True)
class Row:
    """What missions wait for, or who coordinates them: how many, how many are late and since when."""

    label: str
    missions: Figure
    late: Figure
    since: date | None
    share: int
    """Of the missions of all rows, in per cent."""


@dataclass(frozen=True, slots=True)
class Week:
    """A week to come: its sessions, those that nobody runs, and the places that are taken."""

    label: str
    sessions: Figure
    unstaffed: Figure
    taken: Figure
    places: int
    rate: int | None


@page(Permission.VIEW_CLIENTS)
def operations_dashboard(request: Request) -> HttpResponse:
    """Show where missions stand and how full the coming weeks are."""
    today = clock.today()
    by_step, mondays = closure.by_step(today), weeks(WEEKS)
    filled = enrolment.filling(edges(mondays))
    context = {
        **frame(request.viewer.actor, "operations_dashboard"),
        "layout": "queues",
        "stats": [*_missions(by_step), *_sessions(filled)],
        "steps": [_step(code, waiting, by_step) for code, waiting in _most_late_first(by_step)],
        "coordinators": _coordinators(today),
        "weeks": [_week(monday, filling) for monday, filling in zip(mondays, filled, strict=True)],
    }
    return render(request, "office/dashboards/operations.html", context)


def _missions(by_step: dict[str, Waiting]) -> list[Figure]:
    late = sum(waiting.late for waiting in by_step.values())
    since = min((w.since for w in by_step.values() if w.since), default=None)
    closed = missions.missions(
        MissionFilter(status=MissionStatus.CLOSED, closed_since=clock.now() - RECENTLY)
    )
    orders = missions.orders_without_mission().count()
    return [
        figure(sum(w.missions for w in by_step.values()), "missions", label=_("Missions running")),
        figure(
            late,
            "missions",
            "?late=on",
            label=ngettext("Mission late", "Missions late", late),
            detail=_("since %(day)s") % {"day": short_day(since)} if since else "",
            kind="late",
        ),
        figure(
            orders,
            "orders_to_open",
            label=ngettext("Order without a mission", "Orders without a mission", orders),
            kind="wait",
        ),
        figure(
            closed.count(),
            "missions",
            "?status=closed&recent=on",
            label=_("Missions closed"),
            detail=_("in the last 30 days"),
        ),
    ]


def _sessions(filled: list[Filling]) -> list[Figure]:
    sessions, unstaffed = sum(f.sessions for f in filled), sum(f.unstaffed for f in filled)
    detail = _("in eight weeks, this one included")
    return [
        figure(sessions, "coming_sessions", label=_("Sessions"), detail=detail),
        figure(
            unstaffed, "coming_sessions", "?unstaffed=on", label=_("Sessions that nobody runs"), kind="late"
        ),
    ]


def _most_late_first(by_step: dict[str, Waiting]) -> list[tuple[str, Waiting]]:
    return sorted(by_step.items(), key=lambda item: (-item[1].late, -item[1].missions, item[0]))


def _step(code: str, waiting: Waiting, by_step: dict[str, Waiting]) -> Row:
    step = code or NOTHING
    return Row(
        label=words(code),
        missions=figure(waiting.missions, "missions", f"?step={step}"),
        late=figure(waiting.late, "missions", f"?step={step}&late=on"),
        since=waiting.since,
        share=round(100 * waiting.missions / sum(w.missions for w in by_step.values())),
    )


def _coordinators(today: date) -> list[dict[str, Any]]:
    return [
        {
            "label": led.name or _("nobody in charge"),
            "late": figure(
                led.waiting.late, "missions", f"?coordinator={led.coordinator_id or NOBODY}&late=on"
            ),
            "since": led.waiting.since,
        }
        for led in closure.late_by_coordinator(today, limit=_COORDINATORS)
    ]


def _week(monday: date, filling: Filling) -> Week:
    of_week = f"?week={monday.isoformat()}"
    return Week(
        label=f"{short_day(monday)} – {short_day(monday + timedelta(days=6))}",
        sessions=figure(filling.sessions, "coming_sessions", of_week),
        unstaffed=figure(filling.unstaffed, "coming_sessions", f"{of_week}&unstaffed=on"),
        taken=figure(filling.taken, "coming_sessions", of_week),
        places=filling.places,
        rate=filling.rate,
    )
