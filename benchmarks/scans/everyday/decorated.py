"""Signatures with something beside the name: hearts, dates, a second line, a roof."""

import numpy as np

from benchmarks.scans.everyday.curves import Line
from benchmarks.scans.everyday.manners import Manner, manner, ran
from benchmarks.scans.everyday.marks import (
    Chance,
    curve_through,
    ends_of,
    moved_by,
    some_name,
    tail_from,
    turned_by,
    underline_of,
    write_somehow,
)
from benchmarks.scans.everyday.printed import printed
from benchmarks.scans.everyday.rounded import rounded, written_round
from benchmarks.scans.everyday.scribbles import denser, spiky, swoosh, tiny
from benchmarks.scans.everyday.sloppy import sloppy
from benchmarks.scans.everyday.ways import SYSTEMS
from benchmarks.scans.everyday.writing import backward, initial_and_wave, initials


def hearts(chance: Chance) -> list[Line]:
    """A rounded name whose dots are rings, hearts or stars, or with one of them after it."""
    how: Manner = manner(chance)
    how.forgets, how.tired, how.slant = 1.0, 0.05, chance.normal(0, 0.12)
    name = str(
        chance.choice(
            [
                "Julie",
                "Emilie",
                "Lili",
                "Nadia",
                "Justine",
                "Inès",
                "Virginie",
                "Malika",
                "Aicha",
                "Linh",
                "Rita",
                "Mimi",
                "Alicia",
                "Absia",
                "Elif",
                "Fatim",
            ]
        )
    )
    lines = written_round(name, how, chance)
    left, top, right, foot = ends_of(lines)
    size = chance.uniform(0.15, 0.4)
    dotted = [number for number, letter in enumerate(name) if letter in "ij"] or [len(name)]
    for number in dotted:
        x = left + (right - left) * (number + 0.6) / len(name)
        lines.append(_trinket(chance) * size + (x, top + (foot - top) * 0.25 - size + chance.normal(0, 0.1)))
    if chance.random() < 0.4:
        lines.append(_trinket(chance) * size * 1.5 + (right + 0.6, (top + foot) / 2))
    return lines


def _trinket(chance: Chance) -> Line:
    """Return a ring, a heart or a star."""
    t = np.linspace(0, 2 * np.pi * chance.uniform(0.9, 1.1), 40)
    kind = chance.integers(3)
    if kind == 0:
        return np.c_[np.cos(t - 1.5), np.sin(t - 1.5) * chance.uniform(0.7, 1.2)]
    if kind == 1:
        wide = 16 * np.sin(t) ** 3
        return np.c_[wide, -(13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t))] / 15
    turn = np.arange(6) * 4 * np.pi / 5 - np.pi / 2
    return np.c_[np.cos(turn), np.sin(turn)] + chance.normal(0, 0.08, (6, 2))


def numbered(chance: Chance) -> list[Line]:
    """A paraph beside a date, a time or a number."""
    day, month, hour = chance.integers(1, 29), chance.integers(1, 13), chance.integers(8, 18)
    text = str(
        chance.choice(
            [
                f"{day}/{month:02}",
                f"{day:02}/{month:02}/26",
                f"{hour}h",
                f"{hour}h30",
                f"n°{day}",
                f"{hour}:15",
                f"{day}-{month}",
                f"{day}",
            ]
        )
    )
    number = printed(text, chance)
    sign = _paraph(chance)
    left, top, right, foot = ends_of(number)
    size = chance.uniform(0.4, 1) * (foot - top) / max(ends_of(sign)[3] - ends_of(sign)[1], 0.5)
    if chance.random() < 0.3:
        return [*number, *_beside(sign, (left, foot + 0.2), size * 1.5)]
    if chance.random() < 0.5:
        return [*number, *_beside(sign, (right + 0.3, top), size * 1.4)]
    sign = _beside(sign, (0, 0), size * 1.4)
    return [*sign, *_beside(number, (ends_of(sign)[2] + 0.3, 0), 1)]


def _beside(lines: list[Line], place: tuple[float, float], size: float) -> list[Line]:
    """Return lines whose left and top are at a place."""
    left, top, *_ = ends_of(lines)
    return moved_by(lines, (place[0] - left * size, place[1] - top * size), size)


def _paraph(chance: Chance) -> list[Line]:
    """Return a short sign of another family."""
    kinds = (tiny, swoosh, spiky, initial_and_wave, initials, looped, backward)
    return kinds[int(chance.integers(len(kinds)))](chance)


def read_and_approved(chance: Chance) -> list[Line]:
    """What was asked for ("lu", "vu", "présent"), and a paraph beside or across it."""
    text = str(
        chance.choice(
            [
                "lu",
                "Lu",
                "vu",
                "Vu",
                "lu et app.",
                "Lu et approuvé",
                "bon",
                "LA",
                "ok",
                "présent",
                "Présente",
                "P",
                "p/o",
                "P.O.",
            ]
        )
    )
    words = write_somehow(chance, text)
    left, top, right, foot = ends_of(words)
    sign = _paraph(chance)
    size = chance.uniform(0.8, 2) * (foot - top) / max(ends_of(sign)[3] - ends_of(sign)[1], 0.5)
    across = chance.choice([right + 0.2, right + 0.2, left + (right - left) * 0.4])
    return [*words, *_beside(sign, (float(across), top - chance.uniform(0, 0.5)), size)]


