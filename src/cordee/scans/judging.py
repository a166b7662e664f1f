"""Signed, empty, or to be looked at: what the ink in a box says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from cordee.scans.answers import BoxRead
from cordee.scans.ink import Ink
from cordee.scans.layouts import BoxPlace, PageLayout
from cordee.scans.pictures import Mask
from cordee.scans.straightening import PER_MM

_MM2: Final = PER_MM * PER_MM
_SURE: Final = 0.9
"""Confidence under which a person has to look."""


@dataclass(frozen=True)
class Look:
    """What there is in a box, in mm and mm²."""

    length: float
    """Of all strokes that belong to it."""
    width: float
    height: float
    """Of the field they cover."""
    strokes: int
    intruding: float
    """Length of strokes that reach in from elsewhere."""
    foreign: float
    """Length of what is larger than a signature: a stamp, a ring of coffee, a fold."""
    line: float
    """How much of the width of the box one straight stroke crosses, 0 to 1, when there is little else."""
    letters: int
    """How many strokes stand beside each other like print letters."""


def judge(ink: Ink, layout: PageLayout, on_picture: Callable[[BoxPlace], bool]) -> tuple[BoxRead, ...]:
    """Return what is in each box.

    :param on_picture: whether the picture shows all of a box.
    """
    return tuple(_judged(box, ink, shown=on_picture(box)) for box in layout.boxes)


def _judged(box: BoxPlace, ink: Ink, *, shown: bool) -> BoxRead:
    ticked, tick_unsure = _tick(box, ink)
    signed, chance, unsure = verdict(look_into(box, ink)) if shown else (False, 0.5, True)
    if signed and ticked:
        chance, unsure = min(chance, 0.7), True
    return BoxRead(
        key=box.key,
        signed=signed,
        absent_ticked=ticked,
        confidence=round(chance, 3),
        unsure=unsure or tick_unsure,
        place=_pixels(box),
    )


def verdict(look: Look) -> tuple[bool, float, bool]:
    """Return whether a box is signed, how certain that is, and whether a person has to look."""
    amount = np.log(look.length + 0.3) - np.log(6.0)
    extent = np.log(max(look.width, look.height) + 0.3) - np.log(3.5)
    score = 2.2 * amount + 1.2 * extent
    score -= 0.04 * look.foreign
    chance = float(1 / (1 + np.exp(-score)))
    signed = chance > 0.5  # noqa: PLR2004
    if look.line > 0.6 or look.letters >= 4:  # noqa: PLR2004
        return False, 0.6, True
    confidence = max(chance, 1 - chance)
    return signed, confidence, confidence < _SURE


def look_into(box: BoxPlace, ink: Ink) -> Look:
    left, top, width, height = _pixels(box)
    part = ink.labels[top : top + height, left : left + width]
    here = np.bincount(part.ravel(), minlength=len(ink.boxes))
    own = np.zeros(len(ink.boxes), bool)
    intruding = np.zeros(len(ink.boxes), bool)
    foreign = np.zeros(len(ink.boxes), bool)
    for stroke in np.flatnonzero(here):
        if stroke == 0:
            continue
        _, _, w, h, area = ink.boxes[stroke]
        if (h > 2.4 * height and w > 12 * PER_MM) or h > 3.2 * height:
            foreign[stroke] = True
        elif here[stroke] >= 0.5 * area or _deep(part == stroke):
            own[stroke] = True
        else:
            intruding[stroke] = True
    mine = own[part]
    field = _field(mine)
    return Look(
        length=_length(mine),
        width=field[0],
        height=field[1],
        strokes=int(own.sum()),
        intruding=_length(intruding[part]),
        foreign=_length(foreign[part]),
        line=_line(mine),
        letters=_letters(np.flatnonzero(own), part),
    )


def _pixels(box: BoxPlace) -> tuple[int, int, int, int]:
    left, top = round(box.left * PER_MM), round(box.top * PER_MM)
    return (
        left,
        top,
        round((box.left + box.width) * PER_MM) - left,
        round((box.top + box.height) * PER_MM) - top,
    )


def _deep(stroke: Mask) -> bool:
    """Whether a stroke that is mostly elsewhere is yet a signature here."""
    rows, columns = np.flatnonzero(stroke.any(axis=1)), np.flatnonzero(stroke.any(axis=0))
    height, width = stroke.shape
    return bool(np.ptp(rows) > 0.62 * height and np.ptp(columns) > 0.2 * width)


def _length(mask: Any) -> float:
    """Length in mm of the strokes: half of their outline."""
    if not mask.any():
        return 0.0
    inner = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=0)
    return float(mask.sum() - inner.sum()) / 2 / PER_MM


def _field(mask: Any) -> tuple[float, float]:
    if not mask.any():
        return 0.0, 0.0
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return float(np.ptp(columns) + 1) / PER_MM, float(np.ptp(rows) + 1) / PER_MM


def _line(mask: Any) -> float:
    """Return how much of the width one straight stroke takes, if that is nearly all there is."""
    rows, columns = np.nonzero(mask)
    if len(columns) < 20:  # noqa: PLR2004
        return 0.0
    slope, start = np.polyfit(columns, rows, 1)
    off = np.abs(rows - slope * columns - start)
    near = off < 0.9 * PER_MM
    if near.mean() < 0.9:  # noqa: PLR2004
        return 0.0
    return float(len(np.unique(columns[near])) / mask.shape[1])


def _letters(own: Any, part: Any) -> int:
    """Count strokes of about one height beside each other."""
    sizes = []
    for stroke in own:
        rows, columns = np.nonzero(part == stroke)
        if len(rows) > 6:  # noqa: PLR2004
            sizes.append((np.ptp(rows) + 1, np.ptp(columns) + 1, rows.mean()))
    sizes = [s for s in sizes if 1.0 * PER_MM < s[0] < 7 * PER_MM and s[1] < 6 * PER_MM]
    if len(sizes) < 3:  # noqa: PLR2004
        return 0
    heights = np.array([s[0] for s in sizes])
    middle = np.median(heights)
    return int(((heights > 0.6 * middle) & (heights < 1.9 * middle)).sum())


# --- the place to tick for an absence

_TICK_INNER: Final = 0.65
"""mm of the place to tick beside its printed edge in which nothing is looked for."""


def _tick(box: BoxPlace, ink: Ink) -> tuple[bool, bool]:
    """Return whether the place is ticked, and whether that is uncertain."""
    if box.tick is None:
        return False, False
    left, top, size = box.tick
    x0, y0 = round((left + _TICK_INNER) * PER_MM), round((top + _TICK_INNER) * PER_MM)
    side = round((size - 2 * _TICK_INNER) * PER_MM)
    part = ink.strokes[y0 : y0 + side, x0 : x0 + side]
    amount = _length(part > 0)
    return amount > 1.6, 0.7 < amount <= 1.6  # noqa: PLR2004
