"""What people learned on a mission and its sessions: group by group, and person by person to who may read it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.spreadsheets import Cell
from cordee.missions.rules import may_see
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.surveys import queries
from cordee.surveys.queries import Figures, Learned, per_cent
from cordee.surveys.rules import may_read_results
from cordee.web import learned
from cordee.web.coordination.group_profile import reads_answers
from cordee.web.pages import mission_or_404, page, session_or_404
from cordee.web.request import Request
from cordee.web.table_files import table_file


@dataclass(frozen=True, slots=True)
class Line:
    """One session on the page of its mission."""

    session: Session
    learned: Learned
    told: Figures | None
    few: bool


@dataclass(frozen=True, slots=True)
class Short:
    """What leads to the page, with what it says in short."""

    url: str
    learned: Learned
    told: Figures | None


def short_of(session: Session, *, reads: bool) -> Short | None:
    """Return what was learned on a session in short; nothing before it ends, or where no check was asked."""
    if session.starts_at > clock.now():
        return None
    found = queries.learned_on([session]).get(session.pk)
    if found is None:
        return None
    url = reverse("session_progress", args=[session.ref])
    return Short(url, found, _told(found.figures, reads=reads))


@page()
def session_progress(request: Request, ref: str) -> HttpResponse:
    """Show what the people of a session learned; each by name to who reads their answers."""
    session = session_or_404(request, ref)
    actor = request.viewer.actor
    reads = _reads(session, actor)
    found = queries.learned_on([session]).get(session.pk)
    figures = found.figures if found else Figures()
    told = _told(figures, reads=reads)
    everybody = [person.progress for person in found.people] if found else []
    context = {
        "session": session,
        "mission": session.mission,
        "sees_mission": may_see(session.mission, actor),
        "found": found,
        "figures": figures,
        "told": told,
        "few": learned.is_few(figures),
        "questions": learned.by_question(everybody) if told else [],
        "people": [(p.name, learned.overall(p.progress), learned.rows(p.progress)) for p in found.people]
        if found and reads
        else [],
        "reads": reads,
        "method": learned.method(),
    }
    return render(request, "coordination/session_progress.html", context)


@page()
def session_progress_file(request: Request, ref: str) -> StreamingHttpResponse:
    """Give what each person of a session learned."""
    session = session_or_404(request, ref)
    if not _reads(session, request.viewer.actor):
        raise PermissionDenied
    found = queries.learned_on([session]).get(session.pk)
    heads = [_("Name"), _("Before (%)"), _("At the end (%)"), pgettext("learning", "Change"), _("Comparison")]
    return table_file(request, f"acquis-{ref}", heads, _person_cells(found) if found else [])


def _person_cells(found: Learned) -> Iterable[list[Cell]]:
    for person in found.people:
        told = person.progress
        after = told.after if told.after is not None else told.level
        yield [
            person.name,
            None if told.before is None else per_cent(told.before),
            None if after is None else per_cent(after),
            str(learned.MOVES[told.move]) if told.move else "",
            str(learned.REASONS[told.reason]) if told.reason else "",
        ]


@page()
def mission_progress(request: Request, ref: str) -> HttpResponse:
    """Show what was learned on a mission, session by session and together."""
    mission = mission_or_404(request, ref)
    if not may_read_results(mission, request.viewer.actor):
        raise PermissionDenied
    lines = _lines(mission.pk)
    total = sum((line.learned.figures for line in lines), Figures())
    context = {
        "mission": mission,
        "lines": lines,
        "asked": sum(line.learned.asked for line in lines),
        "figures": total,
        "told": _told(total, reads=True),
        "few": learned.is_few(total),
        "method": learned.method(),
    }
    return render(request, "coordination/mission_progress.html", context)


@page()
def mission_progress_file(request: Request, ref: str) -> StreamingHttpResponse:
    """Give what was learned on a mission, a row for each session."""
    mission = mission_or_404(request, ref)
    if not may_read_results(mission, request.viewer.actor):
        raise PermissionDenied
    heads = [
        _("Session"),
        _("Day"),
        _("Asked"),
        _("Answered"),
        _("Compared"),
        _("Progressed"),
        _("Same level"),
        _("Lower"),
        _("Before (%)"),
        _("At the end (%)"),
    ]
    return table_file(request, f"acquis-{ref}", heads, map(_session_cells, _lines(mission.pk)))


def _session_cells(line: Line) -> list[Cell]:
    figures = line.learned.figures
    return [
        f"{line.session.ref} {line.session.title}",
        line.session.starts.date().isoformat(),
        line.learned.asked,
        figures.given,
        figures.compared,
        figures.progressed,
        figures.stayed,
        figures.back,
        figures.mean_before,
        figures.mean_after,
    ]


def _lines(mission_id: int) -> list[Line]:
    sessions = planning.sessions_of(mission_id)
    found = queries.learned_on(sessions)
    return [
        Line(s, found[s.pk], _told(found[s.pk].figures, reads=True), learned.is_few(found[s.pk].figures))
        for s in sessions
        if s.pk in found
    ]


def _told(figures: Figures, *, reads: bool) -> Figures | None:
    """Return figures to show: of fewer than five people they would tell who is who to those who read no names."""
    if not figures.compared or (learned.is_few(figures) and not reads):
        return None
    return figures


def _reads(session: Session, actor: Actor) -> bool:
    return reads_answers(session, actor, planning.running([session.pk])[session.pk])
