"""Hurried letters as printed ones: strokes and arcs, some of them joined."""

from typing import Final

import numpy as np

from benchmarks.scans.everyday.curves import Line
from benchmarks.scans.everyday.manners import Manner, accent, dot, even, manner, settled, spelt

_BALL: Final = "@.34,.5,.34,.5,40,320"
_PRINTED: Final[dict[str, tuple[str, ...]]] = {
    "a": (f"{_BALL} .7,1 .7,0", ".05,.8 @.33,.7,.28,.3,140,0 .62,0|.6,.52 @.32,.27,.3,.27,80,350",
        f"{_BALL} .68,.95 @.85,.2,.15,.2,180,320"),
    "b": (".1,2 .1,0 .1,.3 @.42,.5,.35,.5,150,-150", ".1,2 .1,.3 @.4,.45,.32,.45,190,520"),
    "c": ("@.38,.5,.38,.5,45,315",),
    "d": (f"{_BALL} .7,2 .7,0", "@.35,.45,.35,.45,60,330 @.2,1.2,.55,.8,-20,60"),
    "e": (".05,.5 .7,.55 @.37,.5,.35,.5,5,310", "@.42,.75,.3,.25,40,270 @.42,.25,.36,.25,90,320"),
    "f": ("@.5,1.65,.25,.3,40,180 .25,0|0,1 .55,1", "@.5,1.65,.25,.3,40,180 .25,-.7|0,1 .55,1"),
    "g": (f"{_BALL} .7,1 .7,-.5 @.4,-.6,.3,.4,0,-140", f"{_BALL} .7,1 .68,-.75 .25,-1"),
    "h": (".1,2 .1,0 .1,.5 @.4,.6,.3,.4,160,0 .7,0",),
    "i": (".1,1 .1,0", ".1,1 .1,.2 @.25,.2,.15,.2,180,310"),
    "j": (".3,1 .3,-.6 @.05,-.6,.25,.4,0,-140",),
    "k": (".1,2 .1,0|.6,1 .1,.45 .65,0", ".1,2 .1,0 .1,.45 .6,1 .2,.5 .65,0"),
    "l": (".1,2 .1,0", ".1,2 .1,.2 @.3,.2,.2,.2,180,300"),
    "m": (".1,1 .1,0 .1,.6 @.33,.65,.23,.35,160,0 .56,0 .56,.6 @.79,.65,.23,.35,160,0 1.02,0",
        ".0,0 .2,1 .5,0 .75,1 1,0"),
    "n": (".1,1 .1,0 .1,.6 @.4,.6,.3,.4,160,0 .7,0", "0,0 .1,1 .55,0 .65,1"),
    "o": ("@.4,.5,.4,.5,80,440",),
    "p": (".1,1 .1,-1 .1,.3 @.42,.5,.35,.5,150,-150",),
    "q": (f"{_BALL} .7,1 .7,-1",),
    "r": (".1,1 .1,0 .1,.55 @.42,.6,.32,.4,170,60", ".1,1 .1,0 .12,.7 .5,1"),
    "s": ("@.35,.75,.3,.25,30,270 @.35,.25,.32,.25,90,-150", ".65,1 .1,.7 .6,.25 0,0"),
    "t": (".3,1.6 .3,.2 @.5,.2,.2,.2,180,310|0,1 .65,1", ".3,1.6 .3,0|0,1.1 .65,1.1"),
    "u": (".1,1 .1,.4 @.4,.4,.3,.4,180,360 .7,1 .7,0", ".1,1 .1,.4 @.4,.4,.3,.4,180,360 .7,1"),
    "v": ("0,1 .35,0 .7,1",),
    "w": ("0,1 .25,0 .5,.9 .75,0 1,1",),
    "x": ("0,1 .7,0|.7,1 0,0", "@0,.5,.35,.5,80,-80|@.7,.5,.35,.5,100,260"),
    "y": ("0,1 .37,.1|.7,1 .1,-1", ".1,1 .1,.4 @.4,.4,.3,.4,180,360 .7,1 .7,-.5 @.4,-.6,.3,.4,0,-140"),
    "z": (".05,1 .7,1 0,0 .75,0",),
    "A": ("0,0 .5,1.9 1,0|.18,.7 .85,.7", "0,0 .5,1.9 1,0 .2,.6 .9,.7",
        "@.5,1.3,.4,.6,180,0 .9,0|.1,1.3 .1,0|.1,.8 .9,.8"),
    "B": (".1,1.9 .1,0|.1,1.9 @.4,1.45,.4,.45,90,-90 @.4,.5,.5,.5,90,-90 .1,0",
        ".1,0 .1,1.9 @.4,1.45,.4,.45,90,-90 @.4,.5,.5,.5,90,-90 0,.05"),
    "C": ("@.55,.95,.55,.95,50,310",),
    "D": (".1,1.9 .1,0|0,1.9 @.2,.95,.8,.95,90,-90 0,0", ".1,1.9 .1,0 @.2,.95,.8,.95,-90,110"),
    "E": (".8,1.9 .1,1.9 .1,0 .8,0|.1,1 .65,1", "@.5,1.4,.4,.5,45,270 @.5,.45,.5,.45,90,310"),
    "F": (".1,1.9 .1,0|.1,1.9 .8,1.9|.1,1 .6,1", ".85,1.9 .1,1.9 .1,0|.1,1 .6,1"),
    "G": ("@.55,.95,.55,.95,50,330 1,.85 .6,.85", "@.55,.95,.55,.95,50,330 1,.9 1,-.1"),
    "H": (".1,1.9 .1,0|.85,1.9 .85,0|.1,1 .85,1", ".1,1.9 .1,0 .85,1.1|.85,1.9 .85,0"),
    "I": (".1,1.9 .1,0", ".3,1.9 .3,0|0,1.9 .6,1.9|0,0 .6,0"),
    "J": (".6,1.9 .6,.4 @.3,.4,.3,.4,0,-150", ".5,1.9 .5,.4 @.25,.4,.25,.4,0,-150|.1,1.9 .9,1.9"),
    "K": (".1,1.9 .1,0|.85,1.9 .1,.9 .9,0",),
    "L": (".1,1.9 .1,0 .75,0", ".1,1.9 @.3,.3,.2,.3,180,270 .8,0"),
    "M": ("0,0 .1,1.9 .55,.6 1,1.9 1.1,0", "0,1.9 0,0|0,1.9 .5,.9 1,1.9 1,0"),
    "N": (".1,0 .1,1.9 .85,0 .85,1.9", ".1,1.9 .1,0|.1,1.9 .85,0 .85,1.9"),
    "O": ("@.55,.95,.55,.95,90,450",),
    "P": (".1,1.9 .1,0|.1,1.9 @.4,1.4,.5,.5,90,-90 .1,.9", ".1,0 .1,1.9 @.4,1.4,.5,.5,90,-90 .1,.9"),
    "Q": ("@.55,.95,.55,.95,90,450|.65,.5 1.1,-.15",),
    "R": (".1,1.9 .1,0|.1,1.9 @.4,1.4,.5,.5,90,-90 .1,.9 .9,0",
        ".1,0 .1,1.9 @.4,1.4,.5,.5,90,-90 .2,.9 .9,0"),
    "S": ("@.45,1.42,.4,.48,30,270 @.45,.47,.45,.47,90,-150",),
    "T": (".5,1.9 .5,0|0,1.9 1,1.9",),
    "U": (".1,1.9 .1,.6 @.5,.6,.4,.6,180,360 .9,1.9",),
    "V": ("0,1.9 .45,0 .9,1.9",),
    "W": ("0,1.9 .3,0 .6,1.4 .9,0 1.2,1.9",),
    "X": ("0,1.9 .9,0|.9,1.9 0,0",),
    "Y": ("0,1.9 .45,1|.9,1.9 .3,0", "0,1.9 .45,.9 .9,1.9|.45,.9 .45,0"),
    "Z": (".05,1.9 .9,1.9 0,0 .95,0", ".05,1.9 .9,1.9 0,0 .95,0|.2,.95 .75,.95"),
    "0": ("@.4,.95,.4,.95,90,450",), "1": (".1,1.5 .35,1.9 .35,0", ".2,1.9 .2,0"),
    "2": (".05,1.5 @.4,1.45,.35,.45,170,-40 0,0 .8,0",),
    "3": ("@.35,1.45,.35,.45,140,-90 @.35,.5,.42,.5,90,-140",),
    "4": (".5,1.9 0,.6 .8,.6|.55,1.1 .55,0",),
    "5": (".2,1.9 .15,1.1 @.35,.55,.4,.55,110,-130|.2,1.9 .75,1.9",),
    "6": (".6,1.9 @.4,.5,.4,.5,150,500",), "7": ("0,1.9 .75,1.9 .25,0", "0,1.9 .75,1.9 .25,0|.1,1 .7,1"),
    "8": ("@.4,1.4,.3,.45,60,270 @.4,.48,.38,.48,90,-270 .65,1.7",), "9": ("@.4,1.4,.35,.5,20,380 .7,0",),
    ".": (".1,0 .12,.03 .14,.02",), ",": (".12,.1 .02,-.3",), "'": (".1,1.9 .05,1.5",), "-": (".1,.6 .6,.6",),
    "—": ("0,.8 2.4,.85",), "/": ("0,-.2 .9,2",), "(": ("@.5,.9,.4,1.3,130,230",),
    ")": ("@0,.9,.4,1.3,50,-50",),
    "+": (".1,.7 .9,.7|.5,1.1 .5,.3",), "°": ("@.2,1.6,.2,.25,90,450",),
    ":": (".1,.9 .13,.87|.1,.1 .13,.07",),
}  # fmt: skip


