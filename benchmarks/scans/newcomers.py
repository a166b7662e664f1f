"""How the people of the second blind set sign and write: written before anything was read of it, never tuned on."""

from typing import Final

import cv2
import numpy as np

from benchmarks.scans.hands import Hands
from benchmarks.scans.pens import Line, Pen

type Strokes = tuple[tuple[tuple[float, float], ...], ...]

_LETTERS: Final[dict[str, Strokes]] = {
    "a": (((0.75, 0.7), (0.6, 1.1), (0, 1.05), (-0.05, -0.1), (0.6, -0.05), (0.75, 0.9), (0.75, 0), (1, 0)),),
    "b": (((0.1, 1.9), (0.1, 0), (0.1, 0.6), (0.5, 1.2), (0.9, 0.7), (0.7, -0.1), (0.1, 0)),),
    "c": (((0.75, 0.85), (0.4, 1.15), (0, 0.8), (0, 0.1), (0.4, -0.1), (0.85, 0.15)),),
    "d": (
        ((0.75, 0.8), (0.3, 1.15), (-0.05, 0.5), (0.3, -0.1), (0.75, 0.3)),
        ((0.75, 1.9), (0.75, 0), (0.95, 0)),
    ),
    "e": (((0.05, 0.5), (0.8, 0.5), (0.75, 1.1), (0.1, 1.15), (-0.05, 0.1), (0.4, -0.1), (0.85, 0.15)),),
    "i": (((0.1, 1), (0.1, 0), (0.35, 0)), ((0.1, 1.4), (0.14, 1.45))),
    "l": (((0.1, 1.9), (0.1, 0.1), (0.2, 0), (0.4, 0.05)),),
    "m": (
        ((0.05, 1), (0.05, 0)),
        ((0.05, 0.6), (0.3, 1.2), (0.55, 0.9), (0.55, 0)),
        ((0.55, 0.6), (0.8, 1.2), (1.05, 0.9), (1.05, 0), (1.2, 0)),
    ),
    "n": (((0.05, 1), (0.05, 0), (0.05, 0.6), (0.4, 1.25), (0.7, 0.9), (0.7, 0), (0.9, 0)),),
    "o": (((0.4, 1.05), (-0.1, 1), (-0.05, -0.1), (0.85, -0.1), (0.85, 1), (0.4, 1.05), (0.6, 1)),),
    "p": (((0.1, 1), (0.1, -0.9), (0.1, 0.6), (0.5, 1.25), (0.9, 0.6), (0.6, -0.1), (0.1, 0.1)),),
    "r": (((0.05, 1), (0.05, 0), (0.05, 0.6), (0.3, 1.1), (0.6, 0.95)),),
    "s": (((0.65, 0.9), (0.3, 1.2), (-0.1, 0.8), (0.4, 0.5), (0.85, 0.2), (0.4, -0.15), (0, 0.1)),),
    "t": (((0.3, 1.6), (0.3, 0.2), (0.4, -0.05), (0.7, 0.1)), ((0, 1.05), (0.7, 1.05))),
    "u": (((0.05, 1), (0.05, 0.2), (0.3, -0.15), (0.7, 0.3), (0.7, 1), (0.7, 0), (0.9, 0)),),
    "v": (((0, 1), (0.35, 0), (0.7, 1)),),
    "x": (((0, 1), (0.7, 0)), ((0.7, 1), (0, 0))),
    "é": (
        ((0.05, 0.5), (0.8, 0.5), (0.75, 1.1), (0.1, 1.15), (-0.05, 0.1), (0.4, -0.1), (0.85, 0.15)),
        ((0.35, 1.35), (0.65, 1.75)),
    ),
    "A": (((0, 0), (0.5, 1.9), (1, 0)), ((0.2, 0.7), (0.85, 0.7))),
    "B": (
        ((0.1, 1.9), (0.1, 0)),
        ((0.1, 1.9), (0.9, 1.8), (0.8, 1), (0.1, 1), (1.1, 1), (1, -0.1), (0.1, 0)),
    ),
    "C": (((1, 1.6), (0.6, 2.1), (0, 1.5), (0, 0.3), (0.6, -0.2), (1.1, 0.3)),),
    "E": (((0.9, 1.9), (0.1, 1.9), (0.1, 0), (0.9, 0)), ((0.1, 1), (0.7, 1))),
    "J": (((0.3, 1.9), (0.9, 1.9), (0.7, 1.9), (0.7, 0.2), (0.4, -0.3), (0, 0.1)),),
    "L": (((0.1, 1.9), (0.1, 0), (0.9, 0)),),
    "M": (((0, 0), (0.1, 1.9), (0.6, 0.5), (1.1, 1.9), (1.2, 0)),),
    "N": (((0, 0), (0.05, 1.9), (0.9, 0), (0.95, 1.9)),),
    "P": (((0.1, 0), (0.1, 1.9), (0.9, 2), (1, 1), (0.1, 0.9)),),
    "R": (((0.1, 0), (0.1, 1.9), (0.9, 2), (0.9, 1), (0.1, 1), (0.9, 0)),),
    "T": (((0.5, 1.9), (0.5, 0)), ((0, 1.9), (1, 1.9))),
    "S": (((0.9, 1.6), (0.5, 2.1), (-0.1, 1.6), (0.5, 1), (1.1, 0.5), (0.5, -0.2), (0, 0.3)),),
}
_NAMES: Final = (
    "Amina", "Bastien", "Camille", "Laurent", "Mélanie", "Pauline", "Romain", "Estelle", "Antoine", "Nils", "Justine",
    "Basset", "Cabanes", "Moreau", "Abadie",
)  # fmt: skip


