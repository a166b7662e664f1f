"""What lies beside a session: who registers, what is adapted. Loaded after the page, which is there at once."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from cordee.accommodation import queries as accommodation
from cordee.enrolment import queries as enrolment
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.missions.rules import can_run
from cordee.missions.states import MissionStatus
from cordee.planning import queries as planning
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus, SessionStatus, StaffRole
from cordee.surveys import queries as surveys
from cordee.web.coordination.group_profile import Shown, reads_answers, shown
from cordee.web.coordination.learning import short_of
from cordee.web.coordination.opinions import line_of
from cordee.web.coordination.registration import box_of
from cordee.web.pages import page, session_or_404
from cordee.web.request import Request


@page()
def session_beside(request: Request, ref: str) -> HttpResponse:
    """Return the cards for the page of the session; asked for by itself, a page of its own."""
    found = session_or_404(request, ref)
    template = "coordination/_beside.html" if request.htmx else "coordination/beside.html"
    return render(request, template, _context(request, found))


def _group(session: Session, actor: Actor, places: Sequence[Assignment]) -> Shown | None:
    """Return what the placement questionnaire says of the group, with some of the answers in words."""
    group = surveys.group(session)
    return shown(group, reads=_reads(session, actor, places), most_texts=3) if group else None


def _reads(session: Session, actor: Actor, places: Sequence[Assignment]) -> bool:
    running = [
        p for p in places if p.role == StaffRole.FACILITATOR and p.status == AssignmentStatus.CONFIRMED
    ]
    return reads_answers(session, actor, running)


def _context(request: Request, session: Session) -> dict[str, Any]:
    actor, mission = request.viewer.actor, session.mission
    open_ = mission.status == MissionStatus.RUNNING and session.status == SessionStatus.PLANNED
    runs = can_run(mission, actor) and open_
    places = planning.assignments(session.pk)
    return {
        "session": session,
        "mission": mission,
        "waiting_rows": enrolment.row_count(session.pk) if runs else 0,
        "group": _group(session, actor, places),
        "progress": short_of(session, reads=_reads(session, actor, places)),
        "opinions": line_of(session, actor) if session.starts_at <= clock.now() else None,
        "registration": box_of(session, may=runs),
        # Of use until the session is over; after that it is evidence, in the list of the disability officer.
        "adaptations": [] if session.ends_at <= clock.now() else accommodation.adaptations(session.pk),
        "handles_access": actor.may(Permission.HANDLE_ACCESS_NEEDS)
        and open_
        and session.starts_at > clock.now(),
    }
