"""The sessions of a mission as its page shows them: parallel ones together under their common date."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, takewhile

from django.utils.translation import gettext as _

from cordee.closure.queries import Progress
from cordee.conformity.states import Proof
from cordee.conformity.steps import proofs
from cordee.enrolment.steps import enrolled
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.periods import local
from cordee.kernel.steps import Look
from cordee.missions.states import MissionStatus
from cordee.planning.models import Session
from cordee.planning.states import DeliveryMode, SessionStatus
from cordee.planning.steps import Standing, all_sessions, standing
from cordee.web.addresses import address
from cordee.web.coordination.people import PersonOn, Roster
from cordee.web.coordination.taking_back import WayBack, ways_back


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One session in the table of its mission."""

    ref: str
    title: str
    url: str
    people: list[PersonOn]
    staff_url: str
    enrolled: int
    capacity: int
    kind: str
    state: str
    cancelled: bool = False
    reason: str = ""
    way_back: WayBack | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Sessions at the same time and place. Times carry the zone of the sessions."""

    starts: datetime
    ends: datetime
    place: str
    rows: list[Row]
    shared_url: str = ""
    """Where people are shared between those that have not begun, when there are several."""


def can_be_changed(session: Session) -> bool:
    """Tell whether anything of a session can be changed: it takes place, on a mission that runs."""
    return session.mission.status == MissionStatus.RUNNING and session.status == SessionStatus.PLANNED


def groups(progress: Progress, actor: Actor, *, runs: bool) -> list[Group]:
    """Return the sessions that take place, in order; asks no query."""
    found = []
    roster = Roster(actor, runs=runs, back="mission")
    for _key, together in groupby(
        progress.look.at(standing)[progress.mission.pk], key=lambda at: _when_and_where(at.session)
    ):
        members = list(together)
        first = members[0].session
        found.append(
            Group(
                starts=first.starts,
                ends=first.ends,
                place=where(first),
                rows=[_row(at, roster, progress.look) for at in members],
                shared_url=_shared_url(members) if runs else "",
            )
        )
    return found


def _shared_url(members: Sequence[Standing]) -> str:
    lines = Counter(at.session.line_id for at in members if at.session.starts_at > clock.now())
    shared = next((at.session for at in members if lines[at.session.line_id] > 1), None)
    return address("groups", shared.ref) if shared else ""


def cancelled_ones(progress: Progress) -> list[Session]:
    """Return the sessions of a mission that were cancelled."""
    found = progress.look.at(all_sessions)[progress.mission.pk]
    return [session for session in found if session.status == SessionStatus.CANCELLED]


def cancelled(progress: Progress, actor: Actor) -> list[Group]:
    """Return the sessions that were cancelled, each with its reason, and the way back as long as there is one."""
    found = cancelled_ones(progress)
    ways = ways_back(found, actor)
    return [
        Group(
            starts=s.starts,
            ends=s.ends,
            place=where(s),
            rows=[_cancelled_row(s, ways.get(s.pk))],
        )
        for s in found
    ]


def where(session: Session) -> str:
    """Return the place of a session in one line."""
    if session.mode == DeliveryMode.REMOTE:
        return _("Remote")
    return ", ".join(part for part in (session.place, session.address) if part)


def told_apart(sessions: Sequence[Session]) -> dict[int, str]:
    """Return the titles of sessions, with the letter of their reference where several have the same."""
    times = Counter(s.title for s in sessions)
    return {s.pk: s.title if times[s.title] == 1 else f"{s.title} ({_letter(s)})" for s in sessions}


def in_short(sessions: Sequence[Session]) -> dict[int, str]:
    """Return what tells these sessions apart: “A” and “B” of “Workshop A” and “Workshop B”."""
    words = [s.title.split(" ") for s in sessions]
    same = sum(1 for _ in takewhile(lambda at: len(set(at)) == 1, zip(*words, strict=False)))
    short = {s.pk: " ".join(of[same:]) for s, of in zip(sessions, words, strict=True)}
    return short if len(set(short.values())) == len(short) else {s.pk: _letter(s) for s in sessions}


def _letter(session: Session) -> str:
    return session.ref.rpartition("-")[2]


def state_of(session: Session, proof: Proof | None) -> tuple[str, str]:
    """Return the kind and the words of the state of a session now; `proof`: how far it is proven, once it was held."""
    now = clock.now()
    if session.status == SessionStatus.CANCELLED:
        return "stop", _("cancelled")
    if session.ends_at <= now:
        return _held(proof or Proof.NO_PRESENCE)
    if session.starts_at <= now:
        return "go", _("under way")
    if session.starts.date() == local(now, session.time_zone).date():
        return "go", _("today")
    return "neutral", _("to come")


def _held(proof: Proof) -> tuple[str, str]:
    return {
        Proof.NO_PRESENCE: ("late", _("presence missing")),
        Proof.NO_SHEET: ("late", _("sheet missing")),
        Proof.AT_QUALITY: ("wait", _("sheet with quality")),
        Proof.REFUSED: ("late", _("sheet refused")),
        Proof.PROVEN: ("done", _("held and proven")),
    }[proof]


def _when_and_where(session: Session) -> tuple[object, ...]:
    return (
        session.starts_at,
        session.ends_at,
        session.time_zone,
        session.mode,
        session.place,
        session.address,
    )


def _row(at: Standing, roster: Roster, look: Look) -> Row:
    session = at.session
    kind, state = state_of(session, look.at(proofs).get(session.pk))
    people = roster.of(session, session.people)
    return Row(
        ref=session.ref,
        title=session.title,
        url=address("session", session.ref),
        people=sorted(people, key=lambda p: (not p.counted, p.observer)),
        staff_url="" if people else address("staff", session.ref),
        enrolled=look.at(enrolled).get(session.pk, 0),
        capacity=session.capacity,
        kind=kind,
        state=state,
    )


def _cancelled_row(session: Session, way_back: WayBack | None) -> Row:
    kind, state = state_of(session, None)
    return Row(
        ref=session.ref,
        title=session.title,
        url=address("session", session.ref),
        people=[],
        staff_url="",
        enrolled=0,
        capacity=session.capacity,
        kind=kind,
        state=state,
        cancelled=True,
        reason=session.cancelled_because,
        way_back=way_back,
    )
