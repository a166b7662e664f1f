"""Several sheets on one picture: which boxes are in doubt where one lies over another, and sheets without a code."""

from itertools import combinations
from typing import Final

import cv2
import numpy as np

from cordee.scans.layouts import BoxPlace, PageLayout
from cordee.scans.pictures import Grey, Points
from cordee.scans.placing import Placed, moved, squares_in

_NEAR: Final = 6.0
"""mm around a sheet in which a mark may be its own."""
_APART: Final = 0.05
"""Part by which the marks of another sheet may be nearer or further than those of the one that was found."""
_LIGHT: Final = 0.6
"""Part of the light of the sheet found that there is around a mark of another one, at least."""


def edges_of(placed: Placed, layout: PageLayout) -> Points:
    """Return the corners of a sheet on the picture."""
    right, bottom = layout.width, layout.height
    return moved(placed.matrix, np.array([(0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom)]))


def meets(box: BoxPlace, placed: Placed, other: Points) -> bool:
    """Whether a box lies under or over another sheet, in part at least: it may be that one's."""
    right, bottom = box.left + box.width, box.top + box.height
    corners = np.array([(box.left, box.top), (right, box.top), (right, bottom), (box.left, bottom)])
    shared, _ = cv2.intersectConvexConvex(
        moved(placed.matrix, corners).astype(np.float32), other.astype(np.float32)
    )
    return shared > 1.0


def a_sheet_without_code(grey: Grey, found: list[tuple[Placed, PageLayout]]) -> bool:
    """Whether two corner marks of another sheet show beside those found: one lies over its code, or it is cut off."""
    sheets = [edges_of(placed, layout) for placed, layout in found]
    placed, layout = found[0]
    per_mm = float(np.sqrt(cv2.contourArea(sheets[0].astype(np.float32)) / (layout.width * layout.height)))
    inside = moved(placed.matrix, np.array([(layout.width / 2, layout.marks[0][1])]))
    paper = _light(grey, inside[0], layout.mark_size * per_mm)
    marks = [
        mark
        for mark in squares_in(grey, layout.mark_size * per_mm)
        if all(
            cv2.pointPolygonTest(sheet.astype(np.float32), mark.tolist(), True) < -_NEAR * per_mm
            for sheet in sheets
        )
        and _light(grey, mark, layout.mark_size * per_mm) > _LIGHT * paper
    ]
    wide = np.ptp([x for x, _ in layout.marks]) * per_mm
    high = np.ptp([y for _, y in layout.marks]) * per_mm
    lengths = np.array([wide, high, np.hypot(wide, high)])
    return any(
        bool((abs(np.hypot(*(one - other)) / lengths - 1) < _APART).any())
        for one, other in combinations(marks, 2)
    )


def _light(grey: Grey, where: Points, side: float) -> float:
    """Return how light it is around a place."""
    x, y, reach = round(float(where[0])), round(float(where[1])), round(1.5 * side)
    around = grey[max(0, y - reach) : y + reach, max(0, x - reach) : x + reach]
    return float(np.percentile(around, 60)) if around.size else 0.0
