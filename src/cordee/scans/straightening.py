"""A page made flat: first by its marks, then by the printed lines of its boxes, since paper bends and folds."""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from cordee.scans.layouts import PageLayout
from cordee.scans.pictures import Colours, Darkness, Grey, Matrix, Numbers
from cordee.scans.placing import moved

_COLOURED: Final = 3
"""Dimensions of a picture with colours."""
_DARKEST_PAPER: Final = 24
_WIDE: Final = 5
"""Half mm: wider than the ink of any pen."""
_STAIN: Final = 45.0
"""Darkness that a stain may have."""
_DEEPEST_SHADE: Final = 0.5
_WHITE: Final = (255, 255, 255)

PER_MM: Final = 8
"""Pixels in a mm of a straightened page: 203 dpi."""
_GRID: Final = 16
"""Pixels between the points at which bending is computed."""
_REACH_DOWN, _REACH_ACROSS = 3.2, 1.5
"""mm by which a printed line may be off; across, the places to tick have lines 2 mm away."""
_CHUNK: Final = 4
"""mm of a line that are looked at in one."""
_PIECES: Final = 4
"""Of a chunk."""
_LINE_DARK: Final = 100.0
"""Printed lines are light: what is darker counts no more than this."""
_STEEP: Final = 3
"""Pixels by which a line may move from one chunk to the next."""
_STEP_COST, _OFF_COST = 2.0, 0.15
"""What moving by a pixel, and being a pixel off, costs against the darkness of a line."""


@dataclass(frozen=True, eq=False)
class Bend:
    """By how many mm what is printed lies off, over the page."""

    across: Numbers
    """Weights of the terms of `_terms`."""
    down: Numbers
    frame: tuple[float, float, float, float]
    """Left, top, right, bottom of the boxes, in mm: outside, the bend is that of the nearest edge."""

    def at(self, x: Numbers, y: Numbers) -> tuple[Any, Any]:
        terms = _terms(x, y, self.frame)
        return terms @ self.across, terms @ self.down


def straightened(
    picture: Colours | Grey, matrix: Matrix, layout: PageLayout, bend: Bend | None = None
) -> Colours | Grey:
    """Return the page alone, upright and flat, `PER_MM` pixels to the mm; what is not on the picture is white."""
    width, height = round(layout.width * PER_MM), round(layout.height * PER_MM)
    columns, rows = -(-width // _GRID) + 1, -(-height // _GRID) + 1
    x, y = np.meshgrid(np.arange(columns) * _GRID / PER_MM, np.arange(rows) * _GRID / PER_MM)
    if bend:
        across, down = bend.at(x.ravel(), y.ravel())
        x, y = x + across.reshape(x.shape), y + down.reshape(y.shape)
    points = moved(matrix, np.c_[x.ravel(), y.ravel()]).reshape(rows, columns, 2).astype(np.float32)
    where = _between(points, width, height)
    x, y = np.ascontiguousarray(where[..., 0]), np.ascontiguousarray(where[..., 1])
    return cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=_WHITE)


def _between(points: Numbers, width: int, height: int) -> Numbers:
    """Fill the places between the points of the grid."""
    to_grid = np.array([(1 / _GRID, 0, 0), (0, 1 / _GRID, 0)], dtype=np.float32)
    return cv2.warpAffine(
        points,
        to_grid,
        (width, height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.float32)


def darkness(page: Colours | Grey) -> Darkness:
    """Return how dark each place is against the paper around it, whatever the light and its colour."""
    small: Colours = cv2.resize(page, None, fx=1 / PER_MM, fy=1 / PER_MM, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7)))
    paper = cv2.GaussianBlur(paper, (0, 0), 3)
    paper = cv2.resize(paper, page.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    light = cv2.divide(page, np.maximum(paper, _DARKEST_PAPER), scale=255)
    if light.ndim == _COLOURED:
        blue, green, red = cv2.split(light)
        light = cv2.min(cv2.min(blue, green), red)
        paper = paper.min(axis=2)
    # The noise of a camera is the same in the shade, where it counts for more against the paper.
    shade = np.clip(paper / max(1.0, float(np.median(paper))), _DEEPEST_SHADE, 1)
    return _without_stains(np.asarray((255 - light) * shade, dtype=np.float32))


def _without_stains(dark: Darkness) -> Darkness:
    """Take out what is wider than a pen and no darker than a stain: coffee, the side of a fold, an edge of shadow."""
    small = cv2.resize(dark, None, fx=2 / PER_MM, fy=2 / PER_MM, interpolation=cv2.INTER_AREA)
    wide = cv2.morphologyEx(
        small, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_WIDE, _WIDE))
    )
    wide = cv2.resize(np.minimum(wide, _STAIN), dark.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.maximum(dark - wide, 0))


def bend_of(dark: Darkness, layout: PageLayout) -> Bend:
    """Return by how much the printed lines of the boxes are off."""
    frame = frame_of(layout)
    rows = sorted({edge for box in layout.boxes for edge in (box.top, box.top + box.height)})
    columns = sorted({edge for box in layout.boxes for edge in (box.left, box.left + box.width)})
    down = _surface(*_offsets(dark, _apart(rows), frame[0], frame[2], _REACH_DOWN), frame, turned=False)
    sideways = np.ascontiguousarray(dark.T)
    across = _surface(
        *_offsets(sideways, _apart(columns), frame[1], frame[3], _REACH_ACROSS), frame, turned=True
    )
    return Bend(across, down, frame)


