"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact, FieldName, IsoTime


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthClosed(Fact):
    """The entries of a month were written, for good."""

    subject: ClassVar[str] = "month_id"
    moves_mission: ClassVar[bool] = False
    month_id: int
    month: IsoTime
    """Its first day."""
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsChanged(Fact):
    """Other accounts are used from the next month that is closed."""

    subject: ClassVar[str] = "accounts_id"
    moves_mission: ClassVar[bool] = False
    accounts_id: int
    fields: list[FieldName]
