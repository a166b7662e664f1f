"""What there is in a box: how much of whose ink, its form and tone, and what is beside. Judges nothing.

A `Look` is numbers by name, of which `judging` knows what they mean for a signature. Lengths are logarithms of mm,
gaps are mm up to `_GAP`, places and sizes against the box are parts of its height.
"""

from typing import Final

import cv2
import numpy as np

from cordee.scans.ink import Ink
from cordee.scans.layouts import BoxPlace, PageLayout
from cordee.scans.owning import Owned, length_of, line_of, pixels, under_a_stamp
from cordee.scans.pictures import Darkness, Mask, Numbers
from cordee.scans.straightening import PER_MM
from cordee.scans.words import absent_written

type Look = dict[str, float]

_GAP: Final = 5.0
_BAR: Final = 6
"""How many times wider than high."""
_SMALLEST: Final = 1.0
"""mm: smaller ink is no letter."""
_LEAST: Final = 8
"""Pixels: smaller ink is no word."""
_OVER: Final = 2.0
"""mm by which a stroke leaves a box."""
_SIDES: Final = ("top", "bottom", "left", "right")
_UNLIKE: Final = 0.4
"""Difference of colours where there is no stamp."""
_CORE: Final = 0.6
"""Part of the darkness of strokes: what blurred ink fills in is lighter."""
_SPECK: Final = 1.2
"""mm: smaller ink is dust, where there is much of it."""


def looks_into(layout: PageLayout, ink: Ink, whose: list[Owned]) -> dict[str, Look]:
    """Return what there is in each box, by its key."""
    page = _of_page(ink)
    looks = {}
    for box, strokes in zip(layout.boxes, whose, strict=True):
        looks[box.key] = page | _into(box, strokes, ink)
    beside = {box.key: _beside(box, layout, looks) for box in layout.boxes}
    return {key: look | beside[key] for key, look in looks.items()}


def _log(length: float) -> float:
    return float(np.log(length + 0.3))


def _of_page(ink: Ink) -> Look:
    """How clean the paper is, and how dark its ink."""
    inked = ink.dark[ink.strokes > 0][::7]
    small = (np.maximum(ink.boxes[1:, 2], ink.boxes[1:, 3]) < _SPECK * PER_MM).sum()
    return {
        "specks": float(np.log1p(small)),
        "page_dark": float(np.median(inked)) / 100 if len(inked) else 0.0,
    }


def _into(box: BoxPlace, strokes: Owned, ink: Ink) -> Look:
    left, top, width, height = pixels(box)
    within = np.s_[top : top + height, left : left + width]
    part = ink.labels[within]
    own = np.isin(part, strokes.own) & (part > 0)
    look = {"own": _log(length_of(own)), "under": under_a_stamp(box, ink)}
    look |= _reaching("other", strokes.other, within, strokes, ink)
    look |= _reaching("large", strokes.large, within, strokes, ink)
    look |= (
        _form(own, part, strokes, ink.dark[within])
        | _outside(box, strokes, ink)
        | _tone(own, within, strokes, ink)
    )
    return look


def _reaching(name: str, which: Numbers, within: tuple[slice, slice], strokes: Owned, ink: Ink) -> Look:
    """How much of strokes that are not the box's own is in it, and how the largest piece of them lies there."""
    part = ink.labels[within]
    here = np.isin(part, which) & (part > 0)
    look = {name: _log(length_of(here))}
    look |= dict.fromkeys(
        (f"{name}_{what}" for what in ("deep", "wide", "share", "bulk", "tone", "curl")), 0.0
    )
    if not here.any():
        return look
    sizes = np.bincount(part[here], minlength=len(ink.boxes))
    largest = int(sizes.argmax())
    piece = part == largest
    rows, columns = _field(piece)
    height = part.shape[0]
    edges = (
        rows[-1] + 1 if rows[0] < _LEAST // 2 else height,
        height - rows[0] if rows[-1] > height - 4 else height,
    )
    deep = min(edges) if min(edges) < height else np.ptp(rows) + 1
    length = length_of(piece)
    return look | {
        f"{name}_deep": float(deep / height),
        f"{name}_wide": float(np.ptp(columns)) / PER_MM / 10,
        f"{name}_share": float(strokes.shares[largest]),
        f"{name}_bulk": float(piece.sum()) / PER_MM**2 / max(length, 0.1),
        f"{name}_tone": _tone_changes(largest, within, ink),
        f"{name}_curl": _log(length) - _log((np.ptp(columns) + np.ptp(rows)) / PER_MM),
    }


