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
from cordee.attendance.queries import Recorded
from cordee.conformity import queries as conformity
from cordee.conformity.states import Proof
from cordee.documents.actions import print_sheets
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.journal.queries import timeline_of
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.periods import local
from cordee.kernel.permissions import Permission
from cordee.mail import queries as mail
from cordee.missions.rules import can_run, may_see
from cordee.pdf.coverage import uncovered
from cordee.planning import queries as planning
from cordee.planning.models import Assignment, HalfDay, OnSession, Session
from cordee.planning.rules import may_cancel
from cordee.planning.states import COUNTED, AssignmentStatus, DeliveryMode
from cordee.web.coordination.letters import tallies
from cordee.web.coordination.people import Roster
from cordee.web.coordination.registration import is_open_today
from cordee.web.coordination.session_people import panel_of
from cordee.web.coordination.sessions import can_be_changed, state_of
from cordee.web.coordination.taking_back import ways_back
from cordee.web.coordination.timeline import Line, Names, lines
from cordee.web.pages import page, session_or_404
from cordee.web.papers import pdf
from cordee.web.places import place_of
from cordee.web.request import Request, Viewer

LATEST = 10
"""Lines of the timeline on the session page."""
LOOKED_AT = 60
"""Entries from which they are made."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A session as somebody looks at it: what several parts of its page show, read once."""

    session: Session
    actor: Actor
    half_days: Sequence[HalfDay]
    places: Sequence[Assignment]
    people: Sequence[Enrolment]
    recorded: Mapping[int, Recorded]

    @property
    def open(self) -> bool:
        return can_be_changed(self.session)

    @property
    def runs(self) -> bool:
        return can_run(self.session.mission, self.actor) and self.open

    @property
    def records(self) -> bool:
        """Tell whether the viewer may record presence: who runs the session, or the mission."""
        on_it = any(a.status in COUNTED for a in self.own_places)
        return self.open and (self.runs or on_it)

    @property
    def sees_sheets(self) -> bool:
        """Tell whether the viewer sees what was signed on paper: who runs it, or the mission, or checks sheets."""
        on_it = any(a.status in COUNTED for a in self.own_places)
        runs = on_it or can_run(self.session.mission, self.actor)
        return runs or self.actor.may(Permission.VIEW_SHEETS)

    @property
    def own_places(self) -> list[Assignment]:
        return [a for a in self.places if a.facilitator_id == self.actor.facilitator_id]

    @property
    def begun(self) -> bool:
        return self.session.starts_at <= clock.now()

    @property
    def today(self) -> bool:
        return _is_today(self.session, self.half_days)


@page()
def session(request: Request, ref: str) -> HttpResponse:
    found = session_or_404(request, ref)
    visit = Visit(
        found,
        request.viewer.actor,
        planning.half_days(found.pk),
        planning.assignments(found.pk),
        enrolment.enrolments(found.pk),
        attendance.records(found.pk),
    )
    context = {
        "session": found,
        "mission": found.mission,
        **_rights(visit),
        **_when_and_where(visit, request.viewer),
        **_who_comes(visit),
        **_proof(visit),
        **_what_happened(request, visit),
    }
    return render(request, "coordination/session.html", context)


def _rights(visit: Visit) -> dict[str, Any]:
    """What the viewer may do here, and where the links above lead them."""
    asked = AssignmentStatus.INVITED
    return {
        "open": visit.open,
        "runs": visit.runs,
        "records": visit.records,
        "may_cancel": visit.runs and not list(may_cancel(visit.session, "-", visit.actor)),
        "may_answer": any(a.status == asked for a in visit.own_places),
        "sees_mission": may_see(visit.session.mission, visit.actor),
        "sees_sheets": visit.sees_sheets,
        "office": visit.actor.may(Permission.VIEW_MISSIONS),
    }


def _when_and_where(visit: Visit, viewer: Viewer) -> dict[str, Any]:
    """The head, and the panel of times and place."""
    found, today, ended = visit.session, visit.today, visit.session.ends_at <= clock.now()
    return {
        "state": state_of(found, _proven_how_far(visit, viewer) if ended else None),
        "times": [(_local(found, h.starts_at), _local(found, h.ends_at)) for h in visit.half_days],
        "starts": found.starts,
        "ends": found.ends,
        "place": place_of(found),
        "today": today,
        "begun": visit.begun,
        "ended": ended,
        "taken_by_link": today and visit.records and is_open_today(found),
    }


def _proven_how_far(visit: Visit, viewer: Viewer) -> Proof:
    """Return how far a session that has ended is proven: one query, once presence is recorded."""
    if len(visit.recorded) < len(visit.half_days):
        return Proof.NO_PRESENCE
    return conformity.proofs([visit.session], viewer.organisation)[visit.session.pk]


def _who_comes(visit: Visit) -> dict[str, Any]:
    """Those who run the session, the list of people, and the form that puts somebody on it."""
    groups = enrolment.parallel_sizes(visit.session) if visit.runs and not visit.begun else []
    staff = map(OnSession.of, _staff_first(visit.places))
    return {
        "staff": Roster(visit.actor, runs=visit.runs).of(visit.session, staff),
        **panel_of(
            visit.session, visit.people, groups=groups, half_days=visit.half_days, records=visit.recorded
        ),
        "one_token": uuid4(),
    }


def _proof(visit: Visit) -> dict[str, Any]:
    """How far presence is recorded, and what the sheet cannot show."""
    return {
        "half_day_count": len(visit.half_days),
        "unproven": sum(h.pk not in visit.recorded for h in visit.half_days),
        "unprintable": _unprintable(visit.people, visit.places),
        "unprintable_words": [text for text in _words_of_sheet(visit.session) if uncovered(text)],
    }


def _what_happened(request: Request, visit: Visit) -> dict[str, Any]:
    """The timeline, what was sent, and the way back from a cancellation."""
    found = visit.session
    sees_mission = may_see(found.mission, visit.actor)
    return {
        "entries": _entries(found, _known_names(request, found, visit.places)),
        "mails": tallies(mail.fates(session_id=found.pk)) if sees_mission else [],
        "way_back": ways_back([found], visit.actor).get(found.pk) if found.cancelled_at else None,
    }


def _entries(session: Session, names: Names) -> list[Line]:
    """Return the latest lines of the timeline; one of them may tell of many entries."""
    entries = timeline_of(f"session_id:{session.pk}", limit=LOOKED_AT, within=session.mission_id)
    cut = len(entries) == LOOKED_AT
    return lines(entries, [session], names, most=LATEST, goes_on=cut, linked=False)


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


def _words_of_sheet(session: Session) -> list[str]:
    """Return what stands on the sheet beside the names, as far as somebody typed it for the mission."""
    client, service = session.mission.order.client.name, session.line.service_type.name
    where = [] if session.mode == DeliveryMode.REMOTE else [session.place, session.address]
    return [session.title, *where, client, service]


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
