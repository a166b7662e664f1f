"""What of a flat page is ink from a pen: not the paper, its printed lines, its folds or its stains."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from cordee.scans.layouts import PageLayout
from cordee.scans.pictures import Darkness, Mask, Numbers
from cordee.scans.straightening import PER_MM, frame_of

_FAINTEST: Final = 20.0
"""Darkness from which something may be ink, on paper without noise."""
_SURE: Final = 1.7
"""How many times that somewhere in a stroke, for it to be one."""
_NOISE: Final = 4.2
"""How many times the noise of the paper."""
_LINE: Final = 0.42
"""mm on either side of a printed line in which nothing is known for itself."""
_BLOB: Final = 3.0
"""mm: no pen is as thick; holes and thumbs are."""


@dataclass(frozen=True, eq=False)
class Ink:
    """The ink of a page, and what it was found against."""

    strokes: Mask
    labels: Numbers
    """Which stroke each place belongs to; 0 is none."""
    boxes: Numbers
    """Of each stroke: left, top, width, height, area in pixels."""
    faintest: float


def ink_of(dark: Darkness, layout: PageLayout) -> Ink:
    """Find strokes over the whole page."""
    smooth: Darkness = cv2.GaussianBlur(dark, (0, 0), 0.8)
    level, noise = _paper(smooth, layout)
    faintest = max(_FAINTEST, _NOISE * noise)
    lines = _printed_lines(layout, dark.shape)
    mask = (smooth > level + faintest).astype(np.uint8)
    mask[_solid(mask) > 0] = 0
    strokes = _bridged(mask, lines)
    labels, boxes = _kept(strokes, smooth, level + faintest * _SURE)
    return Ink((labels > 0).astype(np.uint8), labels, boxes, faintest)


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


def _solid(mask: Mask) -> Mask:
    """Return what is too thick for a pen."""
    size = round(_BLOB * PER_MM) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    solid: Mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel)
    if not solid.any():
        return solid.astype(np.uint8)
    return cv2.dilate(solid, np.ones((7, 7), np.uint8)).astype(np.uint8)


def _bridged(mask: Mask, lines: Mask) -> Mask:
    """Take printed lines out, and join what goes on on their other side."""
    free = mask & (1 - lines)
    reach = 2 * round(_LINE * PER_MM) + 3
    down: Mask = cv2.morphologyEx(free, cv2.MORPH_CLOSE, np.ones((reach, 3), np.uint8))
    across: Mask = cv2.morphologyEx(free, cv2.MORPH_CLOSE, np.ones((3, reach), np.uint8))
    return np.asarray(free | ((down | across) & lines & mask))


def _kept(strokes: Mask, dark: Darkness, sure: float) -> tuple[Numbers, Numbers]:
    """Number the strokes that are dark enough somewhere; a speck is none."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    darkest = np.zeros(count, np.float32)
    places = np.flatnonzero(labels)
    np.maximum.at(darkest, np.asarray(labels, dtype=np.int32).ravel()[places], dark.ravel()[places])
    kept = (darkest > sure) & (boxes[:, 4] >= 4)  # noqa: PLR2004
    kept[0] = False
    numbers = np.where(kept, np.cumsum(kept), 0).astype(np.int32)
    return numbers[labels].astype(np.int32), np.vstack([boxes[:1] * 0, boxes[kept]]).astype(np.int32)
