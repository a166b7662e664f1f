"""A header of which one column was not understood: it may hold the other half of everybody's name."""

from collections.abc import Sequence

from cordee.lists.grids import Line
from cordee.lists.headers import label
from cordee.lists.layout import Layout
from cordee.lists.letters import key
from cordee.lists.sorting import looks_like_name
from cordee.lists.words import CIVILITIES, FIRST_NAMES, WORK

_MOST = 0.6
"""From this share of rows on, a column holds what it seems to hold."""
_LONGEST = 3


def half_name(layout: Layout, lines: Sequence[Line]) -> int | None:
    """Return the position of the column that may hold the rest of a name, where the columns that were understood
    hold single words; None where they hold whole names, or no column is left that could.
    """
    known = [at for at in (layout.full, layout.first, layout.last) if at is not None]
    rows = [line.cells for line in lines if not line.blank]
    if len(known) != 1 or not rows or layout.other_firsts or layout.other_lasts:
        return None
    named = [cells[known[0]] for cells in rows if known[0] < len(cells) and cells[known[0]]]
    if not named or sum(" " not in name for name in named) < _MOST * len(named):
        return None
    open_to_doubt = [
        at for at, name in layout.extras.items() if at not in layout.emails and label(name) is None
    ]
    scores = {at: _score(rows, at) for at in open_to_doubt}
    return max((at for at in scores if scores[at] > 0), key=lambda at: scores[at], default=None)


def _score(rows: Sequence[tuple[str, ...]], at: int) -> float:
    """Return how much a column looks like one of first or last names: 0 when it does not."""
    cells = [cells[at] for cells in rows if at < len(cells) and cells[at]]
    likely = [cell for cell in cells if _could_be(cell)]
    if not cells or len(cells) < _MOST * len(rows) or len(likely) < _MOST * len(cells):
        return 0.0
    distinct = len({key(cell) for cell in likely})
    if distinct * 2 < len(likely):
        return 0.0  # the same few words again and again: they sort people
    return distinct + sum(key(cell).partition(" ")[0] in FIRST_NAMES for cell in likely)


def _could_be(cell: str) -> bool:
    words = key(cell).split(" ")
    return (
        "@" not in cell
        and len(words) <= _LONGEST
        and looks_like_name(cell)
        and not (WORK | CIVILITIES).intersection(words)
    )
