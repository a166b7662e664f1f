"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantErased(Fact):
    """Who a participant is was erased in every room; `places`: on how many lists of a mission they were."""

    subject: ClassVar[str] = "participant_id"
    moves_mission: ClassVar[bool] = False
    participant_id: int
    places: int
