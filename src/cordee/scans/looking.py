"""What there is in a box: whose strokes, how much of them, of what form. Judges nothing."""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from cordee.scans.ink import Ink
from cordee.scans.layouts import BoxPlace
from cordee.scans.pictures import Mask, Numbers
from cordee.scans.straightening import PER_MM
from cordee.scans.words import absent_written

_FOREIGN: Final = (2.4, 12.0, 3.2)
"""Higher than so many boxes and wider than so many mm, or higher than so many boxes: no signature."""
_STAMP, _LETTER = 65.0, 6.5
"""mm: a stamp is no larger, nor a letter in it."""
_DEEP: Final = (0.62, 0.2)
"""Parts of height and width of a box from which a stroke that lies mostly elsewhere is a signature here."""
_STRAIGHT, _MOST_OF_IT = 1.3, 0.9
"""mm by which a straight stroke may be off its line, and how much of it has to be that near."""
_BAR: Final = 6
"""How many times wider than high."""
_LEVEL: Final = 0.12
"""Steepest rise of a line drawn through a row."""
_DETOUR: Final = 1.45
"""How much longer a stroke is than its line, when it comes back."""
_SHORTEST_LINE: Final = 0.2
"""Part of the width of a box."""
_LEAST: Final = 8
"""Pixels: smaller ink is no word."""
_STAMPED: Final = 0.1
"""Part of a box over which a stamp lies."""
_WHOLE: Final = 0.85
"""Part of the width of a box."""
_SIGNATURE: Final = 28.0
"""mm of strokes in a box: more than an edge of a stamp leaves there."""
_OVER: Final = 2.0
"""mm by which a stroke leaves a box."""
_DENSE: Final = 0.7
"""Part of its field that is ink: a blot."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """What there is in a box; lengths in mm."""

    length: float = 0.0
    """Of all strokes that belong to it."""
    width: float = 0.0
    height: float = 0.0
    """Of the field they cover."""
    top: float = 0.0
    bottom: float = 0.0
    """From the upper edge of the box to that field, and from the field to the lower edge."""
    intruding: float = 0.0
    """Length of strokes that reach in from elsewhere."""
    foreign: float = 0.0
    """Length of what is larger than a signature: a stamp, a ring of coffee."""
    stamped: bool = False
    """Whether a stamp, or something of its size, lies over it."""
    shared: bool = False
    """Whether some of it may as well belong to the next box, or to a stamp."""
    line: float = 0.0
    """How much of the width of the box the longest straight stroke crosses, 0 to 1."""
    beside_line: float = 0.0
    """Length of the strokes beside that one."""
    dense: bool = False
    """Whether all of it is one blot."""
    largest: float = 0.0
    """Width or height of the largest of the strokes."""
    word: float = 0.0
    """How much it looks like a word that says absent, 0 to 1."""


def pixels(box: BoxPlace) -> tuple[int, int, int, int]:
    """Return left, top, width and height on the straightened page."""
    left, top = round(box.left * PER_MM), round(box.top * PER_MM)
    right, bottom = round((box.left + box.width) * PER_MM), round((box.top + box.height) * PER_MM)
    return left, top, right - left, bottom - top


def look_into(box: BoxPlace, ink: Ink) -> Look:
    """Return what there is in a box."""
    left, top, width, height = pixels(box)
    part = ink.labels[top : top + height, left : left + width]
    if not part.any():
        return Look()
    own, intruding, foreign, shared = _whose(part, ink)
    mine = own[part]
    rest: dict[str, Any] = {
        "intruding": length_of(intruding[part]),
        "foreign": length_of(foreign[part]),
        "stamped": _stamped((left, top, width, height), ink),
    }
    if not mine.any():
        return Look(**rest)
    rows, columns = np.flatnonzero(mine.any(axis=1)), np.flatnonzero(mine.any(axis=0))
    field = mine[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    line, beside = _longest_line(part, np.flatnonzero(own))
    return Look(
        length=length_of(mine),
        width=field.shape[1] / PER_MM,
        height=field.shape[0] / PER_MM,
        top=float(rows[0]) / PER_MM,
        bottom=float(height - 1 - rows[-1]) / PER_MM,
        shared=bool(shared.any()) or _goes_over_a_corner(ink.boxes[own], (left, top, width, height)),
        line=line,
        beside_line=beside,
        largest=float(ink.boxes[own][:, 2:4].max()) / PER_MM,
        word=_word(part, np.flatnonzero(own)),
        dense=bool(field.mean() > _DENSE and min(field.shape) > 2 * PER_MM),
        **rest,
    )


def _whose(part: Numbers, ink: Ink) -> tuple[Mask, Mask, Mask, Mask]:
    """Return which strokes belong to a box, reach in from elsewhere, are no writing, or may belong to two boxes."""
    height = part.shape[0]
    here = np.bincount(part.ravel(), minlength=len(ink.boxes))
    own, intruding, foreign, shared = (np.zeros(len(ink.boxes), bool) for _ in range(4))
    large = _foreign(ink.boxes, height)
    stamps = large & (ink.boxes[:, 2:4].max(axis=1) < _STAMP * PER_MM)
    for stroke in np.flatnonzero(here[1:]) + 1:
        area = ink.boxes[stroke, 4]
        if large[stroke] or _is_of_a_stamp(ink.boxes[stroke], ink.boxes[stamps]):
            # Signatures that touch from row to row are one stroke, too.
            shared[stroke] = own[stroke] = length_of(part == stroke) > _SIGNATURE and _is_deep(part == stroke)
            foreign[stroke] = not own[stroke]
        elif here[stroke] < area / 2 and _line(part == stroke) > _WHOLE:
            own[stroke] = True  # a piece of the line drawn through a row
        elif here[stroke] >= area / 2:
            own[stroke] = True
        elif _is_deep(part == stroke):
            own[stroke] = shared[stroke] = True
        else:
            intruding[stroke] = True
    return own, intruding, foreign, shared


def _foreign(strokes: Numbers, height: int) -> Mask:
    """Return which strokes are too large for a signature in a box of this height."""
    tall, broad, taller = _FOREIGN
    wide, high = strokes[:, 2], strokes[:, 3]
    return ((high > tall * height) & (wide > broad * PER_MM)) | (high > taller * height)


def _is_of_a_stamp(stroke: Numbers, stamps: Numbers) -> bool:
    """Whether a stroke is as small as a letter, and within a stamp."""
    left, top, wide, high, _ = stroke
    if max(wide, high) > _LETTER * PER_MM or not len(stamps):
        return False
    within = (stamps[:, 0] <= left) & (left + wide <= stamps[:, 0] + stamps[:, 2])
    within &= (stamps[:, 1] <= top) & (top + high <= stamps[:, 1] + stamps[:, 3])
    return bool(within.any())


def _stamped(box: tuple[int, int, int, int], ink: Ink) -> bool:
    left, top, width, height = box
    large = ink.boxes[_foreign(ink.boxes, height) & (ink.boxes[:, 2:4].max(axis=1) < _STAMP * PER_MM)]
    across = np.minimum(large[:, 0] + large[:, 2], left + width) - np.maximum(large[:, 0], left)
    down = np.minimum(large[:, 1] + large[:, 3], top + height) - np.maximum(large[:, 1], top)
    return bool((np.clip(across, 0, None) * np.clip(down, 0, None) > _STAMPED * width * height).any())


def _goes_over_a_corner(strokes: Numbers, box: tuple[int, int, int, int]) -> bool:
    """Whether a stroke leaves the box at one side and above or below: few signatures do, stamps do."""
    left, top, width, height = box
    over = _OVER * PER_MM
    sideways = (strokes[:, 0] < left - over) | (strokes[:, 0] + strokes[:, 2] > left + width + over)
    upright = (strokes[:, 1] < top - over) | (strokes[:, 1] + strokes[:, 3] > top + height + over)
    return bool((sideways & upright).any())


def _is_deep(stroke: Mask) -> bool:
    rows, columns = np.flatnonzero(stroke.any(axis=1)), np.flatnonzero(stroke.any(axis=0))
    height, width = stroke.shape
    return bool(np.ptp(rows) > _DEEP[0] * height and np.ptp(columns) > _DEEP[1] * width)


def length_of(mask: Any) -> float:
    """Return the length of strokes in mm: half of their outline."""
    if not mask.any():
        return 0.0
    inner = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=0)
    return float(mask.sum() - inner.sum()) / 2 / PER_MM


def _longest_line(part: Numbers, own: Numbers) -> tuple[float, float]:
    """Return how much of the width the longest straight stroke crosses, and the length of the others."""
    lengths = [(_line(part == stroke), length_of(part == stroke)) for stroke in own]
    together = np.isin(part, own)
    lengths.append((_line(together), length_of(together)))  # in two pieces, perhaps
    longest = max(lengths)
    return longest[0], lengths[-1][1] - longest[1]


def _word(part: Numbers, own: Numbers) -> float:
    """Return how much the strokes look like a word, but for what is a mere line."""
    mask = np.isin(part, [stroke for stroke in own if not _is_bar(part == stroke)])
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if len(rows) < _LEAST or len(columns) < _LEAST:
        return 0.0
    return absent_written(mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def _is_bar(stroke: Mask) -> bool:
    rows, columns = np.flatnonzero(stroke.any(axis=1)), np.flatnonzero(stroke.any(axis=0))
    return bool(np.ptp(columns) > _BAR * np.ptp(rows) + _BAR)


def _line(stroke: Mask) -> float:
    """Return how much of the width a stroke crosses in a straight line, more or less level; 0 where it is none."""
    rows, columns = np.nonzero(stroke)
    wide = np.ptp(columns) + 1
    if wide < _SHORTEST_LINE * stroke.shape[1]:
        return 0.0
    slope, start = np.polyfit(columns, rows, 1)
    near = np.abs(rows - slope * columns - start) < _STRAIGHT * PER_MM
    if abs(slope) > _LEVEL:
        return 0.0
    if near.mean() < _MOST_OF_IT or length_of(stroke) > _DETOUR * wide / PER_MM:
        return 0.0
    return float(wide / stroke.shape[1])
