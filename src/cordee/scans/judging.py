"""Signed, empty, or to be looked at: what the ink in a box says."""

from collections.abc import Callable
from math import exp, log
from typing import Final

import cv2
import numpy as np

from cordee.scans.answers import BoxRead
from cordee.scans.ink import Ink
from cordee.scans.layouts import BoxPlace, PageLayout
from cordee.scans.looking import Look, length_of, look_into, pixels
from cordee.scans.straightening import PER_MM

type Verdict = tuple[bool, float, bool]
"""Whether a box is signed, how certain that is (0.5 to 1), and whether a person has to look."""

_SURE: Final = 0.9
"""Confidence under which a person has to look."""
_SURE_SIGNED: Final = 0.95
"""The same of a box that seems signed: that error is the worse one."""
_GUESS: Final = 0.6
"""Confidence in what is but the likelier of two."""
_HALF_LENGTH, _LENGTH_COUNTS = 6.0, 2.2
_HALF_EXTENT, _EXTENT_COUNTS = 3.5, 1.2
"""A signature is as likely as none at so many mm of strokes, and at a field of so many mm."""
_THROUGH: Final = 0.85
"""Part of the width of a box that a line drawn through a row crosses."""
_LITTLE: Final = 6.0
"""mm of strokes beside a line that are no signature."""
_MUCH: Final = 12.0
"""mm of ink from elsewhere in a box that could hide something, or be taken for it."""
_A_WORD, _PERHAPS_A_WORD = 0.95, 0.12
"""How much ink looks like "absent", when one in twenty is: likelier than not, and likely enough to ask."""
_FLAT: Final = 1.9
"""mm: lower ink is a bar under a signature, perhaps that of the next box."""
_CRUMBS: Final = 2.2
"""mm: where no stroke is larger, a fax has made dots of a stain."""
_LEFTOVER: Final = 0.42
"""Part of the height of a box: less than that, along the edge to one that is signed, may be part of that signature."""
_NEXT_TO: Final = 1.5
"""mm from an edge."""


def judge(ink: Ink, layout: PageLayout, on_picture: Callable[[BoxPlace], bool]) -> tuple[BoxRead, ...]:
    """Return what is in each box.

    :param on_picture: whether the picture shows all of a box.
    """
    looks = {box.key: look_into(box, ink) for box in layout.boxes}
    shown = {box.key: on_picture(box) for box in layout.boxes}
    verdicts = {key: verdict(look) if shown[key] else (False, 0.5, True) for key, look in looks.items()}
    for above, below in _one_above_the_other(layout):
        if _may_be_left_over(looks[below], looks[above].bottom, looks[below].top) and verdicts[above][0]:
            verdicts[below] = (False, _GUESS, True)
        elif _may_be_left_over(looks[above], looks[below].top, looks[above].bottom) and verdicts[below][0]:
            verdicts[above] = (False, _GUESS, True)
    return tuple(_told(box, verdicts[box.key], ink) for box in layout.boxes)


def verdict(look: Look) -> Verdict:
    """Judge a box by itself."""
    if look.line > _THROUGH:
        return (False, _SURE, False) if look.beside_line < _LITTLE else (False, _GUESS, True)
    if look.line > 0 and look.beside_line < _LITTLE:
        return False, _GUESS, True
    amount = log(look.length + 0.3) - log(_HALF_LENGTH)
    extent = log(max(look.width, look.height) + 0.3) - log(_HALF_EXTENT)
    chance = 1 / (1 + exp(-_LENGTH_COUNTS * amount - _EXTENT_COUNTS * extent))
    signed, confidence = chance > 0.5, max(chance, 1 - chance)  # noqa: PLR2004
    if signed and look.word > _A_WORD:
        return False, _GUESS, True
    if signed and (look.height < _FLAT or look.largest < _CRUMBS):
        return False, _GUESS, True
    doubtful = (
        look.foreign > _MUCH or look.dense or look.shared or confidence < (_SURE_SIGNED if signed else _SURE)
    )
    doubtful |= look.intruding > _MUCH or (look.length > 0 and look.stamped)
    doubtful |= signed and look.word > _PERHAPS_A_WORD
    return signed, min(confidence, 0.8) if doubtful else confidence, doubtful


def _one_above_the_other(layout: PageLayout) -> list[tuple[str, str]]:
    tops = {(box.left, round(box.top)): box.key for box in layout.boxes}
    return [
        (box.key, below)
        for box in layout.boxes
        if (below := tops.get((box.left, round(box.top + box.height)))) is not None
    ]


def _may_be_left_over(look: Look, signed_to_edge: float, from_edge: float) -> bool:
    """Whether what is in a box may be the end of the signature in the next one."""
    flat = look.height < _LEFTOVER * (look.top + look.height + look.bottom)
    return look.length > 0 and flat and from_edge < _NEXT_TO and signed_to_edge < _NEXT_TO


def _told(box: BoxPlace, judged: Verdict, ink: Ink) -> BoxRead:
    signed, confidence, unsure = judged
    ticked, tick_unsure = _tick(box, ink)
    if signed and ticked:
        confidence, unsure = min(confidence, _GUESS), True
    return BoxRead(
        key=box.key,
        signed=signed,
        absent_ticked=ticked,
        confidence=round(confidence, 3),
        unsure=unsure or tick_unsure,
        place=pixels(box),
    )


# --- the place to tick for an absence

_TICK_EDGE: Final = 0.85
"""mm of the place to tick beside its printed edge in which nothing is looked for."""
_TICK_REACH: Final = 1.4
"""mm by which it may be off: paper bends more beside the boxes."""
_FAINT: Final = 5.0
"""Darkness, on average, of a place to tick that is seen."""
_TICKED, _MARKED = 1.3, 0.5
"""mm of strokes from which a place is ticked, and from which it may be."""


def _tick(box: BoxPlace, ink: Ink) -> tuple[bool, bool]:
    """Return whether the place is ticked, and whether that is uncertain."""
    if box.tick is None:
        return False, False
    left, top = _printed_tick(box.tick, ink)
    inner = round(_TICK_EDGE * PER_MM)
    side = round(box.tick[2] * PER_MM) - 2 * inner
    part = ink.strokes[top + inner : top + inner + side, left + inner : left + inner + side]
    amount = length_of(part > 0)
    return amount > _TICKED, _MARKED < amount <= _TICKED


def _printed_tick(tick: tuple[float, float, float], ink: Ink) -> tuple[int, int]:
    """Return where the printed square begins, in pixels."""
    reach, side = round(_TICK_REACH * PER_MM), round(tick[2] * PER_MM)
    left, top = round(tick[0] * PER_MM) - reach, round(tick[1] * PER_MM) - reach
    around = ink.dark[max(0, top) : top + side + 2 * reach, max(0, left) : left + side + 2 * reach]
    if top < 0 or left < 0 or around.shape != (side + 2 * reach,) * 2:
        return left + reach, top + reach
    edge = np.full((side, side), -0.4, np.float32)
    cv2.rectangle(edge, (0, 0), (side - 1, side - 1), 1.0, 3)
    if np.clip(around, 0, 70).mean() < _FAINT:  # a fax may have lost it
        return left + reach, top + reach
    fit = cv2.matchTemplate(np.clip(around, 0, 70).astype(np.float32), edge, cv2.TM_CCORR)
    far = np.hypot(*np.mgrid[-reach : reach + 1, -reach : reach + 1])
    y, x = np.unravel_index(np.argmax(fit - far * fit.max() * 0.008), fit.shape)
    return left + int(x), top + int(y)
