"""People of whom no two pages are alike, to learn from; what is hard to read is frequent."""

import cv2
import numpy as np

from benchmarks.scans.hands import SEEN, TUNING, Hand, Hands
from benchmarks.scans.pens import Line, Pen, smooth
from cordee.demo.names import seeds

_FONTS = (
    cv2.FONT_HERSHEY_SIMPLEX,
    cv2.FONT_HERSHEY_DUPLEX,
    cv2.FONT_HERSHEY_PLAIN,
    cv2.FONT_HERSHEY_COMPLEX_SMALL,
    cv2.FONT_HERSHEY_SCRIPT_SIMPLEX,
    cv2.FONT_HERSHEY_TRIPLEX,
)
_ABSENT = (
    "absent",
    "Absent",
    "ABSENT",
    "absente",
    "ABSENTE",
    "abs",
    "Abs",
    "ABS",
    "abs.",
    "ABS.",
    "excuse",
    "Exc.",
    "malade",
)


def anybody(chance: np.random.Generator) -> Hands:
    """Return the people of one page."""
    hands: list[Hand] = [*TUNING.signatures, *SEEN.signatures, waves, _scrawls, _scrawls, _flourish]
    return Hands(
        signatures=tuple(hands[int(number)] for number in chance.choice(len(hands), 4, replace=False)),
        crosses=(TUNING, SEEN)[int(chance.integers(2))].crosses,
        initials=tuple(_initials(chance) for _ in range(8)),
        absent=tuple(chance.choice(_ABSENT, 4).tolist()),
        fonts=tuple(int(font) for font in chance.choice(_FONTS, 3)),
        pens=tuple(_pen(chance) for _ in range(5)),
        shares=(0.24, 0.4, 0.09, 0.02, 0.16, 0.09),
    )


def _pen(chance: np.random.Generator) -> Pen:
    grey = chance.uniform(15, 110)
    colour = np.full(3, grey) if chance.random() < 0.4 else chance.uniform(20, 1.6 * grey + 40, 3)
    blue, green, red = (int(part) for part in colour)
    width = float(np.exp(chance.uniform(np.log(0.22), np.log(1.3))))
    return Pen("any", (blue, green, red), width, chance.uniform(0.62, 0.97), chance.uniform(0.05, 0.5))


def _initials(chance: np.random.Generator) -> str:
    if chance.random() < 0.3:
        return (
            str(chance.choice(seeds("first_names" if chance.random() < 0.5 else "last_names")))
            .encode("ascii", "ignore")
            .decode()
            or "Lo"
        )
    letters = chance.choice(list("ABCDEFGHIJKLMNOPRSTVYZ"), int(chance.integers(2, 4)))
    return ("." if chance.random() < 0.3 else "").join(letters)


def waves(chance: np.random.Generator) -> list[Line]:
    """Rows of arches, garlands or loops, as hurried hands make of letters."""
    lines, x = [], 0.0
    for _ in range(int(chance.integers(1, 5))):
        count = int(chance.integers(2, 7))
        t = np.linspace(0, np.pi * count, 20 * count)
        wave = [np.abs(np.sin(t)), -np.abs(np.sin(t)), np.sin(2 * t)][int(chance.integers(3))]
        drift = chance.uniform(-0.5, 0.5) * t / t[-1]
        lines.append(
            np.c_[
                x + t / np.pi * 0.3 + chance.uniform(0, 0.15) * np.cos(2 * t),
                wave * chance.uniform(0.3, 1) + drift,
            ]
        )
        x += 0.3 * count + chance.uniform(-0.1, 0.5)
    return lines


def scrawl(chance: np.random.Generator) -> Line:
    count = int(chance.integers(4, 18))
    steps = chance.normal(0, 1, (count, 2)) * (1, chance.uniform(0.3, 1.5)) + (chance.uniform(-0.2, 0.9), 0)
    return smooth(steps.cumsum(axis=0))


def _scrawls(chance: np.random.Generator) -> list[Line]:
    return [scrawl(chance) for _ in range(int(chance.integers(1, 4)))]


def _flourish(chance: np.random.Generator) -> list[Line]:
    """Something short, and a long stroke that goes around, under or through it."""
    core = scrawl(chance) if chance.random() < 0.5 else waves(chance)[0]
    low, size = core.min(axis=0), np.maximum(np.ptp(core, axis=0), 1e-6)
    core = (core - low) / size * (1, chance.uniform(0.5, 1.5))
    turn = np.linspace(0, chance.uniform(1, 6.5), 40) + chance.uniform(0, 6)
    around = np.c_[
        0.5 + chance.uniform(0.3, 1.2) * np.cos(turn), 0.5 + chance.uniform(0.1, 0.9) * np.sin(turn)
    ]
    return [core, around]
