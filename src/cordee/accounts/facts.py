"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Code, Fact, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueInvited(Fact):
    """An account was made for somebody who may now log in."""

    subject: ClassVar[str] = "account_id"
    moves_mission: ClassVar[bool] = False
    account_id: int
    roles: list[Code]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesChanged(Fact):
    subject: ClassVar[str] = "account_id"
    moves_mission: ClassVar[bool] = False
    account_id: int
    roles: list[Code]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSuspended(Fact):
    subject: ClassVar[str] = "account_id"
    moves_mission: ClassVar[bool] = False
    account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRestored(Fact):
    subject: ClassVar[str] = "account_id"
    moves_mission: ClassVar[bool] = False
    account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditorLooked(Fact):
    """An auditor opened a page: the name of its address, and the reference of what it shows, where it has one."""

    subject: ClassVar[str] = "account_id"
    moves_mission: ClassVar[bool] = False
    account_id: int
    page: Code
    ref: Ref
