"""The session page: when, where, who runs it, who comes, its sheet, and what was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cordee.attendance import queries as attendance
from cordee.attendance.models import PRESENCE_LABELS
from cordee.attendance.queries import Recorded
from cordee.attendance.states import PresenceState
from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.documents.actions import print_sheets
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import Source
from cordee.journal.queries import timeline_of
from cordee.kernel import clock
from cordee.kernel.periods import local
from cordee.kernel.permissions import Permission
from cordee.mail import queries as mail
from cordee.missions.rules import can_run, may_see
from cordee.missions.states import MissionStatus
from cordee.pdf.coverage import uncovered
from cordee.planning import queries as planning
from cordee.planning.models import Assignment, HalfDay, OnSession, Session
from cordee.planning.rules import may_cancel
from cordee.planning.states import COUNTED, SessionStatus
from cordee.web.coordination.groups_form import elsewhere
from cordee.web.coordination.letters import tallies
from cordee.web.coordination.people import Roster
from cordee.web.coordination.registration import is_open_today
from cordee.web.coordination.sessions import state_of
from cordee.web.coordination.taking_back import ways_back
from cordee.web.coordination.timeline import Line, Names, lines
from cordee.web.pages import page, session_or_404
from cordee.web.papers import pdf
from cordee.web.places import place_of
from cordee.web.request import Request

LATEST = 10
"""Lines of the timeline on the session page."""
LOOKED_AT = 60
"""Entries from which they are made."""


@page()
def session(request: Request, ref: str) -> HttpResponse:
    found = session_or_404(request, ref)
    actor = request.viewer.actor
    mission = found.mission
    open_ = mission.status == MissionStatus.RUNNING and found.status == SessionStatus.PLANNED
    runs = can_run(mission, actor)
    sees_mission = may_see(mission, actor)
    half_days = planning.half_days(found.pk)
    places = planning.assignments(found.pk)
    on_it = any(a.facilitator_id == actor.facilitator_id and a.status in COUNTED for a in places)
    people = enrolment.enrolments(found.pk)
    records = attendance.records(found.pk)
    today = _is_today(found, half_days)
    records_ = (runs or on_it) and open_
    begun, ended = found.starts_at <= clock.now(), found.ends_at <= clock.now()
    groups = enrolment.parallel_sizes(found) if runs and open_ and not begun else []
    names = _known_names(request, found, places)
    context = {
        "session": found,
        "mission": mission,
        "open": open_,
        "runs": runs and open_,
        "may_cancel": runs and open_ and not list(may_cancel(found, "-", actor)),
        "records": records_,
        "sees_mission": sees_mission,
        "office": actor.may(Permission.VIEW_MISSIONS),
        "may_answer": any(a.facilitator_id == actor.facilitator_id and a.status == "invited" for a in places),
        "state": state_of(found, proven=len(records) >= len(half_days)),
        "times": [(_local(found, h.starts_at), _local(found, h.ends_at)) for h in half_days],
        "starts": found.starts,
        "ends": found.ends,
        "place": place_of(found),
        "today": today,
        "taken_by_link": today and records_ and is_open_today(found),
        "begun": begun,
        "ended": ended,
        "staff": Roster(actor, runs=runs and open_).of(found, map(OnSession.of, _staff_first(places))),
        "people": _people(found, people, half_days, records),
        "groups": groups,
        "elsewhere": elsewhere(groups, found),
        "enrolled": len(people),
        **_live(found, people, 0),
        "one_token": uuid4(),
        "optional_list": mission.order.sector in ENROLMENT_OPTIONAL,
        "recorded": len(records),
        "unproven": sum(h.pk not in records for h in half_days),
        "half_day_count": len(half_days),
        "headcount": max((r.present for r in records.values()), default=0),
        "unprintable": _unprintable(people, places),
        "entries": _entries(found, names),
        "way_back": ways_back([found], actor).get(found.pk) if found.cancelled_at else None,
        "mails": tallies(mail.fates(session_id=found.pk)) if sees_mission else [],
    }
    return render(request, "coordination/session.html", context)


def _entries(session: Session, names: Names) -> list[Line]:
    """Return the latest lines of the timeline; one of them may tell of many entries."""
    entries = timeline_of(f"session_id:{session.pk}", limit=LOOKED_AT, within=session.mission_id)
    cut = len(entries) == LOOKED_AT
    return lines(entries, [session], names, most=LATEST, goes_on=cut, linked=False)


def _live(session: Session, people: Sequence[Enrolment], waiting: int) -> dict[str, Any]:
    """Return what the list of people needs to follow what others write on it, as long as it grows.
    `waiting`: the rows that are not on it yet, for those who may look at them; asked for by the list itself as it
    follows, not by the page.
    """
    of_client = enrolment.waiting_from_client([session.pk]) if waiting else {}
    return {
        "grows": session.starts_at > clock.now() and session.status == SessionStatus.PLANNED,
        "seen": enrolment.state_of(people, waiting),
        "from_client": of_client.get(session.pk, 0),
    }


@page()
def session_people(request: Request, ref: str) -> HttpResponse:
    """Return the list of people as it is now; nothing when it still is as it was `seen`."""
    found = session_or_404(request, ref)
    actor, mission = request.viewer.actor, found.mission
    open_ = mission.status == MissionStatus.RUNNING and found.status == SessionStatus.PLANNED
    runs = can_run(mission, actor) and open_
    groups = enrolment.parallel_sizes(found) if runs else []
    waiting_rows = enrolment.row_count(found.pk) if runs else 0
    people = enrolment.enrolments(found.pk)
    live = _live(found, people, waiting_rows)
    if not live["grows"] or request.GET.get("seen") == live["seen"]:
        return HttpResponse(status=204)
    on_it = actor.facilitator_id is not None and planning.is_on_session(found.pk, actor.facilitator_id)
    context = {
        **live,
        "session": found,
        "runs": runs,
        "records": (runs or on_it) and open_,
        "begun": False,
        "people": _people(found, people, [], {}),
        "groups": groups,
        "elsewhere": elsewhere(groups, found),
        "enrolled": len(people),
        "optional_list": mission.order.sector in ENROLMENT_OPTIONAL,
        "recorded": 0,
        "headcount": 0,
    }
    return render(request, "coordination/_people.html", context)


def _local(session: Session, moment: Any) -> Any:
    return local(moment, session.time_zone)


def _staff_first(places: Sequence[Assignment]) -> list[Assignment]:
    """Return those who come before those who do not."""
    return sorted(places, key=lambda a: (a.status not in COUNTED, a.role))


def _is_today(session: Session, half_days: Sequence[HalfDay]) -> bool:
    """Tell whether a half-day begins today, or began last night and ends today."""
    today = clock.today(session.time_zone)
    just_before = timedelta(microseconds=1)  # what ends at midnight ends on the day before
    return any(h.day <= today <= _local(session, h.ends_at - just_before).date() for h in half_days)


def _known_names(request: Request, session: Session, places: Sequence[Assignment]) -> Names:
    people = [a.facilitator for a in places]
    if session.mission.coordinator:
        people.append(session.mission.coordinator)
    user = request.viewer.user
    return Names(
        {f.pk: f.full_name for f in people},
        {f.user_id: f.full_name for f in people} | ({user.pk: user.full_name} if user else {}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonComing:
    """Somebody on the list, with how they were there."""

    id: int
    name: str
    email: str
    walk_in: bool
    given_by_client: bool
    presence: list[tuple[str, str]]


PRESENCE_KINDS = {
    PresenceState.PRESENT: "done",
    PresenceState.LATE: "late",
    PresenceState.EXCUSED: "wait",
    PresenceState.ABSENT: "stop",
}


def _people(
    session: Session,
    people: Sequence[Enrolment],
    half_days: Sequence[HalfDay],
    records: Mapping[int, Recorded],
) -> list[PersonComing]:
    grid = attendance.grid(session.pk) if records else {}
    return [
        PersonComing(
            id=e.pk,
            name=e.participant.full_name,
            email=e.participant.email,
            walk_in=e.source == Source.WALK_IN,
            given_by_client=e.source == Source.CONTACT,
            presence=_marks([grid.get((e.pk, h.pk), "") for h in half_days]),
        )
        for e in people
    ]


def _marks(states: Sequence[str]) -> list[tuple[str, str]]:
    """Return the kinds and words of somebody's presence: once when it is the same on every half-day."""
    known = [PresenceState(s) for s in states if s]
    shown = known[:1] if len(set(known)) == 1 and len(known) == len(states) else known
    return [(PRESENCE_KINDS[s], str(PRESENCE_LABELS[s])) for s in shown]


def _unprintable(people: Sequence[Enrolment], places: Sequence[Assignment]) -> list[str]:
    """Return the names with a character that no font has: on the sheet it is shown as a sign."""
    names = [e.participant.full_name for e in people]
    names += [a.facilitator.full_name for a in places if a.status in COUNTED]
    return [name for name in names if uncovered(name)]


@page()
def session_sheet(request: Request, ref: str) -> HttpResponse:
    """Give the attendance sheet as it stands now, to print."""
    found = session_or_404(request, ref)
    printed = print_sheets(sessions=[found], by=request.viewer.actor)
    return pdf(printed.content, _("sheet-%(ref)s") % {"ref": found.ref})


@page()
def sheet_page(request: Request, ref: str, version: int, number: int) -> HttpResponse:
    """Show the session whose printed page somebody opened by its code."""
    return session(request, ref)
