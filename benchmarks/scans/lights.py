"""Light on paper, and what the paper lies on: lamps, windows, shadows."""

from typing import Final

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
    elif lot is Lot.JUDGED:
        colour = np.array([(70, 110, 80), (130, 130, 135), (35, 35, 60)][int(chance.integers(3))])
        colour = colour * chance.uniform(0.7, 1.1)
    elif lot is Lot.NEW_BLIND:
        colour = np.array(
            [(90, 140, 190), (60, 50, 45), (165, 150, 140), (95, 120, 60)][int(chance.integers(4))]
        )
        colour = colour * chance.uniform(0.7, 1.05)
    elif lot is Lot.UNSEEN:
        colour = np.array([(120, 110, 160), (40, 70, 85), (185, 185, 180)][int(chance.integers(3))])
        colour = colour * chance.uniform(0.6, 1.05)
    elif lot is Lot.PASSERS_BY:
        colour = np.array(
            [(115, 70, 50), (60, 72, 108), (34, 36, 38), (160, 178, 196)][int(chance.integers(4))]
        )
        colour = colour * chance.uniform(0.65, 1.05)
    elif lot is Lot.VISITORS:  # beech, a white table, grey linoleum, dark blue
        colour = np.array(
            [(150, 185, 215), (205, 208, 210), (105, 108, 104), (92, 66, 52)][int(chance.integers(4))]
        )
        colour = colour * chance.uniform(0.75, 1.0)
    else:
        colour = np.array([(150, 165, 175), (45, 60, 50), (110, 90, 70)][int(chance.integers(3))])
        colour = colour * chance.uniform(0.7, 1.1)
    return tuple(int(part) for part in colour)


def lit(picture: Picture, lot: Lot, chance: np.random.Generator) -> Picture:
    """Return a picture as its light makes it."""
    if lot in _LIT:
        return _LIT[lot](picture, chance)
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


def _lit_by_tubes(picture: Picture, chance: np.random.Generator) -> Picture:
    """By long lamps at the ceiling, cold, one of them behind who takes the picture."""
    y, x = np.mgrid[0:1:60j, 0:1:60j]
    way = chance.uniform(0, np.pi)
    across = x * np.cos(way) + y * np.sin(way)
    light = np.full_like(x, chance.uniform(0.5, 0.75))
    for _ in range(int(chance.integers(1, 4))):
        light += chance.uniform(0.1, 0.3) * np.exp(-(((across - chance.uniform(-0.2, 1.4)) / 0.35) ** 2))
    body = (y - chance.uniform(0.3, 0.9)) * chance.choice([-1, 1]) + 0.2 * (x - 0.5)
    light *= 1 - chance.uniform(0, 0.35) / (1 + np.exp(-body * chance.uniform(15, 60)))
    return _under(picture, light[:, :, None] * np.array((1.0, 1.0, 0.93)), chance)


def _lit_outdoors(picture: Picture, chance: np.random.Generator) -> Picture:
    """Under leaves, by a low sun, or by the flash of the telephone itself."""
    y, x = np.mgrid[0:1:80j, 0:1:80j]
    what = chance.random()
    if what < 0.35:
        spots = cv2.GaussianBlur(chance.normal(0, 1, x.shape), (0, 0), chance.uniform(4, 9))
        light = 0.85 + chance.uniform(0.03, 0.1) * spots / spots.std()
    elif what < 0.7:
        away = np.hypot(x - chance.uniform(0.3, 0.7), y - chance.uniform(0.3, 0.7))
        light = 1.1 - chance.uniform(0.3, 0.8) * away
    else:  # a low sun, and a hard edge of shade
        edge = (x - chance.uniform(0.1, 0.9)) * chance.normal() + (y - 0.5) * chance.normal()
        light = (1 - 0.3 * x) * (1 - chance.uniform(0.1, 0.4) / (1 + np.exp(-edge * 90)))
    tint = np.array([(1.0, 0.98, 0.95), (0.8, 0.94, 1.0), (0.95, 1.0, 0.93)][int(chance.integers(3))])
    return _under(picture, np.clip(light, 0.15, 1.15)[:, :, None] * tint, chance)


def _lit_by_screens(picture: Picture, chance: np.random.Generator) -> Picture:
    """In a dark room: the beam of a projector on part of the paper, a cold screen from one side, a dim lamp."""
    y, x = np.mgrid[0:1:80j, 0:1:80j]
    light = np.full((*x.shape, 3), chance.uniform(0.45, 0.7)) * np.array((0.86, 0.95, 1.0))
    side = np.clip(1 - np.abs(x - chance.choice([0.0, 1.0])) * chance.uniform(0.7, 1.6), 0, 1)
    light += chance.uniform(0.05, 0.35) * side[:, :, None] * np.array((1.0, 0.93, 0.82))
    if chance.random() < 0.45:  # the beam ends on the paper, along a soft edge
        way, sharp = chance.uniform(0, 2 * np.pi), chance.uniform(12, 70)
        edge = (x - chance.uniform(0.2, 0.8)) * np.cos(way) + (y - chance.uniform(0.2, 0.8)) * np.sin(way)
        light += (chance.uniform(0.08, 0.3) / (1 + np.exp(-edge * sharp)))[:, :, None]
    away = np.hypot(x - 0.5, y - 0.5)
    light *= (1 - chance.uniform(0, 0.5) * away**2)[:, :, None]
    return _under(picture, np.clip(light, 0.12, 1.12), chance)


