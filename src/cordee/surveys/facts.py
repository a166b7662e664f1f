"""What this room can say happened. Never what was answered."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Code, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswered(Fact):
    """Somebody on a session answered for the first time; changes of mind are nobody's business."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    enrolment_id: int
    kind: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersForgotten(Fact):
    """The answers of these people were deleted, their time being up; `counted`: what they were together is kept."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    kind: Code
    people: int
    counted: bool
