"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Code, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSubmitted(Fact):
    """A sheet was given to quality; `by_itself` when everybody had signed and nothing was wrong."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    decision_id: int
    round: int
    by_itself: bool
    questions: list[Code]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAccepted(Fact):
    """Quality accepted a sheet."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    decision_id: int
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRefused(Fact):
    """Quality refused a sheet, for these reasons; what it said beside is with the decision."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    decision_id: int
    round: int
    reasons: list[Code]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSentBack(Fact):
    """A sheet that was submitted or accepted no longer is what it was: it begins another round."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    decision_id: int
    round: int
    cause: Code
    was_accepted: bool