def _rounded(points: Line, rounds: int = 3) -> Line:
    """Return a line with its corners cut (Chaikin): it passes beside its points."""
    for _ in range(rounds):
        if len(points) < 3:
            return points
        near = 0.75 * points[:-1] + 0.25 * points[1:]
        far = 0.25 * points[:-1] + 0.75 * points[1:]
        inner = np.stack([near, far], axis=1).reshape(-1, 2)[1:-1]
        points = np.vstack([points[:1], inner, points[-1:]])
    return points


def penned(text: str, chance: np.random.Generator) -> list[Line]:
    """Return a word in upright letters of sticks and bowls, of which a hurried hand joins some."""
    wide, slant, apart = chance.uniform(0.6, 1.1), chance.uniform(-0.25, 0.35), chance.uniform(0.05, 0.4)
    hurry, shake, rise = chance.uniform(0, 1), chance.uniform(0.02, 0.09), chance.uniform(-0.06, 0.08)
    lines: list[Line] = []
    x = 0.0
    for sign in text:
        if sign not in _LETTERS:
            if sign == ".":
                lines.append(np.array([(x, 0.0), (x + 0.06, 0.05)]))
            x += 0.5
            continue
        strokes = [np.array(stroke) * (wide, 1) + (x, rise * x) for stroke in _LETTERS[sign]]
        strokes = [stroke + chance.normal(0, shake, stroke.shape) for stroke in strokes]
        if lines and chance.random() < hurry:
            strokes[0] = np.vstack([lines.pop(), strokes[0]])
        lines += strokes
        x = max(float(stroke[:, 0].max()) for stroke in strokes) + apart
    return [np.c_[line[:, 0] + slant * line[:, 1], -line[:, 1]] for line in map(_rounded, lines)]


def _full_name(chance: np.random.Generator) -> list[Line]:
    """A name as it is read, with an initial before it at times, and a stroke beneath."""
    name = str(chance.choice(_NAMES))
    lines = penned(f"{chance.choice(list('ABCLMNPS'))}. {name}" if chance.random() < 0.4 else name, chance)
    if chance.random() < 0.3:
        wide = float(np.vstack(lines)[:, 0].max())
        lines.append(np.c_[np.linspace(0, wide, 20), 0.6 + 0.15 * np.sin(np.linspace(0, 5, 20))])
    return lines


