"""From the plan to the fees: answers, lists, the day itself, presence, requests."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.demo import names
from cordee.demo.stage import ZONE, Story, actor, side_by_side, working_day
from cordee.demo.stories.order import Told, later, some_time
from cordee.demo.stories.sessions import places
from cordee.demo.stories.signing import school_confirms
from cordee.enrolment import actions as enrolment
from cordee.enrolment.queries import enrolments
from cordee.fees import actions as fees
from cordee.fees.queries import requests_of
from cordee.fees.states import RequestStatus
from cordee.kernel.periods import Month, local
from cordee.planning import actions as planning
from cordee.planning.models import Assignment, HalfDay, Session
from cordee.planning.queries import half_days
from cordee.planning.states import AssignmentStatus

_HERE = (PresenceState.PRESENT, PresenceState.LATE, PresenceState.ABSENT, PresenceState.EXCUSED)
_ODDS = (88, 4, 5, 3)


def answered(told: Told, sessions: Iterable[Session], *, silent: Iterable[str] = ()) -> Story[None]:
    """Each who was asked accepts, within a day or two; the `silent` do not answer."""
    asked = [p for p in places(sessions) if p.facilitator.full_name not in silent]
    for moment, place in sorted(
        ((later(told, told.rng.choice((0, 0, 1, 1, 2))), p) for p in asked), key=_first
    ):
        yield moment
        planning.set_status(
            assignment_id=place.pk, status=AssignmentStatus.CONFIRMED, by=actor(place.facilitator)
        )


def _first[T](pair: tuple[datetime, T]) -> datetime:
    return pair[0]


def enrolled(
    told: Told, sessions: Iterable[Session], *, days_before: int = 0, size: tuple[int, int] = (6, 12)
) -> Story[None]:
    """The coordinator pastes the client's list, some days before the sessions; each a group of their own."""
    for session in sessions:
        before = timedelta(days=days_before or told.rng.randint(11, 18))
        yield session.starts_at - before + timedelta(minutes=told.rng.randrange(90))
        group = names.people(told.rng, told.rng.randint(*size), told.client.domain)
        enrolment.enrol(session_id=session.pk, people=group, by=told.by)


def took_place(told: Told, sessions: Iterable[Session]) -> Story[None]:
    """Presence is recorded after each half-day, by who runs the session or by the coordinator."""
    halves = [(h.ends_at, h, s) for s in sessions for h in half_days(s.pk)]
    for ends_at, half_day, session in sorted(halves, key=lambda half: (half[0], half[1].pk)):
        yield ends_at + timedelta(minutes=told.rng.randint(2, 55))
        record(told, session, half_day)


def record(told: Told, session: Session, half_day: HalfDay) -> None:
    """Record the presence of everybody on the list; where there is none, how many were there."""
    running = Assignment.objects.filter(session=session, status=AssignmentStatus.CONFIRMED).select_related(
        "facilitator__user"
    )
    by = actor(told.rng.choice([p.facilitator for p in running] or [told.coordinator]))
    people = enrolments(session.pk)
    if people:
        states = {e.pk: told.rng.choices(_HERE, _ODDS)[0] for e in people}
        attendance.record_presence(half_day_id=half_day.pk, states=states, by=by)
    else:
        present = told.rng.randint(session.capacity // 2, session.capacity)
        attendance.record_headcount(half_day_id=half_day.pk, present=present, by=by)
        if half_day.ends_at == session.ends_at:
            school_confirms(told, session, present)


def asked_for_fees(told: Told, *, within: int = 4) -> Story[None]:
    """The coordinator asks for the fees some days later, or next month when it was done this month."""
    moment = later(told, told.rng.randint(1, within))
    month = Month.of(local(moment, ZONE).date())
    if any(
        r.month == month.first_day for r in requests_of(told.mission.pk) if r.status != RequestStatus.RETURNED
    ):
        moment = told.stage.moment(working_day(month.next.first_day), some_time(told.rng))
    yield moment
    fees.request_fees(mission_id=told.mission.pk, by=told.by)


def approved(told: Told, *, within: int = 7) -> Story[None]:
    """Finance approves what was asked for on the mission, some days later."""
    yield later(told, told.rng.randint(2, within))
    for request in requests_of(told.mission.pk):
        if request.status == RequestStatus.SENT:
            fees.approve(request_id=request.pk, by=told.stage.farid)


def prepared_and_held(
    told: Told, sessions: Sequence[Session], *, size: tuple[int, int] = (6, 12)
) -> Story[None]:
    """Each session gets its list in time, takes place and has its presence recorded."""

    def one(session: Session) -> Story[None]:
        if size[1]:
            yield from enrolled(told, [session], size=size)
        yield from took_place(told, [session])

    yield from side_by_side(one(session) for session in sessions)


def delivered(told: Told, *, size: tuple[int, int] = (6, 12)) -> Story[None]:
    """All goes well from the answers to the fees. A `size` of nobody: no list is kept."""
    yield from answered(told, told.sessions)
    yield from prepared_and_held(told, told.sessions, size=size)
    yield from asked_for_fees(told)
    yield from approved(told)
