"""Some rows of a signed sheet, made flat without being looked for: quick to make, for nets that need many boxes."""

import io
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from PIL import Image

from benchmarks.scans import cameras, mishaps, sheets
from benchmarks.scans.crowd import Mark, Somebody, somebody
from benchmarks.scans.lights import lit
from benchmarks.scans.lots import Lot
from benchmarks.scans.paper import PER_MM, Picture, Printed, printed
from benchmarks.scans.pens import Pen, fitted, write, write_word
from benchmarks.scans.varied import anybody
from cordee.scans.ink import ink_of
from cordee.scans.judging import values
from cordee.scans.layouts import BoxPlace
from cordee.scans.looking import looks_into
from cordee.scans.owning import owned
from cordee.scans.seeing import pictures_into
from cordee.scans.straightening import PER_MM as FLAT

_LIGHTS: Final = (Lot.TUNING, Lot.SEEN, Lot.BLIND, Lot.JUDGED, Lot.NEW_BLIND, Lot.UNSEEN)
_STAMPS: Final = ("square", "round", "oval", "lozenge", "dates", "hexagon")
_HELD: Final = 4
"""One strip of so many has people, papers and lights of the set `passers-by`; all others have nothing of it."""
_SHEETS: Final = 30
_BESIDE, _ABOVE = 50.0, 12.0
"""mm around the boxes that are shown."""
_ROWS: Final = 6
_SHARES: Final = {
    "empty": 0.24,
    "signature": 0.34,
    "initials": 0.07,
    "cross": 0.03,
    "out": 0.16,
    "absent": 0.16,
}
"""Shares of what is in a box: what is hard to tell is frequent."""


@dataclass(frozen=True, eq=False)
class Strip:
    """Boxes as the nets see them, what the trees are told of them, and what is in each."""

    pictures: Any
    values: Any
    truth: list[str]


def strip(number: int, folder: Path) -> Strip:
    """Return strip `number`, written with the fonts of a folder.

    Three of four have nothing of the set `passers-by`: what learns from them can be tried on it.
    """
    chance = np.random.default_rng((29, number))
    held = is_held(number)
    lots, stamps = (*_LIGHTS, Lot.PASSERS_BY), (*_STAMPS, "stadium")
    lot = lots[int(chance.integers(len(lots) if held else len(_LIGHTS)))]
    page = _rows(chance)
    paper = page.picture.copy()
    kind = str(chance.choice(["scan", "photo", "photo", "fax"]))
    if chance.random() < 0.5:
        sheets.sort_of_paper(paper, chance, lot)
    truth = _fill(paper, page, (folder, held), chance)
    if chance.random() < 0.15:
        mishaps.stamp(paper, page.layout, chance, stamps[int(chance.integers(len(stamps) - (not held)))])
    if chance.random() < 0.12:
        mishaps.coffee(paper, page.layout, chance)
    if chance.random() < 0.2:
        mishaps.fold(paper, chance, down=bool(chance.random() < 0.5))
    flat = _flat(paper, kind, lot, chance)
    ink = ink_of(flat, page.layout)
    whose = owned(page.layout.boxes, ink)
    told = values(list(looks_into(page.layout, ink, whose).values()))
    return Strip(pictures_into(page.layout, ink, whose), told, [truth[box.key] for box in page.layout.boxes])


def is_held(number: int) -> bool:
    """Whether a strip may have people of the set `passers-by`."""
    return number % _HELD == _HELD - 1


def _rows(chance: np.random.Generator) -> Printed:
    """Return some rows of a sheet, cut out, as if they were a page."""
    which = int(chance.integers(_SHEETS))
    page = printed(8 + which % 10, (1, 2, 3, 2, 4)[which % 5], 1 + which % 2, 3, 20_000 + which)[0]
    tops = sorted({box.top for box in page.layout.boxes})
    first = int(chance.integers(max(1, len(tops) - _ROWS + 1)))
    boxes = [box for box in page.layout.boxes if box.top in tops[first : first + _ROWS]]
    x, y = min(box.left for box in boxes) - _BESIDE, boxes[0].top - _ABOVE
    right = min(page.layout.width, max(box.left + box.width for box in boxes) + 12)
    bottom = min(page.layout.height, boxes[-1].top + boxes[-1].height + _ABOVE)
    left, top = round(x * PER_MM), round(y * PER_MM)
    moved = tuple(
        replace(
            box,
            left=box.left - left / PER_MM,
            top=box.top - top / PER_MM,
            tick=box.tick and (box.tick[0] - left / PER_MM, box.tick[1] - top / PER_MM, box.tick[2]),
        )
        for box in boxes
    )
    picture = page.picture[top : round(bottom * PER_MM), left : round(right * PER_MM)]
    layout = replace(page.layout, width=right - x, height=bottom - y, boxes=moved)
    return Printed(page.code, layout, np.ascontiguousarray(picture))


