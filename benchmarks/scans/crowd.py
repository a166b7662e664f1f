"""Anybody at all: marks of every family there is, and words in many handwritings, for nets that need much to see.

Words come from handwriting fonts (a folder of .woff or .ttf) and from the letters of the other sets.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from benchmarks.scans.everyday import ABSENT_WORDS, SIGNATURES, SIGNED_WORDS, SYSTEMS
from benchmarks.scans.hands import SEEN, TUNING, Hand, Hands
from benchmarks.scans.neighbours import NEIGHBOURS
from benchmarks.scans.newcomers import NEWCOMERS
from benchmarks.scans.outsiders import OUTSIDERS
from benchmarks.scans.passers_by import PASSERS_BY
from benchmarks.scans.pens import Line, smooth, unsteady
from benchmarks.scans.strangers import BLIND
from benchmarks.scans.varied import anybody, scrawl, waves
from benchmarks.scans.writers import Writer
from cordee.demo.names import seeds

type Mask = NDArray[np.uint8]
type Mark = list[Line] | Mask
"""Lines, or a written word as a mask."""
type Chance = np.random.Generator
type Writes = Callable[[str, Chance], Mark]

ABSENT: Final = (
    "absent", "absente", "Absent", "Absente", "ABSENT", "ABSENTE", "abs", "Abs", "ABS", "abs.", "Abs.", "ABS.",
    "absent(e)", "Absent(e)", "absence", "excusé", "excusée", "Excusé", "Excusée", "excuse", "EXCUSÉ", "Exc.", "exc",
    "malade", "Malade", "non venu", "Non venue", "pas venu", "pas venue", "abs. excusé", "pas là", "n'est pas venu",
    "non présent",
)  # fmt: skip
_ABSENT_TOO: Final = tuple(word for word in ABSENT_WORDS if sum(letter.isalpha() for letter in word) > 2)
"""Shorter ones are told from initials by nobody."""
_LIKE_ABSENT: Final = (
    "Abel", "Absil", "Abela", "Absalon", "Abbas", "Abscheidt", "Ambre", "Aubert", "Albert", "Arsène", "Alsace",
    "Ansel", "Aline", "Adele", "Vincent", "Laurent", "Clément", "Florent", "Innocent", "Bastien", "Sabine",
    "Isabelle", "Basset", "Bessent", "Excoffier", "Maladi", "Malika", "Malade", "Melade", "Besnard", "Obsent",
    "Agent", "Aubin", "Benoît", "Abdel", "Abdou", "Abib", "Abouda", "Abry", "Absolu", "Absous", "Absin", "Exbrayat",
    "Excelmans", "Exertier", "Exupère", "Conges", "Congar", "Connan", "Partouche", "Partin", "Demis", "Arrou", "Arret",
    "Malet", "Malaval", "Malandain", "Nonat", "Nonon", "Pasteur", "Pasquet", "Stagnol", "Aba", "Abs", "Absa", "Ansent",
    "Albane", "Abeille", "Obert", "Absalom", "Aspert", "Ostent", "Essent", "Abram", "Abrial", "Excoffon", "Congy",
)  # fmt: skip
_SOUNDS: Final = (
    "ba", "be", "bo", "ca", "ce", "da", "de", "di", "do", "fa", "fe", "ga", "gi", "ha", "la", "le", "li", "lo", "ma",
    "me", "mi", "mo", "na", "ne", "ni", "no", "pa", "pe", "ra", "re", "ri", "ro", "sa", "se", "si", "so", "ta", "te",
    "ti", "to", "va", "ve", "vi",
)  # fmt: skip
_ENDS: Final = (
    "nt", "n", "s", "t", "rd", "ux", "x", "lle", "tte", "in", "on", "el", "er", "et", "ez", "y", "a", "e", "i",
)  # fmt: skip
_FLOURISHED: Final = 0.4
_UNDERLINED: Final = 0.1
_USUAL: Final = 0.8


@dataclass(frozen=True, eq=False)
class Somebody:
    """Who signs a row, and how they write of somebody else that they are absent."""

    sign: Callable[[Chance], Mark]
    initials: Callable[[Chance], Mark]
    absent: Callable[[Chance], Mark]
    cross: Hand


@cache
def fonts_in(folder: Path) -> tuple[Any, ...]:
    """Return the fonts of a folder."""
    found = sorted(path for path in folder.rglob("*") if path.suffix in {".ttf", ".otf", ".woff"})
    return tuple(ImageFont.truetype(str(path), 60) for path in found)


def somebody(folder: Path, chance: Chance, *, passers_by: bool) -> Somebody:
    """Return a person.

    :param passers_by: whether they may be one of the set `passers-by`.
    """
    hands = (TUNING, SEEN, BLIND, NEIGHBOURS, NEWCOMERS, OUTSIDERS) + (PASSERS_BY,) * 2 * passers_by
    families: list[Hand] = [waves, lambda c: [scrawl(c) for _ in range(int(c.integers(1, 4)))]]
    families += [family for hand in hands for family in hand.signatures]
    families += list(anybody(chance).signatures)
    families = list(SIGNATURES) if chance.random() < 0.35 else families
    marks = [families[int(number)] for number in chance.integers(0, len(families), 2)]
    own, other = (_writes(folder, hands, chance) for _ in range(2))
    text, initials = _name(chance), _letters(chance)
    flourish = chance.random() < _FLOURISHED
    kind = chance.random()

    def sign(c: Chance) -> Mark:
        if kind < 0.36:
            return marks[0](c)
        if kind < 0.46:
            return beside(marks[0](c), marks[1](c), c)
        if kind < 0.6:
            return with_tail(own(initials[0], c), marks[0](c), c)
        drawn = own(text, c)
        return flourished(drawn, c) if flourish else drawn

    def absent(c: Chance) -> Mark:
        drawn = other(str(c.choice(ABSENT if c.random() < _USUAL else _ABSENT_TOO)), c)
        return underlined(drawn, c) if c.random() < _UNDERLINED else drawn

    crosses = [hand.crosses for hand in hands]
    return Somebody(sign, lambda c: own(initials, c), absent, crosses[int(chance.integers(len(crosses)))])


def _writes(folder: Path, hands: tuple[Hands, ...], chance: Chance) -> Writes:
    """Return a handwriting: of a font, of one of the sets, or a hand of which none is like another."""
    fonts, kind = fonts_in(folder), chance.random()
    if kind < 0.38:
        font = fonts[int(chance.integers(len(fonts)))]
        return lambda text, c: _in_letters_of(font, text, c)
    if kind < 0.68:
        return SYSTEMS[int(chance.integers(len(SYSTEMS)))]
    if kind < 0.8:
        return Writer(chance).word
    writes, other = hands[int(chance.integers(len(hands)))].writes, Writer(chance).word
    return lambda text, c: writes(text, c) or other(text, c)  # not every set has every letter


def _in_letters_of(font: Any, text: str, chance: Chance) -> Mask:
    left, top, right, bottom = font.getbbox(text)
    image = Image.new("L", (int(right - left) + 80, int(bottom - top) + 80))
    ImageDraw.Draw(image).text((40 - left, 40 - top), text, 255, font=font)
    thick = int(chance.integers(1, 5))
    return unsteady(cv2.dilate(np.asarray(image), np.ones((thick, thick), np.uint8)), chance)


def _name(chance: Chance) -> str:
    kind = chance.random()
    if kind < 0.12:
        name = str(chance.choice(_LIKE_ABSENT))
    elif kind < 0.24:
        name = str(chance.choice(SIGNED_WORDS))
    elif kind < 0.4:
        count = int(chance.integers(1, 4))
        name = ("".join(chance.choice(_SOUNDS, count)) + str(chance.choice(_ENDS))).capitalize()
    else:
        name = str(chance.choice(seeds("first_names" if chance.random() < 0.4 else "last_names")))
    what = chance.random()
    if what < 0.15:
        return f"{chance.choice(list('ABCDEFGHJLMNPRSTV'))}. {name}"
    if what < 0.27:
        return name[: int(chance.integers(2, 6))]
    if what < 0.33:
        return name.upper()
    return name.lower() if what < 0.4 else name


def _letters(chance: Chance) -> str:
    letters = chance.choice(list("ABCDEFGHIJKLMNOPRSTUVWYZ"), int(chance.integers(2, 4)))
    if chance.random() < 0.3:
        return f"{letters[0]}{letters[1].lower()}"
    return ("." if chance.random() < 0.35 else "").join(letters)


# --- marks put together: all of them as lines where both are, else drawn into the mask


def beside(one: list[Line], other: list[Line], chance: Chance) -> Mark:
    """Return two marks over or after each other."""
    first, second = _unit(one), _unit(other)
    wide = chance.uniform(0.5, 3)
    off = np.array((chance.uniform(-0.2, 1.2), chance.uniform(-0.3, 0.3)))
    return [line * (chance.uniform(0.7, 2), 1) for line in first] + [
        line * (wide, 0.8) + off for line in second
    ]


def with_tail(letter: Mark, tail: list[Line], chance: Chance) -> Mark:
    """Return a letter, and a mark that goes on from it."""
    shape = _unit(tail)
    wide, high = chance.uniform(1.2, 4.5), chance.uniform(0.2, 0.9)
    moved = [
        line * (wide, high) + (chance.uniform(0.4, 0.9), 1 - high + chance.uniform(-0.2, 0.2))
        for line in shape
    ]
    return _over(letter, moved)


def flourished(mark: Mark, chance: Chance) -> Mark:
    """Return a name with a stroke under, through or around it."""
    t = np.linspace(0, 1, 40)
    kind = chance.random()
    if kind < 0.45:
        turns = np.array(
            [(chance.uniform(0, 0.3), 1.1), (1.1, chance.uniform(0.9, 1.3)), (chance.uniform(0, 1), 1.35)]
        )
        return _over(mark, [smooth(turns if chance.random() < 0.5 else turns[:2], 20)], wide=True)
    if kind < 0.75:
        end = np.array((chance.uniform(-0.2, 1.8), chance.uniform(-0.4, 1.3)))
        way = np.array((1.0, chance.uniform(0.3, 0.9))) * (1 - t[:, None]) + end * t[:, None]
        return _over(mark, [way + np.c_[t * 0, 0.4 * chance.normal() * np.sin(3 * t)]], wide=True)
    turn = 2 * np.pi * t * chance.uniform(0.6, 1.1) + chance.uniform(0, 6)
    size = chance.uniform(0.5, 0.75, 2)
    return _over(mark, [0.5 + size * np.c_[np.cos(turn), np.sin(turn)]], wide=True)


def underlined(mark: Mark, chance: Chance) -> Mark:
    """Return a word with a straight line under it."""
    level = chance.uniform(1.05, 1.3)
    return _over(mark, [np.array([(-0.05, level), (1.05, level + chance.normal(0, 0.08))])], wide=True)


def _unit(lines: list[Line]) -> list[Line]:
    points = np.vstack(lines)
    low, size = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-6)
    return [(line - low) / size for line in lines]


def _over(mark: Mark, added: list[Line], *, wide: bool = False) -> Mark:
    """Return a mark with lines, told in parts of its height (or of its width across)."""
    if isinstance(mark, list):
        points = np.vstack(mark)
        low, (across, high) = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-6)
        unit = (across if wide else high, high)
        return mark + [line * unit + low for line in added]
    high, across = mark.shape
    unit = np.array((across if wide else high, high))
    placed = [line * unit for line in added]
    low = np.minimum(np.vstack(placed).min(axis=0) - 6, 0).astype(int)
    top = np.maximum(np.vstack(placed).max(axis=0) + 6, (across, high)).astype(int)
    canvas = np.zeros((top[1] - low[1], top[0] - low[0]), np.uint8)
    canvas[-low[1] : high - low[1], -low[0] : across - low[0]] = mark
    for line in placed:
        cv2.polylines(canvas, [(line - low).astype(np.int32)], isClosed=False, color=255, thickness=6)
    return canvas
