"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsDeposited(Fact):
    """Somebody deposited signed sheets: so many files."""

    subject: ClassVar[str] = "deposit_id"
    moves_mission: ClassVar[bool] = False
    deposit_id: int
    files: int
    session_id: int | None = None
    """Where they were given on the page of a session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPagesRead(Fact):
    """A deposited file was read: so many of its pages wait for somebody to compare them."""

    subject: ClassVar[str] = "file_id"
    moves_mission: ClassVar[bool] = True
    file_id: int
    pages: int
    session_id: int | None = None
    """Whose pages they are; nothing where nobody knows yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPageConfirmed(Fact):
    """Somebody confirmed who signed on a page; `again` when they had opened it again before."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    page_id: int
    signed: int
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPageReopened(Fact):
    """A confirmed page was opened again, to be corrected."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    page_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPageSetAside(Fact):
    """A page was set aside (`back` is false), or taken up again."""

    subject: ClassVar[str] = "page_id"
    moves_mission: ClassVar[bool] = True
    page_id: int
    session_id: int | None
    back: bool
