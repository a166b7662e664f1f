"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationCertified(Fact):
    """Certificates of participation in a session were issued, replaced or revoked: how many of each."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    issued: int
    replaced: int
    revoked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RealisationCertified(Fact):
    """Certificates of realisation of a mission were issued, replaced or revoked: how many of each."""

    subject: ClassVar[str] = "mission_id"
    moves_mission: ClassVar[bool] = False
    mission_id: int
    issued: int
    replaced: int
    revoked: int
