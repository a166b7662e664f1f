"""How people sign: families of strokes. Those of the blind set are in `strangers.py`."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from benchmarks.scans.letters import joined
from benchmarks.scans.pens import Line, Pen, smooth

type Hand = Callable[[np.random.Generator], list[Line]]
type Writes = Callable[[str, np.random.Generator], list[Line]]


@dataclass(frozen=True)
class Hands:
    """Everything by which the people of one set differ from those of the others."""

    signatures: tuple[Hand, ...]
    crosses: Hand
    initials: tuple[str, ...]
    absent: tuple[str, ...]
    fonts: tuple[int | None, ...]
    """Nothing: letters joined by hand."""
    pens: tuple[Pen, ...]
    shares: tuple[float, ...] = (0.28, 0.5, 0.06, 0.02, 0.11, 0.03)
    """How often a box is empty, signed, signed with initials, a cross, or out of the box, or says "absent"."""
    writes: Writes = joined
    """How words are written where there is no font."""
    steady: bool = False
    """Whoever signs a row signs it alike in each box."""


def again(lines: list[Line], chance: np.random.Generator) -> list[Line]:
    """Return lines as the same hand draws them another time: alike, not the same."""
    points = np.vstack(lines)
    low, size = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-6)
    phase, often = chance.uniform(0, 2 * np.pi, (3, 2)), chance.uniform(2, 9, (3, 2))
    lean, much = chance.normal(0, 0.04), chance.uniform(0.01, 0.035)
    drawn = []
    for line in lines:
        place = (line - low) / size
        bent = sum(np.sin(often[i] * (place @ (1, 0.6 * (-1) ** i))[:, None] + phase[i]) for i in range(3))
        moved = place + much * bent + chance.normal(0, 0.015, 2)
        moved[:, 0] += lean * moved[:, 1]
        drawn.append(moved * size + low)
    return drawn


# --- tuning


def _loops(chance: np.random.Generator) -> list[Line]:
    t = np.linspace(0, 1, 160)
    turns, phase = chance.uniform(4, 9), chance.uniform(0, 6)
    height = np.interp(t, np.linspace(0, 1, 5), chance.uniform(0.3, 1, 5))
    x = t + 0.06 * np.sin(2 * np.pi * turns * t + phase)
    y = -height * np.cos(2 * np.pi * turns * t) + chance.uniform(-0.4, 0.4) * t
    return [np.c_[x, y]]


def _zigzag(chance: np.random.Generator) -> list[Line]:
    count = int(chance.integers(5, 12))
    x = np.linspace(0, 1, count) + chance.normal(0, 0.03, count)
    y = np.where(np.arange(count) % 2, 1, -1) * chance.uniform(0.3, 1, count)
    return [smooth(np.c_[x, y], 6)]


def _with_bar(chance: np.random.Generator) -> list[Line]:
    bar = np.c_[np.linspace(-0.1, 1.1, 20), 1.2 + 0.1 * chance.normal(0, 1, 20).cumsum() / 5]
    return [*_loops(chance), bar]


def _straight_cross(chance: np.random.Generator) -> list[Line]:
    wobble = chance.normal(0, 0.06, (4, 2))
    ends = np.array([(0, 0), (1, 1), (1, 0), (0, 1)]) + wobble
    return [np.linspace(ends[0], ends[1], 12), np.linspace(ends[2], ends[3], 12)]


TUNING = Hands(
    signatures=(_loops, _zigzag, _with_bar),
    crosses=_straight_cross,
    initials=("JD", "A.B.", "MC", "PL", "SR"),
    absent=("absent", "abs", "Absente", "ABS"),
    fonts=(cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX),
    pens=(
        Pen("black", (35, 30, 30), 0.5, 0.95),
        Pen("blue", (150, 60, 30), 0.6, 0.9),
        Pen("thin", (40, 40, 40), 0.25, 0.85),
        Pen("thick", (20, 20, 20), 1.0, 0.97),
        Pen("pencil", (90, 90, 90), 0.5, 0.7, 0.4),
    ),
)

# --- a test once, looked at since


def _walk(chance: np.random.Generator) -> list[Line]:
    count = int(chance.integers(7, 16))
    steps = np.c_[chance.uniform(-0.25, 1, count), chance.normal(0, 1.2, count)]
    return [smooth(steps.cumsum(axis=0) * (1, 0.6))]


def _arches(chance: np.random.Generator) -> list[Line]:
    lines, x = [], 0.0
    for _ in range(int(chance.integers(2, 5))):
        count = int(chance.integers(2, 6))
        t = np.linspace(0, np.pi * count, 18 * count)
        size = chance.uniform(0.3, 1)
        lines.append(np.c_[x + t / np.pi * 0.3, -size * np.abs(np.sin(t)) + 0.1 * chance.normal()])
        x += 0.3 * count + chance.uniform(0.05, 0.5)
    return lines


def _monogram(chance: np.random.Generator) -> list[Line]:
    t = np.linspace(0, 2 * np.pi * chance.uniform(1.2, 2.6), 90)
    ring = np.c_[np.cos(t) * (1 + 0.05 * t), np.sin(t) * chance.uniform(0.5, 1)]
    tail = smooth(
        np.array([(-0.4, 0.2), (0.3, -0.7), (0.5, 0.8), (chance.uniform(1, 3), chance.uniform(-0.3, 0.3))])
    )
    return [ring, tail]


def _sweep(chance: np.random.Generator) -> list[Line]:
    begin = _walk(chance)[0]
    end = begin[-1] + np.c_[np.linspace(0, 4, 24), chance.uniform(-0.5, 0.5) * np.sin(np.linspace(0, 4, 24))]
    return [np.vstack([begin, end])]


def _bent_cross(chance: np.random.Generator) -> list[Line]:
    a, b = chance.uniform(0.1, 0.3, 2)
    return [
        smooth(np.array([(0, 0), (0.5 + a, 0.45), (1, 1)])),
        smooth(np.array([(1, 0.05), (0.5 - b, 0.5), (0, 0.9)])),
    ]


SEEN = Hands(
    signatures=(_walk, _arches, _monogram, _sweep),
    crosses=_bent_cross,
    initials=("EV", "TH", "L.K", "NB", "FG", "Zo"),
    absent=("ABSENT", "abs.", "absent", "excuse", "Absent(e)"),
    fonts=(cv2.FONT_HERSHEY_COMPLEX_SMALL, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, cv2.FONT_HERSHEY_TRIPLEX),
    pens=(
        Pen("blue-black", (95, 55, 35), 0.35, 0.92, 0.25),
        Pen("violet", (140, 40, 90), 0.7, 0.85),
        Pen("ball", (165, 80, 45), 0.3, 0.8, 0.3),
        Pen("marker", (30, 25, 25), 1.3, 0.95),
        Pen("hard pencil", (105, 105, 105), 0.4, 0.62, 0.4),
        Pen("green", (60, 110, 40), 0.5, 0.85),
    ),
)
