"""What the columns of a list without a header hold, told by all its lines together."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cordee.lists.letters import is_capitals, key
from cordee.lists.people import is_whole_name
from cordee.lists.sorting import looks_like_name
from cordee.lists.words import CIVILITIES, FIRST_NAMES, WORK

_MOST = 0.6
"""From this share of lines on, a column is known for what it holds."""
_SOME = 0.3
_LEAST_LINES = 2
_PAIR = 2
_MAX_COLUMNS = 60
_SHARED = 3
"""Letters from which on a name that stands in an address is no accident."""


_LOGIN = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)+")


def is_login(text: str) -> bool:
    """Tell whether a text is an address whose end was left out, or an address without its sign: `jean.petit`."""
    return ("." in text or "_" in text) and text[:1].isalpha() and bool(_LOGIN.fullmatch(text))


def are_crossed(name: str, address: str) -> bool:
    """Tell whether an address (or its beginning) stands where the name should, and the name in its place."""
    return (
        ("@" in name or bool(_LOGIN.fullmatch(name)))
        and " " in address
        and "@" not in address
        and looks_like_name(address)
    )


@dataclass(frozen=True, slots=True)
class Roles:
    """Lines of `width` cells: where the address stands, and where the names; the last cells may be left out."""

    width: int = 0
    address: int | None = None
    names: tuple[int, ...] = ()

    def fit(self, cells: Sequence[str]) -> bool:
        """Tell whether a line is one of those that the roles were told by."""
        at = max((*self.names, self.address if self.address is not None else 0))
        return bool(self.width) and at < len(cells) <= self.width


def told_by(rows: Sequence[tuple[str, ...]]) -> Roles:
    """Return the roles of the columns; none when the lines are shaped unlike each other."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, times = widths.most_common(1)[0] if widths else (0, 0)
    same = [row for row in rows if len(row) == width]
    if times < max(_LEAST_LINES, _MOST * len(rows)) or width > _MAX_COLUMNS:
        return Roles()
    shares = [sum("@" in row[at] for row in same) / times for at in range(width)]
    address = max(range(width), key=lambda at: shares[at])
    if shares[address] < _MOST:
        return Roles()
    scores = {at: _score(same, at, address) for at in range(width) if at != address}
    named = sorted((at for at, score in scores.items() if score > 0), key=lambda at: -scores[at])
    if named and _holds_whole_names(same, named[0]):
        named = named[:1]
    return Roles(width, address, tuple(sorted(named[:_PAIR])))


def _score(rows: Sequence[tuple[str, ...]], at: int, address: int) -> float:
    """Return how much a column looks like one of names; 0 when it does not."""
    cells = [(key(row[at]), row[at], key(row[address].partition("@")[0])) for row in rows if row[at]]
    named = [c for c in cells if looks_like_name(c[1]) and c[0] not in CIVILITIES]
    if not named or len(named) < _MOST * len(cells) or len(cells) < _SOME * len(rows):
        return 0.0
    first = sum(plain.partition(" ")[0] in FIRST_NAMES for plain, _, _ in named)
    shared = sum(len(p) >= _SHARED and p.replace(" ", "") in a.replace(" ", "") for p, _, a in named)
    capitals = sum(is_capitals(text) for _, text, _ in named)
    work = sum(bool(WORK.intersection(plain.split(" "))) for plain, _, _ in named)
    distinct = len({plain for plain, _, _ in named})
    score = 2 * first + 2 * shared + capitals + distinct - 3 * work
    return max(0.01, score / len(named))


def _holds_whole_names(rows: Sequence[tuple[str, ...]], at: int) -> bool:
    return sum(is_whole_name(row[at]) for row in rows) >= _MOST * len(rows)
