"""Very hurried writing: the first letters can be read, the rest is arches and garlands."""

from typing import Final

import numpy as np

from benchmarks.scans.everyday.curves import Line
from benchmarks.scans.everyday.manners import MARKS, Manner, accent, dot, manner, ran, settled, spelt
from benchmarks.scans.everyday.printed import print_letter
from benchmarks.scans.everyday.rounded import READ_AS, Sheet, put_round

type Beat = tuple[float, float, float, float]
"""Height, width, how much the pen swings sideways, and when: 0 is a garland or a loop, 1 is an arch."""
_E: Final[Beat] = (0.9, 0.62, 0.42, 0)
_ARCH: Final[Beat] = (0.9, 0.5, 0.13, 1)
_CUP: Final[Beat] = (0.9, 0.5, 0.11, 0)
_L: Final[Beat] = (2, 0.6, 0.32, 0)
_STICK: Final[Beat] = (1.6, 0.45, 0.03, 0)
_DOWN: Final[Beat] = (-1.15, 0.5, 0.36, 0)
_TICK: Final[Beat] = (0.75, 0.5, 0.08, 0.5)
_BEATS: Final[dict[str, tuple[Beat, ...]]] = {
    "a": (_E, _CUP),
    "b": (_L, _TICK),
    "c": (_CUP,),
    "d": (_E, _STICK),
    "e": (_E,),
    "f": (_L, _DOWN),
    "g": (_E, _DOWN),
    "h": (_L, _ARCH),
    "i": (_CUP,),
    "j": (_CUP, _DOWN),
    "k": (_L, _TICK),
    "l": (_L,),
    "m": (_ARCH, _ARCH, _ARCH),
    "n": (_ARCH, _ARCH),
    "o": (_E, _TICK),
    "p": (_CUP, _DOWN, _ARCH),
    "q": (_E, _DOWN),
    "r": (_TICK,),
    "s": (_TICK,),
    "t": (_STICK,),
    "u": (_CUP, _CUP),
    "v": (_CUP,),
    "w": (_CUP, _CUP),
    "x": (_TICK,),
    "y": (_CUP, _DOWN),
    "z": (_TICK, _DOWN),
}


def oscillated(beats: list[Beat], chance: np.random.Generator, uneven: float = 0.12) -> Line:
    """Return what a pen draws that swings up and down, and sideways, in time; y upwards, from (0, 0)."""
    values = np.array(beats) * (1 + chance.normal(0, uneven, (len(beats), 4)))
    each = 20
    t = np.arange(len(beats) * each) / each
    height, width, swing, when = values[np.minimum(t.astype(int), len(beats) - 1)].T
    width, swing, when = (ran(np.c_[part, part], each / 5)[:, 0] for part in (width, swing, when))
    x = np.cumsum(width * (1 + 2 * np.pi * swing * np.cos(2 * np.pi * t + np.pi * when))) / each
    return np.c_[x, height * (1 - np.cos(2 * np.pi * t)) / 2]


def _rest(text: str, how: Manner, chance: np.random.Generator) -> tuple[Line, list[tuple[str, float]]]:
    """Return the waves that letters become, and where bars and dots are due."""
    beats: list[Beat] = []
    due = []
    merge = chance.choice([0, chance.uniform(0, 0.4)])
    arches = float(chance.choice([0, 0.5, 1]))
    for number, (letter, mark) in enumerate(map(spelt, text)):
        own = _BEATS.get(letter.lower(), (_TICK,))
        if len(own) > 1 and chance.random() < merge:
            own = own[:1]
        if mark or letter in "tij":
            due.append((mark or letter, sum(beat[1] for beat in beats) + 0.2))
        own = tuple((h, w, s, arches if letter in "mnu" else p) for h, w, s, p in own)
        fade = 1 - how.tired * (number + 1) / (len(text) + 1)
        beats += [(h * (fade if h < 1.2 else 1), w * chance.uniform(0.75, 1.4), s, p) for h, w, s, p in own]
    return oscillated(beats, chance), due