def _field(mask: Mask) -> tuple[Numbers, Numbers]:
    return np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))


def _tone_changes(stroke: int, within: tuple[slice, slice], ink: Ink) -> float:
    """How much the colour of a stroke within a box differs from that of the rest of it: two pens that touch."""
    left, top, width, height = ink.boxes[stroke, :4]
    around = np.s_[top : top + height, left : left + width]
    mask = ink.labels[around] == stroke
    inside = np.zeros_like(mask)
    inside[
        max(0, within[0].start - top) : max(0, within[0].stop - top),
        max(0, within[1].start - left) : max(0, within[1].stop - left),
    ] = True
    here, there = mask & inside, mask & ~inside
    if here.sum() < _LEAST or there.sum() < _LEAST:
        return 0.0
    dark, colours = ink.dark[around], ink.colours[around]
    return float(np.abs(_colour(here, dark, colours) - _colour(there, dark, colours)).max())


def _colour(mask: Mask, dark: Numbers, colours: Numbers) -> Numbers:
    """Return blue and red against green, and darkness, of the darker half of strokes: parts of the full light."""
    values = dark[mask]
    core = colours[mask][values >= np.median(values)].astype(np.float32).mean(axis=0)
    return np.array([core[0] - core[1], core[2] - core[1], np.percentile(values, 75) / 2]) / 255


