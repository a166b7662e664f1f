"""What is missing on missions and how far they have come, as the rooms tell it.

Each room that knows of something has a `steps.py` with a `tell`; `closure` asks all of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NewType, cast

from cordee.kernel import zones
from cordee.kernel.periods import local
from cordee.kernel.refusals import Blocker, Turn

Count = NewType("Count", str)
"""The name of something that is counted by order line: a constant of the room that counts it."""


class StepCode(StrEnum):
    """Everything that can be missing on a mission."""

    REOPENED = "reopened"
    NO_COORDINATOR = "no_coordinator"
    TO_PLAN = "to_plan"
    TO_STAFF = "to_staff"
    UNANSWERED = "unanswered"
    NOBODY_RAN_IT = "nobody_ran_it"
    SESSION_TO_COME = "session_to_come"
    TO_ENROL = "to_enrol"
    ROWS_WAIT = "rows_wait"
    PAGES_TO_CONFIRM = "pages_to_confirm"
    PRESENCE_MISSING = "presence_missing"
    SHEET_MISSING = "sheet_missing"
    SHEET_REFUSED = "sheet_refused"
    FEES_TO_REQUEST = "fees_to_request"
    NO_COORDINATION_FEE = "no_coordination_fee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to be done before a mission can close, or on the way."""

    code: StepCode
    message: str
    fix: str = ""
    turn: Turn
    due_on: date | None = None
    """Local day from which it is late."""
    blocks_closure: bool = True
    subject: str = ""
    """Reference of the session concerned, when there is one."""

    def as_blocker(self) -> Blocker:
        return Blocker(self.code, self.message, self.fix, self.turn, subject=self.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one room says of one mission: what is missing, and what it counts, by order line."""

    steps: Sequence[Step] = ()
    counts: Mapping[int, Mapping[Count, int]] = field(default_factory=dict)


class Look:
    """One look at some missions at one moment (UTC): what several rooms need for it is read once."""

    def __init__(self, mission_ids: Iterable[int], *, now: datetime) -> None:
        self.mission_ids = tuple(mission_ids)
        self.now = now
        self._read: dict[Callable[[Look], Any], Any] = {}

    def at[T](self, read: "Callable[[Look], T]") -> T:
        """Return what `read` finds for these missions, read the first time only."""
        if read not in self._read:
            self._read[read] = read(self)
        return cast("T", self._read[read])

    def knows[T](self, read: "Callable[[Look], T]", found: T) -> None:
        """Take what somebody has read already, instead of what `read` would find."""
        self._read[read] = found

    @property
    def today(self) -> date:
        return self.day(self.now)

    def day(self, moment: datetime) -> date:
        """Return the day of a moment (UTC) where the organisation is."""
        return local(moment, zones.home()).date()


type Teller = Callable[[Look], Mapping[int, Told]]
"""How a room answers for missions: as many queries for one as for many. All missions of the look are told of."""