def _sloppy_word(text: str, how: Manner, chance: np.random.Generator) -> list[Line]:
    """Write a word whose letters are read at first."""
    sheet, seed = Sheet(), int(chance.integers(2**31))
    legible = int(chance.choice([2, 3, 3, 4, 5]))
    if text.isupper() or chance.random() < 0.2:
        legible = len(text)
    clear = "".join(spelt(letter)[0] for letter in text[:legible])
    for number, letter in enumerate(clear):
        put_round(sheet, letter, how, seed, chance)
        mark = spelt(text[number])[1]
        if mark:
            sheet.late += accent(mark, sheet.x - 0.3 + chance.normal(0, how.late), 1.3, chance)
    if tail := text[legible:]:
        begin = sheet.path[-1][-1, :2] if sheet.path else np.array([sheet.x, 0.1])
        waves, due = _rest(tail, how, chance)
        waves = waves + np.array((begin[0] + 0.1, 0))
        sheet.late += [line for letter, x in due for line in _due(letter, begin[0] + x, how, chance)]
        sheet.lift(how.tension)
        joined = np.vstack([sheet.lines.pop(), waves]) if sheet.lines and chance.random() < 0.85 else waves
        sheet.lines.append(_ended(joined, chance))
    sheet.lift(how.tension)
    return [*sheet.lines, *sheet.late]


def _due(letter: str, x: float, how: Manner, chance: np.random.Generator) -> list[Line]:
    """Return the bar or the dot of a letter that is not read."""
    if chance.random() < how.forgets:
        return []
    if letter in MARKS.values():
        return accent(letter, x + chance.normal(0.1, how.late), 1.15 + how.late, chance)
    if letter != "t":
        return [dot(x + chance.normal(0.2, how.late), 1.3 + chance.normal(0, how.late), chance)]
    long, y = chance.uniform(0.4, 1.6), 1.05 + chance.normal(0, how.late)
    tilt = chance.normal(0.08, 0.12)
    return [np.linspace((x - long * 0.4, y - tilt), (x + long * 0.7, y + tilt), 8)]


def _ended(line: Line, chance: np.random.Generator) -> Line:
    """Return a line that ends as it may, or in a stroke that runs out."""
    if chance.random() < 0.6:
        return line
    away = np.array([chance.uniform(0.4, 2.2), chance.normal(0, 0.3)])
    bow = np.c_[np.zeros(10), np.sin(np.linspace(0, 3.1, 10)) * chance.normal(0, 0.12)]
    return np.vstack([line, line[-1] + np.linspace(0.1, 1, 10)[:, None] * away + bow])


def sloppy(text: str, chance: np.random.Generator) -> list[Line]:
    """Write in a great hurry: the first letters are read, the others are arches, garlands, ticks."""
    how = manner(chance)
    how.tired = chance.uniform(0.1, 0.55)
    how.haste, how.joins = chance.uniform(0.8, 2.6), chance.choice([1, 0.95])
    how.own, how.late, how.gap = how.own * 1.4, how.late * 1.5, how.gap / 2
    how.width *= chance.uniform(0.9, 1.3)
    done: list[Line] = []
    x = 0.0
    for part in _parts(text):
        lines = _sloppy_word(part, how, chance) if part.isalpha() else _other_lines(part, how, chance)
        done += [line + np.array((x, 0)) for line in lines]
        x = max([x, *(line[:, 0].max() for line in done)]) + (0.7 if part == " " else 0.15) * chance.uniform(
            0.6, 1.4
        )
    return settled(done, how, chance)


def _parts(text: str) -> list[str]:
    """Return words and what is between them."""
    parts: list[str] = []
    for letter in text:
        word = spelt(letter)[0] in READ_AS
        if word and parts and parts[-1].isalpha():
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def _other_lines(mark: str, how: Manner, chance: np.random.Generator) -> list[Line]:
    """Return what is no letter."""
    return [] if mark == " " else print_letter(mark, how, chance)
