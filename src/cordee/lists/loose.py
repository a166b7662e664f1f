"""People in lines without a header: each line is looked at for itself, with a hint from the others."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cordee.kernel.names import is_email, normal_email
from cordee.lists.addresses import TOKEN, is_nothing, is_spelled, is_telephone, read_address
from cordee.lists.checks import Draft
from cordee.lists.cleaning import clean, without_remark
from cordee.lists.domains import KNOWN, Domains
from cordee.lists.grids import Line
from cordee.lists.layout import letter
from cordee.lists.letters import is_capitals, key, tidy
from cordee.lists.mailboxes import is_mailboxes, pieces
from cordee.lists.people import Name, Order, is_whole_name, order_told
from cordee.lists.results import SECOND
from cordee.lists.roles import are_crossed, is_login, told_by
from cordee.lists.second import one_each, with_second_addresses
from cordee.lists.sentences import people_in
from cordee.lists.separated import other_cells
from cordee.lists.several import (
    belongs_to_none,
    cut_everywhere,
    is_whole,
    somebody_else,
    theirs,
    theirs_elsewhere,
    whole_people,
)
from cordee.lists.sorting import is_odd_name, looks_like_name, without_bullet
from cordee.lists.votes import pairs_order, whole_name, whole_names_order
from cordee.lists.words import ADDRESS_KINDS, CIVILITIES, FIRST_NAMES, NO_VALUE, WORK

_BOX = re.compile(r"^(?P<name>.*?)<(?P<address>[^<>@]*@[^<>]*)>(?P<after>.*)$", re.DOTALL)
_ADDRESSY = re.compile(r"^[\w.+-]+\.(?:com|fr|net|org|eu|be|ch|lu|io|gouv|info|example)$", re.IGNORECASE)
_ENDING = re.compile(r"^(?:com|fr|net|org|eu|be|ch|lu|io|info|example)$", re.IGNORECASE)
_BETWEEN = " :,;–—-"
_FEW = 4
_PAIR = 2


class Loose:
    """Lines without a header, and what they tell together."""

    def __init__(
        self, lines: Sequence[Line], separator: str, domains: Domains, order: Order | None = None
    ) -> None:
        self.separator = separator
        self.domains = domains
        rows = [
            self._cells(line) for line in lines if not is_mailboxes(line.text) and not people_in(line.text)
        ]
        self.roles = told_by([() if any(map(is_whole, cells)) else cells for cells in rows])
        named = [self._parts(cells) for cells in rows]
        pairs = [(n[0][1], n[1][1], local) for _, n, local in named if len(n) > 1]
        self.whole_first = _second_sorts([(one, two) for one, two, _ in pairs])
        self.pair_order = pairs_order(pairs)
        self.order = order or whole_names_order((n[0][1], local) for _, n, local in named if len(n) == 1)

    def drafts(self, line: Line, group: str = "") -> Iterator[Draft]:
        """Yield everybody on one line: at least one person."""
        if said := people_in(without_bullet(line.text)):
            for text, piece in said:
                draft = self._mailbox(line, piece, group)
                draft.text = text
                yield draft
            return
        if is_mailboxes(line.text):
            text = without_bullet(line.text.replace("\n", " "))
            boxes = [self._mailbox(line, piece, group) for piece in pieces(text)]
            for draft in with_second_addresses(boxes, text):
                yield from (draft,) if draft.first or draft.last else one_each(draft, self.domains)
            return
        cells = self._cells(line)
        fits = self._fits(cells)
        people = _one_name_each(cells) or (None if fits else whole_people(cells)) or _one_person_each(cells)
        for start, part in people:
            text = line.text.strip() if len(part) == len(cells) else self.separator.join(filter(None, part))
            draft = self._of_cells(Draft(line=line.number, text=text, group=group), part, start)
            several = len(people) > 1 or any(map(is_whole, cells))
            others = [] if fits else somebody_else(draft, among_others=several)
            yield from (draft,) if draft.first or draft.last else one_each(draft, self.domains)
            yield from others

    def _of_cells(self, draft: Draft, cells: tuple[str, ...], start: int) -> Draft:
        """Find one person in the cells of a line, or in those from `start` on that are theirs."""
        address_at, named, _ = self._parts(cells)
        if address_at is not None and is_telephone(cells[address_at]):
            address_at = None  # kept beside, as what else is said of somebody
        if address_at is not None:
            draft.typed_email = cells[address_at]
            draft.address = read_address(draft.typed_email, self.domains)
            beside = [
                cell for at, cell in enumerate(cells) if at != address_at and is_email(normal_email(cell))
            ]
            if beside and is_email(draft.address.email):
                draft.address = read_address("; ".join((draft.typed_email, *beside)), self.domains)
        name, positions = self._name(named, draft, cells, address_at)
        draft.first, draft.last = name.first, name.last
        used = {address_at, *positions}
        for at, cell in enumerate(cells):
            if cell and at not in used and normal_email(cell) not in draft.address.others:
                draft.extras[letter(start + at)] = cell
        if draft.address.others:
            draft.extras[SECOND] = "; ".join(draft.address.others)
        if not (draft.first or draft.last) and (words := _words_in(draft)):
            draft.unread = words
        if not self._fits(cells) and belongs_to_none(named, draft.address.email):
            draft.unread = draft.text
        rest = draft.address.rest
        if positions and " " in rest and looks_like_name(rest) and rest not in f"{name.first} {name.last}":
            draft.unread = draft.text  # a name in front of the address, and another beside it
        return draft

    def _parts(self, cells: tuple[str, ...]) -> tuple[int | None, list[tuple[int, str]], str]:
        """Return where the address stands, the cells that may be names, and the address before its @: by the
        columns of the whole list where this line has them, else by what stands in its own cells.
        """
        at = self.roles.address
        if at is None or not self._fits(cells) or ("@" not in cells[at] and any("@" in c for c in cells)):
            return _parts(cells)
        crossed = next((i for i in self.roles.names if are_crossed(cells[i], cells[at])), None)
        if crossed is not None:
            return crossed, [(at, cells[at])], cells[crossed].partition("@")[0]
        named = [(i, cells[i]) for i in self.roles.names if cells[i] and key(cells[i]) not in CIVILITIES]
        if not named:
            return _parts(cells)
        address = None if is_nothing(cells[at]) else at
        return address, named, cells[at].partition("@")[0] if address is not None else ""

    def _fits(self, cells: tuple[str, ...]) -> bool:
        """Tell whether a line has the columns of the list, and names in no other the person of its address."""
        if not self.roles.fit(cells) or any(map(is_whole, cells)):
            return False
        at = self.roles.address
        named = [cells[i] for i in self.roles.names]
        return at is None or not theirs_elsewhere(
            named, [c for i, c in enumerate(cells) if i != at], cells[at]
        )

    def _cells(self, line: Line) -> tuple[str, ...]:
        cells = line.cells
        if len(line.filled) == 1:
            cells = other_cells(line.text, self.separator)
        cells = _rejoined(cut_everywhere(line.text) or cells)
        if len(cells) == 1 and "@" not in cells[0]:
            name, _, login = cells[0].rpartition(" ")
            cells = (name.rstrip(_BETWEEN), login) if is_login(login) and looks_like_name(name) else cells
        if cells and cells[0]:
            cells = (without_bullet(cells[0]), *cells[1:])
        return cells

    def _name(
        self, named: list[tuple[int, str]], draft: Draft, cells: tuple[str, ...], address_at: int | None
    ) -> tuple[Name, list[int]]:
        email, rest = draft.address.email, draft.address.rest
        if rest and not (named and self._names_more(named, rest)):
            return whole_name(without_remark(rest), self.order, email), []
        if rest and len(named) == 1 and _is_first_name(rest) and " " not in named[0][1]:
            return self._pair(clean(named[0][1]), rest, email), [named[0][0]]  # `Roy, Ana ana@asso.example`
        if not named:
            return self._odd(draft, cells, address_at)
        if not self._fits(cells) and address_at is not None:
            named = theirs(named, email)
        at, text = named[0]
        if len(named) == 1 or self.whole_first or (is_whole_name(text) and not _is_first_name(named[1][1])):
            return whole_name(text, self.order, email), [at]
        other, second = named[1]
        return self._pair(clean(text), clean(second), email), [at, other]

    @staticmethod
    def _names_more(named: list[tuple[int, str]], rest: str) -> bool:
        """Tell whether the cells of a line name somebody better than the words beside its address do."""
        return not is_whole_name(rest) or any(is_whole_name(cell) for _, cell in named) or len(named) > 1

    def _pair(self, one: str, two: str, email: str) -> Name:
        told = order_told(one, two, email.partition("@")[0])
        if not told and self.pair_order is None and is_capitals(one) and is_capitals(two):
            told = -1
        if not told:
            told = -1 if self.pair_order is Order.LAST_FIRST else 1
        return Name(one, two) if told > 0 else Name(two, one)

    def _odd(self, draft: Draft, cells: tuple[str, ...], address_at: int | None) -> tuple[Name, list[int]]:
        """Nothing looks like a name: what there is is shown as one, to be corrected, if it could be one."""
        if not draft.address.email:
            return Name(last=clean(draft.text)), []
        words = [(at, cell) for at, cell in enumerate(cells) if at != address_at and is_odd_name(cell)]
        if len(words) != 1:
            return Name(), []
        at, text = words[0]
        return whole_name(text, self.order, draft.address.email), [at]

    def _mailbox(self, line: Line, piece: str, group: str) -> Draft:
        draft = Draft(line=line.number, text=piece, group=group)
        piece = tidy(piece)
        box = _BOX.match(piece)
        if box:
            draft.typed_email = box["address"].strip()
            draft.address = read_address(draft.typed_email, self.domains)
            label = box["name"].strip() or box["after"].strip()
            if "@" in label:
                label = "" if is_email(normal_email(label.strip("\"' "))) else label.partition("@")[0]
        elif "@" in piece:
            draft.typed_email = piece
            draft.address = read_address(piece, self.domains)
            label = draft.address.rest
        else:
            label = piece
        before, colon, after = label.rpartition(":")
        if set(key(after).split(" ")) <= ADDRESS_KINDS:  # `Ana Roux : pro ana@asso.example`
            label = before
        elif colon:
            label = after.strip() or label
        name = whole_name(
            without_remark(label.strip("\"' ")) if label else "", self.order, draft.address.email
        )
        draft.first, draft.last = name.first, name.last
        if draft.address.others:
            draft.extras[SECOND] = "; ".join(draft.address.others)
        return draft


def _parts(cells: tuple[str, ...]) -> tuple[int | None, list[tuple[int, str]], str]:
    """Return where the address stands, the cells that may be names, and the address before its @."""
    at = next((i for i, cell in enumerate(cells) if "@" in cell and not cell.startswith("=")), None)
    if at is None:
        at = next((i for i, cell in enumerate(cells) if _is_addressy(cell) or is_spelled(cell)), None)
    if at is None:
        at = next((i for i, cell in enumerate(cells) if is_login(cell) and key(cell) not in NO_VALUE), None)
    named = [
        (i, cell)
        for i, cell in enumerate(cells)
        if i != at
        and cell
        and (looks_like_name(cell) or cell.startswith("="))
        and key(cell) not in CIVILITIES
    ]
    if len(named) > _PAIR:
        named = [n for n in named if not WORK.intersection(key(n[1]).split(" "))] or named
    return at, named, cells[at].partition("@")[0] if at is not None else ""


def _is_first_name(text: str) -> bool:
    return all(word in FIRST_NAMES for word in key(text).split(" "))


def _words_in(draft: Draft) -> str:
    """Return what stands beside an address and is no name, if there are words in it."""
    beside = (draft.address.rest, *(value for name, value in draft.extras.items() if name != SECOND))
    words = [text for text in beside if any(map(str.isalpha, text)) and key(text) not in CIVILITIES]
    return " ".join(words)


def _one_name_each(cells: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    """`Jean Dupont, Marie Curie, Paul Martin`: whole names side by side are one person each."""
    filled = [(at, cell) for at, cell in enumerate(cells) if cell]
    whole = len(filled) > 1 and all(is_whole_name(cell) for _, cell in filled)
    return [(at, (cell,)) for at, cell in filled] if whole else []


def _one_person_each(cells: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    """Cut a line at its addresses; a piece that is an address alone is a second one of the person before."""
    found: list[tuple[int, tuple[str, ...]]] = []
    for start, part in _one_address_each(cells):
        alone = all(not TOKEN.sub("", cell).strip(" ;,|/<>") for cell in part)
        if found and alone and any(cell and "@" not in cell for cell in found[-1][1]):
            found[-1] = (found[-1][0], found[-1][1] + part)
        else:
            found.append((start, part))
    return found


def _one_address_each(cells: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    """Cut a line with several addresses in cells of their own: before each, when the first cell is one,
    else behind each. What is left over stays with the last.
    """
    places = [at for at, cell in enumerate(cells) if "@" in cell and not cell.startswith("=")]
    if len(places) < 2:  # noqa: PLR2004 - one person
        return [(0, cells)]
    first = next(at for at, cell in enumerate(cells) if cell)
    starts = [0, *places[1:]] if places[0] == first else [0, *(at + 1 for at in places[:-1])]
    return [(start, cells[start:end]) for start, end in zip(starts, [*starts[1:], len(cells)], strict=True)]


def _rejoined(cells: tuple[str, ...]) -> tuple[str, ...]:
    """`lea@mail` and `example`, cut at a comma typed for the dot."""
    for at, (cell, after) in enumerate(pairwise(cells)):
        if "@" in cell and "." not in cell.rpartition("@")[2] and _ENDING.match(after):
            return (*cells[:at], f"{cell},{after}", *cells[at + 2 :])
    return cells


def _is_addressy(cell: str) -> bool:
    """An address whose @ was left out."""
    low = cell.lower()
    return (
        " " not in cell
        and "." in cell
        and (bool(_ADDRESSY.match(cell)) or "à" in low or any(low.endswith(domain) for domain in KNOWN))
    )


def _second_sorts(pairs: list[tuple[str, str]]) -> bool:
    """Tell whether the second cell sorts people (a service) and the first holds whole names."""
    if len(pairs) < _FEW:
        return False
    distinct = len({two for _, two in pairs})
    whole = sum(" " in one for one, _ in pairs)
    return distinct * 2 <= len(pairs) and whole * 10 >= len(pairs) * 7
