"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSealed(Fact):
    """All that proves a session was sealed in one file."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    sealed_file_id: int
    number: int
