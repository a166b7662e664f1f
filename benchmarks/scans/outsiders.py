"""How the people of the set `unseen` sign and write: written before anything was read of it, never tuned on."""

from typing import Final

import cv2
import numpy as np

from benchmarks.scans.hands import Hands
from benchmarks.scans.pens import Line, Pen, smooth

type Turns = tuple[tuple[float, float], ...]

# Parts of school writing, each between the line and the height of a small letter; letters are made of them.
_PARTS: Final[dict[str, Turns]] = {
    "o": ((0.7, 0.8), (0.4, 1), (0.05, 0.75), (0.05, 0.25), (0.4, 0), (0.7, 0.3), (0.72, 0.85)),
    "i": ((0.0, 0.95), (0.0, 0.2), (0.12, 0), (0.35, 0.25)),
    "u": ((0.0, 0.95), (0.02, 0.25), (0.25, 0), (0.5, 0.3), (0.55, 0.95)),
    "n": ((0.0, 0.05), (0.04, 0.7), (0.28, 1), (0.5, 0.75), (0.52, 0.05)),
    "l": ((0.0, 0.15), (0.42, 1.5), (0.34, 2), (0.14, 1.5), (0.12, 0.2), (0.3, 0), (0.5, 0.25)),
    "d": ((0.0, 1.9), (0.0, 0.2), (0.12, 0), (0.35, 0.25)),
    "j": ((0.0, 0.95), (0.0, -0.7), (-0.2, -1), (-0.3, -0.6), (0.35, 0.25)),
    "p": ((0.0, 0.95), (0.0, -0.95), (0.02, 0.7), (0.3, 1), (0.55, 0.6), (0.35, 0.02), (0.7, 0.2)),
    "c": ((0.65, 0.8), (0.4, 1), (0.05, 0.7), (0.08, 0.2), (0.4, 0), (0.75, 0.25)),
    "e": ((0.0, 0.3), (0.5, 0.6), (0.4, 1), (0.1, 0.8), (0.1, 0.2), (0.35, 0), (0.65, 0.25)),
    "s": ((0.0, 0.1), (0.35, 1.1), (0.5, 0.35), (0.3, 0), (0.05, 0.15), (0.65, 0.2)),
    "t": ((0.0, 0.25), (0.2, 1.5), (0.2, 0.2), (0.32, 0), (0.55, 0.25)),
    "r": ((0.0, 0.15), (0.15, 1.1), (0.3, 0.85), (0.5, 0.9), (0.5, 0.1), (0.7, 0.2)),
    "x": ((0.0, 0.9), (0.2, 0.85), (0.45, 0.1), (0.65, 0.15)),
    "w": ((0.5, 0.95), (0.65, 0.8), (0.85, 0.9)),
}
_MADE_OF: Final = {
    "a": "oi", "b": "lw", "c": "c", "d": "od", "e": "e", "f": "lj", "g": "oj", "h": "ln", "i": "i", "j": "j", "k": "lx",
    "l": "l", "m": "nnn", "n": "nn", "o": "ow", "p": "p", "q": "oj", "r": "r", "s": "s", "t": "t", "u": "ui", "v": "uw",
    "x": "x", "y": "uj", "z": "s", "é": "e",
}  # fmt: skip
_CAPITALS: Final[dict[str, tuple[Turns, ...]]] = {
    "A": (((0, 0), (0.6, 1.9), (0.7, 1.9), (1.1, 0)), ((0.1, 0.6), (1.2, 0.8))),
    "B": (((0, 0), (0.1, 1.9)), ((-0.2, 1.7), (0.8, 1.9), (0.8, 1.1), (0.2, 1), (1, 0.8), (0.8, 0), (-0.1, 0.1))),
    "C": (((1, 1.6), (0.7, 2), (0.1, 1.4), (0.1, 0.4), (0.6, 0), (1.1, 0.4)),),
    "D": (((0.1, 1.9), (0, 0)), ((-0.2, 1.8), (0.8, 1.7), (1.1, 0.9), (0.7, 0.1), (-0.1, 0))),
    "E": (((0.8, 1.7), (0.5, 2), (0.1, 1.6), (0.4, 1.1), (0, 0.6), (0.3, 0), (0.9, 0.3)),),
    "G": (((1, 1.6), (0.6, 2), (0, 1.2), (0.3, 0.1), (0.9, 0.3), (1, 0.9), (0.6, 0.9)),),
    "K": (((0.1, 1.9), (0, 0)), ((0.9, 1.9), (0.1, 0.9), (1, 0))),
    "L": (((0.4, 1.9), (0.2, 0.1), (0, 0.1), (0.5, 0.1), (1, 0))),
    "M": (((0, 0), (0.2, 1.9), (0.6, 0.6), (1.1, 1.9), (1.3, 0))),
    "O": (((0.6, 2), (0, 1.3), (0.2, 0.1), (0.9, 0.3), (1, 1.5), (0.5, 1.95))),
    "R": (((0, 0), (0.1, 1.9)), ((-0.2, 1.7), (0.8, 1.9), (0.8, 1.1), (0.2, 0.95), (1.1, 0))),
    "S": (((0.9, 1.7), (0.5, 2), (0.1, 1.5), (0.8, 0.6), (0.4, 0), (-0.1, 0.3))),
    "T": (((-0.1, 1.8), (0.5, 1.95), (1.1, 1.9)), ((0.5, 1.9), (0.45, 0))),
    "V": (((0, 1.9), (0.5, 0), (1.1, 2))),
}  # fmt: skip
_NAMES: Final = (
    "Abel", "Colette", "Didier", "Gilles", "Karima", "Odile", "Régis", "Sabine", "Véra", "Tristan", "Maud", "Lambert",
    "Borel", "Absil", "Excoffier", "Abela", "Textor",
)  # fmt: skip


