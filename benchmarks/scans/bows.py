"""Writing made of bars and bows, by a pen that is dragged along them: that of the set `passers-by`."""

from itertools import pairwise
from typing import Final

import numpy as np

from benchmarks.scans.pens import Line

type Bows = tuple[tuple[float, float, float], ...]
"""Where a stroke ends, and how far it bows to the left of its way, in its length: 0 is a bar, 0.5 half a circle."""

_BOWL: Final[Bows] = ((0.7, 0.8, 0), (0.05, 0.4, -0.4), (0.66, 0.3, -0.6))
_LOOP: Final[Bows] = ((0.05, 0.3, 0), (0.42, 1.75, -0.1), (0.16, 1.75, -0.7))
_LETTERS: Final[dict[str, Bows]] = {
    "a": (*_BOWL, (0.7, 0.95, 0), (0.72, 0.1, 0), (0.95, 0.2, -0.4)),
    "b": (*_LOOP, (0.16, 0.25, 0), (0.62, 0.3, -0.55), (0.5, 0.9, -0.25), (0.9, 0.85, -0.25)),
    "c": ((0.25, 0.92, 0), (0.68, 0.8, 0.15), (0.05, 0.45, -0.45), (0.75, 0.2, -0.5)),
    "d": (*_BOWL, (0.75, 1.95, 0), (0.74, 0.1, 0), (0.95, 0.2, -0.4)),
    "e": ((0.08, 0.45, 0), (0.62, 0.65, -0.1), (0.08, 0.55, -0.65), (0.8, 0.2, -0.5)),
    "f": (*_LOOP, (0.16, -0.8, 0), (0.4, -0.7, -0.7), (0.22, 0.2, -0.1), (0.75, 0.35, -0.2)),
    "g": (*_BOWL, (0.7, 0.95, 0), (0.66, -0.75, 0), (0.3, -0.75, 0.7), (0.95, 0.3, 0.05)),
    "h": (*_LOOP, (0.14, 0, 0), (0.18, 0.6, 0), (0.62, 0.6, 0.6), (0.64, 0.1, 0), (0.9, 0.2, -0.4)),
    "i": ((0.1, 0.95, 0), (0.12, 0.15, 0), (0.42, 0.25, -0.5)),
    "k": (*_LOOP, (0.14, 0, 0), (0.18, 0.5, 0), (0.3, 0.5, 0.9), (0.6, 0.05, 0), (0.9, 0.2, -0.3)),
    "l": (*_LOOP, (0.16, 0.2, 0), (0.58, 0.25, -0.5)),
    "m": (
        *((0.05, 0.95, 0), (0.1, 0, 0), (0.12, 0.6, 0), (0.48, 0.6, 0.6), (0.5, 0, 0)),
        *((0.52, 0.6, 0), (0.88, 0.6, 0.6), (0.9, 0.1, 0), (1.18, 0.2, -0.4)),
    ),
    "n": ((0.05, 0.95, 0), (0.1, 0, 0), (0.12, 0.6, 0), (0.56, 0.6, 0.6), (0.58, 0.1, 0), (0.86, 0.2, -0.4)),
    "o": ((0.5, 0.95, 0), (0.36, 0.02, -0.5), (0.5, 0.95, -0.45), (0.95, 0.85, -0.25)),
    "p": ((0.1, 0.95, 0), (0.1, -0.95, 0), (0.12, 0.6, 0), (0.62, 0.5, 0.5), (0.16, 0.08, 0.4), (0.9, 0.15, -0.1)),
    "q": (*_BOWL, (0.7, 0.95, 0), (0.7, -0.95, 0), (0.98, 0.3, 0)),
    "r": ((0.05, 0.3, 0), (0.2, 1.1, 0), (0.55, 0.9, -0.3), (0.55, 0.15, 0), (0.82, 0.2, -0.45)),
    "s": ((0, 0.2, 0), (0.42, 1.1, -0.05), (0.5, 0.3, 0.3), (0.12, 0.15, 0.5), (0.8, 0.2, -0.15)),
    "t": ((0.08, 0.4, 0), (0.3, 1.6, 0), (0.3, 0.2, 0), (0.66, 0.25, -0.5)),
    "u": ((0.1, 0.95, 0), (0.12, 0.3, 0), (0.56, 0.35, -0.6), (0.58, 0.95, 0), (0.6, 0.1, 0), (0.88, 0.2, -0.4)),
    "v": ((0.05, 0.95, 0), (0.35, 0.02, 0), (0.65, 0.95, -0.1), (0.98, 0.85, -0.3)),
    "x": ((0.05, 0.95, 0), (0.62, 0.08, 0), (0.85, 0.2, -0.4)),
    "y": ((0.1, 0.95, 0), (0.12, 0.3, 0), (0.56, 0.35, -0.6), (0.58, 0.95, 0), (0.5, -0.75, 0), (0.2, -0.7, 0.7),
        (0.95, 0.3, 0.05)),
    "z": ((0.05, 0.92, 0), (0.66, 0.92, 0.1), (0.08, 0.05, 0), (0.85, 0.15, -0.15)),
}  # fmt: skip
_STEM: Final[Bows] = ((0.1, 1.9, 0), (0.1, 0, 0))
_HEAD: Final[Bows] = ((0.1, 1.9, 0), (0.12, 0.95, 0.65))
_ROUND: Final[Bows] = ((0.95, 1.6, 0), (0.95, 0.3, -0.65))
_RING: Final[Bows] = ((0.5, 1.95, 0), (0.5, 0, -0.45), (0.56, 1.95, -0.45))
_CAPITALS: Final[dict[str, tuple[Bows, ...]]] = {
    "A": (((0, 0, 0), (0.5, 1.9, 0), (1, 0, 0)), ((0.15, 0.65, 0), (0.92, 0.7, 0))),
    "B": (_STEM, (*_HEAD, (0.1, 0, 0.75))),
    "C": (_ROUND,),
    "D": (_STEM, ((0.1, 1.9, 0), (0.1, 0, 0.45))),
    "E": (((0.85, 1.9, 0), (0.1, 1.85, 0), (0.1, 0.02, 0), (0.9, 0, 0)), ((0.1, 1, 0), (0.7, 1, 0))),
    "F": (((0.95, 1.9, 0), (0.15, 1.85, 0), (0.1, 0, 0)), ((0.1, 1, 0), (0.7, 1, 0))),
    "G": ((*_ROUND, (0.95, 0.85, 0), (0.6, 0.85, 0)),),
    "H": (_STEM, ((0.9, 1.9, 0), (0.9, 0, 0)), ((0.1, 0.95, 0), (0.9, 1, 0))),
    "I": (((0.2, 1.9, 0), (0.2, 0, 0)),),
    "J": (((0.7, 1.9, 0), (0.65, 0.25, 0), (0.05, 0.3, 0.5)),),
    "K": (_STEM, ((0.9, 1.9, 0), (0.15, 0.9, 0), (0.95, 0, 0))),
    "L": (((0.15, 1.9, 0), (0.1, 0.05, 0), (0.9, 0, 0)),),
    "M": (((0, 0, 0), (0.15, 1.9, 0), (0.6, 0.6, 0), (1.05, 1.9, 0), (1.2, 0, 0)),),
    "N": (((0.05, 0, 0), (0.1, 1.9, 0), (0.9, 0, 0), (0.95, 1.9, 0)),),
    "O": (_RING,),
    "P": (_STEM, _HEAD),
    "Q": (_RING, ((0.5, 0.5, 0), (1.1, -0.2, -0.1))),
    "R": (_STEM, (*_HEAD, (0.9, 0, 0))),
    "S": (((0.85, 1.65, 0), (0.45, 1, -0.75), (0.05, 0.3, 0.75)),),
    "T": (((0, 1.9, 0), (1, 1.9, 0)), ((0.5, 1.9, 0), (0.5, 0, 0))),
    "V": (((0, 1.9, 0), (0.45, 0, 0), (0.95, 1.9, 0)),),
    "Y": (((0, 1.9, 0), (0.45, 1, 0)), ((0.95, 1.9, 0), (0.3, -0.2, 0))),
}  # fmt: skip
_MARKS: Final[dict[str, Bows]] = {
    "t": ((0, 1.1, 0), (0.68, 1.15, 0)), "x": ((0.65, 0.95, 0), (0.02, 0, 0)), "i": ((0.14, 1.35, 0), (0.17, 1.4, 0)),
    "é": ((0.35, 1.3, 0), (0.65, 1.65, 0)), "è": ((0.25, 1.65, 0), (0.5, 1.3, 0)),
    ".": ((0.1, 0, 0), (0.15, 0.04, 0)),
}  # fmt: skip


