"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact, FieldName


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAdded(Fact):
    subject: ClassVar[str] = "client_id"
    moves_mission: ClassVar[bool] = False
    client_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientChanged(Fact):
    subject: ClassVar[str] = "client_id"
    moves_mission: ClassVar[bool] = False
    client_id: int
    fields: list[FieldName]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAdded(Fact):
    subject: ClassVar[str] = "client_id"
    moves_mission: ClassVar[bool] = False
    client_id: int
    contact_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChanged(Fact):
    subject: ClassVar[str] = "client_id"
    moves_mission: ClassVar[bool] = False
    client_id: int
    contact_id: int