def schooled(text: str, chance: np.random.Generator) -> list[Line]:
    """Return a word as it was taught: letters made of the same few parts, joined, upright or leaning."""
    wide, slant, round_ = chance.uniform(0.75, 1.4), chance.uniform(-0.15, 0.6), chance.uniform(0.75, 1.2)
    care, apart, sink = chance.uniform(0.01, 0.07), chance.uniform(0.0, 0.22), chance.uniform(0, 0.08)
    lines: list[Line] = []
    run: list[Line] = []
    x = 0.0
    for number, sign in enumerate(text):
        capital = _CAPITALS.get(sign)
        if capital is not None:
            strokes = capital if isinstance(capital[0][0], tuple) else (capital,)
            lines += [smooth(np.array(stroke, float) * (wide, 1) + (x, 0), 8) for stroke in strokes]
            x += 1.25 * wide
            continue
        low = sign.lower()
        if low not in _MADE_OF:
            lines += [np.array([(x, 0.0), (x + 0.07, 0.04)])] if sign == "." else []
            x += 0.5
            continue
        tired = 1 - sink * number
        for part in _MADE_OF[low]:
            shape = np.array(_PARTS[part]) * (wide * round_, max(0.3, tired))
            run.append(shape + np.array((x, 0)) + chance.normal(0, care, shape.shape))
            x += (float(shape[:, 0].max()) if part != "w" else 0.4) + apart * wide / 3
        if low in "ti" or sign == "é":
            bar = np.array([(-0.75, 1.1), (-0.05, 1.2)] if low == "t" else [(-0.4, 1.35), (-0.25, 1.6)])
            lines.append(bar * (wide, 1) + (x, chance.normal(0, 0.05)))
        if chance.random() < 0.15:
            lines.append(smooth(np.vstack(run), 7))
            run = []
    lines += [smooth(np.vstack(run), 7)] if run else []
    return [np.c_[line[:, 0] + slant * line[:, 1], -line[:, 1]] for line in lines]


def _named(chance: np.random.Generator) -> list[Line]:
    """A surname that is read, and what some draw around it."""
    lines = schooled(str(chance.choice(_NAMES)), chance)
    points = np.vstack(lines)
    low, high = points.min(axis=0), points.max(axis=0)
    what, t = chance.random(), np.linspace(0, 1, 40)
    if what < 0.2:
        lines.append(np.c_[low[0] + t * (high[0] - low[0]) * 1.1, high[1] + 0.25 - 0.5 * t * (1 - t)])
    elif what < 0.35:
        way = 2 * np.pi * t * chance.uniform(0.7, 1.05)
        lines.append((low + high) / 2 + (high - low) * 0.62 * np.c_[np.cos(way), np.sin(way)])
    return lines