def _print_stroke(text: str, wild: float, chance: np.random.Generator) -> Line:
    """Return one stroke of a printed letter, each place and radius a bit off."""
    parts = []
    for word in text.split():
        numbers = np.array([float(part) for part in word.lstrip("@").split(",")])
        if len(numbers) == 2:
            parts.append(numbers[None] + chance.normal(0, wild, 2))
            continue
        numbers[:4] += chance.normal(0, wild, 4)
        t = np.radians(np.linspace(numbers[4], numbers[5] + chance.normal(0, 200 * wild), 22))
        parts.append(np.c_[numbers[0] + numbers[2] * np.cos(t), numbers[1] + numbers[3] * np.sin(t)])
    return even(np.vstack(parts), 0.05)


def print_letter(letter: str, how: Manner, chance: np.random.Generator) -> list[Line]:
    """Return the strokes of a printed letter, from x = 0."""
    forms = _PRINTED.get(letter, _PRINTED["-"])
    form = forms[how.form(letter, len(forms), chance)]
    wild = (how.own + how.unsure) * 0.8
    lines = [_print_stroke(part, wild, chance) for part in form.split("|")]
    lines = [lines[0], *(line + chance.normal(0, how.late / 2, 2) for line in lines[1:])]
    if letter in "ij" and chance.random() > how.forgets:
        lines.append(dot(0.15 + chance.normal(0, how.late), 1.45 + chance.normal(0, how.late), chance))
    if letter.isupper():
        lines = [line * how.capitals for line in lines]
    return lines


