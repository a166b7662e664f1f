"""What each mission of a world is like: ordinary ones, and the known ones that pages are asked for."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import accumulate, pairwise
from random import Random

from benchmarks.world import names
from benchmarks.world.manifest import Sizes
from benchmarks.world.mission import MissionPlan, SessionPlan
from benchmarks.world.people import Client, People

SESSIONS = (5, 3, 7, 1, 6, 5, 4, 9, 2, 8)
"""Sessions of one mission after the other: 5 on average."""
TURNS = tuple(pairwise(accumulate(SESSIONS, initial=0)))
"""First and last of the sessions of each of ten missions, counted through."""
ENROLLED = (10, 12, 8, 14, 10, 6, 11, 9, 13, 7)
"""People on one session after the other: 10 on average."""
CLOSED_SINCE, RUNNING_SINCE = (1825, 160), (80, 1)
"""Days ago, first to last, that missions were opened."""
BUSY_WITH = 20
"""Missions of each kind, running and closed, that the busy facilitator coordinates in a world of any size."""


class Plans:
    """Decides what each mission is like, and numbers them by year."""

    def __init__(self, sizes: Sizes, people: People, anchor: datetime, random: Random) -> None:
        self.sizes, self.people, self.anchor, self.random = sizes, people, anchor, random
        self.numbers: Counter[int] = Counter()

    def ordinary(self) -> Iterator[MissionPlan]:
        """Three in four closed, in the order in which they were opened."""
        closed = self.sizes.missions * 3 // 4
        running = self.sizes.missions - closed
        for place in range(closed):
            yield self._ordinary(place, closed, CLOSED_SINCE, closed=True)
        for place in range(running):
            yield self._ordinary(place, running, RUNNING_SINCE, closed=False)

    def _ordinary(self, place: int, among: int, days_ago: tuple[int, int], *, closed: bool) -> MissionPlan:
        people, share = self.people, min(BUSY_WITH, among)
        before = place * share // among
        busy = (place + 1) * share // among > before
        done = before / share if busy else place / among
        place = before if busy else place - before  # counted apart: the same twenty in a world of any size
        random = Random(f"{closed} {place}") if busy else self.random
        since, until = days_ago
        opened_at = self.anchor - timedelta(days=since - (since - until) * done)
        client = people.clients[place % len(people.clients)]
        sessions = [
            self._session(opened_at, client, random, turn=turn, closed=closed)
            for turn in range(*TURNS[place % len(SESSIONS)])
        ]
        if busy:
            sessions[0] = replace(sessions[0], facilitators=[people.busy])
        return MissionPlan(
            number=self._number(opened_at),
            client=client,
            coordinator=people.busy if busy else random.choice(people.facilitators),
            title=names.SUBJECTS[place % len(names.SUBJECTS)],
            opened_at=opened_at,
            sessions=sorted(sessions, key=lambda s: s.day),
            closed=closed,
            to_plan=0 if closed else place % 3,
            early_fees=place % 2 == 0,
        )

    def _session(
        self, opened_at: datetime, client: Client, random: Random, *, turn: int, closed: bool
    ) -> SessionPlan:
        day = _weekday(opened_at.date() + timedelta(days=10 + random.randrange(110)))
        ended = day < self.anchor.date()
        first = random.randrange(len(client.participants) - max(ENROLLED))
        return SessionPlan(
            day=day,
            training=turn % 10 < 3,
            facilitators=random.sample(self.people.facilitators, 2 if turn % 10 == 0 else 1),
            people=client.participants[first : first + ENROLLED[turn % len(ENROLLED)]],
            confirmed=closed or ended or turn % 4 > 0,
            recorded=closed or (ended and turn % 5 > 0),
        )

    def large_mission(self, client: Client) -> MissionPlan:
        """20 sessions, half of them trainings, half of them over; 300 people, 15 on each."""
        staff = [self.people.busy, *self.people.facilitators[:4]]
        sessions = [
            SessionPlan(
                day=_weekday(self.anchor.date() + timedelta(days=3 * position - 30)),
                training=position % 2 == 0,
                facilitators=[staff[position % len(staff)]],
                people=client.participants[15 * position : 15 * (position + 1)],
                confirmed=position < 10 or position % 5 > 0,
                recorded=position < 8,
            )
            for position in range(20)
        ]
        return self._known(client, sessions)

    def large_session(self, client: Client) -> MissionPlan:
        """One training of 30 people, over, presence recorded."""
        session = SessionPlan(
            day=_weekday(self.anchor.date() - timedelta(days=6)),
            training=True,
            facilitators=[self.people.busy, self.people.facilitators[0]],
            people=client.participants,
            recorded=True,
        )
        return self._known(client, [session])

    def _known(self, client: Client, sessions: list[SessionPlan]) -> MissionPlan:
        opened_at = self.anchor - timedelta(days=70)
        return MissionPlan(
            number=self._number(opened_at),
            client=client,
            coordinator=self.people.busy,
            title="Ateliers de Valmont",
            opened_at=opened_at,
            sessions=sessions,
            closed=False,
            to_plan=2,
            early_fees=True,
            tell_everybody=True,
        )

    def _number(self, opened_at: datetime) -> int:
        self.numbers[opened_at.year] += 1
        return self.numbers[opened_at.year]


def _weekday(day: date) -> date:
    """Return the day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
