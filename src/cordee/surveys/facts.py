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


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyOpened(Fact):
    """A survey about a session, or a mission as a whole, began."""

    subject: ClassVar[str] = "survey_id"
    moves_mission: ClassVar[bool] = False
    survey_id: int
    kind: Code
    anonymous: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseGiven(Fact):
    """Somebody answered a survey that is not anonymous, for the first time. Of anonymous ones nothing is recorded."""

    subject: ClassVar[str] = "survey_id"
    moves_mission: ClassVar[bool] = False
    survey_id: int
    kind: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyClosed(Fact):
    """A survey closed: nobody can answer it any more, and who had answered is no longer known."""

    subject: ClassVar[str] = "survey_id"
    moves_mission: ClassVar[bool] = False
    survey_id: int
    kind: Code
    people: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentMasked(Fact):
    """Quality took a passage out of an answer in words, that named somebody for example; the reason is kept."""

    subject: ClassVar[str] = "comment_id"
    moves_mission: ClassVar[bool] = False
    comment_id: int
    passages: int
    reason_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentTagged(Fact):
    """Quality changed the tags of an answer in words."""

    subject: ClassVar[str] = "comment_id"
    moves_mission: ClassVar[bool] = False
    comment_id: int
    tags: int