def bows(ends: Line, dense: float = 16) -> Line:
    """Return the way along bars and parts of circles, as many points to a unit of it."""
    parts = [ends[:1, :2]]
    for (x, y, _), (to_x, to_y, bow) in pairwise(ends):
        long, half = np.hypot(to_x - x, to_y - y), 2 * np.arctan(2 * bow)
        t = np.linspace(0, 1, max(4, int(dense * long * (1 + abs(bow)))))[1:]
        if abs(half) < 0.01:
            along, off = t, 0 * t
        else:
            angle = half * (2 * t - 1)
            along = 0.5 + np.sin(angle) / (2 * np.sin(half))
            off = (np.cos(angle) - np.cos(half)) / (2 * np.sin(half))
        parts.append(
            np.c_[x + along * (to_x - x) - off * (to_y - y), y + along * (to_y - y) + off * (to_x - x)]
        )
    return np.vstack(parts)


def dragged(way: Line, stiff: float | Line, damping: float) -> Line:
    """Return where a pen goes that hangs by a spring from what moves along a way: late, and round the corners."""
    place, speed = way[0].copy(), np.zeros(2)
    places = [way[0]]
    for target in np.vstack([way, np.repeat(way[-1:], 5, axis=0)]):
        speed += stiff * (target - place) - 2 * damping * np.sqrt(stiff) * speed
        place = place + speed
        places.append(place)
    return np.array(places)


