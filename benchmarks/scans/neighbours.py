"""How the people of the judging set sign and write: limits are chosen on it, nothing is learned from it."""

from itertools import pairwise
from typing import Final

import cv2
import numpy as np

from benchmarks.scans.hands import Hands
from benchmarks.scans.pens import Line, Pen

type Turns = tuple[tuple[float, float, float], ...]
"""Where a pen turns, and how fast it goes sideways there: 0 is a point, less is leftwards."""

_LETTERS: Final[dict[str, Turns]] = {
    "a": ((0.7, 0.9, -0.5), (0, 0.45, 0), (0.35, 0, 0.6), (0.7, 0.95, 0), (0.75, 0.05, 0.3), (1, 0.2, 0.3)),
    "b": ((0.4, 2, -0.5), (0.2, 0.1, 0.4), (0.55, 0, 0.5), (0.6, 0.9, -0.2), (0.95, 0.75, 0.4)),
    "c": ((0.6, 0.85, -0.3), (0.4, 1, -0.5), (0.35, 0, 0.7), (0.9, 0.25, 0.4)),
    "d": ((0.7, 0.9, -0.5), (0, 0.45, 0), (0.35, 0, 0.6), (0.85, 2, 0), (0.75, 0.05, 0.3), (1, 0.2, 0.3)),
    "e": ((0.1, 0.3, 0.5), (0.5, 1, -0.6), (0.4, 0, 0.8), (0.85, 0.25, 0.5)),
    "g": ((0.7, 0.9, -0.5), (0, 0.45, 0), (0.35, 0, 0.6), (0.7, 0.95, 0), (0.4, -1, -0.5), (0.9, 0.2, 0.6)),
    "h": ((0.4, 2, -0.6), (0.15, 0, 0), (0.5, 1, 0.6), (0.65, 0.05, 0.3), (0.9, 0.2, 0.4)),
    "i": ((0.2, 1, 0), (0.25, 0, 0.4), (0.5, 0.25, 0.4)),
    "l": ((0.1, 0.3, 0.5), (0.5, 2, -0.6), (0.4, 0, 0.6), (0.7, 0.25, 0.4)),
    "m": (
        (0.1, 1, 0.2),
        (0.15, 0, 0),
        (0.4, 1, 0.5),
        (0.5, 0, 0),
        (0.75, 1, 0.5),
        (0.85, 0, 0.3),
        (1.1, 0.2, 0.4),
    ),
    "n": ((0.1, 1, 0.2), (0.15, 0, 0), (0.45, 1, 0.6), (0.55, 0, 0.3), (0.85, 0.2, 0.4)),
    "o": ((0.4, 1, -0.6), (0.3, 0, 0.7), (0.4, 1, -0.3), (0.9, 0.85, 0.4)),
    "p": ((0.1, 1, 0), (0.1, -1, 0), (0.45, 1, 0.6), (0.4, 0, -0.4), (0.9, 0.2, 0.5)),
    "r": ((0.1, 0.9, 0.1), (0.25, 1.15, 0.1), (0.5, 0.85, 0.2), (0.5, 0, 0.3), (0.75, 0.2, 0.4)),
    "s": ((0.35, 1.1, 0), (0.45, 0.05, -0.5), (0.1, 0.15, 0.2), (0.8, 0.2, 0.5)),
    "t": ((0.3, 1.6, 0), (0.3, 0, 0.5), (0.65, 0.25, 0.4)),
    "u": ((0.1, 1, 0), (0.3, 0, 0.6), (0.6, 1, 0), (0.65, 0, 0.4), (0.9, 0.25, 0.4)),
    "v": ((0.1, 1, 0.3), (0.35, 0, 0.4), (0.65, 1, -0.1), (1, 0.85, 0.4)),
    "x": ((0.1, 0.95, 0.4), (0.35, 0.5, 0.1), (0.7, 0.05, 0.4), (0.9, 0.2, 0.3)),
    "A": ((0, 0, 0.3), (0.8, 2, 0), (0.9, 0, 0.3), (0.4, 0.7, -0.3), (1.2, 0.6, 0.4)),
    "B": (
        (0.2, 2, 0),
        (0.15, 0, 0),
        (0.5, 2, 0.6),
        (0.5, 1.1, -0.4),
        (0.6, 1, 0.4),
        (0.5, 0, -0.7),
        (1.1, 0.3, 0.4),
    ),
    "C": ((0.9, 1.6, 0), (0.6, 2, -0.6), (0.5, 0, 0.8), (1.1, 0.3, 0.4)),
    "E": ((0.9, 1.8, 0), (0.5, 2, -0.5), (0.5, 1.1, 0.3), (0.4, 1, -0.4), (0.5, 0, 0.8), (1.1, 0.3, 0.4)),
    "F": ((1.1, 2, -0.4), (0.2, 1.8, 0.2), (0.6, 2, 0), (0.4, 0, -0.4), (0.1, 0.3, 0), (0.9, 1, 0.4)),
    "G": ((0.9, 1.6, 0), (0.6, 2, -0.6), (0.5, 0, 0.7), (1, 0.9, 0), (0.8, -0.6, -0.6), (1.2, 0.3, 0.5)),
    "H": ((0.2, 2, 0), (0.1, 0, 0), (0.3, 1, 0.4), (0.9, 2, 0), (0.8, 0, 0.3), (1.1, 0.3, 0.4)),
    "L": ((0.3, 1.6, 0.4), (0.6, 2, -0.4), (0.3, 0, -0.4), (0.1, 0.2, 0.2), (1, 0.1, 0.5)),
    "R": ((0.2, 2, 0), (0.1, 0, 0), (0.5, 2, 0.6), (0.5, 1, -0.4), (0.9, 0, 0.4), (1.2, 0.3, 0.3)),
    "T": ((0, 1.8, 0.5), (1, 2, 0.3), (0.6, 1.9, 0), (0.5, 0, 0.3), (1, 0.2, 0.4)),
}
_APART: Final[dict[str, Turns]] = {
    "t": ((0, 1.1, 0.5), (0.7, 1.2, 0.5)),
    "x": ((0.75, 1, -0.4), (0.1, 0, -0.3)),
    "i": ((0.3, 1.4, 0), (0.34, 1.45, 0)),
    "é": ((0.45, 1.3, 0.1), (0.75, 1.65, 0.1)),
}
_NAMES: Final = (
    "Agathe", "Benoît", "Fabien", "Gabin", "Hélène", "Thomas", "Lisa", "Rosalie", "Clément", "Raphaël", "Théo", "Aubin",
    "Besnard", "Gautier", "Texier", "Absalon",
)  # fmt: skip


