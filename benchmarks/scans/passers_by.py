"""How the people of the set `passers-by` sign and write: written before anything was read of it, never tuned on."""

from typing import Final

import cv2
import numpy as np

from benchmarks.scans.bows import bowed, bows, dragged
from benchmarks.scans.hands import Hands
from benchmarks.scans.pens import Line, Pen

_NAMES: Final = (
    "Yann", "Inès", "Florent", "Chloé", "Quentin", "Sylvie", "Basile", "Fatou", "Perrine", "Olivier", "Hugues", "Kévin",
    "Aubert", "Abribat", "Besson", "Exbrayat", "Dumont", "Absire",
)  # fmt: skip


def _name(chance: np.random.Generator) -> list[Line]:
    """A name that is read; some strike it through, or come back beneath it in a wide bow."""
    lines = bowed(str(chance.choice(_NAMES)), chance)
    (left, top), (right, foot) = np.vstack(lines).min(axis=0), np.vstack(lines).max(axis=0)
    what, bow = chance.random(), chance.uniform(0.03, 0.2)
    if what < 0.2:
        ends = ((right, foot - 0.3, 0), (left + 0.4, foot + 0.3, -bow), (right + 0.8, foot + 0.4, 0.02))
        lines.append(dragged(bows(np.array(ends)), 0.15, 0.8))
    elif what < 0.3:
        middle = (top + foot) / 2
        lines.append(bows(np.array([(left, middle + 0.3, 0), (right + 0.5, middle - 0.2, bow / 2)])))
    return lines


def _paraph(chance: np.random.Generator) -> list[Line]:
    """What haste leaves of a name, above a stroke that goes and comes back, some times over."""
    lines = bowed(str(chance.choice(_NAMES))[: int(chance.integers(2, 5))], chance)
    right, foot = np.vstack(lines).max(axis=0)
    sweeps = int(chance.integers(2, 5))
    ends = np.zeros((sweeps + 1, 3))
    ends[:, 0] = right * np.where(np.arange(sweeps + 1) % 2, -0.2, 1.3) * chance.uniform(0.6, 1, sweeps + 1)
    ends[:, 1] = foot + 0.1 + np.cumsum(chance.uniform(0.05, 0.4, sweeps + 1))
    ends[:, 2] = chance.uniform(0, 0.1, sweeps + 1)
    return [*lines, dragged(bows(ends), chance.uniform(0.1, 0.3), 0.8)]


def _pulled(chance: np.random.Generator) -> list[Line]:
    """A pen pulled by a spring from place to place: it swings past each of them, and is late for the next."""
    count = int(chance.integers(5, 12))
    side = np.where(np.arange(count) % 2, 1, -1) * chance.uniform(0.2, 1.2, count)
    places = np.c_[np.cumsum(chance.uniform(-0.8, 1.2, count)), side]
    way = np.repeat(places, chance.integers(9, 26, count), axis=0)
    return [dragged(way, chance.uniform((0.004, 0.02), (0.02, 0.05)), chance.uniform(0.25, 0.6))]


def _cocoon(chance: np.random.Generator) -> list[Line]:
    """Ovals around one point that turn on, as the ways of planets do, and a stroke through them."""
    turn = np.linspace(0, 2 * np.pi * chance.uniform(2, 4.5), 240)
    far = 1 / (1 + chance.uniform(0.35, 0.75) * np.cos(turn * (1 - chance.uniform(0.03, 0.15))))
    oval = np.c_[far * np.cos(turn) + chance.uniform(0, 0.3) * turn, far * np.sin(turn)]
    (left, top), (right, foot) = oval.min(axis=0), oval.max(axis=0)
    ends = (
        (left - 0.3, foot, 0),
        (right + chance.uniform(0, 3), chance.uniform(top, foot), chance.normal(0, 0.1)),
    )
    return [oval, bows(np.array(ends))] if chance.random() < 0.6 else [oval]


