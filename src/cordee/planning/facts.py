"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Code, Fact, FieldName, ReasonId, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlanned(Fact):
    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    ref: Ref
    reason_id: ReasonId | None = None
    """Why it was put right after the event, where it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionChanged(Fact):
    """Something about the session changed; `informs` when those who come must be told (date, place, link)."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    ref: Ref
    fields: list[FieldName]
    informs: bool
    reason_id: ReasonId | None = None
    """Why it was put right after the event, where it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCancelled(Fact):
    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    ref: Ref
    reason_id: ReasonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRestored(Fact):
    """A session that was cancelled takes place after all: nobody had been told."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilitatorPutOn(Fact):
    """A facilitator was put on a session, to run it or to observe."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    assignment_id: int
    facilitator_id: int
    role: Code
    status: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentChanged(Fact):
    """The status of a facilitator on a session changed: answered, confirmed by the coordinator, withdrawn…"""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    assignment_id: int
    facilitator_id: int
    before: Code
    after: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChanged(Fact):
    """A facilitator on a session now observes, or now counts."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    assignment_id: int
    facilitator_id: int
    role: Code
