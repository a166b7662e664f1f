"""Whether ink in a box is a word that says "absent" (abs, absente, excusé, …) rather than a signature.

Learned from made-up writing by `benchmarks/scans/learning.py`, which writes the weights (`absent.npz`, some kB). It
is there to ask, not to decide: what looks like such a word is shown to a person.
"""

from typing import Final

import cv2
import numpy as np

from cordee.scans.learned import by_layers, learned
from cordee.scans.pictures import Mask, Numbers

HIGH, WIDE = 32, 96
"""Pixels into which ink is fitted."""
_CELL: Final = 8
_WAYS: Final = 8
"""Directions of strokes that are told apart."""
_LONGEST: Final = 5.0
"""Times as wide as high: longer ink is squeezed."""


def absent_written(ink: Mask) -> float:
    """Return how likely it is that the ink (cropped, upright) is such a word, 0 to 1."""
    return float(by_layers(learned("absent.npz"), features(ink)[None]).item())


def features(ink: Mask) -> Numbers:
    """Return the directions of strokes in the cells of a grid over the ink, its form, and how dense it is."""
    high, wide = ink.shape
    within = min(WIDE, max(8, round(HIGH * wide / high))) if wide <= _LONGEST * high else WIDE
    fitted = cv2.resize(ink.astype(np.float32), (within, HIGH), interpolation=cv2.INTER_AREA)
    canvas = np.zeros((HIGH, WIDE), np.float32)
    left = (WIDE - within) // 2
    canvas[:, left : left + within] = fitted
    soft = cv2.GaussianBlur(canvas, (0, 0), 1.0)
    across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    strength = np.hypot(across, down)
    way = np.floor(np.mod(np.arctan2(down, across), np.pi) / np.pi * _WAYS).astype(int) % _WAYS
    cells = np.stack([np.where(way == one, strength, 0) for one in range(_WAYS)])
    cells = cells.reshape(_WAYS, HIGH // _CELL, _CELL, WIDE // _CELL, _CELL).sum(axis=(2, 4))
    cells = np.sqrt(cells / (cells.sum() + 1e-6) * cells.size)
    pieces = cv2.connectedComponents(ink.astype(np.uint8))[0] - 1
    form = (wide / high / _LONGEST, float(ink.mean()), min(pieces, 12) / 12)
    return np.concatenate([cells.ravel(), np.array(form, np.float32)])