def stacked(chance: Chance) -> list[Line]:
    """First name over last name, a bit into each other."""
    system = SYSTEMS[int(chance.integers(3))]
    first, last = system(some_name(chance, 10), chance), system(some_name(chance, 12), chance)
    left, top, _, foot = ends_of(first)
    size = chance.uniform(0.7, 1.2)
    place = (left + chance.normal(0.3, 0.7), top + (foot - top) * chance.uniform(0.75, 1.15))
    lines = [*first, *_beside(last, place, size)]
    return [*lines, *underline_of(lines, chance)] if chance.random() < 0.3 else lines


def looped(chance: Chance) -> list[Line]:
    """Loops of many kinds: coils, eights, petals, that grow or shrink."""
    turns = chance.uniform(2, 8)
    t = np.linspace(0, 2 * np.pi * turns, int(45 * turns))
    grown = np.interp(t, np.linspace(0, t[-1], 4), chance.uniform(0.25, 1.3, 4))
    kind, drift = chance.integers(4), chance.uniform(0.01, 0.25)
    if kind == 0:
        x, y = np.cos(t) * chance.uniform(0.4, 1.2), np.sin(t)
    elif kind == 1:
        x, y = np.sin(t), np.sin(2 * t + chance.uniform(-0.5, 0.5)) * 0.6
    elif kind == 2:
        petals = chance.uniform(1.5, 4.5)
        x, y = np.cos(t) + 0.8 * np.cos(petals * t), np.sin(t) - 0.8 * np.sin(petals * t)
    else:
        x, y = np.cos(t) + 0.5 * np.cos(t * 0.5), np.sin(t) * np.where(np.sin(t) > 0, 1.4, 0.5)
    line = np.c_[x * grown + drift * t, y * grown * chance.choice([-1, 1])]
    lines = [line, line[-1:] + tail_from(np.zeros(2), chance)] if chance.random() < 0.6 else [line]
    return turned_by(lines, chance.normal(0, 0.35))


def struck(chance: Chance) -> list[Line]:
    """A name across which the pen comes back: in one bow, in zigzags, in coils."""
    lines = write_somehow(chance, some_name(chance, 9))
    left, top, right, foot = ends_of(lines)
    size = np.array([right - left, foot - top])
    kind, start = chance.integers(3), lines[-1][-1]
    if kind == 0:
        ends = np.array([(1, 1.3), (0.5, 1.3), (-0.1, 0.7), (0.4, 0.4), (1.3, 0.2)]) + chance.normal(
            0, 0.15, (5, 2)
        )
        return [
            *lines,
            curve_through(
                [tuple(start), *map(tuple, ends[: chance.integers(3, 6)] * size + (left, top))], chance
            ),
        ]
    if kind == 1:
        count = int(chance.integers(3, 9))
        x = np.where(np.arange(count) % 2, chance.uniform(0.7, 1.2, count), chance.uniform(-0.2, 0.2, count))
        y = np.linspace(*chance.uniform(0.1, 1.2, 2), count) + chance.normal(0, 0.08, count)
        return [*lines, ran(denser(np.c_[x, y] * size + (left, top), 14), chance.uniform(0.3, 5))]
    t = np.linspace(0, 6.3 * chance.uniform(2, 6), 200)
    x, tall = np.linspace(0, 1, 200) * size[0] * chance.choice([-1, 1]), chance.uniform(0.15, 0.6) * size[1]
    coil = np.c_[x + tall * np.cos(t) * chance.uniform(0.5, 2), tall * np.sin(t)]
    return [*lines, coil - coil.mean(axis=0) + (left, top) + size * (0.5, chance.uniform(0.3, 0.9))]


def roofed(chance: Chance) -> list[Line]:
    """A first letter whose stroke covers the name like a roof, or whose foot bears it."""
    rest = sloppy(some_name(chance, 9)[1:].lower() or "ab", chance)
    left, top, right, foot = ends_of(rest)
    big, x = chance.uniform(1.3, 2.5) * (foot - top), left - chance.uniform(0.1, 0.5)
    over = chance.uniform(0.5, 1.2) * (right - left)
    kind = chance.integers(4)
    if kind == 0:
        places = [
            (x - 0.5, foot - big * 0.5),
            (x - 0.7, foot - big * 0.9),
            (x + over * 0.4, foot - big * 1.02),
        ]
        roof = curve_through([*places, (x + over, foot - big + chance.normal(0, 0.2))], chance)
        stem = curve_through(
            [(x, foot - big), (x - 0.1, foot - big * 0.3), (x - 0.4, foot + 0.1), (x - 0.8, foot - 0.3)],
            chance,
        )
        return [stem, *rest, roof]
    if kind == 1:
        places = [
            (x - 0.2, foot - big * 0.8),
            (x + 0.1, foot - big),
            (x, foot - big * 0.4),
            (x - 0.3, foot + 0.1),
        ]
        places += [(x - 0.6, foot), (x + 0.3, foot + 0.2), (x + over, foot + chance.uniform(0.1, 0.5))]
        return [curve_through(places, chance), *rest]
    return [*_borne(rest, big, over, chance), *rest]


def _borne(rest: list[Line], big: float, over: float, chance: Chance) -> list[Line]:
    """Return a great letter before a name, its last stroke drawn out below or above it."""
    left, _, _, foot = ends_of(rest)
    first = rounded(str(chance.choice(list("BCDEGLMPRSZFJKQ"))), chance)
    _, top, b, bottom = ends_of(first)
    size = big / max(bottom - top, 0.5)
    first = moved_by(first, (left - b * size + chance.uniform(-0.3, 0.3), foot - bottom * size), size)
    end = first[-1][-1]
    middle = (end[0] + over * 0.5, end[1] + chance.normal(0, 0.25))
    first[-1] = np.vstack(
        [
            first[-1],
            curve_through([tuple(end), middle, (end[0] + over, end[1] + chance.normal(0, 0.3))], chance),
        ]
    )
    return first
