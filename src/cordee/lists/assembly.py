"""One sheet, or one text, to people and lines left aside."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from cordee.lists.addresses import is_nothing, read_address
from cordee.lists.around import asked_about
from cordee.lists.cards import as_table, joined, turned
from cordee.lists.checks import Draft, judged
from cordee.lists.columns import Table
from cordee.lists.domains import Domains
from cordee.lists.grids import Grid, Line
from cordee.lists.headers import label
from cordee.lists.layout import lay_out, side_by_side
from cordee.lists.letters import tidy
from cordee.lists.loose import Loose
from cordee.lists.parts import Part, names_somebody, parts_of
from cordee.lists.plain import plain
from cordee.lists.results import MAX_ROWS, Code, ListRefused, Refusal, Row, Skipped, Why
from cordee.lists.separated import cut
from cordee.lists.sorting import (
    SECTION_IN_FRONT,
    aside,
    has_remark,
    is_about_the_mail,
    is_closing,
    is_person_like,
)

_DOMAIN = re.compile(r"@([\w.-]+)")
_SLACK = 1_000
"""Lines beyond the limit that may be titles and blanks; more are not even looked at."""
_MAX_SIGNS = 10 * MAX_ROWS
"""Addresses, several to a person, beyond which nobody is looked for."""
_ENOUGH = 1 / 3
_HALF = 0.5
_FEW, _PAIR = 3, 2


@dataclass(frozen=True, slots=True)
class Found:
    """What one sheet gave."""

    grid: Grid
    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...]
    header_line: int | None = None
    certainty: float = 0.0
    """1 with a header, else the share of lines with an address: 0 for words that could just be names."""

    def as_other(self, why: Why) -> tuple[Skipped, ...]:
        """Return all its lines as left aside."""
        return tuple(
            Skipped(line.number, self.grid.name, line.shown, Why.BLANK if line.blank else why)
            for line in self.grid.lines
        )


def read_sheet(grid: Grid, separator: str) -> Found:
    """Find the people of one sheet."""
    whole = grid
    grid = replace(grid, lines=tuple(map(plain, grid.lines)))
    other = as_table(grid.lines) or turned(grid.lines) if len(grid.lines) <= MAX_ROWS else None
    if other:
        grid = replace(grid, lines=tuple(other[0]))
    lines = grid.lines
    filled = [line for line in lines if not line.blank]
    parts = parts_of(lines)
    headers = [part.lines[part.header] for part in parts if part.header is not None]
    certainty = 1.0 if headers else sum("@" in line.text for line in filled) / max(1, len(filled))
    certain = certainty >= _ENOUGH
    if len(filled) > MAX_ROWS + _SLACK:
        if certain or grid.free:
            raise ListRefused(Refusal.TOO_MANY_ROWS, limit=MAX_ROWS, found=len(filled))
        return Found(whole, (), ())
    if sum(line.text.count("@") for line in filled) > _MAX_SIGNS:
        raise ListRefused(Refusal.TOO_MANY_ROWS, limit=MAX_ROWS, found=_MAX_SIGNS)
    names_alone = grid.free or sum(map(is_person_like, filled)) >= _HALF * max(1, len(filled))
    if not filled or not (certain or names_alone):
        return Found(whole, (), ())
    rows, skipped = _of_parts(grid, parts, separator)
    if other:
        skipped += tuple(Skipped(number, grid.name, text, Why.TOGETHER) for number, text in other[1].items())
    header_line = headers[0].number if headers else None
    return Found(whole, rows, skipped, header_line, certainty if rows else 0.0)


def _of_parts(
    grid: Grid, parts: Sequence[Part], separator: str
) -> tuple[tuple[Row, ...], tuple[Skipped, ...]]:
    rows: tuple[Row, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    for part in parts:
        found, aside_here = _sort(replace(grid, lines=part.lines), part.header, separator)
        rows, skipped = rows + found, skipped + aside_here
    return rows, skipped


def _sort(grid: Grid, at: int | None, separator: str) -> tuple[tuple[Row, ...], tuple[Skipped, ...]]:
    return _Walk(grid, at, separator).down()


class _Walk:
    """A list walked down once, line by line: what a line is depends on all that stood above it."""

    def __init__(self, grid: Grid, at: int | None, separator: str) -> None:
        start = 0 if at is None else at + 1
        self.grid = grid
        self.header = header = None if at is None else grid.lines[at]
        self.above = grid.lines[:start]
        self.groups: dict[int, str] = {}
        self.together: dict[int, str] = {}
        below: Sequence[Line] = grid.lines[start:]
        if header is None:
            below = [_without_section(line, self.groups, separator) for line in below]
            below, self.together = joined(below) if grid.free else (below, self.together)
        self.below = below
        self.first, self.last = (0, len(below)) if header else _people_between(below)
        self.drafts, self.ignored = _drafter(header, below[self.first : self.last], separator, grid)
        self.around = asked_about(below)
        self.whole_mail = any(is_about_the_mail(line) for line in below)
        self.half_header = _half_header(below) if header is None else None
        self.words_asked = header is not None and len(header.filled) > 1 and _have_addresses(below)
        self.signed = False
        """Somebody has taken leave above: what follows is about who wrote."""

    def down(self) -> tuple[tuple[Row, ...], tuple[Skipped, ...]]:
        """Return the rows, and what is none."""
        name, rows, group = self.grid.name, list[Row](), ""
        skipped = [Skipped(line.number, name, line.shown, _above(line, self.header)) for line in self.above]
        skipped += [Skipped(number, name, text, Why.TOGETHER) for number, text in self.together.items()]
        for position, line in enumerate(self.below):
            group = self.groups.get(line.number, group)
            why = self._aside(position, line, any_row=bool(rows))
            if why is Why.SECTION:
                group = line.filled[0].rstrip(" :")
            if why is not None:
                skipped.append(Skipped(line.number, name, line.shown, why))
                continue
            unread = line.text if self._is_asked_about(position, line) else ""
            rows.extend(_rows(self.grid, line, self.drafts(line, group), unread))
        return tuple(rows), tuple(skipped)

    def _aside(self, position: int, line: Line, *, any_row: bool) -> Why | None:
        """Say why a line is no row, if it is none; note who takes leave."""
        header = self.header
        why = aside(line, width=len(header.filled) if header else 1, repeats=header.cells if header else None)
        if why is None and self.signed and "@" not in line.text:
            why = Why.NOTE
        self.signed = self.signed or (any_row and "@" not in line.text and is_closing(line))
        if why is None and not self.first <= position < self.last:
            why = Why.TITLE if position < self.first else Why.NOTE
        empty = self.ignored and all(not cell or i in self.ignored for i, cell in enumerate(line.cells))
        return Why.BLANK if why is None and empty else why

    def _is_asked_about(self, position: int, line: Line) -> bool:
        """Tell whether a row may be something else than a person."""
        return (
            self.signed
            or is_about_the_mail(line, pasted_whole=self.whole_mail)
            or position == self.half_header
            or line.number in self.around
            or (self.words_asked and _is_word_alone(line))
        )


def _without_section(line: Line, groups: dict[int, str], separator: str) -> Line:
    """`Groupe 1 : Jean Dupont, Marie Curie`: the people; their group, from here on, is noted."""
    found = SECTION_IN_FRONT.match(line.text)
    if not found or not any(map(str.isalnum, found["people"])):
        return line
    groups[line.number] = tidy(found["group"])
    cells = tuple(tidy(cell) for cell in cut(found["people"], separator))
    return replace(line, text=found["people"], cells=cells, typed=line.shown if line.typed else "")


def _above(line: Line, header: Line | None) -> Why:
    if line.blank:
        return Why.BLANK
    if line is header:
        return Why.HEADER
    return Why.NOTE if names_somebody(line) else Why.TITLE


def _is_word_alone(line: Line) -> bool:
    """Tell whether a line holds one cell, and nobody that is surely named: `Désistement;;`, `En attente`."""
    return len(line.filled) == 1 and "@" not in line.text and not names_somebody(line)


def _have_addresses(lines: Sequence[Line]) -> bool:
    """Tell whether most of the lines with several cells hold an address."""
    rows = [line for line in lines if len(line.filled) > 1]
    return bool(rows) and sum("@" in line.text for line in rows) * _PAIR > len(rows)


def _half_header(lines: Sequence[Line]) -> int | None:
    """Return the position of a first line with words where all others have an address: a header, probably."""
    filled = [at for at, line in enumerate(lines) if not line.blank]
    if len(filled) < _FEW or "@" in lines[filled[0]].text or len(lines[filled[0]].filled) < _PAIR:
        return None
    first, rest = lines[filled[0]], [lines[at].cells for at in filled[1:]]
    for at, cell in enumerate(first.cells):
        addresses = sum("@" in cells[at] for cells in rest if at < len(cells))
        if addresses * _PAIR > len(rest) and cell and not is_nothing(cell) and "." not in cell:
            return filled[0]
    return None


def _rows(grid: Grid, line: Line, drafts: Iterator[Draft], unread: str) -> Iterator[Row]:
    """Judge everybody on a line; a line of which nothing was understood is somebody to be corrected."""
    count = 0
    for draft in drafts:
        draft.sheet = grid.name
        draft.unread = draft.unread or unread
        _as_typed(draft, line)
        count += 1
        yield judged(draft)
    if not count:
        yield judged(Draft(line=line.number, text=line.shown, sheet=grid.name, unread=unread))


def _as_typed(draft: Draft, line: Line) -> None:
    """Keep a line as it came, and ask about an address that was written in words: its meaning is proposed."""
    if line.typed and draft.text.strip() == line.text.strip():
        draft.text = line.typed.strip()
    for email, typed in line.spelled:
        if draft.address.email == email:
            draft.typed_email = typed
            meant = read_address(typed, Domains(Counter()))
            proposal = draft.address.proposal or email
            codes = tuple(dict.fromkeys((*meant.codes, *draft.address.codes))) or (Code.BAD_EMAIL,)
            draft.address = replace(draft.address, email=typed, proposal=proposal, codes=codes)


def _drafter(
    header: Line | None, lines: Sequence[Line], separator: str, grid: Grid
) -> tuple[Callable[[Line, str], Iterator[Draft]], set[int]]:
    """Return what finds the people of a line: by columns under a header of several, else line by line."""
    people = [line for line in lines if not line.blank]
    domains = Domains(Counter(d.lower().rstrip(".-") for line in people for d in _DOMAIN.findall(line.text)))
    if header is not None and len(header.filled) > 1:
        return _tables(header, people, separator if grid.free else None, domains)
    told = label(header.filled[0]) if header is not None else None
    order = told.order if told else None
    return Loose(people, separator if grid.free else "\t", domains, order).drafts, set()


def _tables(
    header: Line, people: Sequence[Line], separator: str | None, domains: Domains
) -> tuple[Callable[[Line, str], Iterator[Draft]], set[int]]:
    """Return what finds the people of a row, in each of the tables that stand side by side."""
    blocks = side_by_side(header)
    tables: list[tuple[slice, Table]] = []
    for block in blocks:
        part = _part(header, block)
        rows = [row for line in people if not (row := _part(line, block)).blank]
        layout = lay_out(part, rows)
        loose = Loose(rows, separator, domains, layout.order) if separator and len(blocks) == 1 else None
        tables.append((block, Table(layout, len(part.cells), rows, domains, loose)))

    def drafts(line: Line, group: str) -> Iterator[Draft]:
        for block, table in tables:
            part = _part(line, block)
            if not part.blank:
                yield from table.drafts(part, group)

    return drafts, tables[0][1].layout.ignored if len(tables) == 1 else set()


def _part(line: Line, block: slice) -> Line:
    return Line(line.number, line.text, line.cells[block])


def _people_between(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the positions of the first line that could be a person, and behind the last."""
    likely = [at for at, line in enumerate(lines) if not line.blank and is_person_like(line)]
    likely = [at for at in likely if aside(lines[at], width=1) is None]
    if not likely:  # nobody: what is no remark either is shown, to be corrected
        likely = [
            at for at, line in enumerate(lines) if aside(line, width=1) is None and not has_remark(line)
        ]
    return (likely[0], likely[-1] + 1) if likely else (len(lines), len(lines))
