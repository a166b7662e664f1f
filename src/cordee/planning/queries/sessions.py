"""Reading sessions and their half-days."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cordee.kernel import clock
from cordee.kernel.periods import HalfDaySlot, local
from cordee.missions.models import OrderLine
from cordee.missions.states import MissionStatus
from cordee.planning.models import Assignment, EarlierSchedule, HalfDay, OnSession, Session
from cordee.planning.states import COUNTED, SessionStatus, StaffRole
from cordee.prepared import prepared

_WITH_MISSION = (
    "mission__order__client",
    "mission__order__contact",
    "mission__coordinator__user",
    "line__service_type",
)


_ON_SESSION = (
    *("pk", "session_id", "facilitator_id", "role", "status", "invited_at", "reason", "facilitator__phone"),
    *(f"facilitator__user__{name}" for name in ("pk", "first_name", "last_name", "email")),
)
"""What is read for `OnSession`, in its order."""


_IN_ORDER = Session.objects.order_by("starts_at", "position")


def session_by_ref(ref: str) -> Session | None:
    """Return the session with its mission, client, coordinator and service, in one query."""
    return next(iter(_by_ref(ref)), None)


@prepared
def _by_ref(ref: str) -> QuerySet[Session]:
    return Session.objects.select_related(*_WITH_MISSION).filter(ref=ref)


def session(session_id: int) -> Session | None:
    return Session.objects.select_related(*_WITH_MISSION).filter(pk=session_id).first()


def earlier_schedule(session_id: int, version: int) -> EarlierSchedule | None:
    """Return when and where a session was to be at this version, or at the next one that is known; nothing while it
    was not changed since.
    """
    kept = EarlierSchedule.objects.filter(session_id=session_id, version__gte=version)
    return kept.order_by("version").first()


def by_ids(session_ids: Iterable[int]) -> dict[int, Session]:
    """Return these sessions alone, by id, in one query."""
    return Session.objects.in_bulk(list(session_ids))


def with_orders(session_ids: Iterable[int]) -> list[Session]:
    """Return these sessions with their order, client, coordinator and service, in the order they take place: one
    query.
    """
    return list(_IN_ORDER.filter(pk__in=set(session_ids)).select_related(*_WITH_MISSION))


def with_sectors(session_ids: Iterable[int]) -> list[Session]:
    """Return these sessions, in the order they take place: one query that reads what they are called, when they end and
    the sector of their order, and no more.
    """
    found = _IN_ORDER.filter(pk__in=set(session_ids)).select_related("mission__order")
    return list(found.only("ref", "title", "status", "ends_at", "mission__order__sector"))


def sessions_of(mission_id: int, lines: Iterable[OrderLine] = ()) -> list[Session]:
    """Return a mission's sessions with the people on them, in the order they take place: two queries.

    Each has its `people`. `lines` are those of the order, when they were read already.
    """
    return sessions_of_missions([mission_id], lines)


def sessions_of_missions(mission_ids: Iterable[int], lines: Iterable[OrderLine] = ()) -> list[Session]:
    """Return the sessions of several missions as `sessions_of` does: two queries, however many there are."""
    known = {line.pk: line for line in lines}
    ids = list(mission_ids)
    sessions = _of_missions(ids) if known else _of_missions_with_services(ids)
    people = people_on(session.pk for session in sessions)
    for session in sessions:
        session.people = people[session.pk]
        if known:
            session.line = known[session.line_id]
    return sessions


@prepared
def _of_missions(mission_ids: list[int]) -> QuerySet[Session]:
    return _IN_ORDER.filter(mission_id__in=mission_ids)


@prepared
def _of_missions_with_services(mission_ids: list[int]) -> QuerySet[Session]:
    return _IN_ORDER.filter(mission_id__in=mission_ids).select_related("line__service_type")


@prepared
def _people_on(session_ids: list[int]) -> QuerySet[Assignment, tuple[Any, ...]]:
    return (
        Assignment.objects.filter(session_id__in=session_ids).order_by("role", "pk").values_list(*_ON_SESSION)
    )


def parallel(session: Session, *, begun: bool = False) -> QuerySet[Session]:
    """Return the sessions of one service at the same time as this one, itself included, by position: those
    to come, or those that have `begun`. People can be put on any of them.
    """
    found = Session.objects.filter(
        mission_id=session.mission_id,
        line_id=session.line_id,
        status=SessionStatus.PLANNED,
        starts_at__lt=session.ends_at,
        ends_at__gt=session.starts_at,
    )
    now = clock.now()
    found = found.filter(starts_at__lte=now) if begun else found.filter(starts_at__gt=now)
    return found.order_by("position")


def half_days(session_id: int) -> list[HalfDay]:
    """Return the half-days of a session, in order."""
    return _half_days(session_id)


@prepared
def _half_days(session_id: int) -> QuerySet[HalfDay]:
    return HalfDay.objects.filter(session_id=session_id).order_by("position")


def half_days_today(session: Session, now: datetime) -> list[HalfDay]:
    """Return the half-days of a session that are on the day it is now where it takes place, or that run now. They
    must have been read with it.
    """
    today = local(now, session.time_zone).date()
    found = [h for h in session.half_days.all() if h.day == today or h.starts_at <= now <= h.ends_at]
    return sorted(found, key=lambda h: h.position)


def half_days_of(session_ids: Iterable[int]) -> dict[int, list[HalfDay]]:
    """Return the half-days of several sessions, in order, in one query."""
    found: dict[int, list[HalfDay]] = {}
    for half_day in HalfDay.objects.filter(session_id__in=set(session_ids)).order_by("session", "position"):
        found.setdefault(half_day.session_id, []).append(half_day)
    return found


def slots(half_days: Iterable[HalfDay]) -> tuple[HalfDaySlot, ...]:
    """Return half-days as plain local times, in order."""
    return tuple(HalfDaySlot(h.day, h.starts, h.ends) for h in sorted(half_days, key=lambda h: h.position))


def taking_place(
    since: datetime, until: datetime | None = None, *, unstaffed: bool = False
) -> QuerySet[Session]:
    """Return the sessions that start from a moment on, and before another (UTC), whole, in the order they take place;
    `unstaffed`: those that nobody runs or is asked to.
    """
    found = _IN_ORDER.filter(status=SessionStatus.PLANNED, starts_at__gte=since)
    if until:
        found = found.filter(starts_at__lt=until)
    if unstaffed:
        found = found.filter(NOBODY_RUNS_IT)
    return found.select_related("mission__order__client", "mission__coordinator__user")


NOBODY_RUNS_IT = ~Exists(
    Assignment.objects.filter(session=OuterRef("pk"), role=StaffRole.FACILITATOR, status__in=COUNTED)
)
"""Said in SQL, of sessions, what `steps.Standing.counted` says when it is empty."""


def people_on(session_ids: Iterable[int]) -> dict[int, list[OnSession]]:
    """Return everybody ever put on these sessions, by session: one query."""
    people: dict[int, list[OnSession]] = defaultdict(list)
    for row in _people_on(list(session_ids)):
        place = OnSession(*row)
        people[place.session_id].append(place)
    return people


def sessions_by_start_of_ref(ref: str) -> QuerySet[Session]:
    """Return the sessions whose reference begins so, with their clients."""
    found = Session.objects.filter(ref__gte=ref, ref__lt=ref + "\U0010ffff")
    return found.select_related("mission__order__client").order_by("ref")


def ended_between(after: datetime, until: datetime) -> set[int]:
    """Return the missions with a session that ended in this time (UTC)."""
    found = Session.objects.filter(ends_at__gt=after, ends_at__lte=until, status=SessionStatus.PLANNED)
    return set(found.values_list("mission_id", flat=True))


@dataclass(frozen=True, slots=True)
class Starting:
    """A session as far as looking for reminders needs it: hundreds are looked at every few minutes."""

    session_id: int
    mission_id: int
    sector: str
    """The sector the order was sold at."""
    starts_at: datetime
    time_zone: str
    placement_questionnaire_id: int | None
    """What its service asks participants beforehand, if it does."""


def starting_between(after: datetime, until: datetime) -> list[Starting]:
    """Return the sessions of running missions that start in this time (UTC)."""
    found = Session.objects.filter(
        starts_at__gt=after,
        starts_at__lte=until,
        status=SessionStatus.PLANNED,
        mission__status=MissionStatus.RUNNING,
    )
    asked = "line__service_type__placement_questionnaire_id"
    told = ("pk", "mission_id", "mission__order__sector", "starts_at", "time_zone", asked)
    return [Starting(*row) for row in found.order_by("pk").values_list(*told)]


def to_come(mission_id: int) -> list[Session]:
    """Return the sessions of a mission that have not begun, whole, in the order they take place."""
    found = Session.objects.filter(
        mission_id=mission_id, status=SessionStatus.PLANNED, starts_at__gt=clock.now()
    )
    return list(found.select_related(*_WITH_MISSION).order_by("starts_at", "position"))


def next_ones(most: int) -> list[Session]:
    """Return the next sessions of the house, whole; when none is to come, the last ones."""
    found = Session.objects.filter(status=SessionStatus.PLANNED).select_related(*_WITH_MISSION)
    coming = list(found.filter(starts_at__gt=clock.now()).order_by("starts_at", "pk")[:most])
    return coming or list(found.order_by("-starts_at", "-pk")[:most])


def next_moment(after: datetime, *, edge: str, mission_ref: str = "") -> datetime | None:
    """Return when the next session starts (`edge` "starts_at") or ends
    ("ends_at") after a moment, if there is one.

    Only the sessions of one mission when its reference is given.
    """
    found = Session.objects.filter(status=SessionStatus.PLANNED, **{f"{edge}__gt": after})
    if mission_ref:
        found = found.filter(mission__ref=mission_ref)
    return found.order_by(edge).values_list(edge, flat=True).first()
