"""Folds: straight thin lines from one edge of the paper to the other, which no pen drew."""

from typing import Final

import cv2
import numpy as np

from cordee.scans.pictures import Mask
from cordee.scans.straightening import PER_MM

_COARSE: Final = 4
"""Pixels that are looked at as one."""
_DOTTED: Final = 3
"""So many of them are joined along the fold: a fax makes dots of it."""
_STEEPEST: Final = 0.06
"""Tangent of the steepest fold looked for, against the edge of the paper."""
_STEPS: Final = 25
_MARGIN: Final = 11
"""mm at each edge of the paper where nobody writes a line through a row, but a fold goes on."""
_SEEN: Final = 0.5
"""Part of the width along which a fold has to be seen, and of each margin."""
_HALF: Final = 0.5
"""mm on either side of the middle of a fold that are it."""


def folds_in(mask: Mask) -> Mask:
    """Return where folds are."""
    across = _level(mask)
    down = _level(np.ascontiguousarray(mask.T))
    return across | np.ascontiguousarray(down.T)


def _level(mask: Mask) -> Mask:
    """Return the folds that go from left to right."""
    width = mask.shape[1]
    small = cv2.dilate(mask, np.ones((_COARSE, _DOTTED * _COARSE), np.uint8))[::_COARSE, ::_COARSE]
    rows, columns = small.shape
    margin = round(_MARGIN * PER_MM / _COARSE)
    found = np.zeros_like(mask)
    best = np.zeros(rows, np.float32)
    slopes = np.zeros(rows, np.float32)
    for slope in np.linspace(-_STEEPEST, _STEEPEST, _STEPS):
        shear = np.array([(1, 0, 0), (slope, 1, -slope * columns / 2)], np.float32)
        level = cv2.warpAffine(small, shear, (columns, rows), flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
        seen = level.mean(axis=1)
        edges = np.minimum(level[:, :margin].mean(axis=1), level[:, -margin:].mean(axis=1))
        score = np.where((seen > _SEEN) & (edges > _SEEN), seen, 0)
        better = score > best
        best[better], slopes[better] = score[better], slope
    for row in np.flatnonzero(best):
        if best[row] < best[max(0, row - 6) : row + 7].max():
            continue
        middle, rise = row * _COARSE + _COARSE / 2, slopes[row] * width / 2
        ends = ((0, round(float(middle - rise))), (width, round(float(middle + rise))))
        cv2.line(found, *ends, 1, 2 * round(_HALF * PER_MM) + 1)
    return found
