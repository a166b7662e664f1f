"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact, IsoTime


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationOpened(Fact):
    """People may register themselves; until when (UTC, ISO), or until the session starts when empty."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    closes_at: IsoTime


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationClosed(Fact):
    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationAsked(Fact):
    """Somebody wrote their name down, for the first time or again: a mail follows."""

    subject: ClassVar[str] = "registration_id"
    moves_mission: ClassVar[bool] = False
    registration_id: int
    session_id: int
    time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOnWaitingList(Fact):
    """Somebody confirmed, and there was no room."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    registration_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedUp(Fact):
    """People who waited are on the list now; somebody let them in `by_hand`, or places had become free."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    registration_ids: list[int]
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingListLeft(Fact):
    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    registration_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationRemoved(Fact):
    """The coordinator took a registration off; `waited`: the person had confirmed, and is told."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    registration_id: int
    waited: bool
