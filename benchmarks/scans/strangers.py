"""How the people of the blind set sign and write."""

import math

import cv2
import numpy as np

from benchmarks.scans.hands import Hands
from benchmarks.scans.letters import joined
from benchmarks.scans.pens import Line, Pen, smooth

_NAMES = (
    "Elise",
    "Martin",
    "Nadia",
    "Vincent",
    "Sandrine",
    "Lucie",
    "Bruno",
    "Damien",
    "Noel",
    "Soline",
    "Marius",
)
_ERF = np.vectorize(math.erf)


def _swift(chance: np.random.Generator) -> list[Line]:
    """Movements that run into each other, each rising and falling in speed as those of an arm do (sigma-lognormal)."""
    count = int(chance.integers(5, 13))
    t = np.linspace(0.02, 0.14 * count + 0.5, 30 * count)
    place = np.zeros((len(t), 2))
    for number in range(count):
        since = np.maximum(t - 0.14 * number, 1e-6)
        spread = chance.uniform(0.2, 0.4)
        done = 0.5 * (1 + _ERF((np.log(since) - chance.uniform(-1.9, -1.3)) / (spread * math.sqrt(2))))
        begin = (-1) ** number * chance.uniform(0.5, 2.1) + chance.normal(0, 0.2)
        way = begin + chance.uniform(-1.6, 1.6) * done
        step = np.diff(done, prepend=0) * chance.uniform(0.5, 2.2)
        place += np.cumsum(np.c_[np.cos(way) * 0.6 + 0.25, np.sin(way)] * step[:, None], axis=0)
    return [place]


def _name(chance: np.random.Generator) -> list[Line]:
    """A first name in joined letters, often with a stroke under it that comes back."""
    lines = joined(str(chance.choice(_NAMES)), chance)
    if chance.random() < 0.4:
        wide = float(np.vstack(lines)[:, 0].max())
        under = np.array(
            [(wide, 0.1), (0.5 * wide, 0.9), (0.05 * wide, 0.6), (wide * chance.uniform(0.7, 1.2), 0.7)]
        )
        lines.append(smooth(under))
    return lines


def _knot(chance: np.random.Generator) -> list[Line]:
    """Loops over each other, and a long way out."""
    a, b = chance.choice([2, 3, 4, 5]), chance.choice([3, 4, 5, 7])
    t = np.linspace(0, 2 * np.pi * chance.uniform(0.6, 1), 220)
    loops = np.c_[np.sin(a * t + chance.uniform(0, 3)) + chance.uniform(0, 0.5) * t, np.sin(b * t)]
    out = (
        loops[-1]
        + np.c_[
            np.linspace(0, chance.uniform(0.5, 4), 20), chance.uniform(-1, 1) * np.linspace(0, 1, 20) ** 2
        ]
    )
    return [np.vstack([loops, out])]


def _signs(chance: np.random.Generator) -> list[Line]:
    """Two or three signs of short strokes, as many scripts have."""
    lines: list[Line] = []
    for number in range(int(chance.integers(2, 4))):
        for _ in range(int(chance.integers(3, 7))):
            begin = chance.uniform(0, 1, 2)
            way = [(1, 0.0), (0, 1), (0.7, 0.7), (-0.5, 0.8)][int(chance.integers(4))]
            end = begin + np.array(way) * chance.uniform(0.25, 0.8)
            middle = (begin + end) / 2 + chance.normal(0, 0.06, 2)
            stroke = np.array([begin, middle, end])
            stroke[:, 0] += 1.3 * number
            lines.append(smooth(stroke, 6))
    return lines


def _looped_cross(chance: np.random.Generator) -> list[Line]:
    """A cross without lifting the pen."""
    points = np.array([(0, 0), (0.5, 0.5), (1, 1), (1.15, 0.5), (1, 0), (0.5, 0.5), (0, 1)])
    return [smooth(points + chance.normal(0, 0.05, points.shape))]


BLIND = Hands(
    signatures=(_swift, _name, _knot, _signs),
    crosses=_looped_cross,
    initials=("AB", "M.L", "SD", "EN", "VL", "Ed"),
    absent=("absent", "Absente", "abs", "Abs.", "excusé", "Absent"),
    fonts=(None, None, cv2.FONT_HERSHEY_SCRIPT_COMPLEX, cv2.FONT_HERSHEY_COMPLEX | cv2.FONT_ITALIC),
    pens=(
        Pen("gel", (60, 25, 20), 0.45, 0.97, 0.05),
        Pen("royal blue", (190, 85, 50), 0.4, 0.88, 0.2),
        Pen("dry ball", (120, 90, 75), 0.3, 0.75, 0.45),
        Pen("felt", (80, 35, 35), 0.9, 0.8, 0.1),
        Pen("red", (60, 50, 190), 0.5, 0.9, 0.2),
        Pen("soft pencil", (85, 85, 88), 0.6, 0.66, 0.35),
        Pen("fountain", (120, 60, 20), 0.65, 0.92, 0.5),
    ),
)
