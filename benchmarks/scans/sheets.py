"""Signed pages with what is true of them, the same for each number of a set."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

import numpy as np

from benchmarks.scans import mishaps
from benchmarks.scans.cameras import Shot, taken
from benchmarks.scans.hands import SEEN, TUNING, Hands, again
from benchmarks.scans.lots import SEEDS, SESSIONS, Lot
from benchmarks.scans.neighbours import NEIGHBOURS
from benchmarks.scans.newcomers import NEWCOMERS
from benchmarks.scans.outsiders import OUTSIDERS
from benchmarks.scans.paper import Picture, Printed, printed
from benchmarks.scans.passers_by import PASSERS_BY
from benchmarks.scans.pens import Line, Pen, fitted, word, write, write_word
from benchmarks.scans.strangers import BLIND
from benchmarks.scans.varied import anybody
from benchmarks.scans.visitors import VISITORS
from benchmarks.scans.writers import in_joined_letters
from cordee.scans.layouts import BoxPlace

_DPI: Final = (100, 120, 150, 200, 300)


@dataclass(frozen=True, eq=False)
class Signed:
    """A page that comes back, and what is on it."""

    page: Printed
    shot: Shot
    file: bytes = field(repr=False)
    truth: dict[str, str]
    """By box: empty, signature, initials, cross, out, absent, line."""
    ticked: frozenset[str]
    """Boxes whose row is ticked as absent."""
    mishaps: tuple[str, ...]


SIGNED: Final = frozenset({"signature", "initials", "cross", "out"})
"""What counts as signed."""


HANDS: Final = {
    Lot.TUNING: TUNING,
    Lot.SEEN: SEEN,
    Lot.JUDGED: NEIGHBOURS,
    Lot.BLIND: BLIND,
    Lot.NEW_BLIND: NEWCOMERS,
    Lot.UNSEEN: OUTSIDERS,
    Lot.PASSERS_BY: PASSERS_BY,
    Lot.VISITORS: VISITORS,
}
_ANYBODY: Final = {Lot.VARIED: anybody, Lot.JOINED: in_joined_letters}
"""Sets whose people are others on each page; their lights and stamps are those of the sets of before."""
_STAMPS: Final = {
    Lot.TUNING: "square",
    Lot.SEEN: "round",
    Lot.JUDGED: "lozenge",
    Lot.BLIND: "oval",
    Lot.NEW_BLIND: "dates",
    Lot.UNSEEN: "hexagon",
    Lot.PASSERS_BY: "stadium",
    Lot.VISITORS: "address",
}


def signed_page(number: int, lot: Lot) -> Signed:
    """Return page `number` of a set."""
    chance = np.random.default_rng((SEEDS[lot], number))
    pages = printed(
        int(chance.integers(6, 20)),
        int(chance.choice([1, 2, 2, 2, 3, 4])),
        int(chance.integers(1, 3)),
        3,
        number + SESSIONS[lot],
    )
    page = pages[int(chance.integers(len(pages)))]
    paper = page.picture.copy()
    happened = sort_of_paper(paper, chance, lot)
    hands = _ANYBODY[lot](chance) if lot in _ANYBODY else HANDS[lot]
    truth, ticked = fill(paper, page, hands, chance)
    happened += _mishaps(paper, page, chance, lot)
    kind = str(chance.choice(["scan", "scan", "photo", "photo", "photo", "fax"]))
    dpi = int(chance.choice(_DPI[3:] if kind == "fax" else _DPI))
    lights = (Lot.TUNING, Lot.SEEN)[number % 2] if lot in _ANYBODY else lot
    shot = Shot(kind, dpi, float(chance.choice([0, 90, 180, 270]) + chance.uniform(-8, 8)), lights)
    return Signed(page, shot, taken(paper, shot, chance), truth, frozenset(ticked), happened)


def sort_of_paper(paper: Picture, chance: np.random.Generator, lot: Lot) -> tuple[str, ...]:
    """Make of white paper what the set has; in place. Return its name."""
    match lot:
        case Lot.BLIND:
            return (mishaps.unlike_white(paper, chance),)
        case Lot.JUDGED | Lot.NEW_BLIND:
            return (mishaps.used(paper, chance, grey=lot is Lot.JUDGED),)
        case Lot.UNSEEN:
            return (mishaps.handled(paper, chance),)
        case Lot.PASSERS_BY:
            return (mishaps.copied(paper, chance),)
        case Lot.VISITORS:
            return (mishaps.carried(paper, chance),)
        case _:
            return ()


def fill(
    paper: Picture, page: Printed, hands: Hands, chance: np.random.Generator
) -> tuple[dict[str, str], set[str]]:
    """Sign a page, in place; return what is in each box, and which are of rows ticked as absent."""
    truth: dict[str, str] = {}
    ticked: set[str] = set()
    rows = [list(boxes) for _, boxes in groupby(page.layout.boxes, key=lambda box: box.key.rsplit(":", 1)[0])]
    for row in rows:
        pen = hands.pens[int(chance.integers(len(hands.pens)))]
        hand = int(chance.integers(len(hands.signatures)))
        person = _Person(hand, pen, int(chance.integers(2**32)) if hands.steady else None)
        free = row[0].key.startswith("free")
        fate = chance.random()
        if free and fate < 0.7:
            truth |= dict.fromkeys((box.key for box in row), "empty")
        elif fate < 0.05 and not free:
            strike(paper, row, pen, chance)
            truth |= dict.fromkeys((box.key for box in row), "line")
        elif fate < 0.11 and row[0].tick:
            tick(paper, row[0].tick, pen, chance)
            truth |= dict.fromkeys((box.key for box in row), "empty")
            ticked |= {box.key for box in row}
        else:
            for box in row:
                truth[box.key] = _in_box(paper, box, hands, person, chance)
    return truth, ticked


@dataclass(frozen=True)
class _Person:
    """Who signs a row."""

    hand: int
    pen: Pen
    seed: int | None
    """What makes them sign alike in each box, if they do."""

    def signs(self, hands: Hands, chance: np.random.Generator) -> list[Line]:
        if self.seed is None:
            return hands.signatures[self.hand](chance)
        return again(hands.signatures[self.hand](np.random.default_rng(self.seed)), chance)

    def initials(self, hands: Hands, chance: np.random.Generator) -> str:
        own = chance if self.seed is None else np.random.default_rng(self.seed)
        return str(own.choice(hands.initials))


def _in_box(paper: Picture, box: BoxPlace, hands: Hands, person: _Person, chance: np.random.Generator) -> str:
    pen = person.pen
    what = str(
        chance.choice(
            ["empty", "signature", "initials", "cross", "out", "absent"],
            p=hands.shares,
        )
    )
    height = box.height * chance.uniform(0.45, 0.85)
    width = min(box.width * chance.uniform(0.3, 0.85), height * chance.uniform(1.5, 5))
    left = box.left + chance.uniform(0.05, 0.95) * (box.width - width)
    top = box.top + chance.uniform(0.1, 0.9) * (box.height - height)
    match what:
        case "signature":
            write(paper, fitted(person.signs(hands, chance), left, top, width, height), pen, chance)
        case "out":
            height = box.height * chance.uniform(0.9, 1.35)
            middle = box.top + box.height * (0.5 + chance.uniform(0.1, 0.3) * chance.choice([-1, 1]))
            left += box.width * chance.uniform(-0.15, 0.15)
            lines = person.signs(hands, chance)
            write(paper, fitted(lines, left, middle - height / 2, width, height), pen, chance)
        case "cross":
            lines = hands.crosses(chance)
            write(paper, fitted(lines, left, top, height * chance.uniform(0.7, 1.3), height), pen, chance)
        case "initials" | "absent":
            initials = what == "initials"
            text = person.initials(hands, chance) if initials else str(chance.choice(hands.absent))
            font = hands.fonts[int(chance.integers(len(hands.fonts)))]
            if font is None:
                _by_hand(paper, box, hands.writes(text, chance), pen, chance)
                return what
            mask = word(text, font, chance)
            tall = min(
                box.height * chance.uniform(0.3, 0.6), 0.85 * box.width * mask.shape[0] / mask.shape[1]
            )
            long = tall * mask.shape[1] / mask.shape[0]
            place = (box.left + chance.uniform(0.1, 0.9) * (box.width - long), top, tall)
            write_word(paper, mask, place, pen)
    return what


def _by_hand(paper: Picture, box: BoxPlace, lines: list[Line], pen: Pen, chance: np.random.Generator) -> None:
    wide, high = np.ptp(np.vstack(lines), axis=0)
    tall = min(box.height * chance.uniform(0.35, 0.65), 0.85 * box.width * high / wide)
    long = tall * wide / high
    left = box.left + chance.uniform(0.05, 0.95) * (box.width - long)
    top = box.top + chance.uniform(0.15, 0.85) * (box.height - tall)
    write(paper, fitted(lines, left, top, long, tall), pen, chance)


def strike(paper: Picture, row: list[BoxPlace], pen: Pen, chance: np.random.Generator) -> None:
    """A line drawn through a row, by hand: from the name on, or through the boxes alone."""
    begin = row[0].left - (chance.uniform(5, 40) if chance.random() < 0.5 else -chance.uniform(0, 3))
    end = row[-1].left + row[-1].width - chance.uniform(-2, 4)
    middle = row[0].top + row[0].height * chance.uniform(0.35, 0.65)
    x = np.linspace(begin, end, 60)
    slope = chance.uniform(-0.02, 0.02) * (x - x.mean())
    wave = 0.35 * np.sin(x / chance.uniform(6, 20) + chance.uniform(0, 6))
    write(paper, [np.c_[x, middle + slope + wave]], pen, chance)


def tick(paper: Picture, tick: tuple[float, float, float], pen: Pen, chance: np.random.Generator) -> None:
    left, top, size = tick
    if chance.random() < 0.5:
        lines = [np.array([(0.0, 0.0), (1, 1)]), np.array([(1.0, 0.05), (0, 0.95)])]
    else:
        lines = [np.array([(0.0, 0.55), (0.35, 1), (1.1, -0.1)])]
    grown = size * chance.uniform(0.7, 1.3)
    off = (size - grown) / 2 + chance.uniform(-0.3, 0.3, 2)
    write(paper, [line * grown + (left, top) + off for line in lines], pen, chance)


def _mishaps(paper: Picture, page: Printed, chance: np.random.Generator, lot: Lot) -> tuple[str, ...]:
    found = []
    often = 2.5 if lot is Lot.VARIED else 1
    form = str(chance.choice(["square", "round"])) if lot in _ANYBODY else _STAMPS[lot]
    if chance.random() < 0.12 * often:
        mishaps.stamp(paper, page.layout, chance, form)
        found.append("stamp")
    if chance.random() < 0.12 * often:
        mishaps.coffee(paper, page.layout, chance)
        found.append("coffee")
    if chance.random() < 0.25:
        mishaps.fold(paper, chance, down=bool(chance.random() < 0.5))
        found.append("fold")
    if chance.random() < 0.2:
        mishaps.holes(paper, chance, dark=bool(chance.random() < 0.7))
        found.append("holes")
    return tuple(found)