def _dying(chance: np.random.Generator) -> list[Line]:
    """A capital, and the rest of the name as a wave that dies away."""
    begin = penned(str(chance.choice(list("ABCEJLMNPRS"))), chance)
    wide = float(np.vstack(begin)[:, 0].max())
    t = np.linspace(0, 1, 120)
    wave = (
        np.sin(2 * np.pi * t * chance.uniform(3, 8))
        * np.exp(-chance.uniform(1, 4) * t)
        * chance.uniform(0.4, 0.9)
    )
    return [*begin, np.c_[wide * 0.9 + t * chance.uniform(1.5, 4), wave - 0.5 + 0.3 * t]]


def _spiral(chance: np.random.Generator) -> list[Line]:
    """A spiral that opens into a stroke, and a dot."""
    t = np.linspace(0, 2 * np.pi * chance.uniform(1.5, 3.5), 160)
    size = 0.15 + t / t[-1] * chance.uniform(0.6, 1)
    spiral = np.c_[size * np.cos(t) * chance.uniform(1, 2.2) + t * chance.uniform(0, 0.25), size * np.sin(t)]
    tail = (
        spiral[-1]
        + np.c_[np.linspace(0, chance.uniform(0.5, 3), 15), np.linspace(0, chance.uniform(-1, 1), 15)]
    )
    return [np.vstack([spiral, tail]), np.array([(0.0, 1.3), (0.06, 1.32)])]


def _closed(chance: np.random.Generator) -> list[Line]:
    """A curve of a few harmonics that ends near where it began, struck through."""
    t = np.linspace(0, 2 * np.pi, 200)
    curve = np.zeros((200, 2))
    for order in range(1, 6):
        size = chance.normal(0, 1 / order**0.7, (2, 2))
        curve += np.c_[np.cos(order * t), np.sin(order * t)] @ size
    low, high = curve.min(axis=0), curve.max(axis=0)
    middle = chance.uniform(0.3, 0.7) * (high[1] - low[1]) + low[1]
    strike = np.array(
        [(low[0] - 0.8, middle), (high[0] + chance.uniform(0.2, 2), middle + chance.uniform(-1, 1))]
    )
    return [curve, np.linspace(strike[0], strike[1], 20)]


def _dotted(chance: np.random.Generator) -> list[Line]:
    """Long bowls from right to left with points above and below."""
    lines, x = [], 0.0
    for _ in range(int(chance.integers(2, 5))):
        t = np.linspace(0, np.pi, 30)
        wide = chance.uniform(0.6, 1.8)
        lines.append(np.c_[x - wide * (1 - np.cos(t)) / 2, np.sin(t) * chance.uniform(0.2, 0.8)])
        for _ in range(int(chance.integers(0, 3))):
            dot = np.array([x - wide * chance.random(), chance.choice([-0.5, 1.1]) + chance.normal(0, 0.1)])
            lines.append(np.array([dot, dot + 0.08]))
        x -= wide * chance.uniform(0.7, 1.1)
    return lines


def _plus(chance: np.random.Generator) -> list[Line]:
    """An upright cross."""
    wobble = chance.normal(0, 0.07, (4, 2))
    ends = np.array([(0.5, 0), (0.5, 1), (0, 0.5), (1, 0.5)]) + wobble
    return [np.linspace(ends[0], ends[1], 10), np.linspace(ends[2], ends[3], 10)]


NEWCOMERS: Final = Hands(
    signatures=(_full_name, _dying, _spiral, _closed, _dotted),
    crosses=_plus,
    initials=("AC", "R.M", "PB", "JL", "N.S.", "Em", "MB"),
    absent=("absent", "Absente", "abs", "Abs.", "excusée", "excusé", "non venu", "pas venue", "ABSENT"),
    fonts=(None, None, None, cv2.FONT_HERSHEY_COMPLEX),
    pens=(
        Pen("rollerball", (110, 40, 25), 0.5, 0.95, 0.1),
        Pen("turquoise", (150, 120, 30), 0.45, 0.8, 0.2),
        Pen("old ball", (135, 75, 60), 0.35, 0.7, 0.5),
        Pen("broad felt", (45, 40, 40), 1.1, 0.85, 0.1),
        Pen("brown", (40, 60, 110), 0.55, 0.88, 0.2),
        Pen("mechanical pencil", (95, 95, 98), 0.35, 0.68, 0.3),
        Pen("nib", (70, 30, 20), 0.7, 0.94, 0.55),
    ),
    writes=penned,
)