def swung(text: str, chance: np.random.Generator) -> list[Line]:
    """Return a word as a pen swings from turn to turn."""
    wide, slant = chance.uniform(0.7, 1.5), chance.uniform(-0.1, 0.7)
    lazy, lifts = chance.uniform(0, 0.25), chance.uniform(0, 0.35)
    lines: list[Line] = []
    run: list[tuple[float, float, float]] = []
    x = 0.0
    for sign in text:
        plain = {"é": "e", "ë": "e", "î": "i"}.get(sign, sign)
        if plain not in _LETTERS or (run and chance.random() < lifts):
            lines += [_swing(run, chance)] if len(run) > 1 else []
            run = []
        if plain not in _LETTERS:
            lines += [_swing([(x, 0, 0), (x + 0.05, 0.04, 0)], chance)] if sign == "." else []
            x += 0.5
            continue
        turns = _LETTERS[plain]
        tired = 1 - lazy * x / 5
        run += [(x + a * wide, b * tired, speed * wide) for a, b, speed in turns]
        if sign in _APART or plain in _APART:
            mark = _APART.get(sign, _APART.get(plain, ()))
            lines.append(_swing([(x + a * wide, b, speed) for a, b, speed in mark], chance))
        x += (turns[-1][0] + chance.uniform(-0.05, 0.15)) * wide
    if len(run) > 1:
        lines.append(_swing(run, chance))
    return [np.c_[line[:, 0] + slant * line[:, 1], -line[:, 1]] for line in lines]


