"""From a picture to the pages on it: code, place, ink, boxes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from cordee.scans.answers import BoxRead, PageRead, Problem
from cordee.scans.codes import Code, codes_in
from cordee.scans.files import Picture
from cordee.scans.ink import ink_of
from cordee.scans.judging import judge, misplaced
from cordee.scans.layouts import BoxPlace, PageLayout
from cordee.scans.looking import Look, looks_into
from cordee.scans.owning import owned
from cordee.scans.pictures import Colours, Grey, Numbers, Points
from cordee.scans.placing import Placed, moved, place, rotation
from cordee.scans.seeing import pictures_into
from cordee.scans.several import a_sheet_without_code, edges_of, meets
from cordee.scans.straightening import bend_of, darkness, straightened

_DARK: Final = 45
"""Of 255: where nine tenths of a picture are darker, nothing of it can be trusted."""
_LARGE: Final = 800
_EMPTY: Final = 60
"""Least difference between the darkest and the lightest of a picture on which something is printed."""
_SOFT: Final = 6
"""Least variation of edges of a picture that is sharp."""
_JPEG: Final = (cv2.IMWRITE_JPEG_QUALITY, 80)
_ELSEWHERE: Final = 0.6
"""How large what is beside the pages found has to be, against them, for another one to lie there."""

cv2.setNumThreads(1)  # the worker shares its machine with who waits for a page


def read(picture: Picture, layout_for: Callable[[str], PageLayout | None]) -> list[PageRead]:
    """See `pages.read_page`."""
    colours = picture.pixels
    grey = cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    codes = codes_in(grey)
    known = [(code, layout) for code in codes if (layout := layout_for(code.text))]
    if not known:
        return [_unknown(grey, codes)]
    sheets = [_Sheet(code, layout, place(grey, code, layout)) for code, layout in known]
    rest = _beside(grey, [sheet.edges for sheet in sheets if sheet.edges is not None])
    if rest is not None:
        more = [(code, layout) for code in codes_in(rest, tries=2) if (layout := layout_for(code.text))]
        sheets += [_Sheet(code, layout, place(grey, code, layout)) for code, layout in more]
    pages = [
        _page(colours, grey, sheet, [other for other in sheets if other is not sheet]) for sheet in sheets
    ]
    found = [(sheet.placed, sheet.layout) for sheet in sheets if sheet.placed]
    if found and a_sheet_without_code(grey, found):
        pages.append(PageRead(code=None, problems=(Problem.NO_CODE,)))
    return pages


@dataclass(frozen=True, eq=False)
class _Sheet:
    """A sheet whose code was found, and where it lies, if that was found, too."""

    code: Code
    layout: PageLayout
    placed: Placed | None

    @property
    def edges(self) -> Points | None:
        return edges_of(self.placed, self.layout) if self.placed else None


def _page(colours: Colours, grey: Grey, sheet: _Sheet, others: list[_Sheet]) -> PageRead:
    code, layout, placed = sheet.code, sheet.layout, sheet.placed
    if placed is None:
        dark = (Problem.TOO_DARK,) if _is_dark(grey) else ()
        return PageRead(code=code.text, problems=(Problem.NO_MARKS, *dark))
    flat = _flat(colours, grey, placed, layout)
    boxes: tuple[BoxRead, ...] = ()
    if layout.boxes:
        over = [other.edges for other in others if other.edges is not None]
        boxes = judge(ink_of(flat, layout), layout, lambda box: _shown(grey, placed, box))
        boxes = tuple(
            replace(read, unsure=True, confidence=0.5)
            if any(meets(box, placed, edges) for edges in over)
            else read
            for box, read in zip(layout.boxes, boxes, strict=True)
        )
    problems = (Problem.CUT,) if placed.cut else ()
    _, encoded = cv2.imencode(".jpg", flat, _JPEG)
    return PageRead(
        code=code.text,
        rotation=round(rotation(placed.matrix, layout), 1),
        quality=round(_quality(flat), 2),
        boxes=boxes,
        problems=problems,
        straightened=encoded.tobytes(),
    )


def _flat(colours: Colours, grey: Grey, placed: Placed, layout: PageLayout) -> Colours:
    bend = bend_of(darkness(straightened(grey, placed.matrix, layout)), layout) if layout.boxes else None
    return straightened(colours, placed.matrix, layout, bend)


def looks_of(picture: Picture, code: str, layout: PageLayout) -> tuple[dict[str, Look], Numbers]:
    """Return what there is in each box of a page, and its pictures, to learn from; nothing where none is found."""
    grey = cv2.cvtColor(picture.pixels, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    for found in codes_in(grey):
        if found.text == code and (placed := place(grey, found, layout)):
            ink = ink_of(_flat(picture.pixels, grey, placed, layout), layout)
            whose = owned(layout.boxes, ink)
            looks = looks_into(layout, ink, whose)
            if not misplaced(looks, ink, layout):
                return looks, pictures_into(layout, ink, whose)
    return {}, np.zeros(0)


def _shown(grey: Grey, placed: Placed, box: BoxPlace) -> bool:
    """Whether all of a box is on the picture."""
    right, bottom = box.left + box.width, box.top + box.height
    edges = moved(
        placed.matrix, np.array([(box.left, box.top), (right, box.top), (right, bottom), (box.left, bottom)])
    )
    height, width = grey.shape
    return bool((edges >= 0).all() and (edges < (width, height)).all())


def _quality(flat: Colours) -> float:
    """How sharp what is printed is, from 0 to 1."""
    grey = cv2.cvtColor(
        cv2.resize(flat, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY
    )
    low, high = np.percentile(grey, (0.5, 95))
    edges = np.abs(cv2.Laplacian(grey, cv2.CV_32F))
    sharp = np.percentile(edges, 99.5) / max(1.0, high - low)
    return float(np.clip(sharp / 1.2, 0, 1))


def _unknown(grey: Grey, codes: list[Code]) -> PageRead:
    """A picture without a page of ours, and what is wrong with it."""
    if codes:
        return PageRead(code=codes[0].text, problems=(Problem.UNKNOWN_SHEET,))
    small = _smaller(grey)
    if _is_dark(grey):
        return PageRead(code=None, problems=(Problem.NO_CODE, Problem.TOO_DARK))
    if np.percentile(small, 99.9) - np.percentile(small, 0.1) < _EMPTY:
        return PageRead(code=None, problems=(Problem.NO_CODE, Problem.BLANK))
    if cv2.Laplacian(small, cv2.CV_32F).std() < _SOFT:
        return PageRead(code=None, problems=(Problem.NO_CODE, Problem.BLURRED))
    return PageRead(code=None, problems=(Problem.NO_CODE,))


def _smaller(grey: Grey) -> Grey:
    if max(grey.shape) <= _LARGE:
        return grey
    return cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA).astype(np.uint8)


def _is_dark(grey: Grey) -> bool:
    return bool(np.percentile(_smaller(grey), 90) < _DARK)


def _beside(grey: Grey, places: list[Points]) -> Grey | None:
    """Return the picture without the pages found, when there is room for another."""
    covered = np.zeros_like(grey)
    for corners in places:
        cv2.fillConvexPoly(covered, corners.astype(np.int32), 1)
    if not places or 1 - covered.mean() < _ELSEWHERE * covered.mean() / len(places):
        return None
    return np.where(covered == 1, 255, grey).astype(np.uint8)
