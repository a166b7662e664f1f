"""Which column of a list holds what: by its header, and by what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cordee.lists.grids import Line
from cordee.lists.headers import Field, Label, labels_of
from cordee.lists.letters import key
from cordee.lists.people import Order

_SOME = 0.3
"""From this share of addresses on, a column holds them whatever its header says."""
_WHOLE_WHEN_ALONE = frozenset({"nombre", "nome", "nombres"})
"""First names in Spanish, Italian and Portuguese; without a column for last names, whole names."""


@dataclass(slots=True)
class Layout:
    """Positions of the columns; the names of those that are only kept."""

    emails: list[int] = field(default_factory=list)
    first: int | None = None
    last: int | None = None
    other_firsts: list[int] = field(default_factory=list)
    other_lasts: list[int] = field(default_factory=list)
    """Further columns of first and last names: they count in the rows where the first choice is empty."""
    further_firsts: list[int] = field(default_factory=list)
    further_lasts: list[int] = field(default_factory=list)
    particles: list[int] = field(default_factory=list)
    """Parts of one name in columns of their own: they are joined."""
    full: int | None = None
    group: int | None = None
    order: Order | None = None
    ignored: set[int] = field(default_factory=set)
    extras: dict[int, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    """Those of all columns that are kept, to tell two of one name apart."""

    def name_of(self, position: int) -> str:
        return self.extras.get(position) or letter(position)


def side_by_side(header: Line) -> list[slice]:
    """Return the tables beside each other under one header (`Nom, Mail, , Nom, Mail`): mostly one."""
    places = [(at, key(cell).rstrip("0123456789 ")) for at, cell in enumerate(header.cells) if cell]
    words = [word for _, word in places]
    times = words.count(words[0])
    size = len(words) // times
    if times == 1 or size == 1 or words != words[:size] * times:
        return [slice(0, None)]
    starts = [places[i * size][0] for i in range(times)]
    return [slice(start, end) for start, end in zip(starts, [*starts[1:], None], strict=True)]


def letter(position: int) -> str:
    """Return the letters under which spreadsheets show a column: A, B, … Z, AA…"""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def lay_out(header: Line, rows: Sequence[Line]) -> Layout:
    """Return the layout that a header announces, corrected by the addresses found under it."""
    layout = Layout()
    labels = labels_of(header.cells)
    for position, (cell, found) in enumerate(zip(header.cells, labels, strict=True)):
        _place(layout, position, cell, found)
    _prefer_usage(layout, labels, header)
    _trust_addresses(layout, header, rows)
    _resolve_names(layout, header, rows)
    return layout


def _place(layout: Layout, position: int, cell: str, found: Label | None) -> None:
    if found is None:
        if cell:
            layout.extras[position] = _free_name(layout, cell, position)
    elif found.field is Field.EMAIL:
        layout.emails.append(position)
        layout.extras[position] = _free_name(layout, cell, position)
    elif found.field is Field.NUMBER:
        layout.ignored.add(position)
    elif found.field is Field.PARTICLE:
        layout.particles.append(position)
        layout.extras[position] = _free_name(layout, cell, position)
    elif found.field is Field.OTHER or _taken(layout, found.field):
        layout.extras[position] = _free_name(layout, cell, position)
    elif found.field is Field.FULL:
        layout.full, layout.order = position, found.order
    elif found.field is Field.FIRST:
        layout.first = position
    elif found.field is Field.LAST:
        layout.last = position
    else:
        layout.group = position


def _taken(layout: Layout, named: Field) -> bool:
    place = {
        Field.FULL: layout.full,
        Field.FIRST: layout.first,
        Field.LAST: layout.last,
        Field.GROUP: layout.group,
    }
    return place[named] is not None


def _free_name(layout: Layout, cell: str, position: int) -> str:
    """Two columns of one name are told apart by their letter."""
    if cell in layout.names:
        return f"{cell} ({letter(position)})"
    layout.names.add(cell)
    return cell


def _prefer_usage(layout: Layout, labels: list[Label | None], header: Line) -> None:
    """Of the name at birth and the name in use, the one in use counts, where it is given."""
    layout.last, layout.other_lasts, layout.further_lasts = _by_rank(labels, Field.LAST, layout.last)
    layout.first, layout.other_firsts, layout.further_firsts = _by_rank(labels, Field.FIRST, layout.first)
    for at in (layout.last, layout.first):
        layout.extras.pop(-1 if at is None else at, None)
    for at in (*layout.other_lasts, *layout.other_firsts, *layout.further_lasts, *layout.further_firsts):
        layout.extras.setdefault(at, _free_name(layout, header.cells[at], at))


def _by_rank(
    labels: list[Label | None], named: Field, chosen: int | None
) -> tuple[int | None, list[int], list[int]]:
    """Return the column that is preferred for a field, the others that hold it, best first, and those that hold
    a further part of it.
    """
    places = [
        (found.further, -found.rank, at) for at, found in enumerate(labels) if found and found.field is named
    ]
    ordered = sorted(places)
    if not ordered:
        return chosen, [], []
    others = [at for further, _, at in ordered[1:] if not further]
    return ordered[0][2], others, [at for further, _, at in ordered[1:] if further]


def _trust_addresses(layout: Layout, header: Line, rows: Sequence[Line]) -> None:
    """Where the column called e-mail holds none, the one that does is it."""
    counts = [sum("@" in row.cells[at] for row in rows if at < len(row.cells)) for at in range(_width(rows))]
    if not any(counts) or any(counts[at] for at in layout.emails if at < len(counts)):
        return
    best = max(range(len(counts)), key=lambda at: counts[at])
    if counts[best] < _SOME * sum(not row.blank for row in rows):
        return
    held = [row.cells[best] for row in rows if best < len(row.cells) and "@" in row.cells[best]]
    if best in {layout.last, layout.full} and not any(" " not in cell for cell in held):
        return  # `Ana Roux <ana@asso.example>` in the column of names
    for name in ("first", "last", "full", "group"):
        if getattr(layout, name) == best:
            wrong = layout.emails[0] if layout.emails else None
            setattr(layout, name, wrong)
            layout.extras.pop(wrong if wrong is not None else -1, None)
            layout.emails = []
    layout.ignored.discard(best)
    layout.emails = [best, *layout.emails]
    layout.extras.setdefault(best, header.cells[best] if best < len(header.cells) else letter(best))


def _resolve_names(layout: Layout, header: Line, rows: Sequence[Line]) -> None:
    """`Nom` without `Prénom` is the whole name; `Participant` beside `Prénom` the last name."""
    if layout.full is not None and layout.first is not None and layout.last is None:
        words = [row.cells[layout.full].split(" ") for row in rows if layout.full < len(row.cells)]
        if sum(len(w) > 1 for w in words) * 2 > len(words):
            layout.extras[layout.first] = header.cells[layout.first]
            layout.first = None
        else:
            layout.last, layout.full = layout.full, None
    elif layout.full is not None and layout.last is not None and layout.first is not None:
        layout.extras[layout.full] = _free_name(layout, header.cells[layout.full], layout.full)
        layout.full = None
    elif layout.first is not None and layout.last is None and layout.full is None:
        if key(header.cells[layout.first]) in _WHOLE_WHEN_ALONE:
            layout.full, layout.first = layout.first, None
    elif layout.last is not None and layout.first is None and layout.full is None:
        beside = layout.last + 1
        if beside < len(header.cells) and not header.cells[beside] and _has_words(rows, beside):
            layout.first = beside  # `Nom et prénom` merged over two columns, or a header left out
        else:
            layout.full, layout.last = layout.last, None
    elif layout.full is not None and layout.last is not None:
        layout.extras[layout.last] = header.cells[layout.last]
        layout.last = None
    _split_over_two(layout, header, rows)


def _split_over_two(layout: Layout, header: Line, rows: Sequence[Line]) -> None:
    """A header for whole names merged over two columns: last name and first name stand under it."""
    at = layout.full
    if at is None or at + 1 >= len(header.cells) or header.cells[at + 1] or not _has_words(rows, at + 1):
        return
    layout.full = None
    pair = (at + 1, at) if layout.order is Order.LAST_FIRST else (at, at + 1)
    layout.first, layout.last = pair


def _has_words(rows: Sequence[Line], at: int) -> bool:
    cells = [row.cells[at] for row in rows if at < len(row.cells) and row.cells[at]]
    named = [cell for cell in cells if key(cell) and "@" not in cell and not any(map(str.isdigit, cell))]
    return len(named) * 2 > sum(not row.blank for row in rows)


def _width(rows: Sequence[Line]) -> int:
    return max((len(row.cells) for row in rows), default=0)
