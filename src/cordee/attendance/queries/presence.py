"""Reading presence."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from cordee.attendance.models import HalfDayRecord, Presence
from cordee.attendance.states import HERE
from cordee.kernel import clock
from cordee.missions.states import MissionStatus
from cordee.planning.models import Assignment, HalfDay, Session
from cordee.planning.states import AssignmentStatus, SessionStatus
from cordee.prepared import prepared


def unrecorded(session: OuterRef) -> QuerySet[HalfDay]:
    """Return the half-days of a session without presence, for a query over rows that reach one."""
    recorded = HalfDayRecord.objects.filter(half_day_id=OuterRef("pk"))
    return HalfDay.objects.filter(session_id=session).exclude(Exists(recorded))


def somebody_there(session: OuterRef) -> QuerySet[Presence]:
    """Return the marks of who was on a session, for a query over rows that reach one."""
    return Presence.objects.filter(
        replaced_by=None, half_day__session_id=session, enrolment__cancelled_at=None, state__in=HERE
    )


UNRECORDED = unrecorded(OuterRef("pk"))
"""The same, of sessions."""
_TO_PROVE = (
    Session.objects.filter(
        Exists(UNRECORDED), status=SessionStatus.PLANNED, mission__status=MissionStatus.RUNNING
    )
    .select_related("mission__order__client")
    .only("ref", "title", "ends_at", "time_zone", "mission__order__client__name")
    .order_by("ends_at", "pk")
)
_RUN = Assignment.objects.filter(status=AssignmentStatus.CONFIRMED)
_LED = Session.objects.filter(mission__status=MissionStatus.RUNNING)
_STANDING = {"replaced_by": None}
"""The marks and records that count: nothing replaces them."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Presence as recorded on one half-day; `at` in UTC."""

    half_day_id: int
    present: int
    at: datetime
    user_id: int | None
    seen: str


def records(session_id: int) -> dict[int, Recorded]:
    """Return what was recorded on a session, by half-day."""
    rows = _records(session_id)
    return {r.half_day_id: Recorded(r.half_day_id, r.present, r.recorded_at, r.user_id, r.seen) for r in rows}


@prepared
def _records(session_id: int) -> QuerySet[HalfDayRecord]:
    return HalfDayRecord.objects.filter(**_STANDING, half_day__session_id=session_id)


def grid(session_id: int) -> dict[tuple[int, int], str]:
    """Return the presence of everybody on a session by (enrolment, half-day)."""
    return {(enrolment_id, half_day_id): state for enrolment_id, half_day_id, state in _marks(session_id)}


@prepared
def _marks(session_id: int) -> QuerySet[Presence, tuple[int, int, str]]:
    return Presence.objects.filter(**_STANDING, half_day__session_id=session_id).values_list(
        "enrolment_id", "half_day_id", "state"
    )


def marks_on(session_ids: Iterable[int]) -> dict[tuple[int, int], str]:
    """Return the same of several sessions, in one query."""
    found = Presence.objects.filter(**_STANDING, half_day__session_id__in=set(session_ids))
    return {(e, h): state for e, h, state in found.values_list("enrolment_id", "half_day_id", "state")}


def headcounts_on(session_ids: Iterable[int]) -> dict[int, int]:
    """Return how many were there on the half-days of several sessions on which presence is recorded, in one query."""
    found = HalfDayRecord.objects.filter(**_STANDING, half_day__session_id__in=set(session_ids))
    return dict(found.values_list("half_day_id", "present"))


@dataclass(frozen=True, slots=True)
class Stay:
    """How long somebody was there on a half-day, and when they came and went (UTC) where it was not for all of it."""

    minutes: int
    arrived_at: datetime | None = None
    left_at: datetime | None = None


def stays(session_id: int) -> dict[tuple[int, int], Stay]:
    """Return how long everybody was there, by (enrolment, half-day): hours told anywhere come from here."""
    return stays_on([session_id])


def stays_on(session_ids: Iterable[int]) -> dict[tuple[int, int], Stay]:
    """Return the same of several sessions, in one query."""
    marks = Presence.objects.filter(**_STANDING, half_day__session_id__in=set(session_ids))
    return {(m.enrolment_id, m.half_day_id): _stay(m) for m in marks.select_related("half_day")}


def _stay(mark: Presence) -> Stay:
    if mark.state not in HERE:
        return Stay(0)
    came, went = mark.arrived_at or mark.half_day.starts_at, mark.left_at or mark.half_day.ends_at
    return Stay(max((went - came) // timedelta(minutes=1), 0), mark.arrived_at, mark.left_at)


def standing_marks(half_day_id: int, enrolment_ids: Collection[int]) -> dict[int, Presence]:
    """Return the marks that count on a half-day, by enrolment."""
    rows = Presence.objects.filter(**_STANDING, half_day_id=half_day_id, enrolment_id__in=enrolment_ids)
    return {row.enrolment_id: row for row in rows}


def standing_record(half_day_id: int) -> HalfDayRecord | None:
    """Return the record that counts on a half-day, or nothing where presence was not recorded."""
    return HalfDayRecord.objects.filter(**_STANDING, half_day_id=half_day_id).first()


def standing_records(session_id: int) -> QuerySet[HalfDayRecord]:
    """Return the records that count on a session, each with its half-day."""
    return HalfDayRecord.objects.filter(**_STANDING, half_day__session_id=session_id).select_related(
        "half_day"
    )


def history(enrolment_id: int, half_day_id: int) -> QuerySet[Presence]:
    """Return every mark of somebody on a half-day, the oldest first; the last one counts."""
    return Presence.objects.filter(enrolment_id=enrolment_id, half_day_id=half_day_id).order_by("pk")


def proven_sessions(session_ids: Iterable[int]) -> set[int]:
    """Return the sessions with presence recorded on every half-day, in one query."""
    return set(_proven(set(session_ids)))


@prepared
def _proven(session_ids: set[int]) -> QuerySet[Session, int]:
    return Session.objects.filter(~Exists(UNRECORDED), pk__in=session_ids).values_list("pk", flat=True)


def to_prove(facilitator_id: int, *, limit: int) -> list[Session]:
    """Return the sessions that ended without presence on every half-day and
    that somebody can record, the `limit` oldest first.

    They ran it, or coordinate its mission, which is still running.
    """
    return _own_to_prove(facilitator_id, clock.now(), limit=limit)


@prepared
def _own_to_prove(facilitator_id: int, now: datetime, *, limit: int) -> QuerySet[Session]:
    # A union goes in by two indexes; an OR would read every session that ever ended.
    return _TO_PROVE.filter(
        pk__in=_RUN.filter(facilitator_id=facilitator_id)
        .values("session_id")
        .union(_LED.filter(mission__coordinator_id=facilitator_id).values("pk")),
        ends_at__lte=now,
    )[:limit]