def frame_of(layout: PageLayout) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of all boxes together, in mm."""
    return (
        min(box.left for box in layout.boxes),
        min(box.top for box in layout.boxes),
        max(box.left + box.width for box in layout.boxes),
        max(box.top + box.height for box in layout.boxes),
    )


def _apart(edges: list[float]) -> list[float]:
    """The bottom of one box is the top of the next, but for a rounding."""
    return [edge for before, edge in zip([-1.0, *edges], edges, strict=False) if edge - before > 1]


type _Found = tuple[Numbers, Numbers, Numbers, Numbers]
"""Of many pieces of lines: where along the line, which line, by how much it is off (all mm), how well it is seen."""


def _offsets(dark: Darkness, lines: list[float], begin: float, end: float, most: float) -> _Found:
    """Follow horizontal lines from left to right."""
    reach = round(most * PER_MM)
    chunks = max(1, int((end - begin) // _CHUNK))
    left = round(begin * PER_MM)
    seen = np.zeros((len(lines), chunks, 2 * reach + 1), dtype=np.float32)
    margin = reach + PER_MM
    for number, line in enumerate(lines):
        top = round(line * PER_MM) - margin
        strip = np.zeros((2 * margin + 1, chunks * _CHUNK * PER_MM), dtype=np.float32)
        part = dark[max(0, top) : top + 2 * margin + 1, left : left + strip.shape[1]]
        strip[max(0, -top) : max(0, -top) + part.shape[0], : part.shape[1]] = np.minimum(part, _LINE_DARK)
        pieces = strip.reshape(2 * margin + 1, chunks, _PIECES, -1).mean(axis=3)
        profile: Numbers = np.median(pieces, axis=2)  # what is in one piece alone is no line
        profile = cv2.GaussianBlur(profile, (1, 5), 0, sigmaY=1.0)
        beside = PER_MM * 6 // 10
        ridge = profile - np.maximum(np.roll(profile, beside, axis=0), np.roll(profile, -beside, axis=0))
        seen[number] = np.maximum(ridge, 0)[margin - reach : margin + reach + 1].T
    path = _followed(seen)
    strength = np.take_along_axis(seen, path[:, :, None], axis=2)[:, :, 0]
    along = begin + (np.arange(chunks) + 0.5) * _CHUNK
    rounding = np.array([round(line * PER_MM) / PER_MM - line for line in lines])
    off = (path - reach) / PER_MM + rounding[:, None]
    where = np.broadcast_to(along, path.shape)
    which = np.broadcast_to(np.array(lines)[:, None], path.shape)
    return where.ravel(), which.ravel(), off.ravel(), strength.ravel().astype(np.float64)


def _followed(seen: Numbers) -> Numbers:
    """Return for each line the way through its chunks along which most of it is seen (Viterbi)."""
    lines, chunks, offsets = seen.shape
    best = seen - _OFF_COST * np.abs(np.arange(offsets) - offsets // 2)
    came = np.zeros(seen.shape, dtype=np.int64)
    for chunk in range(1, chunks):
        options = np.full((2 * _STEEP + 1, lines, offsets), -np.inf, dtype=np.float32)
        for step in range(-_STEEP, _STEEP + 1):
            begin, end = max(0, step), offsets + min(0, step)
            options[step + _STEEP, :, begin:end] = best[
                :, chunk - 1, begin - step : end - step
            ] - _STEP_COST * abs(step)
        choice = options.argmax(axis=0)
        came[:, chunk] = np.arange(offsets) - (choice - _STEEP)
        best[:, chunk] += np.take_along_axis(options, choice[None], axis=0)[0]
    path = np.zeros((lines, chunks), dtype=np.int64)
    path[:, -1] = best[:, -1].argmax(axis=1)
    for chunk in range(chunks - 1, 0, -1):
        path[:, chunk - 1] = np.take_along_axis(came[:, chunk], path[:, chunk, None], axis=1)[:, 0]
    return path


def _terms(x: Any, y: Any, frame: tuple[float, float, float, float]) -> Numbers:
    """Polynomials over the boxes, to the fourth degree."""
    left, top, right, bottom = frame
    u = np.clip(2 * (np.asarray(x) - left) / (right - left) - 1, -1.1, 1.1)
    v = np.clip(2 * (np.asarray(y) - top) / (bottom - top) - 1, -1.1, 1.1)
    return np.stack([u**i * v**j for i in range(4) for j in range(5) if i + j <= 4], axis=-1)  # noqa: PLR2004 - the degree


def _surface(
    along: Any, line: Any, off: Any, strength: Any, frame: tuple[float, float, float, float], *, turned: bool
) -> Numbers:
    """Fit a smooth bend through pieces of lines, of which some are wrong (weighed again where they are far off)."""
    terms = _terms(line, along, frame) if turned else _terms(along, line, frame)
    seen = np.clip(strength / 12.0, 0, 1) ** 2
    weights = seen
    held = np.diag([1.0 if number == 0 else 3.0 for number in range(terms.shape[1])])
    fitted = np.zeros(terms.shape[1])
    for _ in range(8):
        weighed = terms * weights[:, None]
        fitted = np.linalg.solve(terms.T @ weighed + held, weighed.T @ off)
        weights = seen / (1 + (np.abs(off - terms @ fitted) / 0.35) ** 2)
    return fitted
