"""What of a flat page is ink from a pen: not the paper, its printed lines, its folds or its stains."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from cordee.scans.folds import folds_in
from cordee.scans.layouts import PageLayout
from cordee.scans.pictures import Colours, Darkness, Mask, Numbers
from cordee.scans.straightening import PER_MM, darkness, frame_of

_FAINTEST: Final = 20.0
"""Darkness from which something may be ink, on paper without noise."""
_SURE: Final = 1.7
"""How many times that somewhere in a stroke, for it to be one."""
_NOISE: Final = 4.2
"""How many times the noise of the paper."""
_LINE: Final = 0.42
"""mm on either side of a printed line in which nothing is known for itself."""
_BESIDE: Final = 1.3
"""mm on either side of a printed line in which nothing is as dark, over most of its length."""
_SEEN: Final = 4.0
"""Darkness by which a line stands out."""
_NEAR: Final = 9
"""Pixels around what is printed where it may be seen, too."""
_OWN_PLACE: Final = 8
"""Pixels that a stroke has elsewhere."""
_SPECK: Final = 0.5
"""mm: what is no larger is dust, or noise of a fax."""
_LONG: Final = 6.0
"""mm: a straight run of this length beside a printed line belongs to it."""
_BRIDGE: Final = 1.6
"""mm over which a stroke goes on: more than a fold is wide."""
_BLOB: Final = 4.0
"""mm: no pen is as thick; holes and thumbs are."""


@dataclass(frozen=True, eq=False)
class Ink:
    """The ink of a page, and what it was found against."""

    strokes: Mask
    labels: Numbers
    """Which stroke each place belongs to; 0 is none."""
    boxes: Numbers
    """Of each stroke: left, top, width, height, area in pixels."""
    dark: Darkness
    """How dark each place is against bare paper."""
    colours: Colours
    """The page itself."""


def ink_of(flat: Colours, layout: PageLayout) -> Ink:
    """Find strokes over the whole page."""
    dark = darkness(flat)
    smooth: Darkness = cv2.GaussianBlur(dark, (0, 0), 0.8)
    level, noise = _paper(smooth, layout)
    faintest = max(_FAINTEST, _NOISE * noise)
    lines = _printed_lines(layout, dark.shape)
    free = _without_lines(smooth, layout, level)
    mask = (free > level + np.where(lines, faintest * _SURE, faintest)).astype(np.uint8)
    mask[_holes(mask, layout) > 0] = 0
    unknown = _beside(mask, lines) | folds_in(mask)
    strokes = _bridged(mask, smooth > level + faintest, unknown, lines)
    near: Mask = cv2.dilate((lines | unknown).astype(np.uint8), np.ones((_NEAR, _NEAR), np.uint8))
    labels, boxes = _kept(strokes, smooth, level + faintest * _SURE, near)
    return Ink((labels > 0).astype(np.uint8), labels, boxes, smooth - level, flat)


def _without_lines(dark: Darkness, layout: PageLayout, level: float) -> Darkness:
    """Return how dark each place is beyond what is printed there: along a line, what most of it has."""
    free = dark.copy()
    half = round(_LINE * PER_MM)
    for left, top, right, bottom in _edges(layout):
        upright = left == right
        across, down = (half, 0) if upright else (0, half)
        part = np.s_[max(0, top - down) : bottom + down + 1, max(0, left - across) : right + across + 1]
        printed = np.median(dark[part], axis=0 if upright else 1, keepdims=True) - level
        free[part] = np.minimum(free[part], dark[part] - np.maximum(printed, 0))
    return free


def _edges(layout: PageLayout) -> set[tuple[int, int, int, int]]:
    """Return from where to where there are printed lines, in pixels."""
    edges = set()
    for box in layout.boxes:
        left, right = round(box.left * PER_MM), round((box.left + box.width) * PER_MM)
        top, bottom = round(box.top * PER_MM), round((box.top + box.height) * PER_MM)
        edges |= {(left, top, right, top), (left, bottom, right, bottom)}
        edges |= {(left, top, left, bottom), (right, top, right, bottom)}
    return edges


def lines_seen(dark: Darkness, layout: PageLayout) -> float:
    """Return how many of the printed lines are where they should be, 0 to 1: few, where the page was misplaced.

    Of those across and those down, whichever are fewer.
    """
    reach, half = round(_BESIDE * PER_MM), round(_LINE * PER_MM)
    seen: dict[bool, list[bool]] = {True: [], False: []}
    for left, top, right, bottom in _edges(layout):
        upright = left == right
        across, down = (reach, 0) if upright else (0, reach)
        part = dark[max(0, top - down) : bottom + down + 1, max(0, left - across) : right + across + 1]
        profile = np.median(part, axis=0 if upright else 1)
        middle = profile[reach - half : reach + half + 1]
        beside = np.r_[profile[: reach - half - 1], profile[reach + half + 2 :]]
        seen[upright].append(bool(middle.max(initial=0) > beside.max(initial=0) + _SEEN))
    return min(float(np.mean(those)) if those else 1.0 for those in seen.values())


def _paper(dark: Darkness, layout: PageLayout) -> tuple[float, float]:
    """Return how dark bare paper is, and how much that varies from place to place."""
    left, top, right, bottom = (round(edge * PER_MM) for edge in frame_of(layout))
    part = dark[max(0, top) : bottom : 2, max(0, left) : right : 2]
    if not part.size:
        return 0.0, 0.0
    level = float(np.median(part))
    return level, 1.4826 * float(np.median(np.abs(part - level)))


def _printed_lines(layout: PageLayout, shape: tuple[int, ...]) -> Mask:
    lines = np.zeros(shape, np.uint8)
    half = round(_LINE * PER_MM)
    for box in layout.boxes:
        left, right = (round(x * PER_MM) for x in (box.left, box.left + box.width))
        top, bottom = (round(y * PER_MM) for y in (box.top, box.top + box.height))
        for x in (left, right):
            lines[max(0, top - half) : bottom + half + 1, max(0, x - half) : x + half + 1] = 1
        for y in (top, bottom):
            lines[max(0, y - half) : y + half + 1, max(0, left - half) : right + half + 1] = 1
    return lines


def _beside(mask: Mask, lines: Mask) -> Mask:
    """Return what is left of printed lines where they are wider than most: long, and right beside them."""
    near: Mask = cv2.dilate(lines, np.ones((_NEAR, _NEAR), np.uint8))
    long = (1, round(_LONG * PER_MM))
    level: Mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(long, np.uint8))
    upright: Mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(long[::-1], np.uint8))
    return np.asarray((level | upright) & near)


def _holes(mask: Mask, layout: PageLayout) -> Mask:
    """Return what is thicker than any pen beside the boxes: holes for a binder, fingers."""
    size = round(_BLOB * PER_MM) | 1
    solid: Mask = cv2.morphologyEx(
        mask, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    )
    _, labels, _, middles = cv2.connectedComponentsWithStats(solid)
    left, top, right, bottom = (edge * PER_MM for edge in frame_of(layout))
    beside = (
        (middles[:, 0] < left) | (middles[:, 0] > right) | (middles[:, 1] < top) | (middles[:, 1] > bottom)
    )
    beside[0] = False
    if not beside.any():
        return np.zeros_like(mask)
    holes = beside[np.asarray(labels)].astype(np.uint8)
    return np.asarray(cv2.dilate(holes, np.ones((9, 9), np.uint8)))


def _bridged(mask: Mask, dark: Mask, unknown: Mask, lines: Mask) -> Mask:
    """Take out where nothing is known, and join what goes on on the other side, of that and of printed lines."""
    free = mask & (1 - unknown)
    reach = round(_BRIDGE * PER_MM)
    down: Mask = cv2.morphologyEx(free, cv2.MORPH_CLOSE, np.ones((reach, 3), np.uint8))
    across: Mask = cv2.morphologyEx(free, cv2.MORPH_CLOSE, np.ones((3, reach), np.uint8))
    return np.asarray(free | ((down | across) & (lines | unknown) & dark.astype(np.uint8)))


def _kept(strokes: Mask, dark: Darkness, sure: float, near: Mask) -> tuple[Numbers, Numbers]:
    """Number the strokes that are dark enough somewhere; a speck is none, nor what lies along printed lines alone."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    darkest = np.zeros(count, np.float32)
    places = np.flatnonzero(labels)
    np.maximum.at(darkest, np.asarray(labels, dtype=np.int32).ravel()[places], dark.ravel()[places])
    kept = (darkest > sure) & (np.maximum(boxes[:, 2], boxes[:, 3]) > _SPECK * PER_MM)
    kept &= np.bincount(np.asarray(labels)[near == 0], minlength=count) >= _OWN_PLACE
    kept[0] = False
    numbers = np.where(kept, np.cumsum(kept), 0).astype(np.int32)
    return numbers[labels].astype(np.int32), np.vstack([boxes[:1] * 0, boxes[kept]]).astype(np.int32)
