"""Signatures that are writing: names and initials, and scripts that are not ours."""

from typing import Final

import numpy as np

from benchmarks.scans.everyday.curves import Line
from benchmarks.scans.everyday.manners import ran
from benchmarks.scans.everyday.marks import (
    Chance,
    curve_through,
    ends_of,
    moved_by,
    some_name,
    tail_from,
    turned_by,
    underline_of,
    wave_of,
    write_somehow,
)
from benchmarks.scans.everyday.printed import printed
from benchmarks.scans.everyday.rounded import rounded
from benchmarks.scans.everyday.scribbles import denser
from benchmarks.scans.everyday.sloppy import sloppy


def underlined(chance: Chance) -> list[Line]:
    """A name that is read, with a stroke under it."""
    lines = write_somehow(chance)
    return [*lines, *underline_of(lines, chance)] if chance.random() < 0.8 else lines


def initials(chance: Chance) -> list[Line]:
    """Two or three capitals, one over another, and a tail."""
    done: list[Line] = []
    x = 0.0
    for letter in chance.choice(list("ABCDEFGHIJKLMNOPRSTVWYZ"), int(chance.integers(2, 4))):
        size = chance.uniform(0.7, 1.5)
        part = moved_by(
            (rounded, printed)[int(chance.integers(2))](str(letter), chance), (x, chance.normal(0, 0.3)), size
        )
        done += part
        x = ends_of(part)[2] - chance.uniform(-0.1, 0.9)
    if chance.random() < 0.7:
        done.append(tail_from(done[-1][-1], chance))
    return done


def initial_and_wave(chance: Chance) -> list[Line]:
    """A great first letter, and what haste leaves of the rest."""
    first = (rounded, printed)[int(chance.integers(2))](some_name(chance, 1), chance)
    first = moved_by(first, (0, 0), chance.uniform(1, 2))
    wave = wave_of(int(chance.integers(2, 9)), chance)
    wave = wave + np.array((ends_of(first)[2] - chance.uniform(0, 0.5), chance.normal(0, 0.2)))
    if chance.random() < 0.5:
        first[-1] = np.vstack([first[-1], wave])
    else:
        first.append(wave)
    if chance.random() < 0.6:
        first[-1] = np.vstack([first[-1], tail_from(first[-1][-1], chance)])
    return first


def lassoed(chance: Chance) -> list[Line]:
    """A name around which the pen goes once or twice, from its last letter."""
    lines = sloppy(some_name(chance, 8), chance) if chance.random() < 0.7 else write_somehow(chance)
    left, top, right, foot = ends_of(lines)
    centre, half = (
        np.array([(left + right) / 2, (top + foot) / 2]),
        np.array([right - left, foot - top]) * 0.5,
    )
    turns = chance.uniform(0.7, 2.2) * chance.choice([-1, 1])
    t = np.linspace(0, 2 * np.pi * turns, int(70 * abs(turns)))
    grown = np.linspace(1, chance.uniform(0.95, 1.4), len(t))[:, None] * chance.uniform(0.85, 1.25)
    wobble = 1 + 0.06 * np.sin(t * chance.uniform(0.5, 3) + chance.uniform(0, 6))
    ring = centre + grown * np.c_[np.cos(t) * wobble * half[0], np.sin(t) * (half[1] + 0.15)]
    lead = np.linspace(lines[-1][-1], ring[0], 6)
    return [*lines, np.vstack([lead, ring]) if chance.random() < 0.5 else ring]