def _fill(
    paper: Picture, page: Printed, whose: tuple[Path, bool], chance: np.random.Generator
) -> dict[str, str]:
    truth: dict[str, str] = {}
    pens = anybody(chance).pens
    for _, row in groupby(page.layout.boxes, key=lambda box: box.key.rsplit(":", 1)[0]):
        boxes = list(row)
        pen, person = pens[int(chance.integers(len(pens)))], somebody(whose[0], chance, passers_by=whose[1])
        fate = chance.random()
        if fate < 0.06:
            sheets.strike(paper, boxes, pen, chance)
            truth |= dict.fromkeys((box.key for box in boxes), "line")
            continue
        if fate < 0.12 and boxes[0].tick:
            sheets.tick(paper, boxes[0].tick, pen, chance)
        for box in boxes:
            truth[box.key] = str(chance.choice(list(_SHARES), p=list(_SHARES.values())))
            _in_box(paper, box, truth[box.key], (person, pen), chance)
    return truth


def _in_box(
    paper: Picture, box: BoxPlace, what: str, whose: tuple[Somebody, Pen], chance: np.random.Generator
) -> None:
    person, pen = whose
    high = box.height * chance.uniform(0.45, 0.9)
    match what:
        case "empty":
            return
        case "signature":
            mark, wide = person.sign(chance), box.width * chance.uniform(0.3, 0.9)
        case "out":
            mark, wide = person.sign(chance), box.width * chance.uniform(0.3, 1.0)
            high = box.height * chance.uniform(0.9, 1.4)
        case "cross":
            mark, wide = person.cross(chance), high * chance.uniform(0.7, 1.3)
        case "initials":
            mark, wide = person.initials(chance), 0.85 * box.width
            high = box.height * chance.uniform(0.3, 0.7)
        case _:
            mark, wide = person.absent(chance), box.width * chance.uniform(0.5, 0.95)
            high = box.height * chance.uniform(0.25, 0.7)
    _place((paper, pen), box, mark, (wide, high, what == "out"), chance)


def _place(
    on: tuple[Picture, Pen],
    box: BoxPlace,
    mark: Mark,
    size: tuple[float, float, bool],
    chance: np.random.Generator,
) -> None:
    """Put a mark into a box, as large as it may be, letters in about the form they have."""
    (paper, pen), (wide, high, out) = on, size
    across, down = np.ptp(np.vstack(mark), axis=0) if isinstance(mark, list) else mark.shape[::-1]
    form = across / max(down, 1e-6) * chance.uniform(0.8, 1.25)
    wide, high = min(wide, high * np.clip(form, 0.4, 6)), min(high, max(wide / np.clip(form, 0.4, 6), 2.0))
    if out:
        middle = box.top + box.height * (0.5 + chance.uniform(0.1, 0.32) * chance.choice([-1, 1]))
        left, top = box.left + chance.uniform(-0.12, 1.1) * (box.width - wide), middle - high / 2
    else:
        left, top = (
            box.left + chance.uniform(0.03, 0.97) * (box.width - wide),
            box.top + chance.uniform(0.08, 0.92) * (box.height - high),
        )
    if isinstance(mark, list):
        write(paper, fitted(mark, left, top, wide, high), pen, chance)
    else:
        squeezed = cv2.resize(mark, (max(8, round(wide / high * mark.shape[0])), mark.shape[0]))
        write_word(paper, np.asarray(squeezed), (left, top, high), pen)


def _flat(paper: Picture, kind: str, lights: Lot, chance: np.random.Generator) -> Picture:
    """As a scanner, a telephone or a fax has seen it, laid flat again."""
    high, wide = (round(side / PER_MM * FLAT) for side in paper.shape[:2])
    dpi = int(chance.choice((200, 300) if kind == "fax" else (100, 120, 150, 200)))
    scale = dpi / 25.4 / PER_MM
    bent = cameras.bent(paper, chance, chance.uniform(0.05, 0.45))
    small = cv2.resize(bent, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    shot = cameras.Shot(kind, dpi, 0.0, lights)
    if kind == "photo":
        small = lit(small, lights, chance)
        noise, blur = chance.uniform(2, 6), chance.uniform(0.06, 0.2)
    else:
        noise, blur = 2.5, chance.uniform(0.05, 0.12)
    small = cameras.noisy(small, chance, noise, blur=blur, dpi=dpi)
    if kind == "fax":
        file = cameras.faxed(small, shot, chance)
        seen = np.asarray(Image.open(io.BytesIO(file)).convert("RGB"))[:, :, ::-1]
    else:
        options = [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(55, 95))]
        seen = cv2.imdecode(cv2.imencode(".jpg", small, options)[1], cv2.IMREAD_COLOR)
    return np.asarray(cv2.resize(seen, (wide, high), interpolation=cv2.INTER_LINEAR))
