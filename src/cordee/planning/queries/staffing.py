"""Reading who is on which session."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from cordee.kernel import clock
from cordee.kernel.names import search_key
from cordee.missions.states import MissionStatus
from cordee.network.models import Facilitator
from cordee.planning.models import Assignment, HalfDay, Session
from cordee.planning.states import COUNTED, AssignmentStatus, SessionStatus, StaffRole
from cordee.prepared import prepared

_A_DAY = timedelta(days=1)

NOT_SHOWN = (
    "facilitator__search_key",
    "facilitator__user__password",
    "facilitator__user__last_login",
    "facilitator__user__roles",
    "facilitator__user__joined_at",
    "facilitator__user__ends_on",
)
"""What lists do not tell of the people on sessions: not read for each."""

_OWN_PLACE = (
    *("role", "status", "invited_at", "facilitator", "session__ref", "session__title", "session__status"),
    *("session__time_zone", "session__starts_at", "session__ends_at", "session__mode"),
    *("session__place", "session__address", "session__mission__ref", "session__mission__status"),
    *("session__line__service_type", "session__line__facilitation_fee"),
    *("session__mission__order__sector", "session__mission__order__client__name"),
    *(f"session__mission__coordinator__user__{name}" for name in ("first_name", "last_name", "email")),
)
"""What people are told of their own places: the rest is not read for each."""


def assignments(session_id: int) -> list[Assignment]:
    """Return everybody ever put on a session, by name."""
    return _assignments(session_id)


@prepared
def _assignments(session_id: int) -> QuerySet[Assignment]:
    return (
        Assignment.objects.filter(session_id=session_id)
        .select_related("facilitator__user")
        .defer(*NOT_SHOWN)
        .order_by("role", "facilitator__user__last_name", "pk")
    )


def facilitators_on(mission_id: int) -> list[Facilitator]:
    """Return who has ever had a place on a session of a mission, in the order the sessions take place: one query."""
    places = Assignment.objects.filter(session__mission_id=mission_id).select_related("facilitator__user")
    in_order = places.order_by("session__starts_at", "session__position", "role", "pk")
    return list(dict.fromkeys(place.facilitator for place in in_order))


def running(session_ids: Iterable[int]) -> dict[int, list[Assignment]]:
    """Return who is confirmed to run each session, in one query; observers are left out."""
    found = Assignment.objects.filter(
        session_id__in=set(session_ids), role=StaffRole.FACILITATOR, status=AssignmentStatus.CONFIRMED
    ).select_related("facilitator__user")
    by_session: dict[int, list[Assignment]] = defaultdict(list)
    for place in found.order_by("pk"):
        by_session[place.session_id].append(place)
    return by_session


def run_by(facilitator_id: int) -> QuerySet[Assignment, int]:
    """Return the numbers of the sessions that somebody is confirmed to run, for the query of another room."""
    places = Assignment.objects.filter(
        facilitator_id=facilitator_id, role=StaffRole.FACILITATOR, status=AssignmentStatus.CONFIRMED
    )
    return places.order_by("session_id").values_list("session_id", flat=True)


def assignment(assignment_id: int) -> Assignment | None:
    return (
        Assignment.objects.select_related(
            "facilitator__user",
            "session__mission__order__client",
            "session__mission__coordinator__user",
            "session__line__service_type",
        )
        .filter(pk=assignment_id)
        .first()
    )


def assignments_of_facilitator(
    facilitator_id: int, *, ending_after: datetime | None = None, ended_before: datetime | None = None
) -> QuerySet[Assignment]:
    """Return somebody's places on sessions that are not cancelled, in the order they take place."""
    found = Assignment.objects.filter(
        facilitator_id=facilitator_id, session__status=SessionStatus.PLANNED
    ).select_related(
        "session__mission__order__client", "session__line", "session__mission__coordinator__user"
    )
    found = found.only(*_OWN_PLACE)
    if ending_after:
        found = found.filter(session__ends_at__gt=ending_after)
    if ended_before:
        found = found.filter(session__ends_at__lte=ended_before)
    return found.order_by("session__starts_at", "pk")


def coming_places(facilitator_id: int) -> list[Assignment]:
    """Return somebody's places on sessions that have not ended, in the order they take place: one query."""
    return _coming(facilitator_id, clock.now())


@prepared
def _coming(facilitator_id: int, now: datetime) -> QuerySet[Assignment]:
    return assignments_of_facilitator(facilitator_id).filter(session__ends_at__gt=now)


def around(facilitator_id: int, now: datetime) -> list[Session]:
    """Return the sessions that somebody runs or whose mission they coordinate and that lie within a day of now, in
    order, with their half-days: two queries.
    """
    on_it = Assignment.objects.filter(facilitator_id=facilitator_id, status=AssignmentStatus.CONFIRMED)
    led = Session.objects.filter(mission__coordinator_id=facilitator_id)
    found = (
        Session.objects.filter(
            # A union goes in by two indexes; an OR would read every session.
            pk__in=on_it.values("session_id").union(led.values("pk")),
            status=SessionStatus.PLANNED,
            mission__status=MissionStatus.RUNNING,
            starts_at__lt=now + _A_DAY,
            ends_at__gt=now - _A_DAY,
        )
        .select_related("mission__order__client")
        .prefetch_related("half_days")
        .order_by("starts_at", "pk")
    )
    return list(found)


