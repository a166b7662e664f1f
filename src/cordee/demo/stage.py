"""Where the stories take place: the people, the clients, the clock, and who is free when."""

import heapq
import itertools
import random
from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from cordee.catalogue.models import ServiceType
from cordee.clients.states import Sector
from cordee.demo.worker import settle
from cordee.journal.actions import request_id
from cordee.kernel import clock, periods, zones
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.kernel.periods import HalfDaySlot
from cordee.kernel.permissions import permissions_of
from cordee.network.models import Facilitator

ZONE = zones.DEFAULT
_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)})

type Story[R] = Generator[datetime, None, R]
"""What happens on one mission: each moment it yields is one it waits for."""


@dataclass(frozen=True, slots=True)
class Client:
    """A client as the stories need it."""

    id: int
    name: str
    sector: Sector
    contact_id: int
    domain: str
    place: str
    address: str


@dataclass(slots=True)
class Stage:
    """Everything the stories share. Days are counted from today: -3 is three days ago."""

    seed: int
    now: datetime
    """The present: what lies after it does not happen."""
    clients: dict[str, Client] = field(default_factory=dict)
    services: dict[str, ServiceType] = field(default_factory=dict)
    facilitators: list[Facilitator] = field(default_factory=list)
    coordinators: list[Facilitator] = field(default_factory=list)
    spoken_for: frozenset[str] = frozenset()
    """Facilitators, by name, who are only where a story puts them."""
    ada: Actor = COMMAND
    olga: Actor = COMMAND
    farid: Actor = COMMAND
    fanny: Actor = COMMAND
    hanae: Actor = COMMAND
    quitterie: Actor = COMMAND
    _busy: dict[int, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def today(self) -> date:
        return periods.local(self.now, ZONE).date()

    def rng(self, key: str) -> random.Random:
        """Return chance of its own for `key`: what one story draws changes nothing for the others."""
        return random.Random(f"{self.seed}:{key}")

    def day(self, offset: int) -> date:
        """Return the working day `offset` days from today: the next one when that is none, or, when it is
        behind us, the last one, so that what lies behind stays behind.
        """
        return working_day(self.today + timedelta(days=offset), back=offset < 0)

    def moment(self, day: date, clock_time: str) -> datetime:
        """Return the instant of a local time in France."""
        return periods.instant(datetime.combine(day, time.fromisoformat(clock_time)), ZONE)

    def named(self, full_name: str) -> Facilitator:
        """Return the facilitator with this name."""
        return next(f for f in self.facilitators if f.full_name == full_name)

    def by_chance(self, among: Iterable[Facilitator]) -> list[Facilitator]:
        """Return those whom chance may choose: whose days are written in the stories are left out."""
        return [person for person in among if person.full_name not in self.spoken_for]

    def free(
        self, slots: Iterable[HalfDaySlot], zone: str, among: Iterable[Facilitator]
    ) -> list[Facilitator]:
        """Return those of `among` who have nothing else at these times, in their order."""
        wanted = [(s.starts_at(zone), s.ends_at(zone)) for s in slots]
        return [
            person
            for person in among
            if not any(
                starts < taken_until and ends > taken_from
                for starts, ends in wanted
                for taken_from, taken_until in self._busy[person.pk]
            )
        ]

    def book(self, person: Facilitator, slots: Iterable[HalfDaySlot], zone: str) -> None:
        """Remember that somebody is taken at these times."""
        self._busy[person.pk] += [(s.starts_at(zone), s.ends_at(zone)) for s in slots]


def working_day(day: date, *, back: bool = False) -> date:
    """Return `day` when people work on it, else the next (or the last) day on which they do."""
    while day.weekday() > 4 or (day.month, day.day) in _HOLIDAYS:
        day += timedelta(days=-1 if back else 1)
    return day


def actor(person: Facilitator) -> Actor:
    """Return a facilitator as the pages would see them."""
    return Actor(
        ActorKind.USER,
        user_id=person.user_id,
        facilitator_id=person.pk,
        permissions=permissions_of(person.user.held_roles),
    )


def play(stage: Stage, stories: Iterable[Story[None]]) -> None:
    """Let the stories happen side by side, moment after moment, up to the present.

    After each step the worker has done its work, as it would have within the second. Nothing may happen
    in a story before its first wait.
    """
    told = side_by_side(stories)
    moment = reached = next(told, None)
    for step in itertools.count():
        if moment is None or reached is None:
            return
        reached = max(reached, moment)
        if reached > stage.now:
            return
        with clock.frozen_at(reached):
            mark = request_id.set(f"demo-{step}")
            try:
                moment = next(told, None)
                settle()
            finally:
                request_id.reset(mark)


def side_by_side(stories: Iterable[Story[None]]) -> Story[None]:
    """Tell several stories as one, moment after moment. Nothing may happen in any before its first wait."""
    tiebreak = itertools.count()
    waiting = [(moment, next(tiebreak), story) for story in stories if (moment := next(story, None))]
    heapq.heapify(waiting)
    while waiting:
        moment, _, story = heapq.heappop(waiting)
        yield moment
        following = next(story, None)
        if following is not None:
            heapq.heappush(waiting, (following, next(tiebreak), story))
