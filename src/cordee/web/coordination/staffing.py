"""Putting facilitators on a session, and changing their status."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker
from cordee.missions.rules import is_running
from cordee.network import queries as network
from cordee.network.models import Facilitator
from cordee.planning import actions, queries
from cordee.planning.models import ASSIGNMENT_LABELS, Assignment, OnSession, Session
from cordee.planning.rules import clash_of, fits_the_order, is_planned, not_too_many_on_it
from cordee.planning.states import COUNTED, AssignmentStatus, StaffRole
from cordee.web.coordination.mission import amendment_mail
from cordee.web.coordination.people import Roster
from cordee.web.coordination.refusals import with_ways_out
from cordee.web.coordination.team import elsewhere
from cordee.web.numbers import an_id
from cordee.web.pages import attempt, need_to_run, only_post, page, session_or_404
from cordee.web.request import Request

MOST_FOUND = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Somebody found by name: where they are expected already, and whether they are on the session."""

    id: int
    name: str
    detail: str
    clash: str
    clash_of: str
    """What is asked when they are put on anyway."""
    status: str


@page()
def staff(request: Request, ref: str) -> HttpResponse:
    """Search by name and show clashes (GET); put somebody on (POST)."""
    session = session_or_404(request, ref)
    need_to_run(request, session.mission)
    if request.method == "POST":
        return _put_on(request, session)
    places = queries.assignments(session.pk)
    blockers = [*is_running(session.mission), *is_planned(session), *_too_many(places)]
    query = request.GET.get("q", "").strip()
    found, more = ([], False) if blockers else _search(session, places, query)
    context = {
        "session": session,
        "mission": session.mission,
        "query": query,
        "found": found,
        "more": more,
        "staff": Roster(request.viewer.actor, runs=False).of(session, map(OnSession.of, places)),
        "refusals": with_ways_out(blockers, {}),
        "all_ordered": with_ways_out(
            _all_ordered(session, places), {"beyond_order": _amend_url(request, session)}
        ),
    }
    return render(request, "coordination/staff.html", context)


def _too_many(places: Sequence[Assignment]) -> list[Blocker]:
    """Return why nobody at all can be put on the session, if so."""
    return list(not_too_many_on_it(sum(a.status in COUNTED for a in places)))


def _all_ordered(session: Session, places: Sequence[Assignment]) -> list[Blocker]:
    """Return why no more facilitator can be counted on the session, if so: the first takes its own place."""
    if not any(a.status in COUNTED and a.role == StaffRole.FACILITATOR for a in places):
        return []
    return list(fits_the_order(session.line, committed=queries.committed(session.line_id), more=1))


def _amend_url(request: Request, session: Session) -> str:
    if request.viewer.actor.may(Permission.MANAGE_ORDERS):
        return reverse("order", args=[session.mission.order.ref])
    return amendment_mail(request, session.mission)


def _search(session: Session, places: Sequence[Assignment], query: str) -> tuple[list[Found], bool]:
    """Return who is called so; without a name, the coordinator and those of the other sessions first."""
    people = list(network.facilitators(query)[: MOST_FOUND + 1])
    if not query:
        people = _likely(session, people)
    shown = people[:MOST_FOUND]
    times = [(h.starts_at, h.ends_at) for h in queries.half_days(session.pk)]
    clashes = queries.clashes([p.pk for p in shown], times, leaving_out=session.pk)
    on_it = {a.facilitator_id: a for a in places}
    found = [
        Found(
            id=p.pk,
            name=p.full_name,
            detail=p.city,
            clash=elsewhere(clashes[p.pk]) if p.pk in clashes else "",
            clash_of=clash_of(p.pk, clashes[p.pk]) if p.pk in clashes else "",
            status=_status(on_it.get(p.pk)),
        )
        for p in shown
    ]
    return found, len(people) > MOST_FOUND


def _status(place: Assignment | None) -> str:
    return str(ASSIGNMENT_LABELS[AssignmentStatus(place.status)]) if place and place.status in COUNTED else ""


def _likely(session: Session, others: Sequence[Facilitator]) -> list[Facilitator]:
    coordinator = session.mission.coordinator
    known = queries.facilitators_on(session.mission_id)
    first = [*([coordinator] if coordinator else []), *known]
    return list({f.pk: f for f in (*first, *others)}.values())


def _put_on(request: Request, session: Session) -> HttpResponse:
    chosen = request.POST.get("facilitator", "")
    person = network.facilitator(an_id(chosen) or 0)
    role = request.POST.get("role", StaffRole.FACILITATOR)
    if person is None or role not in tuple(StaffRole):
        raise Http404
    own = request.viewer.actor.facilitator_id == person.pk
    return attempt(
        request,
        lambda: actions.put_on(
            session_id=session.pk,
            facilitator_id=person.pk,
            role=StaffRole(role),
            despite_clash=[request.POST.get("despite_clash", "")],
            by=request.viewer.actor,
        ),
        back_to=reverse("session", args=[session.ref]) + "#staff",
        done=_("You are on the session.")
        if own
        else _("%(name)s is put on; a request to answer leaves by e-mail.") % {"name": person.full_name},
    )


def _place(request: Request, session: Session, assignment_id: int) -> Assignment:
    """Return the place, if it is one of this session, for those who run the mission."""
    need_to_run(request, session.mission)
    place = queries.assignment(assignment_id)
    if place is None or place.session_id != session.pk:
        raise Http404
    return place


def _back(request: Request, session: Session) -> str:
    if request.GET.get("back") == "mission":
        return reverse("mission", args=[session.mission.ref]) + "#sessions"
    return reverse("session", args=[session.ref]) + "#staff"


@page()
def change_place(request: Request, ref: str, assignment_id: int) -> HttpResponse:
    """Take what was chosen in the menu on a name: a status, or the other role."""
    only_post(request)
    session = session_or_404(request, ref)
    place = _place(request, session, assignment_id)
    wanted = request.POST.get("state", "")
    if wanted in tuple(StaffRole):
        return _set_role(request, place, StaffRole(wanted), back_to=_back(request, session))
    if wanted not in tuple(AssignmentStatus):
        raise Http404
    return _set_status(request, place, AssignmentStatus(wanted), back_to=_back(request, session))


def _set_status(
    request: Request, place: Assignment, status: AssignmentStatus, *, back_to: str
) -> HttpResponse:
    words = _("%(name)s: %(status)s.")
    return attempt(
        request,
        lambda: actions.set_status(
            assignment_id=place.pk,
            status=status,
            reason=request.POST.get("reason", ""),
            by=request.viewer.actor,
        ),
        back_to=back_to,
        done=words % {"name": place.facilitator.full_name, "status": ASSIGNMENT_LABELS[status]},
    )


def _set_role(request: Request, place: Assignment, role: StaffRole, *, back_to: str) -> HttpResponse:
    words = (
        _("%(name)s now observes.")
        if role == StaffRole.OBSERVER
        else _("%(name)s now counts as facilitator.")
    )
    return attempt(
        request,
        lambda: actions.set_role(assignment_id=place.pk, role=role, by=request.viewer.actor),
        back_to=back_to,
        done=words % {"name": place.facilitator.full_name},
    )
