"""People in the rows of a table whose header was understood."""

import re
from collections.abc import Iterator, Sequence

from cordee.kernel.names import is_email, normal_email
from cordee.lists.addresses import Address, read_address
from cordee.lists.checks import Draft
from cordee.lists.cleaning import clean
from cordee.lists.domains import Domains
from cordee.lists.grids import Line
from cordee.lists.halves import half_name
from cordee.lists.layout import Layout
from cordee.lists.loose import Loose
from cordee.lists.mailboxes import is_addresses, is_mailboxes
from cordee.lists.people import Name, address_told, order_told, split
from cordee.lists.results import SECOND, Code, Suggestion
from cordee.lists.roles import are_crossed
from cordee.lists.second import one_each
from cordee.lists.votes import whole_name, whole_names_order

_ENDING = re.compile(r"^[a-z]{2,10}$", re.IGNORECASE)
_SURE = 3
_MOSTLY = 3
_LONGEST = 320


class Table:
    """A header's layout and what its rows tell together."""

    def __init__(
        self, layout: Layout, width: int, lines: Sequence[Line], domains: Domains, loose: Loose | None = None
    ) -> None:
        self.layout = layout
        self.loose = loose
        self.width = width
        self.domains = domains
        if layout.full is not None and layout.order is None:
            at = layout.full
            layout.order = whole_names_order((self._cell(line, at), self._local(line)) for line in lines)
        self.direction = self._direction(lines)
        self.half = half_name(layout, lines)

    def drafts(self, line: Line, group: str = "") -> Iterator[Draft]:
        """Yield the person of one line; several when it holds addresses only."""
        if self.loose and _is_of_another_shape(line):
            yield from self.loose.drafts(line, group)  # pasted below the table, shaped otherwise
            return
        line = self._uncrossed(self._rejoined(line))
        draft = Draft(line=line.number, text=line.text)
        self._read_address(draft, line)
        used: set[int | None] = set()
        name = self._name(draft, line, used)
        draft.first, draft.last = name.first, name.last
        draft.group = (self._cell(line, self.layout.group) if self.layout.group is not None else "") or group
        self._keep_extras(draft, line, used)
        if self.layout.first is not None and self.layout.last is not None:
            self._compare(draft)
        self._doubt_half(draft, line)
        yield from (draft,) if draft.first or draft.last else one_each(draft, self.domains)

    def _cell(self, line: Line, at: int) -> str:
        return line.cells[at] if at < len(line.cells) else ""

    def _rejoined(self, line: Line) -> Line:
        """`jean@mail,example` in a list with commas: the address was cut in two."""
        for at in self.layout.emails[:1]:
            after = self._cell(line, at + 1)
            cell = self._cell(line, at)
            if (
                len(line.cells) == self.width + 1
                and "@" in cell
                and not is_email(normal_email(cell))
                and _ENDING.match(after)
            ):
                cells = (*line.cells[:at], f"{cell},{after}", *line.cells[at + 2 :])
                return Line(line.number, line.text, cells)
        return line

    def _uncrossed(self, line: Line) -> Line:
        """`puy.eva;Puy Éva` under `Nom;Mail`: each back in its own column."""
        name, cells = self.layout.full, list(line.cells)
        for at in self.layout.emails[:1]:
            if name is not None and max(name, at) < len(cells) and are_crossed(cells[name], cells[at]):
                cells[name], cells[at] = cells[at], cells[name]
        return Line(line.number, line.text, tuple(cells))

    def _read_address(self, draft: Draft, line: Line) -> None:
        """Take the first column that holds an address; keep the others beside it."""
        for at in self.layout.emails:
            cell = self._cell(line, at)
            if draft.address.email:
                draft.extras[self.layout.name_of(at)] = cell
                continue
            draft.typed_email = cell
            draft.address = read_address(cell, self.domains)
        beyond = [cell for cell in line.cells[self.width :] if is_email(normal_email(cell))]
        if beyond and is_email(draft.address.email):
            draft.address = read_address("; ".join((draft.address.email, *beyond)), self.domains)
        if draft.address.others:
            draft.extras[SECOND] = "; ".join(draft.address.others)

    def _name(self, draft: Draft, line: Line, used: set[int | None]) -> Name:
        layout = self.layout
        if layout.full is not None:
            whole = self._lifted(draft, self._cell(line, layout.full))
            if whole and whole != draft.address.rest:
                doubt_rest(draft)
            return whole_name(whole or draft.address.rest, layout.order, draft.address.email)
        first = self._filled(line, [layout.first, *layout.other_firsts], used)
        last = self._filled(line, [layout.last, *layout.other_lasts], used)
        first = self._joined([], first, layout.further_firsts, line, used)
        last = self._joined(layout.particles, last, layout.further_lasts, line, used)
        if "@" in first or "@" in last:
            lifted = not draft.address.email
            first, last = self._put_right(draft, first, last)
            if lifted and not (first and last):
                return whole_name(first or last, None, draft.address.email)
        first, last = clean(first), clean(last)
        if not (first or last) and draft.address.rest:
            return whole_name(draft.address.rest, None, draft.address.email)
        doubt_rest(draft)
        one = last or first
        if not (first and last) and one and " " in one and (name := split(one)).sure:
            return name
        return Name(first, last)

    def _filled(self, line: Line, places: list[int | None], used: set[int | None]) -> str:
        """Return the first of several cells with something in it, and note where it stands."""
        for at in places:
            if at is not None and clean(cell := self._cell(line, at)):
                used.add(at)
                return cell
        return ""

    def _joined(
        self, before: list[int], name: str, after: list[int], line: Line, used: set[int | None]
    ) -> str:
        """Return a name with the parts of it that stand in columns of their own."""
        if not name or "@" in name:
            return name
        parts = {
            at: cell for at in (*before, *after) if clean(cell := self._cell(line, at)) and "@" not in cell
        }
        used.update(parts)
        return " ".join(
            (*(parts[at] for at in before if at in parts), name, *(parts[at] for at in after if at in parts))
        )

    def _lifted(self, draft: Draft, whole: str) -> str:
        """`Jean Dupont <jean@x.example>` in the column of names."""
        if "@" not in whole or draft.address.email:
            return whole
        draft.typed_email = whole
        draft.address = read_address(whole, self.domains)
        return draft.address.rest

    def _put_right(self, draft: Draft, first: str, last: str) -> tuple[str, str]:
        """An address stands where a name should: take it if its own column is empty, else say so."""
        wrong = first if "@" in first else last
        found = read_address(wrong, self.domains)
        if not draft.address.email:
            draft.address, draft.typed_email = found, wrong
            return (found.rest, last) if wrong == first else (first, found.rest)
        if is_email(draft.address.email) or not is_email(found.email):
            return first, last
        there = clean(draft.typed_email)
        right = (there, last) if wrong == first else (first, there)
        draft.misplaced = Suggestion(
            email=found.proposal or found.email, first_name=right[0], last_name=right[1]
        )
        return first, last

    def _keep_extras(self, draft: Draft, line: Line, used: set[int | None]) -> None:
        used |= {*self.layout.emails, *self.layout.ignored}
        used |= {self.layout.first, self.layout.last, self.layout.full, self.layout.group}
        for at, cell in enumerate(line.cells):
            if cell and at not in used and not (at >= self.width and cell.lower() in draft.address.others):
                draft.extras[self.layout.name_of(at)] = cell

    def _local(self, line: Line) -> str:
        cells = (self._cell(line, at) for at in self.layout.emails)
        return next((cell.partition("@")[0] for cell in cells if "@" in cell), "")

    def _direction(self, lines: Sequence[Line]) -> int:
        """Return 1 when the addresses of this list begin with the first name, -1 with the last, else 0."""
        first, last = self.layout.first, self.layout.last
        if first is None or last is None:
            return 0
        told = [
            address_told(self._cell(line, first), self._cell(line, last), self._local(line)) for line in lines
        ]
        if told.count(1) > 1 and told.count(1) >= _MOSTLY * told.count(-1):
            return 1
        return -1 if told.count(-1) > 1 and told.count(-1) >= _MOSTLY * told.count(1) else 0

    def _doubt_half(self, draft: Draft, line: Line) -> None:
        """Ask whether a column that was not understood holds the rest of a name of one word."""
        rest = clean(self._cell(line, self.half)) if self.half is not None else ""
        one = draft.first or draft.last
        if rest and one and " " not in one and not (draft.first and draft.last):
            draft.rest = (one, rest) if self.layout.first is not None else (rest, one)

    def _compare(self, draft: Draft) -> None:
        """First and last name may stand in each other's column: capitals, first names and address tell."""
        first, last = draft.first, draft.last
        if not first or not last or draft.misplaced:
            return
        told = order_told(first, last, "")
        told += self.direction * address_told(first, last, draft.address.email.partition("@")[0])
        if told <= -_SURE:
            draft.swapped = (last, first)


def _is_of_another_shape(line: Line) -> bool:
    """Tell whether a line was pasted below the table: people as a mail program writes them, no row."""
    if len(line.cells) == 1:
        return is_mailboxes(line.text)
    return all("@" in cell for cell in line.filled) and is_addresses(line.text)


def doubt_rest(draft: Draft) -> None:
    """What stands beside an address whose person is named elsewhere: a piece of it, or a remark to keep."""
    found = draft.address
    if not found.rest or len(draft.typed_email) > _LONGEST or not is_email(found.email):
        return
    before, near, after = draft.typed_email.lower().partition(found.email)
    typed = before.strip()
    comma = typed.endswith(",")
    is_near = bool(near) and not after.strip() and typed.rstrip(", ") == found.rest.lower()
    joined = normal_email(f"{found.rest}{'.' if comma else ''}{found.email}")
    if is_near and " " not in found.rest and found.rest.islower() and is_email(joined):
        code = Code.COMMA_FOR_DOT if comma else Code.SPACES_IN_EMAIL
        draft.address = Address(found.email, joined, (*found.codes, code), found.rest, found.others)
    else:
        draft.extras.setdefault(SECOND, draft.typed_email)