def _drops(chance: np.random.Generator) -> list[Line]:
    """A row of drops, long and short, most of them up from the line and some down, as of "l", "e" and "f"."""
    t = np.linspace(0, 2 * np.pi, 36)
    lines, x = [], 0.0
    for _ in range(int(chance.integers(3, 9))):
        tall = float(chance.choice([0.5, 0.9, 1.8, -1.2], p=[0.4, 0.2, 0.25, 0.15]))
        tall *= chance.uniform(0.7, 1.2)
        wide, step = chance.uniform(0.1, 0.5), chance.uniform(0.25, 0.7)
        rise = (1 - np.cos(t)) / 2
        lines.append(np.c_[x + step * t / t[-1] + wide * np.sin(t) * rise + 0.25 * tall * rise, -tall * rise])
        x += step
    end = np.array([(x, 0, 0), (x + chance.uniform(0.3, 2.5), chance.normal(0, 0.5), chance.normal(0, 0.15))])
    return [np.vstack([*lines, bows(end)])]


def _tangle(chance: np.random.Generator) -> list[Line]:
    """What remains of noise when all that is fast is taken from it, carried to the right."""
    slow = chance.uniform(5, 11)
    noise = cv2.GaussianBlur(chance.normal(0, 1, (260, 2)), (1, 0), sigmaX=1e-6, sigmaY=slow)
    noise = noise[20:-20] / noise.std(axis=0)
    fade = np.linspace(1, chance.uniform(0.2, 1), len(noise))
    return [np.c_[noise[:, 0] * 0.6 + np.linspace(0, chance.uniform(2, 6), len(noise)), noise[:, 1] * fade]]


def _stemmed(chance: np.random.Generator) -> list[Line]:
    """A long stem, and garlands steep on one side (a wave whose pace waves), that end in a bar."""
    stem = bows(np.array([(0.2, -1.6, 0), (-0.1, chance.uniform(0.4, 1.2), chance.normal(0, 0.12))]))
    phase = np.linspace(0, 2 * np.pi * chance.uniform(2, 6.5), 200)
    skewed = phase + chance.uniform(0.3, 0.9) * np.sin(phase + chance.uniform(0, 6))
    size = np.interp(phase, np.linspace(0, phase[-1], 5), chance.uniform(0.15, 0.7, 5))
    wave = np.c_[0.2 + phase * chance.uniform(0.08, 0.2), -0.2 + size * np.sin(skewed)]
    out = (
        wave[-1] + np.c_[np.linspace(0, chance.uniform(0, 2), 15), np.linspace(0, chance.normal(0, 0.5), 15)]
    )
    return [stem, np.vstack([wave, out])]


def _lame_cross(chance: np.random.Generator) -> list[Line]:
    """A long bar, and a short one across it that is not in the middle."""
    lean, where = chance.normal(0, 0.08, 4), chance.uniform(0.35, 0.6)
    long = np.array([(0, lean[0], 0), (1, 1 + lean[1], chance.normal(0, 0.06))])
    short = np.array([(where + 0.35, where - 0.4 + lean[2], 0), (where - 0.35, where + 0.4 + lean[3], 0.05)])
    return [bows(long), bows(short)]


PASSERS_BY: Final = Hands(
    signatures=(_name, _pulled, _cocoon, _paraph, _name, _drops, _tangle, _stemmed),
    crosses=_lame_cross,
    initials=("AS", "B.P", "EL", "JF", "H.M.", "Da", "AV", "NT"),
    absent=(
        "absent",
        "Absente",
        "absente",
        "abs",
        "abs.",
        "Abs",
        "excusé",
        "Excusée",
        "Absent",
        "ABS.",
        "congé",
    ),
    fonts=(None,),
    pens=(
        Pen("cobalt", (170, 75, 30), 0.46, 0.9, 0.2),
        Pen("biro", (58, 50, 48), 0.38, 0.84, 0.4),
        Pen("olive", (45, 92, 88), 0.52, 0.86, 0.2),
        Pen("whiteboard", (48, 32, 28), 1.15, 0.88, 0.3),
        Pen("nearly empty", (138, 95, 82), 0.35, 0.73, 0.5),
        Pen("plain lead", (86, 87, 88), 0.52, 0.67, 0.38),
        Pen("plum gel", (120, 38, 80), 0.43, 0.93, 0.08),
        Pen("fineliner", (34, 30, 30), 0.3, 0.92, 0.1),
    ),
    shares=(0.27, 0.48, 0.07, 0.02, 0.11, 0.05),
    writes=bowed,
)
