"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Code, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWordsChanged(Fact):
    """The office wrote other words for a mail, or went back to those of the house."""

    subject: ClassVar[str] = "wording_id"
    moves_mission: ClassVar[bool] = False
    wording_id: int
    purpose: Code
    language: Code
    version: int
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRulesChanged(Fact):
    """Automatic mails were switched on or off, or leave at another time; names which."""

    subject: ClassVar[str] = "settings_id"
    moves_mission: ClassVar[bool] = False
    settings_id: int
    purposes: list[Code]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSentAgain(Fact):
    """Somebody sent a copy of a message to the same person."""

    subject: ClassVar[str] = "message_id"
    moves_mission: ClassVar[bool] = False
    message_id: int
    purpose: Code
    session_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailStopped(Fact):
    """Somebody kept a message from leaving."""

    subject: ClassVar[str] = "message_id"
    moves_mission: ClassVar[bool] = False
    message_id: int
    purpose: Code
    session_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReleased(Fact):
    """Somebody let a message leave after all."""

    subject: ClassVar[str] = "message_id"
    moves_mission: ClassVar[bool] = False
    message_id: int
    purpose: Code
    session_id: int | None
