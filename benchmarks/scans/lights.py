"""Light on paper, and what the paper lies on: lamps, windows, shadows."""

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.scans.lots import Lot
from benchmarks.scans.paper import Picture

type Grid = NDArray[np.float64]


def desk(lot: Lot, chance: np.random.Generator) -> tuple[int, ...]:
    """Return the colour of what lies under the paper."""
    if lot is Lot.TUNING:
        colour = np.array([60, 90, 120]) * chance.uniform(0.6, 1.2)
    elif lot is Lot.SEEN:
        colour = chance.uniform(30, 120, 3)
    else:
        colour = np.array([(150, 165, 175), (45, 60, 50), (110, 90, 70)][int(chance.integers(3))])
        colour = colour * chance.uniform(0.7, 1.1)
    return tuple(int(part) for part in colour)


def lit(picture: Picture, lot: Lot, chance: np.random.Generator) -> Picture:
    """Return a picture as its light makes it."""
    if lot is Lot.BLIND:
        return _lit_by_two(picture, chance)
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:1:40j, 0:1:40j]
    angle = chance.uniform(0, 2 * np.pi)
    slope = x * np.cos(angle) + y * np.sin(angle)
    light = 1 - chance.uniform(0, 0.35) * (slope - slope.min()) / np.ptp(slope)
    if lot is Lot.SEEN:  # a lamp, and the shadow of a hand with a soft edge
        away = np.hypot(x - chance.random(), y - chance.random())
        light *= 1.05 - chance.uniform(0, 0.4) * away
        edge = (x - chance.uniform(0.2, 0.8)) * np.cos(2 * angle) + (y - chance.uniform(0.2, 0.8)) * np.sin(
            2 * angle
        )
        light *= 1 - chance.uniform(0, 0.4) / (1 + np.exp(-edge * chance.uniform(30, 120)))
    elif chance.random() < 0.5:
        light *= np.where(slope > chance.uniform(0.2, 0.8), 1 - chance.uniform(0, 0.3), 1)
    smooth = cv2.resize(light.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    warmth = (
        (1 - chance.uniform(0, 0.25), 1 - chance.uniform(0, 0.08), 1.0)
        if lot is Lot.SEEN
        else (0.97, 1.0, 1.0)
    )
    whole = chance.uniform(0.7, 0.97)
    return np.clip(picture * (smooth[:, :, None] * np.array(warmth) * whole), 0, 255).astype(np.uint8)


def _lit_by_two(picture: Picture, chance: np.random.Generator) -> Picture:
    """By a window of one colour and a lamp of another; with bars, a head in the way, or a shine."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:1:90j, 0:1:90j]
    colder = _fading(x, y, chance, 0.45)[:, :, None] * np.array((1.0, 0.97, 0.9))
    warmer = _fading(x, y, chance, 0.6)[:, :, None] * np.array((0.72, 0.9, 1.0))
    share = chance.uniform(0.3, 0.9)
    light = share * colder + (1 - share) * warmer
    what = chance.random()
    if what < 0.25:  # bars of a window
        way = chance.uniform(0, np.pi)
        wave = np.sin((x * np.cos(way) + y * np.sin(way)) * chance.uniform(8, 22))
        light = light * (1 - chance.uniform(0.05, 0.22) / (1 + np.exp(-wave * 14)))[:, :, None]
    elif what < 0.6:  # a head, or a telephone
        from_middle = np.hypot((x - chance.random()) / chance.uniform(0.15, 0.5), (y - chance.random()) / 0.3)
        light = light * (1 - chance.uniform(0.1, 0.45) / (1 + np.exp((from_middle - 1) * 12)))[:, :, None]
    elif what < 0.75:
        far = np.hypot(x - chance.random(), y - chance.random())
        light = light + chance.uniform(0.1, 0.3) * np.exp(-((far / 0.15) ** 2))[:, :, None]
    whole = cv2.resize(light.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(picture * whole * chance.uniform(0.62, 0.98), 0, 255).astype(np.uint8)


def _fading(x: Grid, y: Grid, chance: np.random.Generator, most: float) -> Grid:
    away = np.hypot(x - chance.uniform(-0.3, 1.3), y - chance.uniform(-0.3, 1.3))
    return 1 - chance.uniform(0, most) * away / away.max()