def backward(chance: Chance) -> list[Line]:
    """A beginning of a name, then strokes back over or under it, and forth again."""
    lines = sloppy(some_name(chance, int(chance.integers(2, 7))), chance)
    left, top, right, foot = ends_of(lines)
    tall, wide = foot - top, right - left
    level = chance.uniform(0.3, 1.3)
    places = [tuple(lines[-1][-1])]
    for number in range(int(chance.integers(1, 5))):
        side = (
            left - chance.uniform(0, 0.4) * wide if number % 2 == 0 else right + chance.uniform(0, 0.8) * wide
        )
        end = (side, top + tall * (level + chance.normal(0, 0.12) + 0.12 * number))
        half = (np.array(places[-1]) + end) / 2 + (0, chance.normal(0, 0.12) * tall)
        places += [(float(half[0]), float(half[1])), end]
    back = curve_through(places, chance, float(chance.uniform(0.9, 2.5)))
    return [*lines[:-1], np.vstack([lines[-1], back])] if chance.random() < 0.6 else [*lines, back]


def arabic(chance: Chance) -> list[Line]:
    """Writing that goes leftwards on a line: teeth, bowls, tall strokes, dots."""
    done: list[Line] = []
    x = 0.0
    for _ in range(int(chance.integers(2, 5))):
        places, dots = [(x, -chance.uniform(0.1, 0.5))], []
        for _ in range(int(chance.integers(1, 5))):
            places, x = _arabic_part(places, x, chance)
            if chance.random() < 0.5:
                dots.append((x + 0.2, chance.choice([-0.8, 0.45])))
        done.append(ran(curve_through(places, chance), 1))
        done += [_speck(a + 0.18 * n, b, chance) for a, b in dots for n in range(int(chance.integers(1, 4)))]
        x -= chance.uniform(0.05, 0.4)
        if chance.random() < 0.4:
            done.append(np.array([(x, -chance.uniform(1.2, 2)), (x + chance.normal(0, 0.1), 0.05)]))
            x -= 0.3
    if chance.random() < 0.4:
        done.append(
            curve_through(
                [(0.4, 0.9), (x / 2, 1 + chance.normal(0, 0.2)), (x - 0.5, chance.uniform(0.2, 0.9))], chance
            )
        )
    return turned_by(done, chance.normal(0, 0.12))


def _arabic_part(
    places: list[tuple[float, float]], x: float, chance: Chance
) -> tuple[list[tuple[float, float]], float]:
    kind, wide = chance.integers(5), chance.uniform(0.3, 0.8)
    shapes = (
        [(-0.1, 0), (-wide, -0.02)],
        [(-0.1, 0), (-0.2, -chance.uniform(0.3, 0.6)), (-0.28, 0), (-wide - 0.1, 0)],
        [(-0.1, 0.1), (-wide, chance.uniform(0.5, 0.9)), (-wide * 2, 0.3), (-wide * 2.1, -0.2)],
        [(-0.1, 0), (-0.25, -chance.uniform(1.2, 1.9)), (-0.33, -0.1), (-wide - 0.2, 0)],
        [(-0.3, 0), (-0.55, -0.3), (-0.3, -0.42), (-0.15, -0.1), (-0.3 - wide, 0.02)],
    )
    added = [(x + a, b) for a, b in shapes[int(kind)]]
    return [*places, *added], added[-1][0]


def _speck(x: float, y: float, chance: Chance) -> Line:
    way = chance.normal(0, 0.05, 2) + 0.03
    return np.array([(x, y), (x + way[0], y + way[1])])


