"""From paper to a file: scanners, telephones, fax machines."""

import io
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from PIL import Image

from benchmarks.scans.lights import desk, lit
from benchmarks.scans.lots import Lot
from benchmarks.scans.paper import PER_MM, Picture


@dataclass(frozen=True)
class Shot:
    """How a page was taken."""

    kind: str
    """scan, photo or fax."""
    dpi: int
    turn: float
    """Degrees, clockwise."""
    lot: Lot
    """Whose lights, and machines, they are."""


def taken(page: Picture, shot: Shot, chance: np.random.Generator) -> bytes:
    """Return the file."""
    if shot.kind == "photo":
        return _photo(page, shot, chance)
    scanned = _turned(bent(page, chance, 0.3), shot, chance, perspective=0.0, beside=_lid(shot, chance))
    scanned = noisy(scanned, chance, 2.5, blur=chance.uniform(0.05, 0.12), dpi=shot.dpi)
    if shot.kind == "scan":
        return _written(scanned, "JPEG", quality=int(chance.integers(55, 92)), dpi=(shot.dpi, shot.dpi))
    return faxed(scanned, shot, chance)


_LIDS: Final = {
    Lot.TUNING: [255, 225],
    Lot.SEEN: [250, 235, 40],
    Lot.JUDGED: [240, 215, 55],
    Lot.BLIND: [245, 205, 70],
    Lot.NEW_BLIND: [252, 195, 90],
    Lot.UNSEEN: [247, 185, 115],
    Lot.PASSERS_BY: [244, 200, 125],
    Lot.VISITORS: [251, 220, 30],
}
"""How light the lid of a scanner is."""


def _lid(shot: Shot, chance: np.random.Generator) -> tuple[int, ...]:
    light = int(chance.choice(_LIDS[shot.lot]))
    return (light, light, light)