def _form(own: Mask, part: Numbers, strokes: Owned, dark: Darkness) -> Look:
    names = (
        "wide",
        "high",
        "tall",
        "thick",
        "density",
        "line",
        "beside_line",
        "word",
        "curl",
        "largest",
        "count",
    )
    look = dict.fromkeys(names, 0.0) | dict.fromkeys(_SIDES, _GAP)
    if not own.any():
        return look | {"beside_line": _log(0)}
    rows, columns = _field(own)
    field = own[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    length, (height, width) = length_of(own), own.shape
    gaps = (rows[0], height - 1 - rows[-1], columns[0], width - 1 - columns[-1])
    line, beside = _longest_line(part, strokes.own)
    sizes = _sizes(part, strokes.own)
    return (
        look
        | {side: min(_GAP, float(gap) / PER_MM) for side, gap in zip(_SIDES, gaps, strict=True)}
        | {
            "wide": _log(field.shape[1] / PER_MM),
            "high": field.shape[0] / height,
            "tall": _log(field.shape[0] / PER_MM),
            "thick": float(own.sum()) / PER_MM**2 / max(length, 0.1),
            "density": float(field.mean()),
            "line": line,
            "beside_line": _log(beside),
            "word": _perhaps_a_word(part, strokes.own, dark),
            "curl": _log(length) - _log(sum(field.shape) / PER_MM),
            "largest": _log(max(sizes)),
            "count": float(np.log(len(sizes))),
        }
    )


def _sizes(part: Numbers, own: Numbers) -> list[float]:
    """Return the width or height of each stroke within the box, whichever is larger, in mm."""
    fields = [_field(part == stroke) for stroke in own]
    return [max(np.ptp(rows), np.ptp(columns)) / PER_MM for rows, columns in fields if len(rows)]


def _outside(box: BoxPlace, strokes: Owned, ink: Ink) -> Look:
    """How the strokes of a box leave it: few signatures do at two sides, stamps and rings do."""
    names = ("over", "above", "below", "sideways", "corner", "share")
    if not len(strokes.own):
        return dict.fromkeys(names, 0.0)
    left, top, width, height = pixels(box)
    own = ink.boxes[strokes.own]
    areas = own[:, 4] / own[:, 4].sum()
    above, below = (top - own[:, 1]) / height, (own[:, 1] + own[:, 3] - top - height) / height
    sideways = np.maximum(left - own[:, 0], own[:, 0] + own[:, 2] - left - width) / height
    over = _OVER * PER_MM / height
    return {
        "over": float((areas * (1 - strokes.shares[strokes.own])).sum()),
        "above": max(0.0, float(above.max())),
        "below": max(0.0, float(below.max())),
        "sideways": max(0.0, float(sideways.max())),
        "corner": float(((np.maximum(above, below) > over) & (sideways > over)).any()),
        "share": float(strokes.shares[strokes.own[own[:, 4].argmax()]]),
    }


def _tone(own: Mask, within: tuple[slice, slice], strokes: Owned, ink: Ink) -> Look:
    """How dark the strokes are, how soft their edges, and how unlike the colour of a stamp over them."""
    names = ("dark", "faint", "soft", "unlike_stamp")
    if not own.any():
        return dict.fromkeys(names, 0.0) | {"unlike_stamp": _UNLIKE}
    dark, colours = ink.dark[within], ink.colours[within]
    slope = np.hypot(cv2.Sobel(dark, cv2.CV_32F, 1, 0), cv2.Sobel(dark, cv2.CV_32F, 0, 1))
    near = cv2.dilate(own.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    high, low = np.percentile(dark[own], (75, 25))
    stamp = np.isin(ink.labels[within], strokes.large) & (ink.labels[within] > 0)
    unlike = _UNLIKE
    if stamp.sum() > _LEAST:
        unlike = float(np.abs(_colour(own, dark, colours) - _colour(stamp, dark, colours)).max())
    return {
        "dark": float(high) / 100,
        "faint": float(low) / max(1.0, float(high)),
        "soft": float(np.percentile(slope[near], 80)) / 4 / max(20.0, float(high)),
        "unlike_stamp": unlike,
    }


def _longest_line(part: Numbers, own: Numbers) -> tuple[float, float]:
    """Return how much of the width the longest straight stroke crosses, and the length of the others."""
    lengths = [(line_of(part == stroke), length_of(part == stroke)) for stroke in own]
    together = np.isin(part, own)
    lengths.append((line_of(together), length_of(together)))  # in two pieces, perhaps
    longest = max(lengths)
    return longest[0], lengths[-1][1] - longest[1]


def _perhaps_a_word(part: Numbers, own: Numbers, dark: Darkness) -> float:
    """Return how much the strokes look like a word, as they are, or without what blur has filled in."""
    core = dark > _CORE * np.percentile(dark[np.isin(part, own) & (part > 0)], 85)
    return max(_word(part, own), _word(np.where(core, part, 0), own))


def _word(part: Numbers, own: Numbers) -> float:
    """Return how much the strokes look like a word that says absent, but for mere lines and specks."""
    mask = np.isin(part, [stroke for stroke in own if not _is_no_letter(part == stroke)]) & (part > 0)
    rows, columns = _field(mask)
    if len(rows) < _LEAST or len(columns) < _LEAST:
        return 0.0
    return absent_written(mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def _is_no_letter(stroke: Mask) -> bool:
    rows, columns = _field(stroke)
    if not len(rows) or max(np.ptp(rows), np.ptp(columns)) < _SMALLEST * PER_MM:
        return True
    return bool(np.ptp(columns) > _BAR * np.ptp(rows) + _BAR)


def _beside(box: BoxPlace, layout: PageLayout, looks: dict[str, Look]) -> Look:
    """What is in the boxes around: a signature there may reach into this one, in pieces of its own."""
    right, bottom = box.left + box.width, box.top + box.height
    found = (
        {f"{side}_own": _log(0) for side in _SIDES}
        | {f"{side}_gap": _GAP for side in _SIDES}
        | {"row_line": 0.0}
    )
    facing = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}
    for other in layout.boxes:
        same_row, same_column = _near(other.top, box.top), _near(other.left, box.left)
        if same_row and other is not box:
            found["row_line"] = max(found["row_line"], looks[other.key]["line"])
        side = ""
        if same_column:
            above, below = _near(other.top + other.height, box.top), _near(other.top, bottom)
            side = "top" if above else "bottom" if below else ""
        elif same_row:
            before, after = _near(other.left + other.width, box.left), _near(other.left, right)
            side = "left" if before else "right" if after else ""
        if side:
            found[f"{side}_own"] = looks[other.key]["own"]
            found[f"{side}_gap"] = looks[other.key][facing[side]]
    return found


def _near(one: float, other: float) -> bool:
    return abs(one - other) < 0.5  # noqa: PLR2004 - mm
