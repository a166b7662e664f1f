"""What the three ways to write have in common: the manner of a hand, dots and accents, and what haste does to lines."""

import unicodedata
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from benchmarks.scans.everyday.curves import Line


def ran(line: Line, sigma: float) -> Line:
    """Return a line whose corners haste has cut: a running mean, over `sigma` points."""
    if sigma < 0.3 or len(line) < 4:
        return line
    reach = int(3 * sigma) + 1
    weight = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    padded = np.vstack([np.repeat(line[:1], reach, 0), line, np.repeat(line[-1:], reach, 0)])
    return np.c_[tuple(np.convolve(padded[:, axis], weight / weight.sum(), "valid") for axis in (0, 1))]


def even(line: Line, step: float = 0.07) -> Line:
    """Return a line with its points at even distances."""
    done = np.r_[0, np.hypot(*np.diff(line, axis=0).T).cumsum()]
    if done[-1] < 1e-9:
        return line
    at = np.linspace(0, done[-1], max(3, int(done[-1] / step)))
    return np.c_[np.interp(at, done, line[:, 0]), np.interp(at, done, line[:, 1])]


@dataclass
class Manner:
    """How somebody writes, this time."""

    slant: float
    width: float
    tension: float
    tired: float
    capitals: float
    rise: float
    sag: float
    shake: float
    haste: float
    own: float
    """How far this person's letters are from those of the school."""
    unsure: float
    """How far two same letters of this person are from each other."""
    joins: float
    gap: float
    tall: float
    late: float
    """How far dots and bars fall from their place."""
    forgets: float
    habits: dict[str, int] = field(default_factory=dict)

    def form(self, letter: str, count: int, chance: np.random.Generator) -> int:
        """Return which of its forms this person gives a letter."""
        return self.habits.setdefault(letter, int(chance.integers(count))) % count


def manner(chance: np.random.Generator) -> Manner:
    """Return how somebody writes."""
    return Manner(
        slant=float(
            chance.choice([chance.normal(0.3, 0.2), chance.normal(0, 0.1), chance.uniform(-0.35, 0.7)])
        ),
        width=float(np.exp(chance.normal(0, 0.22))),
        tension=float(np.exp(chance.normal(0, 0.12))),
        tired=float(chance.uniform(-0.1, 0.4)),
        capitals=float(chance.choice([1, chance.uniform(0.75, 1.7)])),
        rise=float(chance.normal(0, 0.06)),
        sag=float(chance.normal(0, 0.12)),
        shake=float(chance.choice([0.005, chance.uniform(0, 0.05)])),
        haste=float(chance.uniform(0, 1.5)),
        own=float(chance.uniform(0.01, 0.06)),
        unsure=float(chance.uniform(0.01, 0.035)),
        joins=float(chance.choice([1, 0.95, chance.uniform(0.4, 1)])),
        gap=float(chance.uniform(-0.08, 0.25)),
        tall=float(np.exp(chance.normal(0, 0.13))),
        late=float(abs(chance.normal(0, 0.14))),
        forgets=float(chance.choice([0, 0.05, 0.3])),
    )


def settled(lines: list[Line], how: Manner, chance: np.random.Generator) -> list[Line]:
    """Return lines slanted, tired, drifting and shaking as somebody writes; y downwards from here."""
    lines = [ran(even(line), how.haste) for line in lines if len(line) > 1]
    points = np.vstack(lines)
    left, span = points[:, 0].min(), max(np.ptp(points[:, 0]), 1)
    phase, turns = chance.uniform(0, 6.3), chance.uniform(0.5, 2)
    return [_settle(line, how, ((line[:, 0] - left) / span, span), (phase, turns), chance) for line in lines]


def _settle(
    line: Line, how: Manner, along: tuple[Line, float], wave: tuple[float, float], chance: np.random.Generator
) -> Line:
    u, span = along
    x, y = line.T
    y = y * (1 - how.tired * u.clip(0, 1)) * np.where(y > 1, 1 + (how.tall - 1) * (y - 1).clip(0, 1), 1)
    base = how.rise * u * span + how.sag * np.sin(wave[0] + 6.3 * wave[1] * u)
    noise = ran(chance.normal(0, 1, (len(line), 2)), 2.5) * how.shake * 2.5
    return np.c_[(x + how.slant * y) * how.width, -(y + base)] + noise


def dot(x: float, y: float, chance: np.random.Generator) -> Line:
    """Return a dot as people put them: a point, a tick, a ring."""
    kind = chance.random()
    if kind < 0.7:
        way = np.array((0.05, -0.04)) + chance.normal(0, 0.06, 2)
        return np.array([(x, y), (x + way[0] / 2, y + way[1] / 2), (x + way[0], y + way[1])])
    if kind < 0.9:
        return np.linspace((x - 0.06, y + 0.1), (x + chance.uniform(0, 0.2), y - 0.1), 5)
    t = np.linspace(0, 6.5, 16)
    return np.c_[x + 0.14 * np.cos(t), y + 0.14 * np.sin(t)]


MARKS: Final = {
    "\u0301": "´",
    "\u0300": "`",
    "\u0302": "^",
    "\u0308": "¨",
    "\u0327": "¸",
    "\u0303": "~",
    "\u0306": "~",
}


def spelt(letter: str) -> tuple[str, str]:
    """Return a letter without its accent, and that."""
    letter = {"ı": "i", "–": "—", "’": "'"}.get(letter, letter)
    whole = unicodedata.normalize("NFD", letter)
    return whole[0], MARKS.get(whole[-1], "")


def accent(mark: str, x: float, y: float, chance: np.random.Generator) -> list[Line]:
    """Return an accent, near its place."""
    a, b = chance.uniform(0.15, 0.3), chance.uniform(0.12, 0.35)
    if mark == "¸":
        return [np.array([(x, -0.02), (x + 0.05, -0.2), (x + 0.12, -0.3), (x - 0.12, -0.45)])]
    if mark == "¨":
        return [dot(x - a, y + 0.1, chance), dot(x + a, y + 0.1, chance)]
    ends = {
        "´": [(x + a, y + b), (x - a / 2, y)],
        "`": [(x - a, y + b), (x + a / 2, y)],
        "^": [(x - a, y), (x, y + b), (x + a, y)],
        "~": [(x - a, y), (x - a / 2, y + b), (x + a / 2, y), (x + a, y + b)],
    }[mark]
    return [np.array(ends)]
