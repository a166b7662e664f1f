"""What a box looks like as a whole: small nets look at its picture, and say how likely each kind of content is.

They were shown made-up pages by `benchmarks/scans/nets.py`, which writes them (`eye-0.onnx`, `eye-1.onnx`). What they
say stands beside what the trees of `judging` make of all that is measured: two witnesses who do not know of each other.
"""

from functools import cache
from importlib.resources import files
from typing import Final

import cv2
import numpy as np

from cordee.scans.ink import Ink
from cordee.scans.layouts import BoxPlace, PageLayout
from cordee.scans.owning import Owned, pixels
from cordee.scans.pictures import Numbers

HIGH, WIDE = 64, 192
"""Pixels of the picture of a box with what is around it."""
_COARSER: Final = 3
"""Pixels of the page in one of the picture; more where the box is large."""
_AROUND: Final = 24
"""Pixels of the page around a box that are seen, at least."""
_DARKEST, _SCALE = 150, 1.7
"""What is darker counts no more than this; and what makes that white."""
KINDS: Final = ("empty", "signed", "absent", "line")
"""What the nets tell apart: "absent" in letters, and a line through the row."""
NETS: Final = 2
_OFF: Final = 5
"""Pixels by which a picture is moved to the left and to the right."""
_CERTAIN: Final = 0.98
"""How likely a kind has to be at first sight for nobody to look again."""


def pictures_into(layout: PageLayout, ink: Ink, whose: list[Owned]) -> Numbers:
    """Return each box as the nets see it, 0 to 255: dark, ink of its own, ink of others, and where the box is."""
    return np.array([_picture(box, strokes, ink) for box, strokes in zip(layout.boxes, whose, strict=True)])


def _picture(box: BoxPlace, strokes: Owned, ink: Ink) -> Numbers:
    left, top, width, height = pixels(box)
    coarser = max(_COARSER, (height + 2 * _AROUND) / HIGH, (width + 2 * _AROUND) / WIDE)
    wide, high = round(WIDE * coarser), round(HIGH * coarser)
    x, y = left + width // 2 - wide // 2, top + height // 2 - high // 2
    end_y, end_x = ink.labels.shape
    part = np.s_[max(0, y) : min(end_y, y + high), max(0, x) : min(end_x, x + wide)]
    whose = np.full(len(ink.boxes), 2, np.uint8)
    whose[0], whose[strokes.own] = 0, 1
    here = whose[ink.labels[part]]
    dark = np.clip(ink.dark[part], 0, _DARKEST) * _SCALE
    seen = np.stack([dark, (here == 1) * 255, (here > 1) * 255, np.zeros_like(dark)], axis=-1).astype(
        np.uint8
    )
    down, across = top - max(0, y), left - max(0, x)
    seen[down : down + height, across : across + width, 3] = 255
    over, before = max(0, -y), max(0, -x)
    seen = cv2.copyMakeBorder(
        seen, over, high - over - here.shape[0], before, wide - before - here.shape[1], cv2.BORDER_CONSTANT
    ).astype(np.uint8)
    return np.asarray(cv2.resize(seen, (WIDE, HIGH), interpolation=cv2.INTER_AREA).transpose(2, 0, 1))


def seen(pictures: Numbers) -> Numbers:
    """Return how likely each kind is for each picture, in the order of `KINDS`: the mean of what the nets say.

    Where they are not certain they look three times, since boxes are never quite where they are thought to be.
    """
    told = _said(pictures)
    again = told.max(axis=1) < _CERTAIN
    if again.any():
        moved = [_said(_moved(pictures[again], off)) for off in (_OFF, -_OFF)]
        told[again] = (told[again] + moved[0] + moved[1]) / 3
    return told


def _said(pictures: Numbers) -> Numbers:
    return np.asarray(np.mean([said_by(net, pictures) for net in range(NETS)], axis=0))


def _moved(pictures: Numbers, right: int) -> Numbers:
    wide = np.pad(pictures, ((0, 0), (0, 0), (0, 0), (_OFF, _OFF)))
    return wide[..., _OFF - right : _OFF - right + WIDE]


def said_by(number: int, pictures: Numbers) -> Numbers:
    """Return what one net says: a row of chances for each picture."""
    net = _net(number)
    net.setInput(pictures.astype(np.float32) / 255)
    return np.asarray(net.forward()).copy()


@cache
def _net(number: int) -> cv2.dnn.Net:
    kept = files("cordee.scans").joinpath(f"eye-{number}.onnx").read_bytes()
    return cv2.dnn.readNetFromONNX(np.frombuffer(kept, np.uint8))