_CYRILLIC: Final = (
    (((0, 0), (0.5, -1), (1, 0)), ((0, -1), (0.5, -0.1), (1, -1)), ((0.5, -1.1), (0.5, 0.1))),
    (((0, 0.35), (0, 0), (0.3, -0.1), (0.5, -1.5), (0.9, -1.5), (0.9, 0), (1.1, 0), (1.1, 0.35)),),
    (((0.1, -1), (0.1, 0), (0.8, -1), (0.8, 0)),),
    (((0.1, -1), (0.1, 0), (0.5, 0), (0.5, -1), (0.5, 0), (0.9, 0), (0.9, -1), (0.95, 0), (1.1, 0.3)),),
    (
        ((0.5, -1.6), (0.5, 0.7)),
        ((0.5, -1), (0.05, -0.8), (0.05, -0.2), (0.5, 0), (0.95, -0.2), (0.95, -0.8), (0.5, -1)),
    ),
    (((0.8, 0), (0.75, -1.2), (0.3, -1.2), (0.15, -0.8), (0.75, -0.6), (0.1, 0.1)),),
    (((0.1, -1.2), (0.1, 0)), ((0.1, -0.6), (0.5, -0.6), (0.8, -1.2), (1.2, -0.6), (0.8, 0), (0.5, -0.6))),
    (((0.1, 0), (0.1, -1.3), (0.8, -1.3)),),
    (((0.1, -1.1), (0.8, -1.2), (0.4, -0.6), (0.9, -0.3), (0.3, 0.1), (0, -0.1)),),
    (((0, -0.1), (0.2, 0), (0.5, -1.2), (0.8, 0)),),
    (((0.1, 0), (0.15, -1.3), (0.75, -1.3), (0.8, 0)),),
)


def cyrillic(chance: Chance) -> list[Line]:
    """Letters that look Cyrillic, the garlands of small ones, a tail."""
    done: list[Line] = []
    x = 0.0
    for number in range(int(chance.integers(2, 7))):
        size = chance.uniform(1.2, 1.9) if number == 0 else chance.uniform(0.7, 1)
        for stroke in _CYRILLIC[int(chance.integers(len(_CYRILLIC)))]:
            places = np.array(stroke) * size + (x, 0) + chance.normal(0, 0.06, (len(stroke), 2))
            done.append(
                curve_through([tuple(place) for place in places], chance, float(chance.uniform(1, 2.2)))
            )
        x = max(line[:, 0].max() for line in done) + chance.uniform(-0.05, 0.2)
    if chance.random() < 0.6:
        done.append(wave_of(int(chance.integers(2, 6)), chance) + np.array((x, 0)))
    slant = chance.normal(0.2, 0.2)
    return [ran(line, 1.2) @ np.array([(1, 0), (-slant, 1)]) for line in done]


def chinese(chance: Chance) -> list[Line]:
    """Two or three characters of straight strokes in a square, some run together."""
    done: list[Line] = []
    upright, run = chance.random() < 0.25, chance.uniform(0, 0.6)
    for number in range(int(chance.integers(2, 4))):
        part = [_brush(chance) for _ in range(int(chance.integers(4, 10)))]
        if chance.random() < 0.4:
            x, y, size = *chance.uniform(0, 0.3, 2), chance.uniform(0.4, 0.7)
            part.append(np.array([(x, y + size), (x, y), (x + size, y), (x + size, y + size), (x, y + size)]))
        place = np.array((0, 1.3) if upright else (1.3, 0)) * number
        for line in part:
            put = line + place + chance.normal(0, 0.02, 2)
            if done and chance.random() < run:
                done[-1] = np.vstack([done[-1], put])
            else:
                done.append(put)
    return [ran(denser(line), chance.uniform(0.5, 2)) for line in done]


def _brush(chance: Chance) -> Line:
    """Return a stroke of a character: level, upright, falling left or right, hooked, a point."""
    kind, (x, y), long = chance.integers(6), chance.uniform(0, 0.6, 2), chance.uniform(0.3, 0.9)
    ends = (
        [(x * 0.3, y * 1.6), (x * 0.3 + long, y * 1.6 - chance.uniform(0, 0.15))],
        [(x + 0.2, y * 0.4), (x + 0.2, y * 0.4 + long)],
        [(x + 0.3, y), (x + 0.2, y + long * 0.5), (x - 0.2, y + long * 0.9)],
        [(x, y), (x + long * 0.4, y + long * 0.6), (x + long * 0.9, y + long * 0.9)],
        [(x, y), (x + long, y - 0.05), (x + long * 0.9, y + long), (x + long * 0.7, y + long * 0.85)],
        [(x, y), (x + 0.12, y + 0.15)],
    )
    return np.array(ends[int(kind)])
