"""The marks of a page are found among much else that is dark and about as large."""

import cv2
import numpy as np
import pytest

from cordee.scans.codes import Code
from cordee.scans.layouts import PageLayout
from cordee.scans.pictures import Points
from cordee.scans.placing import moved, place, squares_in

A4 = PageLayout(
    width=210,
    height=297,
    marks=((8, 8), (202, 8), (8, 289), (202, 289)),
    mark_size=4,
    code=(175, 13, 21),
    boxes=(),
)
SIDE = 17
CORNERS = np.array([(1359.0, 67), (1456, 907), (97, 79), (154, 1054)])
"""Where the marks are on a photo that was taken from near, turned by a quarter."""
ABOUT = np.array([(472, 916), (360, 919), (402, 914), (365, 1040), (300, 960)])
"""Squares nearer to where the third mark would be if the photo had been taken from afar."""


def picture(squares: Points) -> np.ndarray:
    canvas = np.full((1134, 1545), 235, np.uint8)
    for x, y in np.round(squares).astype(int).tolist():
        cv2.rectangle(canvas, (x - SIDE // 2, y - SIDE // 2), (x + SIDE // 2, y + SIDE // 2), 40, -1)
    return canvas


def test_the_third_mark_is_found_where_perspective_has_it() -> None:
    matrix = cv2.getPerspectiveTransform(np.float32(A4.marks), CORNERS.astype(np.float32))
    left, top, side = A4.code
    code = moved(
        matrix, np.array([(left, top), (left + side, top), (left + side, top + side), (left, top + side)])
    )
    placed = place(picture(np.vstack([CORNERS, ABOUT])), Code("HTTPS://X/D/S/1/1", code), A4)
    assert placed
    assert moved(placed.matrix, np.array(A4.marks)) == pytest.approx(CORNERS, abs=2)


def test_a_square_is_found_once() -> None:
    assert len(squares_in(picture(CORNERS), SIDE)) == len(CORNERS)