def faxed(grey: Picture, shot: Shot, chance: np.random.Generator) -> bytes:
    """Return the file of a fax machine."""
    single = cv2.cvtColor(grey, cv2.COLOR_BGR2GRAY)
    if shot.lot is Lot.TUNING:
        bright = np.where(single > chance.uniform(165, 205), 255, 0).astype(np.uint8)
    elif shot.lot is Lot.SEEN:  # a threshold of its own for each place
        bright = cv2.adaptiveThreshold(single, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, 51, 14)
    elif shot.lot is Lot.NEW_BLIND:  # one threshold, where the picture divides best, and ink that spreads
        _, bright = cv2.threshold(single, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        if chance.random() < 0.5:
            bright = cv2.erode(bright, np.ones((2, 2), np.uint8))
    elif shot.lot is Lot.UNSEEN:
        bright = _against_contrast(single, chance)
    elif shot.lot is Lot.PASSERS_BY:
        bright = _against_lightest(single, chance)
    elif shot.lot is Lot.VISITORS:
        bright = _in_raster(single, chance)
    elif shot.lot is Lot.JUDGED:  # a threshold that wanders from band to band
        bands = np.repeat(chance.uniform(170, 205, single.shape[0] // 40 + 1), 40)[: single.shape[0], None]
        bright = np.where(single > bands, 255, 0).astype(np.uint8)
    else:  # edges made sharp first, as machines do that copy
        sharp = np.clip(1.8 * single - 0.8 * cv2.GaussianBlur(single, (0, 0), 2).astype(float), 0, 255)
        light = cv2.blur(single, (151, 151)).astype(float)
        bright = np.where(sharp > light * chance.uniform(0.74, 0.84), 255, 0).astype(np.uint8)
    specks = chance.random(bright.shape) < 0.0006
    bright[specks] = 255 - bright[specks]
    buffer = io.BytesIO()
    fax = Image.fromarray(bright).convert("1", dither=Image.Dither.NONE)
    fax.save(buffer, "TIFF", compression="group4", dpi=(shot.dpi, shot.dpi))
    return buffer.getvalue()


def _against_contrast(single: Picture, chance: np.random.Generator) -> Picture:
    """Against the mean and the contrast around (Sauvola), and ink that thins."""
    wide = single.astype(np.float64)
    mean, square = cv2.blur(wide, (61, 61)), cv2.blur(wide**2, (61, 61))
    spread = np.sqrt(np.maximum(square - mean**2, 0))
    limit = mean * (1 + chance.uniform(0.12, 0.2) * (spread / 128 - 1))
    bright = np.where(single > limit, 255, 0).astype(np.uint8)
    if chance.random() < 0.3:
        bright = cv2.dilate(bright, np.ones((1, 2), np.uint8))
    return bright


def _against_lightest(single: Picture, chance: np.random.Generator) -> Picture:
    """Against the lightest around; some send one line for two."""
    around = cv2.blur(cv2.dilate(single, np.ones((31, 31), np.uint8)), (31, 31)).astype(float)
    if chance.random() < 0.25:
        height, width = single.shape
        half = cv2.resize(single, (width, height // 2), interpolation=cv2.INTER_AREA)
        single = cv2.resize(half, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.where(single > around * chance.uniform(0.75, 0.86), 255, 0).astype(np.uint8)


def _in_raster(single: Picture, chance: np.random.Generator) -> Picture:
    """Against a raster about the light around, and paper that slips at times."""
    raster = np.array([(0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5)]) / 15 - 0.5
    height, width = single.shape
    fine = np.tile(raster, (height // 4 + 1, width // 4 + 1))[:height, :width] * chance.uniform(0, 0.12)
    light = cv2.GaussianBlur(single, (0, 0), 25).astype(float)
    bright = np.where(single > light * (chance.uniform(0.76, 0.86) + fine), 255, 0).astype(np.uint8)
    if chance.random() < 0.3:
        slips = np.zeros(height, int)
        slips[chance.integers(0, height, 4)] = chance.integers(1, 4, 4)
        bright = bright[np.clip(np.arange(height) - np.cumsum(slips), 0, None)]
    return bright


def _photo(page: Picture, shot: Shot, chance: np.random.Generator) -> bytes:
    beside = desk(shot.lot, chance)
    flat = _turned(bent(page, chance, 1.6), shot, chance, perspective=chance.uniform(0, 0.08), beside=beside)
    shown = lit(flat, shot.lot, chance)
    shown = noisy(shown, chance, chance.uniform(2, 6), blur=chance.uniform(0.06, 0.2), dpi=shot.dpi)
    return _written(shown, "JPEG", quality=int(chance.integers(60, 95)))


def bent(page: Picture, chance: np.random.Generator, most: float) -> Picture:
    """Paper that does not lie flat, by up to some mm."""
    grid = chance.uniform(-most, most, (2, 4, 4)).astype(np.float32) * PER_MM * 0.6
    across, down = (cv2.resize(part, page.shape[1::-1], interpolation=cv2.INTER_CUBIC) for part in grid)
    y, x = np.mgrid[: page.shape[0], : page.shape[1]].astype(np.float32)
    return cv2.remap(page, x + across, y + down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def _turned(
    page: Picture, shot: Shot, chance: np.random.Generator, *, perspective: float, beside: tuple[int, ...]
) -> Picture:
    """The page as it lies before the camera, at its resolution."""
    height, width = page.shape[:2]
    scale = shot.dpi / 25.4 / PER_MM
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
    turn = np.radians(shot.turn)
    spin = np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))])
    placed = (corners - corners.mean(axis=0)) @ spin * scale
    placed += chance.uniform(-perspective, perspective, (4, 2)) * width * scale
    margin = (0.02 + 0.05 * chance.random(2)) * width * scale
    placed += margin - placed.min(axis=0)
    size = np.ceil(placed.max(axis=0) + margin).astype(int)
    if scale < 0.7:
        page = cv2.GaussianBlur(page, (0, 0), 0.42 / scale)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), placed.astype(np.float32))
    return cv2.warpPerspective(page, matrix, size.tolist(), flags=cv2.INTER_LINEAR, borderValue=beside)


def noisy(picture: Picture, chance: np.random.Generator, noise: float, *, blur: float, dpi: int) -> Picture:
    """Return a picture less sharp, and with grain."""
    soft = cv2.GaussianBlur(picture, (0, 0), max(0.3, blur * dpi / 25.4))
    grain = chance.normal(0, noise, picture.shape).astype(np.float32)
    return np.clip(soft + grain, 0, 255).astype(np.uint8)


def _written(picture: Picture, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture[:, :, ::-1]).save(buffer, kind, **options)
    return buffer.getvalue()