def _clothoid(chance: np.random.Generator) -> list[Line]:
    """A curve that turns now more, now less, as a wheel is steered."""
    count = 260
    knots = chance.normal(0, 1, int(chance.integers(6, 14))) * chance.uniform(0.08, 0.22)
    turn = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, len(knots)), knots)
    way = chance.uniform(-1, 1) + np.cumsum(turn)
    steps = np.c_[np.cos(way) + chance.uniform(0.1, 0.5), np.sin(way)]
    return [np.cumsum(steps, axis=0)]


def _broken(chance: np.random.Generator) -> list[Line]:
    """A large loop, then strokes as short as a tired hand makes them."""
    t = np.linspace(0, 2 * np.pi, 60)
    lines = [np.c_[0.7 * np.cos(t + 1) + 0.1 * t, chance.uniform(0.6, 1.1) * np.sin(t + 1)]]
    x = 1.2
    for _ in range(int(chance.integers(3, 9))):
        long, rise, bow = chance.uniform(0.1, 0.6), chance.normal(0, 0.4), chance.normal(0, 0.2)
        s = np.linspace(0, 1, 12)
        lines.append(np.c_[x + long * s, chance.normal(0, 0.25) + rise * s + bow * np.sin(np.pi * s)])
        x += long + chance.uniform(0.02, 0.3)
    return lines


def _ribbon(chance: np.random.Generator) -> list[Line]:
    """Eights lying and standing, that drift, as a bow is tied."""
    t = np.linspace(0, 2 * np.pi * chance.uniform(1, 3.5), 240)
    size = 1 + 0.4 * np.sin(t * chance.uniform(0.2, 0.6))
    x = size * np.sin(t) + chance.uniform(0, 0.5) * t
    return [np.c_[x, size * np.sin(2 * t + chance.uniform(-0.6, 0.6)) * chance.uniform(0.3, 0.9)]]


def _two_capitals(chance: np.random.Generator) -> list[Line]:
    """Two capitals over each other, and a long foot."""
    one, other = chance.choice(list("ABCDEGKLMRST"), 2)
    lines = schooled(str(one), chance) + [
        line + np.array((0.6, 0.3)) for line in schooled(str(other), chance)
    ]
    high = np.vstack(lines).max(axis=0)
    t = np.linspace(0, 1, 30)
    lines.append(np.c_[-0.3 + t * chance.uniform(2, 4.5), high[1] + 0.1 - chance.uniform(0, 0.6) * t**2])
    return lines


def _brackets(chance: np.random.Generator) -> list[Line]:
    """A cross of two bows, back to back."""
    t, deep = np.linspace(0, 1, 20), chance.uniform(0.45, 0.6)
    bow = deep * np.sin(np.pi * t)
    return [np.c_[bow, t + chance.normal(0, 0.02, 20)], np.c_[0.95 - bow, t]]


OUTSIDERS: Final = Hands(
    signatures=(_named, _clothoid, _broken, _ribbon, _two_capitals, _named),
    crosses=_brackets,
    initials=("DG", "K.R", "OS", "TV", "C.D.", "Le", "MA", "GB"),
    absent=("absent", "Absente", "absente", "abs", "Abs.", "excusé", "Excusée", "Absent", "malade"),
    fonts=(None, None, None, cv2.FONT_HERSHEY_DUPLEX | cv2.FONT_ITALIC, cv2.FONT_HERSHEY_SCRIPT_COMPLEX),
    pens=(
        Pen("needle", (75, 50, 40), 0.27, 0.9, 0.15),
        Pen("sea blue", (165, 100, 20), 0.5, 0.86, 0.2),
        Pen("cheap ball", (150, 70, 70), 0.42, 0.78, 0.5),
        Pen("brush", (35, 35, 40), 0.95, 0.92, 0.6),
        Pen("pink", (110, 50, 170), 0.55, 0.86, 0.15),
        Pen("grey lead", (88, 90, 92), 0.45, 0.66, 0.35),
        Pen("wine", (60, 25, 90), 0.6, 0.9, 0.3),
        Pen("chisel", (25, 22, 20), 1.25, 0.93, 0.15),
    ),
    shares=(0.27, 0.48, 0.07, 0.02, 0.11, 0.05),
    writes=schooled,
)
