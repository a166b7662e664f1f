"""The drawing of what somebody earned in a year: a table with its sums. All wording comes as data."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

from cordee.documents.rendering.wording import one_line
from cordee.pdf.engine import render

TEMPLATE: Final = Path(__file__).parent.parent / "templates" / "statement.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementData:
    """What is printed, in the language of who reads it."""

    language: str
    title: str
    person: str
    organisation: str
    """Name, and below it whatever identifies it: one line each."""
    facts: Sequence[tuple[str, str]]
    """What the year comes to: label, value."""
    heads: Sequence[str]
    """Of the columns: day, what, hours, amount, invoice, payment."""
    rows: Sequence[Sequence[str]]
    """“What” may have a second line."""
    sums: Sequence[tuple[str, str, str]]
    """Below the table: label, hours, amount."""
    note: str
    made: str


def render_statement(data: StatementData, *, dated: date) -> bytes:
    """The statement as PDF/A."""
    told = asdict(data)
    told["rows"] = [["\n".join(map(one_line, cell.split("\n"))) for cell in row] for row in data.rows]
    told["person"] = one_line(data.person)
    return render(TEMPLATE, told, dated=dated)
