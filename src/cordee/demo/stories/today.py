"""What a newcomer meets first: the mission to plan, the day itself, what is to come, orders to open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

from cordee.accommodation import actions as accommodation
from cordee.demo import names
from cordee.demo.network import IDRIS
from cordee.demo.stage import ZONE, Stage, Story
from cordee.demo.stories.order import Deal, Told, deal_of, later, opened, ordered
from cordee.demo.stories.progress import (
    answered,
    delivered,
    enrolled,
)
from cordee.demo.stories.sessions import plan, remote
from cordee.demo.stories.signing import signing
from cordee.enrolment import actions as enrolment
from cordee.enrolment.queries import enrolments
from cordee.kernel import clock, periods
from cordee.kernel.actor import Actor, ActorKind
from cordee.kernel.periods import HalfDaySlot
from cordee.planning.models import Session
from cordee.planning.queries import half_days

_PARTICIPANT = Actor(ActorKind.LINK)


def stories(stage: Stage) -> Iterator[Story[None]]:
    """Tell them all."""
    yield to_plan(stage, deal_of("to-plan"))
    yield held_today(stage, deal_of("held-today"))
    yield held_now(stage, deal_of("held-now"))
    yield by_video(stage, deal_of("by-video-1"), zone="Indian/Reunion")
    yield by_video(stage, deal_of("by-video-2"), language="en")
    yield without_list(stage, deal_of("without-list-1"), 9)
    yield without_list(stage, deal_of("without-list-2"), 18)
    yield to_come(stage, deal_of("to-come-1"), 8)
    yield to_come(stage, deal_of("to-come-2"), 26)
    yield to_share(stage, deal_of("to-share"), 13)
    for number in (1, 2, 3):
        yield only_ordered(stage, deal_of(f"only-ordered-{number}"))


def to_plan(stage: Stage, deal: Deal) -> Story[None]:
    """The worked example: the order is there, Camille is in charge, and nothing is planned."""
    yield from opened(stage, deal)


def held_today(stage: Stage, deal: Deal) -> Story[None]:
    """Workshops take place today, whatever day it is; Idris is on one of them."""
    told = yield from opened(stage, deal)
    yield later(told, 4)
    idris = stage.named(IDRIS)
    count = deal.lines[0][1]
    slots = (beside(going_on(stage)),)
    sessions = plan(told, stage.today, count=count, slots=slots, staff=[idris, told.coordinator][:count])
    yield from answered(told, sessions)
    yield from enrolled(told, sessions)


def held_now(stage: Stage, deal: Deal) -> Story[None]:
    """A workshop is going on, whatever the hour: some of those who came have signed on their phones, some not yet."""
    told = yield from opened(stage, deal)
    yield later(told, 4)
    slots = (going_on(stage),)
    (session,) = plan(told, stage.today, slots=slots, staff=[stage.named(IDRIS)])
    yield from answered(told, [session])
    yield from enrolled(told, [session], size=(9, 9))
    yield from signing(told, session, half_days(session.pk)[0], forgotten=4)


_BEGAN = timedelta(minutes=50)
_HOURS = timedelta(hours=3)


def going_on(stage: Stage) -> HalfDaySlot:
    """Return three hours that began a while ago; after midnight, with the day."""
    began = periods.local(stage.now - _BEGAN, ZONE)
    begins = began.time().replace(minute=began.minute // 5 * 5, second=0, microsecond=0)
    if began.date() < stage.today:
        begins = time(0)
    ends = periods.local(stage.moment(stage.today, begins.isoformat()) + _HOURS, ZONE)
    return HalfDaySlot(stage.today, begins, ends.time())


def beside(taken: HalfDaySlot) -> HalfDaySlot:
    """Return hours of the same day at which that is not going on."""
    three = [HalfDaySlot(taken.day, time(hour), time(hour + 3)) for hour in (14, 9, 18)]
    return next(slot for slot in three if slot.ends <= taken.starts or slot.starts >= taken.ends)


def by_video(stage: Stage, deal: Deal, *, zone: str = ZONE, language: str = "fr") -> Story[None]:
    """A workshop at a distance: a link instead of a place, perhaps elsewhere on earth."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    link = f"https://visio.cordee.example/{told.mission.ref.lower()}"
    sessions = plan(told, stage.day(11), draft=remote(link, zone, language))
    yield from answered(told, sessions)
    yield from enrolled(told, sessions)


def without_list(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """A school that keeps no list: nothing is late about it."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    for line, (_, quantity) in enumerate(deal.lines):
        plan(told, stage.day(day), count=quantity, line=line)
    yield from delivered(told, size=(0, 0))


def to_come(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """Days of training, each of two half-days, ahead of us."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    for week in range(deal.lines[0][1]):
        plan(told, stage.day(day + 7 * week), staff=[stage.named(IDRIS)])
    yield from delivered(told)


def to_share(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """Sessions in parallel whose people came as the list had them: groups are still to be made of them."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    sessions = plan(told, stage.day(day), count=3)
    yield from answered(told, sessions)
    yield sessions[0].starts_at - timedelta(days=15)
    people = names.people(told.rng, 27, told.client.domain)
    listed = [
        replace(
            person,
            group=told.rng.choice(("Exploitation", "Exploitation", "Maintenance", "Siège")),
            details={"Langue": told.rng.choice(("français", "français", "français", "anglais"))},
        )
        for person in people
    ]
    for session, (first, last) in zip(sessions, ((0, 13), (13, 24), (24, 27)), strict=True):
        enrolment.enrol(session_id=session.pk, people=listed[first:last], by=told.by)
    yield from _in_need(told, sessions[0], sessions[1])


def _in_need(told: Told, seen_to: Session, waiting: Session) -> Story[None]:
    """Two who come told of an access need: one is seen to already."""
    yield later(told, 1)
    asked = accommodation.ask(
        enrolment_id=enrolments(seen_to.pk)[3].pk,
        need="Je suis malentendante et je lis sur les lèvres.",
        by=_PARTICIPANT,
    )
    accommodation.ask(
        enrolment_id=enrolments(waiting.pk)[5].pk,
        need="Je me déplace en fauteuil ; les tables hautes sont impossibles pour moi.",
        by=_PARTICIPANT,
    )
    yield told.stage.moment(clock.today(), "18:05")
    accommodation.prepare(
        request_id=asked.pk,
        adaptation="Placer la personne face à l’animateur·ice, et parler tourné·e vers elle.",
        due_on=asked.due_on,
        expected_version=None,
        by=told.stage.hanae,
    )
    accommodation.finish(request_id=asked.pk, by=told.stage.hanae)


def only_ordered(stage: Stage, deal: Deal) -> Story[None]:
    """What was agreed is recorded; no mission delivers it yet."""
    yield from ordered(stage, deal)