def places_on(session_ids: Iterable[int], facilitator_id: int) -> dict[int, int]:
    """Return the places (assignments) on which somebody is confirmed to run these sessions, by session."""
    found = Assignment.objects.filter(
        session_id__in=list(session_ids),
        facilitator_id=facilitator_id,
        role=StaffRole.FACILITATOR,
        status=AssignmentStatus.CONFIRMED,
    )
    return dict(found.values_list("session_id", "pk"))


def sessions_of_own(facilitator_id: int, search: str) -> QuerySet[Session]:
    """Return the sessions that somebody has a live place on, or whose mission they coordinate, with every word
    of `search` in title, reference or client: the latest first.
    """
    on_it = Assignment.objects.filter(facilitator_id=facilitator_id, status__in=COUNTED)
    led = Session.objects.filter(mission__coordinator_id=facilitator_id)
    # A union goes in by two indexes; an OR would read every session.
    found = Session.objects.filter(pk__in=on_it.values("session_id").union(led.values("pk")))
    for word in search.split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(ref__istartswith=word)
            | Q(mission__order__client__search_key__contains=search_key(word))
        )
    return found.select_related("mission__order__client").order_by("-starts_at", "-pk")


def is_on_session(session_id: int, facilitator_id: int) -> bool:
    """Tell whether the facilitator has a live place (invited or confirmed) on the session."""
    return Assignment.objects.filter(
        session_id=session_id, facilitator_id=facilitator_id, status__in=COUNTED
    ).exists()


def confirmed_place(session_id: int, facilitator_id: int | None) -> Assignment | None:
    """Return the place of a facilitator who said yes to the session, if somebody and theirs."""
    if facilitator_id is None:
        return None
    return Assignment.objects.filter(
        session_id=session_id, facilitator_id=facilitator_id, status=AssignmentStatus.CONFIRMED
    ).first()


def committed(line_id: int) -> int:
    """Return how many prestations of a line are taken:
    one per facilitator, and one per session still without any.
    """
    sessions = Session.objects.filter(line_id=line_id, status=SessionStatus.PLANNED)
    counted = Count(
        "assignments", filter=Q(assignments__role=StaffRole.FACILITATOR, assignments__status__in=COUNTED)
    )
    return sum(max(1, taken) for taken in sessions.annotate(taken=counted).values_list("taken", flat=True))


def clashes(
    facilitator_ids: Iterable[int],
    slots: Sequence[tuple[datetime, datetime]],
    *,
    leaving_out: int | None = None,
) -> dict[int, list[Session]]:
    """Return, by facilitator, the sessions on which they are expected
    during one of `slots` (UTC instants).
    """
    if not slots:
        return {}
    overlaps = Q()
    for starts_at, ends_at in slots:
        overlaps |= Q(session__half_days__starts_at__lt=ends_at, session__half_days__ends_at__gt=starts_at)
    found = (
        Assignment.objects.filter(
            overlaps,
            facilitator_id__in=set(facilitator_ids),
            status__in=COUNTED,
            session__status=SessionStatus.PLANNED,
        )
        .select_related("session")
        .distinct()
    )
    if leaving_out is not None:
        found = found.exclude(session_id=leaving_out)
    by_facilitator: dict[int, list[Session]] = defaultdict(list)
    for place in found.order_by("session__starts_at", "pk"):
        by_facilitator[place.facilitator_id].append(place.session)
    return dict(by_facilitator)


def own_clashes(facilitator_id: int, assignments: Iterable[Assignment]) -> dict[int, list[Session]]:
    """Return, by assignment, the other sessions on which the same person is expected at the same time.

    One query, whatever the number of `assignments` (all of them of this facilitator).
    """
    asked = list(assignments)
    if not asked:
        return {}
    rows = list(
        HalfDay.objects.filter(
            session__assignments__facilitator_id=facilitator_id,
            session__assignments__status__in=COUNTED,
            session__status=SessionStatus.PLANNED,
            ends_at__gt=min(a.session.starts_at for a in asked),
            starts_at__lt=max(a.session.ends_at for a in asked),
        )
        .select_related("session")
        .only("starts_at", "ends_at", "session__ref", "session__title")
        .order_by("starts_at", "pk")
    )
    own: dict[int, list[HalfDay]] = defaultdict(list)
    for half_day in rows:
        own[half_day.session_id].append(half_day)
    found: dict[int, list[Session]] = {}
    for place in asked:
        mine = own[place.session_id]
        others = {
            h.session_id: h.session
            for h in rows
            if h.session_id != place.session_id
            and any(h.starts_at < m.ends_at and h.ends_at > m.starts_at for m in mine)
        }
        if others:
            found[place.pk] = list(others.values())
    return found


def unanswered(
    *,
    mission_id: int | None = None,
    asked_after: datetime | None = None,
    asked_until: datetime | None = None,
) -> list[Assignment]:
    """Return the requests without an answer for sessions to come of running missions, the oldest first.

    Only those of one mission, or asked in a time (UTC), if given.
    """
    found = Assignment.objects.filter(
        status=AssignmentStatus.INVITED,
        session__status=SessionStatus.PLANNED,
        session__starts_at__gt=clock.now(),
        session__mission__status=MissionStatus.RUNNING,
    )
    if mission_id is not None:
        found = found.filter(session__mission_id=mission_id)
    if asked_after is not None:
        found = found.filter(invited_at__gt=asked_after)
    if asked_until is not None:
        found = found.filter(invited_at__lte=asked_until)
    return list(found.select_related("facilitator__user", "session").order_by("invited_at", "pk"))
