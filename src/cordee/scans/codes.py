"""QR codes on pictures, good and bad."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import cv2
import numpy as np
import zxingcpp

from cordee.scans.pictures import Grey, Points

_SMALL: Final = 1_400
"""Pixels: a picture whose longest side is shorter is looked at in double size, too."""


@dataclass(frozen=True, eq=False)
class Code:
    """A QR code where it lies on a picture."""

    text: str
    corners: Points
    """Top left, top right, bottom right, bottom left of the code itself, however it is turned."""


def codes_in(grey: Grey, *, tries: int = 99) -> list[Code]:
    """Return the codes of a picture, each once; the harder tries only while none is found."""
    for picture, scale, left, top in islice(_tries(grey), tries):
        if found := _read(picture, scale, left, top):
            return found
    return []


def _tries(grey: Grey) -> Iterator[tuple[Grey, float, int, int]]:
    """Yield pictures to look at, by how much they are larger, and where they begin."""
    yield grey, 1.0, 0, 0
    height, width = grey.shape
    even = _evened(grey)
    yield even, 1.0, 0, 0
    if max(height, width) < _SMALL:
        yield _larger(grey), 2.0, 0, 0
        yield _larger(even), 2.0, 0, 0
    yield cv2.GaussianBlur(grey, (0, 0), 1.6).astype(np.uint8), 1.0, 0, 0
    for left, top, part in _quarters(grey):
        yield _larger(_evened(part)), 2.0, left, top


def _quarters(grey: Grey) -> Iterator[tuple[int, int, Grey]]:
    """Yield parts of a bit more than a quarter, so that no code lies on the edge of all of them."""
    height, width = grey.shape
    for top in (0, height * 2 // 5):
        for left in (0, width * 2 // 5):
            yield left, top, grey[top : top + height * 3 // 5, left : left + width * 3 // 5]


def _larger(grey: Grey) -> Grey:
    return cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC).astype(np.uint8)


def _evened(grey: Grey) -> Grey:
    """Take shadows out."""
    small = cv2.resize(grey, None, fx=1 / 16, fy=1 / 16, interpolation=cv2.INTER_AREA)
    around = cv2.resize(cv2.GaussianBlur(small, (0, 0), max(small.shape) / 60), grey.shape[::-1])
    return cv2.divide(grey, around, scale=200).astype(np.uint8)


def _read(picture: Grey, scale: float, left: int, top: int) -> list[Code]:
    found: dict[tuple[str, int, int], Code] = {}
    for barcode in zxingcpp.read_barcodes(
        np.ascontiguousarray(picture), formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    ):
        corners = _corners(barcode) / scale + (left, top)
        middle = corners.mean(axis=0) // 40
        found[barcode.text, int(middle[0]), int(middle[1])] = Code(barcode.text, corners)
    return list(found.values())


def _corners(barcode: Any) -> Points:
    place = barcode.position
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return np.array([(point.x, point.y) for point in points], dtype=np.float64)