def _lit_from_near(picture: Picture, chance: np.random.Generator) -> Picture:
    """By a lamp that stands beside the paper; in its light are fingers or the telephone, or a pocket that shines."""
    y, x = np.mgrid[0:1:90j, 0:1:90j]
    away = np.hypot(x - chance.uniform(-0.4, 1.4), y - chance.uniform(-0.4, 1.4))
    light = 0.35 + 0.7 / (1 + (away / chance.uniform(1, 2.2)) ** 2) ** 1.5
    what, deep = chance.random(), chance.uniform(0.1, 0.4)
    if what < 0.3:
        light *= 1 - deep * _fingers(x, y, chance)
    elif what < 0.6:  # the telephone, its corners round
        wide, high = chance.uniform(0.1, 0.2), chance.uniform(0.2, 0.4)
        off = ((x - chance.random()) / wide) ** 6 + ((y - chance.choice([0.1, 0.9])) / high) ** 6
        light *= 1 - deep / (1 + np.clip(off, 0, 1e6) ** chance.uniform(0.5, 1.5))
    elif what < 0.75:  # a clear pocket, with folds that shine
        across = x + chance.normal(0, 0.3) * y - chance.uniform(0.1, 0.9)
        light += chance.uniform(0.05, 0.2) * np.exp(-np.abs(np.sin(6 * across)) * 14)
    bulb = np.array([(0.74, 0.9, 1.0), (0.88, 0.96, 1.0), (1.0, 0.97, 0.95)][int(chance.integers(3))])
    return _under(picture, np.clip(light, 0.15, 1.12)[:, :, None] * bulb, chance)


def _lit_in_class(picture: Picture, chance: np.random.Generator) -> Picture:
    """From a ceiling of panels: a telephone's shadow for each of two, paper that swells; some have it whitened."""
    y, x = np.mgrid[0:1:90j, 0:1:90j]
    light = _fading(x, y, chance, 0.3)
    way = chance.uniform(0, np.pi)
    swell = np.sin((x * np.cos(way) + y * np.sin(way)) * chance.uniform(3, 9) + chance.uniform(0, 6))
    light *= 1 + chance.uniform(0, 0.06) * swell
    if chance.random() < 0.6:
        middle, apart = chance.uniform(0.1, 0.9, 2), chance.normal(0, 0.09, 2)
        for place in (middle, middle + apart):
            off = np.maximum(np.abs(x - place[0]) / 0.14, np.abs(y - place[1]) / 0.24)
            light *= 1 - chance.uniform(0.04, 0.2) / (1 + np.exp((off - 1) * chance.uniform(8, 30)))
    corner = np.hypot(x - 0.5, y - 0.5)
    light *= 1 - chance.uniform(0, 0.35) * corner**2
    panel = np.array([(1.0, 0.99, 0.94), (0.84, 0.94, 1.0), (0.97, 1.0, 0.97)][int(chance.integers(3))])
    shown = _under(picture, np.clip(light, 0.2, 1.1)[:, :, None] * panel, chance)
    return _whitened(shown, chance) if chance.random() < 0.25 else shown


def _whitened(picture: Picture, chance: np.random.Generator) -> Picture:
    """Return a picture as an application makes it that is to turn photos into scans."""
    height, width = picture.shape[:2]
    small = cv2.resize(picture, (max(8, width // 16), max(8, height // 16)), interpolation=cv2.INTER_AREA)
    ground = cv2.GaussianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), (0, 0), 4)
    # What is much darker than paper is no paper: it stays dark.
    ground = np.maximum(ground, 0.72 * np.percentile(small, 90, axis=(0, 1)))
    whole = cv2.resize(ground, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    flat = picture / np.maximum(whole, 20)
    return np.clip(255 * (1 + chance.uniform(1.0, 1.5) * (flat - chance.uniform(0.97, 1.0))), 0, 255).astype(
        np.uint8
    )


def _fingers(x: Grid, y: Grid, chance: np.random.Generator) -> Grid:
    """Return how much each place lies in the shadow of a hand that holds the paper by one side."""
    side, soft = bool(chance.random() < 0.5), chance.uniform(40, 160)
    begin, dark = chance.uniform(0.1, 0.6), np.zeros_like(x)
    for number in range(int(chance.integers(2, 5))):
        long, middle = chance.uniform(0.1, 0.3), begin + 0.075 * number
        past = np.maximum((x if side else 1 - x) - long, 0)
        dark = np.maximum(dark, 1 / (1 + np.exp((np.hypot(past, y - middle) - 0.028) * soft)))
    return dark


def _under(picture: Picture, light: Grid, chance: np.random.Generator) -> Picture:
    whole = cv2.resize(light.astype(np.float32), picture.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip(picture * whole * chance.uniform(0.7, 0.98), 0, 255).astype(np.uint8)


_LIT: Final = {
    Lot.JUDGED: _lit_by_tubes,
    Lot.BLIND: _lit_by_two,
    Lot.NEW_BLIND: _lit_outdoors,
    Lot.UNSEEN: _lit_by_screens,
    Lot.PASSERS_BY: _lit_from_near,
    Lot.VISITORS: _lit_in_class,
}
"""The lights of the sets that nothing is learned from."""
