"""Signed, empty, or to be looked at: what the ink in a box says.

Two witnesses are heard: trees (`signed.npz`, grown by `benchmarks/scans/weighing.py`) that weigh what `looking` has
measured, and the nets of `seeing`, which look at the box as a whole. A person is asked where both together are not
certain, where they do not agree, and where they have been wrong without knowing it.
"""

import math
from collections.abc import Callable
from typing import Final

import cv2
import numpy as np

from cordee.scans.answers import BoxRead
from cordee.scans.ink import Ink, lines_seen
from cordee.scans.layouts import BoxPlace, PageLayout
from cordee.scans.learned import by_trees, learned
from cordee.scans.looking import Look, looks_into
from cordee.scans.owning import length_of, owned, pixels
from cordee.scans.pictures import Numbers
from cordee.scans.seeing import KINDS, pictures_into, seen
from cordee.scans.straightening import PER_MM

type Verdict = tuple[bool, float, bool]
"""Whether a box is signed, how certain that is (0.5 to 1), and whether a person has to look."""

_NETS: Final = 0.65
"""Weight of what the nets say, against the trees."""
_RARER: Final = 0.5
"""Words for an absence are that much rarer on sheets than among what the nets were shown."""
_EMPTY, _SIGNED = -1.2, 1.1
"""Odds (logarithm) that a box is signed, at most or at least, for nobody to be asked."""
_SUREST: Final = 0.004
"""Nobody is surer than this, and outweighs the other."""
_ALONE: Final = 0.6
"""How likely the nets alone have to find what both together say."""
_ABSENT: Final = 0.1
"""How likely the nets may find "absent" at most."""
_GUESS: Final = 0.6
"""Confidence in what is but the likelier of two."""
_BLOT: Final = 0.7
"""Part of its field that is ink: a word may be hidden in it."""
_STAMPED: Final = 0.05
"""Part of a box over which a stamp lies: what is in it may be of the stamp."""
_PERHAPS_HERE: Final = (0.3, 2.1)
"""Part of a stroke of another box that lies in this one, and how much ink (as `looking` tells lengths: 8 mm)."""
_LINES: Final = 0.6
"""Part of the printed lines that are where they should be on a page that was placed well."""
_NO_LINES, _INK_ONLY = 0.2, 1.0
"""Fewer lines are there on a fax that has lost them; what it has kept is as dark as ink can be."""


def judge(ink: Ink, layout: PageLayout, on_picture: Callable[[BoxPlace], bool]) -> tuple[BoxRead, ...]:
    """Return what is in each box.

    :param on_picture: whether the picture shows all of a box.
    """
    whose = owned(layout.boxes, ink)
    looks = looks_into(layout, ink, whose)
    weighed = by_trees(learned("signed.npz"), values(list(looks.values())))
    witnesses = zip(looks, weighed, seen(pictures_into(layout, ink, whose)), strict=True)
    verdicts = {
        key: _verdict(float(trees), dict(zip(KINDS, said.tolist(), strict=True)), looks[key])
        for key, trees, said in witnesses
    }
    elsewhere = misplaced(looks, ink, layout)
    told = []
    for box in layout.boxes:
        signed, confidence, unsure = verdicts[box.key] if on_picture(box) else (False, 0.5, True)
        if elsewhere:
            confidence, unsure = min(confidence, _GUESS), True
        told.append(_told(box, (signed, confidence, unsure), ink))
    return tuple(told)


def misplaced(looks: dict[str, Look], ink: Ink, layout: PageLayout) -> bool:
    """Whether boxes may not be where they are thought to be, and be those of somebody else."""
    lines = lines_seen(ink.dark, layout)
    faxed = lines < _NO_LINES and any(look["page_dark"] > _INK_ONLY for look in looks.values())
    return lines < _LINES and not faxed


def values(looks: list[Look]) -> Numbers:
    """Return looks as rows of numbers, in the order of their names."""
    return np.array([[look[name] for name in sorted(look)] for look in looks], np.float32)


def _verdict(weighed: float, said: dict[str, float], look: Look) -> Verdict:
    by_nets = said["signed"] / (1 - (1 - _RARER) * said["absent"])
    odds = (1 - _NETS) * _odds(weighed) + _NETS * _odds(by_nets)
    signed = odds > 0
    unsure = _EMPTY < odds < _SIGNED or said["absent"] > _ABSENT
    if signed:
        unsure |= said["signed"] < _ALONE or look["density"] > _BLOT or look["under"] > _STAMPED
    else:
        share, length = _PERHAPS_HERE
        unsure |= said["signed"] > 1 - _ALONE or (look["other_share"] > share and look["other"] > length)
    confidence = 1 / (1 + math.exp(-abs(odds)))
    return signed, min(confidence, 0.8) if unsure else confidence, unsure


def _odds(chance: float) -> float:
    """Return how likely something is as the logarithm of its odds: 0 is as likely as not."""
    within = min(max(chance, _SUREST), 1 - _SUREST)
    return math.log(within / (1 - within))


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
_TALL: Final = 8.0
"""mm: what is higher, and reaches in, is part of something else: a stamp, the ring of a cup, a large signature."""


def _tick(box: BoxPlace, ink: Ink) -> tuple[bool, bool]:
    """Return whether the place is ticked, and whether that is uncertain."""
    if box.tick is None:
        return False, False
    left, top = _printed_tick(box.tick, ink)
    inner = round(_TICK_EDGE * PER_MM)
    side = round(box.tick[2] * PER_MM) - 2 * inner
    part = ink.labels[top + inner : top + inner + side, left + inner : left + inner + side]
    amount = length_of(part > 0)
    tall = ink.boxes[np.unique(part[part > 0]), 3].max(initial=0) > _TALL * PER_MM
    return amount > _TICKED, amount > _MARKED and (amount <= _TICKED or bool(tall))


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
