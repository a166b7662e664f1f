"""What families of signatures share: a name, its ends, tails and waves."""

from collections.abc import Callable

import numpy as np

from benchmarks.scans.everyday.curves import Line, Nodes, hobby
from benchmarks.scans.everyday.manners import ran
from benchmarks.scans.everyday.sloppy import oscillated
from benchmarks.scans.everyday.ways import SYSTEMS
from benchmarks.scans.everyday.words import LOOK_ALIKES, NAMES

type Hand = Callable[[np.random.Generator], list[Line]]
type Chance = np.random.Generator


def some_name(chance: Chance, most: int = 20) -> str:
    """Return a name, as often one that looks like a word for absence."""
    names = LOOK_ALIKES if chance.random() < 0.3 else NAMES
    return str(chance.choice(names))[:most]


def write_somehow(chance: Chance, text: str | None = None) -> list[Line]:
    """Write a name in any of the systems."""
    system = SYSTEMS[int(chance.choice(3, p=(0.35, 0.2, 0.45)))]
    return system(text or some_name(chance), chance)


def ends_of(lines: list[Line]) -> tuple[float, float, float, float]:
    """Return left, top, right, foot."""
    points = np.vstack(lines)
    return (*points.min(axis=0), *points.max(axis=0))


def moved_by(lines: list[Line], by: tuple[float, float], size: float = 1.0) -> list[Line]:
    return [line * size + by for line in lines]


def turned_by(lines: list[Line], angle: float) -> list[Line]:
    """Return lines turned about the origin."""
    c, s = np.cos(angle), np.sin(angle)
    return [line @ np.array([(c, s), (-s, c)]) for line in lines]


def curve_through(places: list[tuple[float, float]], chance: Chance, tension: float | None = None) -> Line:
    """Return a round curve through places."""
    nodes: Nodes = np.full((len(places), 4), np.nan)
    nodes[:, :2], nodes[:, 3] = places, 0
    return hobby(nodes, tension or float(np.exp(chance.normal(0, 0.15))), 16)


def tail_from(start: Line, chance: Chance) -> Line:
    """Return a stroke that runs out, from where a pen is."""
    long, down = chance.uniform(0.8, 3.5), chance.normal(0, 0.5)
    return curve_through(
        [
            tuple(start),
            (start[0] + long / 2, start[1] + chance.normal(0, 0.25)),
            (start[0] + long, start[1] + down),
        ],
        chance,
    )


def wave_of(count: int, chance: Chance) -> Line:
    """Return waves of any kind that die away, y downwards."""
    swing, when = chance.uniform(0.02, 0.32), chance.uniform(0, 1.3)
    heights = chance.uniform(0.4, 1.1, count) * np.linspace(1, chance.uniform(0.15, 1), count)
    beats = [(float(h), float(chance.uniform(0.35, 0.8)), swing, when) for h in heights]
    return ran(oscillated(beats, chance), float(chance.uniform(0.5, 3))) * (1, -1)


def underline_of(lines: list[Line], chance: Chance) -> list[Line]:
    """Return strokes under lines: straight, twice, wavy, or that come back and end in a hook or in dots."""
    left, _, right, foot = ends_of(lines)
    a, b = left + chance.uniform(-0.3, 0.8), right + chance.uniform(-0.6, 0.8)
    y = foot + chance.uniform(-0.35, 0.4)
    tilt, kind = chance.normal(-0.1, 0.25), chance.integers(6)
    if kind == 0:
        return [
            curve_through(
                [(a, y), ((a + b) / 2, y + tilt / 2 + chance.normal(0, 0.1)), (b, y + tilt)], chance
            )
        ]
    if kind == 1:
        return [
            np.array([(a, y), (b, y + tilt)]),
            np.array([(a + 0.3, y + 0.25), (b - chance.uniform(0, 1), y + 0.25 + tilt)]),
        ]
    if kind == 2:
        x = np.linspace(a, b, 60)
        return [np.c_[x, y + 0.15 * np.sin((x - a) * chance.uniform(2, 7))]]
    if kind == 3:
        mid = (a + b) / 2
        return [
            curve_through(
                [(b, y), (a, y + 0.15), (a - 0.2, y + 0.4), (mid, y + 0.3), (b + 0.6, y + tilt)], chance
            )
        ]
    if kind == 4:
        line = curve_through(
            [(a, y), (b, y + tilt), (b + 0.2, y + tilt - 0.3), (b - 0.5, y + tilt + 0.5)], chance
        )
        return [
            line,
            *[np.array([(b + 0.3 + n * 0.25, y), (b + 0.33 + n * 0.25, y + 0.03)]) for n in range(2)],
        ]
    return [np.array([(a, y), (b, y + tilt), (a + (b - a) * 0.4, y + tilt + 0.35), (b * 0.8, y + 0.5)])]
