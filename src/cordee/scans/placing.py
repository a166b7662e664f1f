"""Where a page lies on a picture: from its code to its corner marks, and from those to the whole page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from cordee.scans.codes import Code
from cordee.scans.layouts import PageLayout
from cordee.scans.pictures import Grey, Mask, Matrix, Points

_NEAR: Final = (0.10, 0.16, 0.16, 0.20)
"""How far a mark may lie from where the code alone would have it, as parts of the page's
diagonal, in the order in which they are found."""
_BRANCHES: Final = (3, 3, 6, 3)
"""How many squares are tried for each mark: perspective moves the third the most."""
_SAME: Final = 4.0
"""Pixels: squares nearer to each other are one, found twice."""
_CODE_OFF: Final = 5.0
"""mm by which the code may be off where the marks would have it: paper is not flat."""


@dataclass(frozen=True, eq=False)
class Placed:
    """A page found on a picture."""

    matrix: Matrix
    marks: int
    """How many of the four were found."""
    cut: bool
    """Whether a corner is not on the picture."""


def place(grey: Grey, code: Code, layout: PageLayout) -> Placed | None:
    """Return where the page lies, or nothing when fewer than two of its marks are there."""
    scale = _scale(code, layout)
    squares = squares_in(grey, layout.mark_size * scale)
    left, top, size = layout.code
    code_mm = np.array([(left, top), (left + size, top), (left + size, top + size), (left, top + size)])
    found = max(
        _constellations(squares, code.corners, code_mm, layout),
        key=lambda one: (len(one), -_off(one, code.corners, code_mm, layout)),
        default={},
    )
    if len(found) < 2:  # noqa: PLR2004 - two marks and the code
        return None
    matrix = _matrix(found, code.corners, code_mm, layout)
    return Placed(matrix, len(found), _cut(matrix, grey, layout))


def moved(matrix: Matrix, points: Points) -> Points:
    """Return where points of the page are on the picture."""
    return np.asarray(cv2.perspectiveTransform(points.reshape(1, -1, 2).astype(np.float64), matrix)[0])


def _scale(code: Code, layout: PageLayout) -> float:
    """Pixels in a mm, near the code."""
    return float(np.sqrt(cv2.contourArea(code.corners.astype(np.float32))) / layout.code[2])


def squares_in(grey: Grey, side: float) -> Points:
    """Return the middles of what is dark, solid, and about as large as a mark."""
    around = int(side * 3) | 1
    dark = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, max(3, around), 12
    )
    opened = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((max(1, int(side * 0.3)),) * 2, np.uint8))
    _, _, boxes, middles = cv2.connectedComponentsWithStats(opened)
    width, height, area = boxes[:, 2], boxes[:, 3], boxes[:, 4]
    large = np.maximum(width, height)
    fits = (large > 0.55 * side) & (large < 2.0 * side) & (np.minimum(width, height) > 0.6 * large)
    fits &= area > 0.42 * width * height  # a square on its point fills half
    fits[0] = False
    return _each_once(np.vstack([middles[fits], _outlined(dark, side)]))


def _each_once(middles: Points) -> Points:
    far = np.linalg.norm(middles[:, None] - middles, axis=2)
    return np.asarray(middles[~np.tril(far < _SAME, -1).any(axis=1)])


def _outlined(dark: Mask, side: float) -> Points:
    """Return the middles of outlines as large as a mark: a fax may have made it hollow."""
    outlines, _ = cv2.findContours(dark, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    middles = []
    for outline in outlines:
        if len(outline) < 4:  # noqa: PLR2004 - no corners
            continue
        (x, y), (width, height), _ = cv2.minAreaRect(outline)
        if min(width, height) > 0.75 * side and max(width, height) < 1.5 * side:  # noqa: SIM102 - first the size, then the ink
            if cv2.contourArea(outline) > 0.75 * width * height:
                middles.append((x, y))
    return np.array(middles, dtype=np.float64).reshape(-1, 2)


def _constellations(
    squares: Points, code: Points, code_mm: Points, layout: PageLayout
) -> Iterator[dict[int, Points]]:
    """Yield sets of marks that could be those of the page, beginning from the one nearest to the code."""
    marks = np.array(layout.marks)
    order = np.argsort(np.linalg.norm(marks - code_mm.mean(axis=0), axis=1))
    diagonal = float(np.hypot(layout.width, layout.height))
    stack: list[tuple[int, dict[int, Points]]] = [(0, {})]
    while stack:
        step, found = stack.pop()
        if step == len(order):
            if _off(found, code, code_mm, layout) < _CODE_OFF:
                yield found
            continue
        mark = int(order[step])
        expected = _expected(found, code, code_mm, layout, marks[mark])
        reach = _NEAR[step] * diagonal * _step_of(code, layout)
        stack.append((step + 1, found))
        far = np.linalg.norm(squares - expected, axis=1) if len(squares) else np.zeros(0)
        near = [index for index in np.argsort(far)[: _BRANCHES[step]][::-1] if far[index] < reach]
        stack += [(step + 1, found | {mark: squares[index]}) for index in near]


def _step_of(code: Points, layout: PageLayout) -> float:
    return float(np.sqrt(cv2.contourArea(code.astype(np.float32))) / layout.code[2])


def _expected(
    found: dict[int, Points], code: Points, code_mm: Points, layout: PageLayout, where: Points
) -> Points:
    """Return where a point of the page should be, as far as the code and the marks found tell."""
    if not found:
        affine, *_ = np.linalg.lstsq(np.c_[code_mm, np.ones(4)], code, rcond=None)
        return np.asarray(np.append(where, 1.0) @ affine)
    if len(found) < 3:  # noqa: PLR2004 - too few for a perspective: flat, weighing what lies far apart
        known_mm = np.vstack([code_mm, *(layout.marks[mark] for mark in found)])
        known = np.vstack([code, *found.values()])
        affine, *_ = np.linalg.lstsq(np.c_[known_mm, np.ones(len(known))], known, rcond=None)
        return np.asarray(np.append(where, 1.0) @ affine)
    return np.asarray(moved(_matrix(found, code, code_mm, layout), where)[0])


def _matrix(found: dict[int, Points], code: Points, code_mm: Points, layout: PageLayout) -> Matrix:
    marks_mm = np.array([layout.marks[mark] for mark in found])
    marks = np.array(list(found.values()))
    if len(found) == 4:  # noqa: PLR2004 - all corners
        return np.asarray(cv2.getPerspectiveTransform(marks_mm.astype(np.float32), marks.astype(np.float32)))
    if len(found) == 3:  # noqa: PLR2004 - the middle of the code stands for the fourth
        points_mm = np.vstack([marks_mm, code_mm])
        points = np.vstack([marks, code])
        matrix, _ = cv2.findHomography(points_mm, points, 0)
        return np.asarray(matrix)
    points_mm, points = np.vstack([marks_mm, code_mm]), np.vstack([marks, code])
    affine, *_ = np.linalg.lstsq(np.c_[points_mm, np.ones(len(points))], points, rcond=None)
    return np.vstack([affine.T, (0, 0, 1)])


def _off(found: dict[int, Points], code: Points, code_mm: Points, layout: PageLayout) -> float:
    """Return how far the code is, in mm, from where these marks would have it."""
    if len(found) < 2:  # noqa: PLR2004 - a single point tells no turn
        return 0.0
    try:
        back = np.linalg.inv(_matrix(found, code, code_mm, layout))
    except np.linalg.LinAlgError:
        return np.inf
    return float(np.linalg.norm(moved(back, code) - code_mm, axis=1).max())


def _cut(matrix: Matrix, grey: Grey, layout: PageLayout) -> bool:
    height, width = grey.shape
    corners = moved(matrix, np.array(layout.marks))
    return bool((corners < 0).any() or (corners >= (width, height)).any())


def rotation(matrix: Matrix, layout: PageLayout) -> float:
    """Return by how many degrees the page lies turned, clockwise."""
    middle = np.array([(0, layout.height / 2), (layout.width, layout.height / 2)])
    (x0, y0), (x1, y1) = moved(matrix, middle)
    return float(np.degrees(np.arctan2(y1 - y0, x1 - x0)) % 360)
