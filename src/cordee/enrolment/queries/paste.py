"""Understanding a list as it was pasted: from a mail program, a spreadsheet, a text."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordee.enrolment.rules import Person
from cordee.kernel.names import tidy
from cordee.kernel.refusals import Blocker, Refused
from cordee.lists.reader import read_text
from cordee.lists.results import MAX_ROWS, ListRefused, Refusal, Row


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One person of a paste: the line's number (from 1), the text, and who it was understood to be."""

    number: int
    text: str
    person: Person


def read_lines(text: str) -> list[PastedLine]:
    """Understand pasted lines: `Name <mail>`, `mail;first;last`, tabs, commas, or an address alone.

    Every line that is no header, title, total or remark gives at least one person. Raises Refused when it is
    longer than any list.
    """
    try:
        people = read_text(text)
    except ListRefused as refused:
        if refused.code is Refusal.EMPTY:
            return []
        raise Refused([_too_long()]) from refused
    return [PastedLine(row.line, row.text.strip(), _person(row)) for row in people.rows]


def _person(row: Row) -> Person:
    """Return who a row is; what was not understood stands as a name, to be seen and corrected."""
    if not (row.email or row.first_name or row.last_name):
        return Person(last_name=tidy(row.text))
    return Person(email=row.email, first_name=row.first_name, last_name=row.last_name)


def _too_long() -> Blocker:
    return Blocker(
        "too_many_rows",
        _("A list holds at most %(most)d people.") % {"most": MAX_ROWS},
        _("Split it, and give one part after the other."),
        field="text",
    )
