"""What is known of a sheet, as plain data: findings are made of it without asking anything more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from cordee.attendance.states import HERE, PresenceState

type Stroke = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """A half-day; day and times are local to the session, instants in UTC."""

    id: int
    position: int
    day: date
    starts: time
    ends: time
    starts_at: datetime
    ends_at: datetime
    begun: bool = True
    ended: bool = True
    recorded: bool = True
    """Tells whether presence is recorded."""
    headcount: int = 0
    """How many were there, as it was recorded."""
    without_name: int = 0
    """How many signed on paper without a name being asked for (education)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on the list (`key`: the enrolment), or who runs the session (`key`: the assignment)."""

    key: int
    who: str
    """The same person has the same one on every session."""
    name: str
    enrolled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signature that stands, on a screen or on paper."""

    id: int
    half_day_id: int
    key: int
    """The enrolment or the assignment."""
    at: datetime
    late_because: str = ""
    belated: bool = False
    """It came late from a device without network, and somebody decided that it counts."""
    print: str = ""
    """Of what was drawn (`attendance.queries.print_of`): the same for the same drawing. Nothing on paper."""
    strokes: Sequence[Stroke] = ()
    content: Mapping[str, Any] = field(default_factory=dict)
    """What it was given for, as it stood on the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The sheet of one session: who should have signed, who did, and what it should say."""

    session_id: int
    title: str
    time_zone: str
    address: str
    remote: bool
    capacity: int
    agreed_on: date
    """The day of the order."""
    minutes_ordered: int
    """Length of the service that was ordered, breaks left out."""
    halves: Sequence[Half]
    people: Sequence[Person]
    facilitators: Sequence[Person]
    """Who is confirmed to run it."""
    marks: Mapping[tuple[int, int], str]
    """Presence by (enrolment, half-day)."""
    signed: Sequence[Signed] = ()
    countersigned: Sequence[Signed] = ()
    of_school: bool = False
    """In education: where nobody is on the list, the contact of the school confirms instead."""
    confirmed: int | None = None
    """How many were there, as the contact of the school confirmed."""
    ordered: Sequence[str] = ()
    """How the order calls it: its title, and the service."""
    elsewhere: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Who else, on whichever session, has a signature with the same print (see `Person.who`)."""

    def was_there(self, person: Person, half: Half) -> bool:
        """Tell whether somebody is recorded as having been there."""
        mark = self.marks.get((person.key, half.id))
        return mark is not None and PresenceState(mark) in HERE

    def present(self, half: Half) -> list[Person]:
        return [person for person in self.people if self.was_there(person, half)]
