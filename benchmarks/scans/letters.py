"""Words as a hand joins their letters, from a few points for each: no font has them."""

from typing import Final

import numpy as np

from benchmarks.scans.pens import Line, smooth

type Points = tuple[tuple[float, float], ...]

_LETTERS: Final[dict[str, Points]] = {
    "a": ((0, 0.1), (0.7, 0.85), (0.3, 0.95), (0.1, 0.4), (0.35, 0), (0.7, 0.85), (0.75, 0.1), (1, 0.1)),
    "b": (
        (0, 0.1),
        (0.35, 1.2),
        (0.4, 2),
        (0.2, 1.8),
        (0.2, 0.2),
        (0.4, 0),
        (0.7, 0.4),
        (0.55, 0.8),
        (1, 0.7),
    ),
    "c": ((0, 0.1), (0.6, 0.8), (0.35, 0.95), (0.1, 0.45), (0.35, 0), (0.8, 0.15)),
    "d": (
        (0, 0.1),
        (0.7, 0.85),
        (0.3, 0.95),
        (0.1, 0.4),
        (0.35, 0),
        (0.7, 0.8),
        (0.8, 2),
        (0.75, 0.1),
        (1, 0.1),
    ),
    "e": ((0, 0.1), (0.55, 0.6), (0.45, 0.95), (0.2, 0.6), (0.35, 0.05), (0.9, 0.15)),
    "i": ((0, 0.1), (0.25, 0.9), (0.27, 0.1), (0.5, 0.1)),
    "l": ((0, 0.1), (0.4, 1.9), (0.25, 2), (0.2, 0.3), (0.35, 0), (0.7, 0.15)),
    "m": (
        (0, 0.5),
        (0.12, 0.95),
        (0.15, 0),
        (0.3, 0.85),
        (0.45, 0.8),
        (0.5, 0),
        (0.65, 0.85),
        (0.8, 0.8),
        (0.9, 0.1),
        (1.2, 0.1),
    ),
    "n": ((0, 0.5), (0.12, 0.95), (0.15, 0), (0.3, 0.8), (0.5, 0.9), (0.6, 0.1), (0.9, 0.1)),
    "o": ((0, 0.2), (0.5, 0.95), (0.15, 0.6), (0.35, 0), (0.65, 0.5), (0.45, 0.95), (0.9, 0.8)),
    "r": ((0, 0.1), (0.2, 1), (0.3, 0.8), (0.55, 0.85), (0.5, 0.2), (0.8, 0.1)),
    "s": ((0, 0.1), (0.45, 0.95), (0.5, 0.8), (0.65, 0.3), (0.4, 0), (0.15, 0.15), (0.9, 0.1)),
    "t": ((0, 0.1), (0.35, 1.6), (0.3, 0.2), (0.45, 0), (0.75, 0.1)),
    "u": ((0, 0.9), (0.1, 0.1), (0.35, 0), (0.6, 0.9), (0.62, 0.1), (0.9, 0.1)),
    "v": ((0, 0.7), (0.15, 0.95), (0.35, 0), (0.7, 0.95), (1, 0.8)),
    "x": ((0, 0.8), (0.2, 0.9), (0.6, 0.05), (0.8, 0.1)),
    "A": ((0, 0), (0.6, 2), (1.1, 0), (1.3, 0.1)),
    "B": ((0.1, 2), (0.1, 0), (0.15, 2), (0.8, 1.7), (0.2, 1.1), (0.95, 0.6), (0.1, 0), (1.2, 0.1)),
    "D": ((0.2, 2), (0.15, 0), (0.9, 0.5), (0.9, 1.6), (0.1, 2), (1.2, 1.8)),
    "E": ((0.9, 1.8), (0.3, 2), (0.1, 1.5), (0.5, 1.1), (0.05, 0.6), (0.4, 0), (1, 0.3)),
    "L": ((0.3, 1.6), (0.6, 2), (0.3, 0.3), (0.1, 0), (0.6, 0.15), (1.1, 0)),
    "M": ((0, 0), (0.3, 2), (0.65, 0.6), (1, 2), (1.25, 0), (1.4, 0.1)),
    "N": ((0, 0), (0.2, 2), (0.9, 0), (1.1, 2), (1.3, 1.9)),
    "S": ((0.9, 1.7), (0.5, 2), (0.15, 1.5), (0.8, 0.6), (0.4, 0), (0, 0.3), (1, 0.1)),
    "V": ((0, 2), (0.5, 0), (1.1, 2), (1.3, 1.9)),
}
_APART: Final[dict[str, Points]] = {
    "t": ((0.05, 1.1), (0.7, 1.2)),
    "x": ((0.05, 0), (0.7, 0.95)),
    "i": ((0.27, 1.35), (0.3, 1.4)),
    "A": ((0.2, 0.7), (0.95, 0.75)),
}
"""What a hand adds without joining it."""
_ACCENTS: Final = {"é": ("e", ((0.3, 1.3), (0.6, 1.6)))}


def joined(text: str, chance: np.random.Generator) -> list[Line]:
    """Return a word as lines; one unit is the height of a small letter."""
    wide, slant = chance.uniform(0.75, 1.3), chance.uniform(-0.15, 0.5)
    lines: list[Line] = []
    run: list[tuple[float, float]] = []
    x = 0.0
    for sign in text:
        if sign not in _LETTERS and sign not in _ACCENTS:  # a point, a space, an apostrophe
            lines.append(np.array([(x + 0.1, 0.0), (x + 0.14, 0.06)]))
            x += 0.4
            continue
        letter, added = _ACCENTS.get(sign, (sign, _APART.get(sign)))
        points = _LETTERS[letter]
        if run and chance.random() < 0.2:  # the pen is lifted
            lines.append(smooth(_shaken(run, chance), 8))
            run = []
        run += [(x + a * wide, b) for a, b in points]
        if added:
            lines.append(_shaken([(x + a * wide, b) for a, b in added], chance))
        x += points[-1][0] * wide + chance.uniform(-0.05, 0.1)
    if run:
        lines.append(smooth(_shaken(run, chance), 8))
    return [np.c_[line[:, 0] + slant * line[:, 1], -line[:, 1]] for line in lines]


def _shaken(points: list[tuple[float, float]], chance: np.random.Generator) -> Line:
    return np.array(points) + chance.normal(0, 0.06, (len(points), 2))