class _Writer:
    """A hand of bars and bows for one word."""

    def __init__(self, chance: np.random.Generator) -> None:
        """Choose what all letters of the word have in common."""
        self.chance = chance
        self.wide, self.slant = chance.uniform(0.7, 1.3), chance.uniform(-0.2, 0.55)
        self.loops, self.shake = chance.uniform(0, 1.3), chance.uniform(0.015, 0.08)
        self.lifts = float(chance.choice([0, 0.1, 0.4, 1]))
        self.apart, self.rise = chance.uniform(-0.05, 0.2), chance.normal(0, 0.04)
        self.stiff, self.damping = chance.uniform(0.13, 0.6), chance.uniform(0.5, 1)
        self.sink = chance.uniform(0, 0.06)

    def strokes(self, text: str) -> list[Line]:
        """Return the strokes of a word, the letters joined where the pen is not lifted."""
        chance, x = self.chance, 0.0
        strokes: list[Line] = []
        run: list[Line] = []
        for sign in text:
            letter = {"é": "e", "è": "e"}.get(sign, sign)
            if letter not in _LETTERS or (run and chance.random() < self.lifts):
                strokes += [np.vstack(run)] if run else []
                run = []
            forms = (_LETTERS[letter],) if letter in _LETTERS else _CAPITALS.get(letter, ())
            shapes = [self._shape(form, x, looped=form[:3] == _LOOP) for form in forms]
            if letter in _LETTERS:
                shapes[0][0, 2] = -0.1  # the way from the letter before
                run += shapes
            else:
                strokes += shapes
            strokes += [self._shape(_MARKS[sign], x)] if sign in _MARKS else []
            x = max([x + 0.4, *(float(shape[:, 0].max()) for shape in shapes)])
            x += self.apart + (0.15 if letter in _CAPITALS else 0)
        strokes += [np.vstack(run)] if run else []
        drawn = [dragged(bows(stroke), self.stiff, self.damping) for stroke in strokes]
        return [np.c_[line[:, 0] + self.slant * line[:, 1], -line[:, 1]] for line in drawn]

    def _shape(self, form: Bows, x: float, *, looped: bool = False) -> Line:
        shape = np.array(form, float)
        if looped:
            shape[1:3, 0] = 0.2 + (shape[1:3, 0] - 0.2) * self.loops
        shape[:, 0] = shape[:, 0] * self.wide + x
        shape[:, 1] = shape[:, 1] * max(0.5, 1 - self.sink * x) + self.rise * x
        return shape + self.chance.normal(0, self.shake, shape.shape)


def bowed(text: str, chance: np.random.Generator) -> list[Line]:
    """Return a word in letters of bars and bows, by a pen that is dragged along them."""
    return _Writer(chance).strokes(text)