def _swing(turns: list[tuple[float, float, float]], chance: np.random.Generator) -> Line:
    """Return a curve that is level at each turn, with the given speed there (Hermite)."""
    points = np.array(turns) + chance.normal(0, 0.05, (len(turns), 3))
    t = np.linspace(0, 1, 10, endpoint=False)[:, None]
    a, b = 2 * t**3 - 3 * t**2 + 1, t**3 - 2 * t**2 + t
    level = np.array([1.0, 0.0])
    parts = [
        a * p[:2] + (1 - a) * q[:2] + b * p[2] * 1.6 * level + (t**3 - t**2) * q[2] * 1.6 * level
        for p, q in pairwise(points)
    ]
    return np.vstack([*parts, points[-1:, :2]])


def _first_name(chance: np.random.Generator) -> list[Line]:
    lines = swung(str(chance.choice(_NAMES)), chance)
    if chance.random() < 0.35:
        points = np.vstack(lines)
        low, high = points.min(axis=0), points.max(axis=0)
        t = np.linspace(0, 1, 30)
        lines.append(np.c_[high[0] - t * (high[0] - low[0]), high[1] + 0.3 + 0.4 * np.sin(3 * t)])
    return lines


def _springs(chance: np.random.Generator) -> list[Line]:
    """Coils whose size and pace change on the way."""
    t = np.linspace(0, 1, 220)
    pace = 2 * np.pi * chance.uniform(3, 10) * t ** chance.uniform(0.7, 1.5)
    size = np.interp(t, np.linspace(0, 1, 4), chance.uniform(0.15, 1, 4))
    return [np.c_[4 * t + 0.5 * size * np.cos(pace), size * np.sin(pace) + chance.normal(0, 0.4) * t]]


def _lightning(chance: np.random.Generator) -> list[Line]:
    """Two or three long strokes at sharp angles, and a hook."""
    count = int(chance.integers(3, 6))
    points = np.c_[
        np.cumsum(chance.uniform(-0.6, 1.4, count)), np.cumsum(chance.choice([-1, 1], count) * 1.3)
    ]
    lines = [np.linspace(a, b, 12) + chance.normal(0, 0.015, (12, 2)) for a, b in pairwise(points)]
    t = np.linspace(0, 4, 30)
    return [np.vstack(lines), points[-1] + np.c_[0.5 * np.sin(t), 0.4 * (1 - np.cos(t))]]


def _initial_and_tail(chance: np.random.Generator) -> list[Line]:
    begin = swung(str(chance.choice(list("ABCEFGHLRT"))), chance)
    points = np.vstack(begin)
    t = np.linspace(0, 1, 60)
    tail = np.c_[t * chance.uniform(2, 5), 0.25 * np.sin(2 * np.pi * t * chance.uniform(0.5, 5)) - 0.6 * t]
    return [*begin, points[-1] + tail]


def _hooked_cross(chance: np.random.Generator) -> list[Line]:
    t = np.linspace(0, 1, 15)
    return [np.c_[t, t + 0.2 * np.sin(3 * t)], np.c_[1 - t, t + chance.uniform(-0.2, 0.2) * t**2]]


NEIGHBOURS: Final = Hands(
    signatures=(_first_name, _springs, _lightning, _initial_and_tail, _first_name),
    crosses=_hooked_cross,
    initials=("GT", "F.B", "HL", "RC", "T.A.", "Be", "AL"),
    absent=("absent", "Absente", "abs", "abs.", "excusé", "Excusée", "Abs"),
    fonts=(None, None, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX | cv2.FONT_ITALIC),
    pens=(
        Pen("ball", (140, 65, 40), 0.4, 0.88, 0.25),
        Pen("fine", (50, 45, 45), 0.28, 0.9, 0.1),
        Pen("marker", (70, 30, 25), 1.0, 0.9, 0.1),
        Pen("pencil", (92, 92, 95), 0.5, 0.66, 0.4),
        Pen("purple", (150, 40, 110), 0.55, 0.85, 0.2),
        Pen("worn", (100, 85, 80), 0.4, 0.72, 0.5),
    ),
    shares=(0.26, 0.5, 0.06, 0.02, 0.1, 0.06),
    writes=swung,
)
