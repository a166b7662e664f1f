"""What this room can say happened. About the request alone, on no mission: timelines that others read tell
nothing of it, and nothing of the need is ever in the journal.
"""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Code, Fact, FieldName


@dataclass(frozen=True, slots=True, kw_only=True)
class AccommodationAsked(Fact):
    """A participant told of an access need; `again` when they told more of one that is open."""

    subject: ClassVar[str] = "request_id"
    moves_mission: ClassVar[bool] = False
    request_id: int
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptationPrepared(Fact):
    """The disability officer wrote what will be adapted, or by when; names which fields."""

    subject: ClassVar[str] = "request_id"
    moves_mission: ClassVar[bool] = False
    request_id: int
    fields: list[FieldName]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccommodationMoved(Fact):
    """The request changed its state: done, declined, opened again, withdrawn."""

    subject: ClassVar[str] = "request_id"
    moves_mission: ClassVar[bool] = False
    request_id: int
    before: Code
    after: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedErased(Fact):
    """What was told of the need was erased, its time being over."""

    subject: ClassVar[str] = "request_id"
    moves_mission: ClassVar[bool] = False
    request_id: int