def _mixed(text: str, chance: np.random.Generator) -> str:
    """Return a text in which capitals and small letters are mixed, as some do who print."""
    kind = chance.random()
    if kind < 0.5:
        return text
    if kind < 0.65:
        return text.upper()
    some = {letter for letter in "abefghlnrst" if chance.random() < 0.25}
    return "".join(letter.upper() if letter in some else letter for letter in text)


def printed(text: str, chance: np.random.Generator) -> list[Line]:
    """Write hurriedly in letters set apart, mixed, some pairs of them joined."""
    how = manner(chance)
    how.tired /= 2
    small = chance.uniform(0.55, 0.85) if (text := _mixed(text, chance)) != text.lower() else 1.0
    gap, joins, x = chance.uniform(0.12, 0.45), chance.choice([0, 0.2, 0.5]), 0.0
    done: list[Line] = []
    for number, letter in enumerate(text):
        base, mark = spelt(letter)
        if base == " ":
            x += chance.uniform(0.5, 1.1)
            continue
        lines = print_letter(base, how, chance)
        size = small if number and base.isupper() else 1.0
        size *= 1 + chance.normal(0, how.unsure * 2)
        lines = [
            line * (size * chance.uniform(0.9, 1.1), size) + (x, chance.normal(0, how.unsure))
            for line in lines
        ]
        middle, top = np.vstack(lines).mean(axis=0)[0], np.vstack(lines)[:, 1].max()
        right = np.vstack(lines)[:, 0].max()
        near = (
            done
            and len(lines) == 1
            and base.isalpha()
            and np.hypot(*(done[-1][-1] - lines[0][0])) < 1.2
            and number
        )
        if near and chance.random() < joins:
            lines[0] = np.vstack([done.pop(), lines[0]])
        done += lines
        if mark:
            where = middle + chance.normal(0.1, how.late), top + chance.uniform(0.1, 0.35)
            done += accent(mark, *where, chance)
        x = right + gap * chance.uniform(0.4, 1.5)
    return settled(done, how, chance)
