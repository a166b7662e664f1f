"""Signatures that are no writing: dense, tiny, sharp or broken ones."""

import numpy as np

from benchmarks.scans.everyday.curves import Line
from benchmarks.scans.everyday.marks import (
    Chance,
    curve_through,
    ends_of,
    moved_by,
    some_name,
    tail_from,
    wave_of,
    write_somehow,
)
from benchmarks.scans.everyday.printed import printed
from benchmarks.scans.everyday.rounded import rounded
from benchmarks.scans.everyday.sloppy import sloppy


def denser(line: Line, each: int = 8) -> Line:
    """Return the same line of more points."""
    t = np.arange(len(line))
    at = np.linspace(0, len(line) - 1, (len(line) - 1) * each + 1)
    return np.c_[np.interp(at, t, line[:, 0]), np.interp(at, t, line[:, 1])]


def dense_scribble(chance: Chance) -> list[Line]:
    """A pen that goes round and round, and back and forth, over one place."""
    count = int(chance.integers(3, 6))
    t = np.linspace(0, chance.uniform(8, 30), 500)
    rates = chance.uniform(0.3, 3.5, count)
    sizes = chance.uniform(0.2, 1, count) / rates**0.5
    phases = chance.uniform(0, 6.3, (2, count))
    x = (sizes * np.sin(rates * t[:, None] + phases[0])).sum(axis=1) + chance.uniform(0, 0.12) * t
    y = (sizes * np.cos(rates * t[:, None] + phases[1])).sum(axis=1) * chance.uniform(0.3, 0.9)
    lines = [np.c_[x, y]]
    if chance.random() < 0.3:
        lines = [*moved_by(write_somehow(chance, some_name(chance, 3)), (x.min() - 1, 0), 0.6), *lines]
    return lines


def tiny(chance: Chance) -> list[Line]:
    """A mark made at once: a hook, an eyelet, a tick with a tail, one small letter."""
    kind = chance.integers(6)
    if kind == 0:
        places = [(0, 0), (0.3, 0.6), (0.5, 0.65), (chance.uniform(0.9, 2), -chance.uniform(0.3, 1.2))]
        return [curve_through(places, chance)]
    if kind == 1:
        places = [
            (0, 0.3),
            (0.7, -0.5),
            (0.5, -0.8),
            (0.3, -0.3),
            (0.6, 0.4),
            (chance.uniform(1, 2), chance.normal(0, 0.3)),
        ]
        return [curve_through(places, chance)]
    if kind == 2:
        return [wave_of(int(chance.integers(2, 4)), chance)]
    if kind == 3:
        part = rounded(str(chance.choice(list("abcdefgklmnprstvyz"))), chance)
        return [*part[:-1], np.vstack([part[-1], tail_from(part[-1][-1], chance) * (0.7, 1)])]
    if kind == 4:
        return [
            np.cumsum(np.array((0.2, 0)) + chance.normal(0, 0.5, (int(chance.integers(3, 6)), 2)), axis=0)
        ]
    return sloppy(str(chance.choice(["Li", "Vu", "Ab", "Ex", "JP", "mb", "al", "ce"])), chance)


def swoosh(chance: Chance) -> list[Line]:
    """One long stroke of two or three bends, quickly made, perhaps crossed by another."""
    x = np.r_[0, np.cumsum(chance.uniform(-1.2, 3.2, int(chance.integers(3, 6))))]
    y = chance.normal(0, 0.8, len(x))
    line = curve_through(list(zip(x, y, strict=True)), chance, float(chance.uniform(0.75, 1.3)))
    lines = [np.vstack([line, tail_from(line[-1], chance)]) if chance.random() < 0.5 else line]
    if chance.random() < 0.4:
        left, top, right, foot = ends_of(lines)
        lines.append(
            np.linspace(
                (chance.uniform(left, right), top - 0.2), (chance.uniform(left, right), foot + 0.3), 8
            )
        )
    return lines


def spiky(chance: Chance) -> list[Line]:
    """Angles alone: peaks as of an earthquake, after a letter or none."""
    count = int(chance.integers(6, 18))
    x = np.cumsum(
        np.where(np.arange(count) % 2, chance.uniform(0.02, 0.3), chance.uniform(0.1, 0.4))
        * chance.uniform(0.5, 1.6, count)
    )
    fading = np.linspace(1, chance.uniform(0.15, 1), count)
    tall = np.where(chance.random(count) < 0.2, 2.2, 1)
    y = np.where(np.arange(count) % 2, -1, 0.15) * chance.uniform(0.3, 1, count) * fading * tall
    lines = [np.c_[x, y] + chance.normal(0, 0.04, (count, 2))]
    if chance.random() < 0.5:
        first = printed(str(chance.choice(list("AKLMNTVWZE"))), chance)
        lines = [*moved_by(first, (-ends_of(first)[2], 0), 1), *lines]
    if chance.random() < 0.5:
        lines[-1] = np.vstack([lines[-1], lines[-1][-1] + (chance.uniform(-4, 3), chance.uniform(-0.2, 0.9))])
    slant = chance.normal(0.2, 0.3)
    return [line @ np.array([(1, 0), (-slant, 1)]) for line in lines]


def dashes(chance: Chance) -> list[Line]:
    """Strokes that do not touch: what a name leaves when the pen hardly comes down."""
    done: list[Line] = []
    x = 0.0
    heading = chance.normal(-1.2, 0.5)
    for _ in range(int(chance.integers(4, 11))):
        long = chance.uniform(0.15, 1.1)
        way = heading + chance.normal(0, 0.7)
        begin = np.array([x, chance.normal(0, 0.2)])
        end = begin + long * np.array([np.cos(way), np.sin(way)])
        aside = (begin + end) / 2 + chance.normal(0, 0.15 * long, 2)
        done.append(curve_through([tuple(begin), tuple(aside), tuple(end)], chance))
        x = max(begin[0], end[0]) + chance.uniform(0.03, 0.4)
    if chance.random() < 0.4:
        done.append(curve_through([(0, 0.7), (x / 2, 0.6), (x, 0.5 + chance.normal(0, 0.2))], chance))
    return done
