"""Text with separators, cut into lines and cells: by trying, since the file name tells little."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cordee.kernel.names import is_email, normal_email
from cordee.lists.grids import Grid, Line, without_blank_end
from cordee.lists.headers import strength
from cordee.lists.letters import tidy
from cordee.lists.mailboxes import BRACKETED
from cordee.lists.people import is_whole_name
from cordee.lists.results import MAX_ROWS, ListRefused, Refusal

SEPARATORS = ("\t", ";", "|", ",")
_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_OPENS = re.compile(r'(?:^|[;,\t|]) *"')
_LONGEST = 10
"""Lines that a quoted cell may go over; a quote open for longer was never meant as one."""
MAX_LINES = 50_000
"""Lines, blank ones included, beyond which nothing is looked at."""
_SAMPLE = 200
_MAX_CELLS = 2 * MAX_ROWS
"""Cells of one line; what stands behind them stays together in the last."""
_HINT = re.compile(r"^sep=(.)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Record:
    number: int
    text: str


def read_grid(text: str, *, by_records: bool) -> tuple[Grid, str]:
    """Return the lines with their cells, and the separator.

    A cell may go over several lines: a spreadsheet then numbers the rows (`by_records`), a paste its lines.
    """
    records = list(_records(_without_empty_end(text)))
    separator = best_separator([record.text for record in records])
    lines = []
    for count, record in enumerate(records, start=1):
        cells = [record.text] if _HINT.match(record.text) else cut(record.text, separator)
        number = count if by_records else record.number
        lines.append(Line(number, record.text, tuple(tidy(cell) for cell in cells)))
    return Grid("", without_blank_end(lines), free=True), separator


def _without_empty_end(text: str) -> str:
    """Return the text up to its last line with something on it; exports may end in a million empty rows."""
    filled = len(text.rstrip(" \t\r\n;,|\xa0"))
    end = _ENDS.search(text, filled)
    text = text[: end.start()] if end else text
    lines = max(text.count("\n"), text.count("\r")) + 1
    if lines > MAX_LINES:
        raise ListRefused(Refusal.TOO_MANY_ROWS, limit=MAX_ROWS, found=lines)
    return text


def _records(text: str) -> Iterator[_Record]:
    """Join the lines that one quoted cell goes over."""
    lines = _ENDS.split(text)
    at = 0
    while at < len(lines):
        size = _joined(lines, at) if lines[at].count('"') % 2 and _OPENS.search(lines[at]) else 1
        yield _Record(at + 1, "\n".join(lines[at : at + size]))
        at += size


def _joined(lines: list[str], at: int) -> int:
    """Return how many lines the record that starts here takes: up to the one that closes its quote."""
    for size in range(2, _LONGEST + 1):
        if at + size <= len(lines) and lines[at + size - 1].count('"') % 2:
            inner = lines[at + size - 1]
            return 1 if _OPENS.match(inner) and not _closes(inner) else size
    return 1


def _closes(line: str) -> bool:
    """Tell whether the first quote of a line ends a cell rather than opens one."""
    return bool(re.match(r'[^"]*"\s*(?:[;,\t|]|$)', line))


def cut(record: str, separator: str) -> list[str]:
    """Return the cells of one record; quotes that make no sense are text."""
    if record.count('"') % 2 == 0:
        try:
            rows = list(csv.reader([record.replace("\n", "\r")], delimiter=separator, skipinitialspace=True))
        except csv.Error:
            rows = []
        if len(rows) == 1:
            cells = rows[0]
            return (
                cells
                if len(cells) <= _MAX_CELLS
                else [*cells[:_MAX_CELLS], separator.join(cells[_MAX_CELLS:])]
            )
    return record.replace("\n", " ").split(separator, _MAX_CELLS)


def best_separator(records: list[str]) -> str:
    """Return the separator under which the lines look most like a table."""
    sample = [record for record in records if record.strip(" ;,|\t")][:_SAMPLE]
    for record in sample[:1]:
        if hint := _HINT.match(record):
            return hint[1]
    plain = [record for record in sample if not BRACKETED.search(record)] or sample
    scores = {separator: _score(plain, separator) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda separator: scores[separator])


def _score(records: list[str], separator: str) -> float:
    """Even lines, a header that is understood, addresses alone in their cells."""
    if not any(separator in record for record in records):
        return 0.0
    rows = [cut(record, separator) for record in records]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    evenness = widths.most_common(1)[0][1] / len(rows)
    header = max(strength(row) for row in rows[:20])
    cells = [cell for row in rows for cell in row if "@" in cell]
    alone = sum(is_email(normal_email(cell)) for cell in cells) / len(cells) if cells else 0.5
    return evenness + 0.5 * min(header, 3) + alone


def other_cells(text: str, separator: str) -> tuple[str, ...]:
    """Cut a line that does not hold the list's separator with the one that it does hold, if any."""
    for other in SEPARATORS:
        if other not in {separator, ","} and other in text:
            return tuple(tidy(cell) for cell in cut(text, other))
    cells = tuple(tidy(cell) for cell in cut(text, ","))
    if len(cells) > 1 and ("@" in text or all(map(is_whole_name, filter(None, cells)))):
        return cells
    return (tidy(text),)
