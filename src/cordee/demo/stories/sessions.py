"""Planning sessions and putting people on them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from cordee.demo.catalogue import CONFERENCE, FACILITATION, TRAINING, WORKSHOP
from cordee.demo.stage import ZONE, working_day
from cordee.demo.stories.order import Told
from cordee.kernel.actor import Actor
from cordee.kernel.periods import HalfDaySlot
from cordee.network.models import Facilitator
from cordee.planning import actions as planning
from cordee.planning.models import Assignment, Session
from cordee.planning.queries import half_days
from cordee.planning.queries import slots as slots_in
from cordee.planning.rules import SessionDraft
from cordee.planning.states import AssignmentStatus, DeliveryMode

_AFTERNOON = 0.35
"""How often a session is held in the afternoon."""
_TITLES = {
    WORKSHOP: "Atelier {theme}",
    FACILITATION: "Formation à l’animation",
    TRAINING: "Formation {theme}",
    CONFERENCE: "Conférence {theme}",
}


def slots_of(service: str, day: date, *, afternoon: bool = False) -> tuple[HalfDaySlot, ...]:
    """Return the half-days of one session of a service on a day."""
    if service == TRAINING:
        return (
            HalfDaySlot(day, time(9), time(12, 30)),
            HalfDaySlot(day, time(13, 30), time(17)),
        )
    if service == CONFERENCE:
        return (HalfDaySlot(day, time(18), time(19, 30)),)
    return (HalfDaySlot(day, time(14), time(17)) if afternoon else HalfDaySlot(day, time(9), time(12)),)


def plan(
    told: Told,
    day: date,
    *,
    count: int = 1,
    line: int = 0,
    slots: tuple[HalfDaySlot, ...] = (),
    staff: Sequence[Facilitator] | None = None,
    first: Sequence[Facilitator] = (),
    draft: Callable[[SessionDraft], SessionDraft] = lambda draft: draft,
    by: Actor | None = None,
    regularised_because: str = "",
) -> list[Session]:
    """Plan sessions in parallel, one facilitator on each: those of `first` who are free, then the
    coordinator, then others by chance.

    `staff` names them instead, and waits for a day on which they can; empty for nobody.
    """
    service = told.lines[line].service_type
    wanted = draft(
        SessionDraft(
            title=_TITLES[service.code].format(theme=told.theme).strip(),
            half_days=slots or _when_free(told, service.code, day, staff or ()),
            place=told.client.place,
            address=told.client.address,
            capacity=service.capacity,
        )
    )
    team = list(staff) if staff is not None else pick(told, wanted, count, first=first)
    for person in team:
        told.stage.book(person, wanted.half_days, wanted.time_zone)
    sessions = planning.plan_sessions(
        mission_id=told.mission.pk,
        line_id=told.lines[line].pk,
        draft=wanted,
        count=count,
        facilitator_ids=[person.pk for person in team],
        regularised_because=regularised_because,
        by=by or told.by,
    )
    told.sessions += sessions
    return sessions


def _when_free(told: Told, service: str, day: date, staff: Sequence[Facilitator]) -> tuple[HalfDaySlot, ...]:
    """Return the half-days of a session on that day, or on the first one after it when all of `staff` can."""
    afternoon = told.rng.random() < _AFTERNOON
    while True:
        for half in (afternoon, not afternoon):
            slots = slots_of(service, day, afternoon=half)
            if len(told.stage.free(slots, ZONE, staff)) == len(staff):
                return slots
        day = working_day(day + timedelta(days=1))


def pick(
    told: Told,
    draft: SessionDraft,
    count: int,
    *,
    first: Sequence[Facilitator] = (),
    leaving_out: Iterable[Facilitator] = (),
) -> list[Facilitator]:
    """Return who is free: those of `first`, then the coordinator, then others by chance."""
    stage = told.stage
    others = stage.by_chance(stage.facilitators)
    told.rng.shuffle(others)
    candidates = dict.fromkeys([*first, told.coordinator, *others])
    wanted = [person for person in candidates if person not in leaving_out]
    return stage.free(draft.half_days, draft.time_zone, wanted)[:count]


def places(sessions: Iterable[Session]) -> list[Assignment]:
    """Return who was asked and has not answered."""
    found = Assignment.objects.filter(session__in=list(sessions), status=AssignmentStatus.INVITED)
    return list(found.select_related("facilitator__user", "session").order_by("pk"))


def remote(link: str, zone: str = ZONE, language: str = "fr") -> Callable[[SessionDraft], SessionDraft]:
    """Return what turns a session into one by video."""

    def change(draft: SessionDraft) -> SessionDraft:
        return replace(
            draft,
            mode=DeliveryMode.REMOTE,
            video_link=link,
            place="",
            address="",
            time_zone=zone,
            language=language,
        )

    return change


def draft_of(session: Session, *, days_later: int = 0, place: str = "") -> SessionDraft:
    """Return a session as a draft, to be changed."""
    slots = tuple(
        replace(slot, day=working_day(slot.day + timedelta(days=days_later)))
        for slot in slots_in(half_days(session.pk))
    )
    return SessionDraft(
        title=session.title,
        half_days=slots,
        time_zone=session.time_zone,
        mode=DeliveryMode(session.mode),
        place=place or session.place,
        address=session.address,
        video_link=session.video_link,
        language=session.language,
        capacity=session.capacity,
        instructions=session.instructions,
    )
