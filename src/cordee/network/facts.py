"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact, FieldName


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilitatorInvited(Fact):
    """Somebody joined the network of facilitators and may log in."""

    subject: ClassVar[str] = "facilitator_id"
    moves_mission: ClassVar[bool] = False
    facilitator_id: int
    account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilitatorChanged(Fact):
    subject: ClassVar[str] = "facilitator_id"
    moves_mission: ClassVar[bool] = False
    facilitator_id: int
    fields: list[FieldName]
