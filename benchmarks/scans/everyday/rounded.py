"""Rounded letters, joined as they are taught."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from benchmarks.scans.everyday.curves import Line, Nodes, hobby, nodes_of
from benchmarks.scans.everyday.manners import Manner, accent, dot, manner, settled, spelt
from benchmarks.scans.everyday.printed import print_letter

_ROUND_A: Final = ".72,.86>150 .35,1>190 0,.45>270 .3,0>0 .66,.55>72 .74,.98!"
_OUT: Final = ".92,0>10 1.12,.28>55"
_LOOP: Final = ".5,1.7>82 .36,2.15>180 .2,1.6>267"
_TAIL: Final = "-.5>268 .4,-1.1>180 .14,-.8>85 .6,-.1>42 1.02,.35>48"
_UP_N: Final = "0,.7>55 .15,1>0 .28,.7>270 .28,0!"
_ROUNDED: Final[dict[str, tuple[str, ...]]] = {
    "a": (f"{_ROUND_A} .74,.22>270 {_OUT}",
        f".7,.8>140 .35,1>185 .02,.45>270 .3,0>0 .7,.9>80! .75,.2>272 {_OUT}",
        f".6,.95>170 .1,.6>260 .25,.02>350 .62,.5>75 .55,.98>150 .68,.5>280 .8,0>350 {_OUT[8:]}"),
    "b": (f"{_LOOP} .18,.35>270 .44,0>0 .76,.5>90 .6,.95>165 .6,.74>310 .95,.85>25",
        ".2,2! .18,.35>270 .44,0>0 .76,.5>90 .6,.95>165 .6,.74>310 .95,.85>25",
        f"{_LOOP} .16,0! .2,.5>80 .5,.95>0 .78,.5>270 .45,0>180 .2,.15! .95,.2>30"),
    "c": (".08,.55>78 .34,.98>15 .66,.84! .38,1>185 0,.5>268 .4,0>0 .85,.28>50",
        ".1,.7>75 .38,1>5 .72,.72! .4,.97>180 .03,.5>268 .4,0>0 .85,.28>50"),
    "d": (f"{_ROUND_A[:-8]} .8,1.9! .74,.22>270 {_OUT}",
        f"{_ROUND_A[:-8]} .9,1.8>80 .75,2.1>180 .66,1.7>265 .74,.22>272 {_OUT}"),
    "e": (".12,.45>35 .58,.72>95 .36,1>180 .04,.5>270 .42,0>0 .82,.28>50",
        ".12,.4>30 .62,.7>100 .4,.98>190 .06,.42>275 .45,0>5 .9,.3>50"),
    "f": (f"{_LOOP} .2,-.7>270 .36,-1.05>0 .46,-.6>100 .22,.08>150! .75,.3>35",
        ".6,1.8>110 .42,2.1>180 .24,1.6>268 .22,-.9!/|-.05,.95 .6,1.02"),
    "g": (f"{_ROUND_A} .72,{_TAIL}", f"{_ROUND_A} .72,-.6>268 .4,-1.05>180 .1,-.9/"),
    "h": (f"{_LOOP} .18,0! .22,.5>80 .5,1>0 .72,.65>272 .74,.22>272 {_OUT}",
        f".2,2! .18,0! .22,.5>80 .5,1>0 .72,.65>272 .74,.22>272 {_OUT}"),
    "i": (".25,.98! .25,.25>270 .42,0>10 .64,.28>55",),
    "j": (".3,.98! .3,-.5>268 .02,-1.1>180 -.2,-.8>85 .2,-.1>42 .6,.35>48",
        ".3,.98! .3,-.6>268 0,-1.1>180 -.2,-1/"),
    "k": (f"{_LOOP} .18,0! .3,.6>60 .6,.9>0 .62,.65>220 .3,.5>190! .7,.05>320 1,.28>55",
        ".2,2! .18,0!|.7,1>210 .25,.5>220! .7,.05>320 1,.2>40"),
    "l": (f"{_LOOP} .18,.35>271 .4,0>0 .72,.28>55", ".2,2! .18,.35>270 .4,0>0 .72,.28>55"),
    "m": ((f"{_UP_N} .3,.5>85 .48,1>0 .64,.7>270 .64,0! .66,.5>85 .86,1>0 1.02,.7>270 1.04,.25>272 "
        "1.2,0>10 1.42,.28>55"),
        (".05,.98! .08,0! .12,.6>80 .32,1>0 .48,.6>272 .5,0! .54,.6>80 .76,1>0 .92,.25>272 1.1,0>10 "
        "1.32,.28>55")),
    "n": (f"{_UP_N} .3,.5>85 .54,1>0 .72,.7>270 .74,.25>272 {_OUT}",
        f".05,.98! .08,0! .12,.6>80 .45,1>0 .7,.6>272 .74,.25>272 {_OUT}"),
    "o": (".5,.98>180 .02,.5>270 .42,0>0 .82,.5>90 .5,.98>180 .45,.78>320 .98,.9>25",
        ".5,.98>180 .04,.5>270 .42,0>0 .8,.55>92 .5,1>185/"),
    "p": (f".1,.6>60 .25,1! .25,-1.05! .27,.5>85 .58,1>0 .8,.6>272 .8,.25>272 {_OUT}",
        ".25,1! .25,-1.05! .27,.6>80 .6,1>0 .86,.5>270 .5,0>180 .3,.14! 1,.2>30"),
    "q": (f"{_ROUND_A} .74,-1.05! 1,.3>60", f"{_ROUND_A} .74,-1/"),
    "r": (".18,.9>70 .26,1.14! .36,.93>330 .62,.9! .6,.3>270 .76,0>10 .98,.28>55",
        ".08,.98! .1,0! .12,.5>80 .4,.95>15 .62,.92>340 .95,.75>20",
        ".1,1! .12,0! .14,.55>78 .4,.95>20 .6,.92/"),
    "s": (".42,1.1! .66,.35>275 .34,0>180 .08,.16! .45,.08>10 .85,.28>40",
        ".62,.85>130 .35,1>180 .14,.75>280 .58,.28>275 .3,0>180 .02,.12/",
        ".4,1.08! .55,.5>300 .55,.1>230 .1,.05>170! .9,.28>30"),
    "t": (".3,1.6! .28,.3>270 .45,0>10 .68,.28>55|-.08,1.05 .66,1.1", ".3,1.6! .3,0!/|-.1,1 .7,1.05",
        ".32,1.5! .28,.3>270 .42,0>10 .62,.2>50|.1,.95 .8,1.05"),
    "u": (f".1,.98! .1,.3>270 .34,0>0 .68,.5>80 .74,.98! .74,.25>270 {_OUT}",),
    "v": ("0,.7>55 .14,1>0 .28,.6>285 .42,0>0 .7,.6>78 .64,.98>190 .66,.8>320 1,.9>25",
        "0,1! .36,0! .72,1>70/"),
    "w": (("0,.75>55 .12,.98>0 .2,.3>275 .38,0>0 .6,.6>80 .62,.95! .64,.3>275 .84,0>0 1.08,.7>85 "
        "1,.98>190 1.05,.8>330 "
        "1.35,.9>25"),),
    "x": ("0,.75>55 .2,1>0 .42,.5>282 .65,0>0 .9,.28>50|.85,.95 0,.05",),
    "y": (f".1,.98! .1,.35>270 .34,.05>0 .68,.5>80 .72,.98! .7,{_TAIL}",
        ".1,.98! .1,.35>270 .34,.05>0 .68,.5>80 .72,.98! .62,-.6>262 .3,-1/"),
    "z": ("0,.9>30 .3,1>0 .65,.92! .05,.05! .4,.06>0 .88,.25>40",
        ("0,.85>40 .3,1>0 .55,.7>250 .2,.4! .5,.1>280 "
        ".25,-.9>180 .1,-.7>80 .85,.28>45")),
    "A": ("0,0>50 .35,.9>65 .7,1.95>70! .85,.9>275 .95,.25>278 1.15,0>15 1.35,.28>50|.2,.75 1,.8",
        ".95,1.6>140 .5,1.9>185 0,.9>270 .4,0>0 .9,1>80 1,1.9! 1,.3>270 1.18,0>10 1.4,.28>50",
        ".1,.1>330 .2,.2>60 .7,1.9>75! .95,0>278/|.25,.8 .9,.8"),
    "B": (".1,1.9! .12,0!/|-.05,1.7>50 .5,1.95>0 .85,1.5>270 .35,1>190! .95,.5>270 .45,0>180 -.1,.1",
        ".1,1.8! .12,0! .1,1.6>85 .5,1.95>0 .82,1.5>270 .35,1.02>190! .95,.5>270 .45,0>180 .05,.12/"),
    "C": (".95,1.6>120 .6,1.95>180 0,.95>270 .6,0>0 1.1,.3>50",),
    "D": (".2,1.9! .18,.05!/|0,1.8>30 .4,1.95>0 1.05,.95>270 .4,0>180 0,.1",
        ".3,1.9! .25,.3>268 .1,.02>180 .02,.15>60 .5,0>350 1.05,1>90 .5,1.95>180 0,1.6/"),
    "E": (".85,1.7>120 .5,1.95>180 .15,1.5>270 .5,1.05>0! .05,.5>270 .5,0>0 1,.3>50",),
    "F": (".4,1.8! .35,.3>268 .1,0>180 -.1,.15/|-.05,1.75>30 .4,1.9>350 .95,1.95>20|.1,1 .75,1.05",),
    "G": (".95,1.6>120 .6,1.95>180 0,.95>270 .55,0>0 .95,.85!/|.5,.9 1,.85 .95,-.1",
        (".95,1.6>120 .6,1.95>180 .05,1.2>270 .55,.5>0 .95,1.3>85! .92,-.4>266 .5,-.95>180 .2,-.6>80 "
        "1.1,.3>40")),
    "H": (".05,1.7>40 .25,1.9! .2,0!/|.95,1.9! .9,.3>270 1.08,0>10 1.3,.28>50|.15,1 .95,1.05",),
    "I": ("0,1.6>45 .35,1.9! .3,.3>268 .05,0>180 -.15,.2/", ".2,1.9! .2,0!/"),
    "J": ("0,1.7>40 .5,1.9! .45,-.5>268 .1,-1>180 -.15,-.7>80 .7,.35>40",
        "0,1.85 .9,1.9/|.5,1.9! .45,.4>268 .15,0>180 -.1,.3"),
    "K": (".15,1.9! .15,0!/|.95,1.9>220 .2,.95>220! .75,.1>310 1.1,.25>50",),
    "L": (".1,1.3>50 .5,1.8>110 .35,2>190 .28,1.5>268 .25,.3>262 .05,0>170 .08,.16>30 .5,.05>350 1,.25>40",
        ".15,1.9! .1,0! .5,0>0 .9,.1/"),
    "M": ("0,0>60 .25,1.9>75! .55,.4! 1,1.9>70! 1.05,.3>272 1.2,0>10 1.42,.28>50",
        ".05,0! .1,1.9! .5,.7! .95,1.9! 1,0!/"),
    "N": ("0,0>60 .2,1.9>75! .75,0! .95,1.9>75/", ".05,0! .1,1.6>85 .3,1.9>0 .5,1.4>275 .7,0! .95,1.9>80/"),
    "O": (".55,1.95>180 0,.95>270 .5,0>0 1.05,1>90 .5,1.95>180 .45,1.7>320 1,1.75>25",
        ".55,1.95>180 0,.95>270 .5,0>0 1.05,1>90 .5,1.97>180/"),
    "P": (".2,1.9! .15,0!/|-.05,1.6>50 .5,1.95>0 .95,1.45>270 .5,.95>180 .2,1",
        ".15,0! .15,1.6>88 .5,1.95>0 .95,1.45>270 .5,.95>180 .2,1/"),
    "Q": (".55,1.95>180 0,.95>270 .5,0>0 1.05,1>90 .5,1.95>180/|.6,.5 1.2,-.15",),
    "R": (".2,1.9! .15,0!/|-.05,1.6>50 .5,1.95>0 .9,1.45>270 .45,1>190! .8,.2>300 1.1,0>10 1.3,.28>45",
        ".15,0! .15,1.6>88 .5,1.95>0 .92,1.45>270 .3,1>190! 1,0/"),
    "S": (".85,1.6>110 .55,1.95>180 .15,1.5>270 .45,1.05>320 .85,.5>270 .4,0>180 0,.3>120/",
        ".1,.2>30 .7,1.5>65 .5,1.95>180 .35,1.5>275 .8,.5>275 .4,0>180 0,.25! 1,.25>35"),
    "T": (".5,1.85! .45,.3>268 .2,0>190 0,.15/|-.05,1.7>40 .4,1.9>350 1.05,1.95>20",
        ".5,1.9! .5,0!/|0,1.9 1,1.95"),
    "U": (("0,1.6>50 .15,1.9>0 .25,1.5>272 .25,.5>272 .55,0>0 .9,.8>82 .95,1.9! .95,.3>270 1.12,0>10 "
        "1.35,.28>50"),),
    "V": ("0,1.6>50 .15,1.9>0 .3,1.4>280 .5,0! .95,1.9>70/", "0,1.9! .45,0! .95,2>65/"),
    "W": ("0,1.6>50 .12,1.9>0 .22,1.4>280 .4,0! .7,1.5! .9,0! 1.3,1.9>70/",),
    "X": ("0,1.6>50 .2,1.9>0 .5,.95>285 .8,0>0 1,.2/|1,1.9>210 .5,.95>240 0,0>200",),
    "Y": ("0,1.6>50 .15,1.9>0 .2,1.4>275 .45,.9>0 .8,1.4>75 .85,1.9! .8,0>268 .4,-.8>180 .15,-.5>80 1,.35>40",
        "0,1.9! .45,1!/|.95,1.95! .3,0!"),
    "Z": ("0,1.7>40 .3,1.9>0 .9,1.85! .05,.05! .5,.1>0 1.05,.15>30",),
}  # fmt: skip
READ_AS: Final = {
    letter: tuple((nodes_of(form.replace("/", "")), "/" in form) for form in forms)
    for letter, forms in _ROUNDED.items()
}


@dataclass
class Sheet:
    """What is written so far, and the line the pen is on."""

    lines: list[Line] = field(default_factory=list)
    late: list[Line] = field(default_factory=list)
    path: list[Nodes] = field(default_factory=list)
    x: float = 0.0

    def lift(self, tension: float) -> None:
        """Take the pen off the paper."""
        if self.path:
            self.lines.append(hobby(np.vstack(self.path), tension))
        self.path = []


def _bent(
    nodes: Nodes, wild: float, own: np.random.Generator, chance: np.random.Generator, unsure: float
) -> Nodes:
    """Return nodes as somebody sets them: off by a habit, and by an accident."""
    nodes = nodes.copy()
    nodes[:, :2] += own.normal(0, wild, (len(nodes), 2)) + chance.normal(0, unsure, (len(nodes), 2))
    nodes[:, 2] += own.normal(0, wild * 2.5, len(nodes)) + chance.normal(0, unsure * 2, len(nodes))
    return nodes


def _entry(nodes: Nodes, chance: np.random.Generator) -> Nodes:
    """Return the stroke that leads into a letter."""
    x, y = nodes[0, :2]
    return np.array(
        [(min(x, 0.1) - chance.uniform(0.05, 0.5), chance.uniform(-0.05, 0.3) * max(y, 0.6), 0.6, 0)]
    )


def put_round(sheet: Sheet, letter: str, how: Manner, seed: int, chance: np.random.Generator) -> float:
    """Write one joined letter; return where its middle is."""
    forms = READ_AS[letter]
    number = how.form(letter, len(forms), chance)
    strokes, lifted = forms[number]
    own = np.random.default_rng([seed, ord(letter)])
    strokes = tuple(_bent(nodes, how.own, own, chance, how.unsure) for nodes in strokes)
    size = how.capitals if letter.isupper() else 1 + chance.normal(0, how.unsure)
    strokes = tuple(nodes * (size, size, 1, 1) for nodes in strokes)
    first = strokes[0]
    left = sheet.x - min(0.0, first[:, 0].min() * 0.5)
    if not sheet.path and chance.random() < (0.15 if letter in "acdgoq" else 0.9) and not letter.isupper():
        sheet.path.append(_entry(first, chance) + np.array((left, 0, 0, 0)))
    sheet.path.append(first + np.array((left, 0, 0, 0)))
    _put_late(sheet, (letter, strokes[1:], left), how, chance)
    right = first[-1, 0] if not lifted else max(nodes[:, 0].max() for nodes in strokes) + 0.12
    sheet.x = left + right + how.gap * chance.uniform(0.5, 1.5)
    if lifted or chance.random() > how.joins or (letter.isupper() and chance.random() < 0.5):
        sheet.lift(how.tension)
    return left + float(first[:, 0].mean())


def _put_late(
    sheet: Sheet, what: tuple[str, tuple[Nodes, ...], float], how: Manner, chance: np.random.Generator
) -> None:
    """Write what comes after the rest of a letter: bars and dots."""
    letter, strokes, left = what
    away = how.late if letter in "tfx" else how.late / 3
    for nodes in strokes:
        if letter == "t" and chance.random() < how.forgets / 3:
            continue
        line = hobby(nodes, how.tension)
        if letter == "t":
            line = (line - line.mean(axis=0)) * (chance.uniform(0.6, 2), chance.uniform(-1, 2)) + line.mean(
                axis=0
            )
        sheet.late.append(line + np.array((left, 0)) + chance.normal(away * 0.5, away, 2))
    if letter in "ij" and chance.random() > how.forgets:
        sheet.late.append(
            dot(left + 0.3 + chance.normal(0.1, how.late), 1.4 + chance.normal(0, how.late), chance)
        )


def _put_other(sheet: Sheet, letter: str, how: Manner, chance: np.random.Generator) -> None:
    """Write what is no letter, or a space."""
    sheet.lift(how.tension)
    if letter == " ":
        sheet.x += chance.uniform(0.6, 1.4)
        return
    lines = print_letter(letter, how, chance)
    sheet.lines += [line + np.array((sheet.x, 0)) for line in lines]
    sheet.x = sheet.lines[-1][:, 0].max() + chance.uniform(0.1, 0.35)


def rounded(text: str, chance: np.random.Generator) -> list[Line]:
    """Write in joined, rounded letters, with loops, as adults do who learned at a French school."""
    return written_round(text, manner(chance), chance)


def written_round(text: str, how: Manner, chance: np.random.Generator) -> list[Line]:
    """Write in joined letters, in a manner."""
    sheet, seed = Sheet(), int(chance.integers(2**31))
    for letter in text:
        base, mark = spelt(letter)
        if base not in READ_AS:
            _put_other(sheet, base, how, chance)
            continue
        middle = put_round(sheet, base, how, seed, chance)
        if mark:
            top = (2.1 * how.capitals if base.isupper() else 1.3) + chance.normal(0, how.late)
            sheet.late += accent(mark, middle + chance.normal(0.05, how.late), top, chance)
    sheet.lift(how.tension)
    return settled([*sheet.lines, *sheet.late], how, chance)
