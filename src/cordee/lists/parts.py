"""Where the tables of one sheet begin: each under a header of its own, the first perhaps without."""

from collections.abc import Sequence
from dataclasses import dataclass

from cordee.lists.grids import Line
from cordee.lists.headers import label, repeats_header, strength
from cordee.lists.people import is_whole_name
from cordee.lists.sorting import has_remark, is_about_the_mail, without_bullet

_FIRST_LINES = 40


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together, and the position of their header among them."""

    lines: tuple[Line, ...]
    header: int | None = None


def parts_of(lines: Sequence[Line]) -> list[Part]:
    """Cut the lines of a sheet where another table begins: nobody above a header is part of its title."""
    first = find_header(lines)
    start = 0 if first is None else first + 1
    heads = [] if first is None else [first]
    for at in range(start, len(lines)):
        if _begins_another(lines[at], lines[heads[-1]] if heads else None):
            heads.append(at)
    if not heads:
        return [Part(tuple(lines))]
    parts = [] if first is not None else [Part(tuple(lines[: heads[0]]))]
    for count, at in enumerate(heads):
        begin = 0 if at == first else at
        end = heads[count + 1] if count + 1 < len(heads) else len(lines)
        parts.append(Part(tuple(lines[begin:end]), at - begin))
    return parts


def find_header(lines: Sequence[Line]) -> int | None:
    """Return the position of the header among the first lines: the one that names most fields.

    Below the first person there is none any more, nor is one word below names.
    """
    best, position, names = (0, 0), None, False
    for at, line in enumerate(lines[:_FIRST_LINES]):
        if _is_somebody(line) or (best[1] > 1 and _names_in_a_row(line)):
            break
        found = strength(line.cells)
        if found and (found, len(line.filled)) > best and not (names and len(line.filled) == 1):
            best, position = (found, len(line.filled)), at
        names = names or names_somebody(line)
    return position


def names_somebody(line: Line) -> bool:
    """Tell whether a line holds nothing but whole names, by capitals or known first names."""
    cells = [without_bullet(cell) for cell in line.filled]
    return bool(cells) and not has_remark(line) and all(map(is_whole_name, cells))


def _names_in_a_row(line: Line) -> bool:
    return len(line.filled) > 1 and not has_remark(line) and any(map(is_whole_name, line.filled))


def _is_somebody(line: Line) -> bool:
    """Tell whether a line holds an address that is not said in a remark: `Contact : rh@asso.example`."""
    return "@" in line.text.strip()[1:] and not has_remark(line) and not is_about_the_mail(line)


def _begins_another(line: Line, header: Line | None) -> bool:
    """Tell whether a line is the header of another table: of two fields or more, and not the same once more."""
    if len(line.filled) < 2 or not repeats_header(line.filled):  # noqa: PLR2004 - a table
        return False
    return header is None or [label(cell) for cell in line.cells] != [label(cell) for cell in header.cells]
