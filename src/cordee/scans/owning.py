"""Whose the strokes of a page are: each belongs to the box in which most of it lies."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from cordee.scans.ink import Ink
from cordee.scans.layouts import BoxPlace
from cordee.scans.pictures import Mask, Numbers
from cordee.scans.straightening import PER_MM

_LARGE: Final = (2.4, 12.0, 3.2)
"""Higher than so many boxes and wider than so many mm, or higher than so many boxes: no signature."""
_STAMP, _LETTER = 65.0, 6.5
"""mm: a stamp is no larger, nor a letter in it."""
_PRINTED: Final = 0.45
"""Part of a stroke that lies in boxes: less is a heading that reaches in."""
_ACROSS: Final = 0.65
"""mm from a printed line: a stroke that ends there goes on on the other side."""
_PIECE: Final = 0.62
"""Part of the height of a box: a larger stroke is none."""
_WHOLE: Final = 0.85
"""Part of the width of a box that a line drawn through a row crosses."""
_STRAIGHT, _MOST_OF_IT = 1.3, 0.9
"""mm by which a straight stroke may be off its line, and how much of it has to be that near."""
_LEVEL: Final = 0.12
"""Steepest rise of a line drawn through a row."""
_DETOUR: Final = 1.45
"""How much longer a stroke is than its line, when it comes back."""
_SHORTEST_LINE: Final = 0.2
"""Part of the width of a box."""


@dataclass(frozen=True, eq=False)
class Owned:
    """The strokes of a box: their numbers."""

    own: Numbers
    other: Numbers
    """They reach in: most of them lies in another box."""
    large: Numbers
    """Too large for a signature, or letters within that: stamps, rings of cups, signatures joined from row to row."""
    shares: Numbers
    """Of each stroke of the page, how much of what lies in boxes lies in this one, 0 to 1."""


def pixels(box: BoxPlace) -> tuple[int, int, int, int]:
    """Return left, top, width and height on the straightened page."""
    left, top = round(box.left * PER_MM), round(box.top * PER_MM)
    right, bottom = round((box.left + box.width) * PER_MM), round((box.top + box.height) * PER_MM)
    return left, top, right - left, bottom - top


def owned(boxes: tuple[BoxPlace, ...], ink: Ink) -> list[Owned]:
    """Return the strokes of each box."""
    inside = _inside(boxes, ink)
    for piece, whole in _pieces(boxes, ink).items():
        inside[whole] += inside[piece]
        inside[piece] = inside[whole]
    total = np.maximum(inside.sum(axis=1), 1)
    in_boxes = total / np.maximum(ink.boxes[:, 4], 1)
    found = []
    for number, box in enumerate(boxes):
        left, top, width, height = pixels(box)
        part = ink.labels[top : top + height, left : left + width]
        here = np.unique(part[part > 0])
        shares = inside[:, number] / total
        large = _large(ink.boxes, height)
        stamps = ink.boxes[large & (ink.boxes[:, 2:4].max(axis=1) < _STAMP * PER_MM)]
        no_writing = [s for s in here if large[s] or _is_of_a_stamp(ink.boxes[s], stamps)]
        rest = [s for s in here if s not in no_writing]
        mostly = (shares >= 0.5) & (in_boxes > _PRINTED)  # noqa: PLR2004
        own = [s for s in rest if mostly[s] or line_of(part == s) > _WHOLE]
        found.append(
            Owned(
                own=np.array(own, int),
                other=np.array([s for s in rest if s not in own], int),
                large=np.array(no_writing, int),
                shares=shares,
            )
        )
    return found


def _inside(boxes: tuple[BoxPlace, ...], ink: Ink) -> Numbers:
    """Return how many pixels of each stroke lie in each box."""
    numbers = np.full(ink.labels.shape, len(boxes), np.int32)
    for number, box in enumerate(boxes):
        left, top, width, height = pixels(box)
        numbers[top : top + height, left : left + width] = number
    places = np.flatnonzero(ink.labels)
    pairs = ink.labels.ravel()[places] * (len(boxes) + 1) + numbers.ravel()[places]
    counted = np.bincount(pairs, minlength=len(ink.boxes) * (len(boxes) + 1))
    return np.asarray(counted.reshape(len(ink.boxes), len(boxes) + 1)[:, :-1])


def _pieces(boxes: tuple[BoxPlace, ...], ink: Ink) -> dict[int, int]:
    """Return small strokes that go on across a printed line, by the larger ones that they are pieces of."""
    found = {}
    apart = round(_ACROSS * PER_MM)
    for box in boxes:
        left, top, width, height = pixels(box)
        for one, other in (
            (np.s_[top - apart, left : left + width], np.s_[top + apart, left : left + width]),
            (np.s_[top : top + height, left - apart], np.s_[top : top + height, left + apart]),
        ):
            pairs = _facing(ink.labels[one], ink.labels[other])
            for a, b in pairs:
                small, big = sorted((int(a), int(b)), key=lambda stroke: int(ink.boxes[stroke, 4]))
                if ink.boxes[small, 2:4].max() < _PIECE * height:
                    found[small] = big
    return {piece: found.get(whole, whole) for piece, whole in found.items() if found.get(whole) != piece}


def _facing(one: Numbers, other: Numbers) -> Numbers:
    """Return the pairs of different strokes that face each other along a line."""
    there = cv2.dilate(other.astype(np.float32).reshape(1, -1), np.ones((1, 5), np.uint8)).ravel().astype(int)
    met = (one > 0) & (there > 0) & (one != there)
    return np.asarray(np.unique(np.c_[one[met], there[met]], axis=0))


def _large(strokes: Numbers, height: int) -> Mask:
    """Return which strokes are too large for a signature in a box of this height."""
    tall, broad, taller = _LARGE
    wide, high = strokes[:, 2], strokes[:, 3]
    return np.asarray(((high > tall * height) & (wide > broad * PER_MM)) | (high > taller * height))


def _is_of_a_stamp(stroke: Numbers, stamps: Numbers) -> bool:
    """Whether a stroke is as small as a letter, and within a stamp."""
    left, top, wide, high, _ = stroke
    if high > _LETTER * PER_MM or wide > 3 * _LETTER * PER_MM or not len(stamps):
        return False
    within = (stamps[:, 0] <= left) & (left + wide <= stamps[:, 0] + stamps[:, 2])
    within &= (stamps[:, 1] <= top) & (top + high <= stamps[:, 1] + stamps[:, 3])
    return bool(within.any())


def under_a_stamp(box: BoxPlace, ink: Ink) -> float:
    """Return over how much of a box a stamp lies, or something of its size, 0 to 1."""
    left, top, width, height = pixels(box)
    large = ink.boxes[_large(ink.boxes, height) & (ink.boxes[:, 2:4].max(axis=1) < _STAMP * PER_MM)]
    across = np.minimum(large[:, 0] + large[:, 2], left + width) - np.maximum(large[:, 0], left)
    down = np.minimum(large[:, 1] + large[:, 3], top + height) - np.maximum(large[:, 1], top)
    return float((np.clip(across, 0, None) * np.clip(down, 0, None)).max(initial=0) / (width * height))


def length_of(mask: Mask) -> float:
    """Return the length of strokes in mm: half of their outline."""
    if not mask.any():
        return 0.0
    inner = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=0)
    return float(mask.sum() - inner.sum()) / 2 / PER_MM


def line_of(stroke: Mask) -> float:
    """Return how much of the width a stroke crosses in a straight line, more or less level; 0 where it is none."""
    rows, columns = np.nonzero(stroke)
    if not len(columns):
        return 0.0
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
