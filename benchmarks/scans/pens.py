"""Ink: lines through points in mm, drawn over paper by pens of different colour, width and pressure."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.scans.paper import PER_MM, Picture

type Line = NDArray[np.float64]
"""Points in mm, one after the other."""
_SHIFT = 4


@dataclass(frozen=True)
class Pen:
    """What somebody writes with."""

    name: str
    colour: tuple[int, int, int]
    """Blue, green, red."""
    width: float
    """In mm."""
    cover: float
    """How much of the paper's light its ink takes where it is pressed, 0 to 1."""
    uneven: float = 0.15
    """How much that varies."""


def write(page: Picture, lines: list[Line], pen: Pen, chance: np.random.Generator) -> None:
    """Draw lines on a page, in place."""
    ink = np.zeros(page.shape[:2], np.uint8)
    for line in lines:
        _draw(ink, line, pen, chance)
    put(page, ink, pen.colour)


def put(page: Picture, ink: NDArray[np.uint8], colour: tuple[int, int, int]) -> None:
    """Put ink (how much of the paper's light it takes, 0 to 255) of a colour on a page, in place."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return
    where = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    cover = ink[where].astype(np.float32)[:, :, None] / 255
    tint = np.array(colour, np.float32) / 255
    page[where] = (page[where] * (1 - cover * (1 - tint))).astype(np.uint8)


def _draw(ink: NDArray[np.uint8], line: Line, pen: Pen, chance: np.random.Generator) -> None:
    pressure = np.interp(np.linspace(0, 6, len(line)), np.arange(7), 1 - pen.uneven * chance.random(7))
    points = np.round(line * PER_MM * 2**_SHIFT).astype(np.int32)
    for begin, end, press in zip(points, points[1:], pressure, strict=False):
        width = max(1, round(pen.width * PER_MM * (0.6 + 0.4 * press)))
        dark = int(255 * pen.cover * press)
        cv2.line(ink, begin.tolist(), end.tolist(), dark, width, cv2.LINE_AA, _SHIFT)


def smooth(points: Line, each: int = 14) -> Line:
    """Return a curve through points (Catmull-Rom)."""
    ends = np.vstack([points[:1], points, points[-1:]])
    t = np.linspace(0, 1, each, endpoint=False)[:, None]
    parts = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False)
    ]
    return np.vstack([*parts, points[-1:]])


def fitted(lines: list[Line], left: float, top: float, width: float, height: float) -> list[Line]:
    """Return lines stretched to fill a place."""
    points = np.vstack(lines)
    low, size = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-6)
    return [(line - low) / size * (width, height) + (left, top) for line in lines]


def word(text: str, font: int, chance: np.random.Generator) -> NDArray[np.uint8]:
    """Return a written word as a mask, unsteady as a hand is; cropped, 60 pixels to the height of a capital."""
    scale = 60 / 22
    (width, height), base = cv2.getTextSize(text, font, scale, 1)
    mask = np.zeros((height + base + 80, width + 80), np.uint8)
    cv2.putText(mask, text, (40, height + 40), font, scale, 255, 6, cv2.LINE_AA)
    return unsteady(mask, chance)


def unsteady(mask: NDArray[np.uint8], chance: np.random.Generator) -> NDArray[np.uint8]:
    """Return writing bent and slanted a bit, cropped."""
    width = mask.shape[1]
    grid = chance.normal(0, 1, (2, 3, max(3, width // 60))).astype(np.float32)
    wave = [cv2.resize(part, mask.shape[::-1], interpolation=cv2.INTER_CUBIC) * 5 for part in grid]
    y, x = np.mgrid[: mask.shape[0], : mask.shape[1]].astype(np.float32)
    slant = chance.uniform(-0.2, 0.35)
    bent = cv2.remap(mask, x + wave[0] + slant * (y - mask.shape[0] / 2), y + wave[1], cv2.INTER_LINEAR)
    rows, columns = np.flatnonzero(bent.any(axis=1)), np.flatnonzero(bent.any(axis=0))
    return np.ascontiguousarray(bent[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def write_word(page: Picture, mask: NDArray[np.uint8], place: tuple[float, float, float], pen: Pen) -> None:
    """Put a word on a page: left, top, height in mm."""
    left, top, height = place
    scale = height * PER_MM / mask.shape[0]
    small = cv2.resize(mask, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # The width of the pen is its own, whatever the size of the word.
    thick = max(1, round(pen.width * PER_MM - 6 * scale))
    small = cv2.dilate(small, np.ones((thick, thick), np.uint8))
    ink = np.zeros(page.shape[:2], np.uint8)
    x, y = round(left * PER_MM), round(top * PER_MM)
    part = ink[max(0, y) : y + small.shape[0], max(0, x) : x + small.shape[1]]
    part[:] = (small[: part.shape[0], : part.shape[1]] * pen.cover).astype(np.uint8)
    put(page, ink, pen.colour)
