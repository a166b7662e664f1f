"""Drawing signed sheets as photos of them: what was printed, with ink over it.

The same engine that prints draws them, so that they are there before anything that reads pictures is.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final, cast

import typst

from cordee.demo.hands import hand
from cordee.scans.layouts import BoxPlace, PageLayout

_TEMPLATE: Final = Path(__file__).with_name("photo.typ")
_PENS: Final = (("#1c2f7a", 0.5), ("#16181c", 0.45), ("#2a2a30", 0.6), ("#24408e", 0.4))
"""Colour, and width in mm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A page as it lies before the camera. Lengths in mm, angles in degrees."""

    layout: PageLayout
    page: int = 1
    """Of the printed file."""
    signed: Mapping[str, str] = field(default_factory=dict)
    """Who signs, by the box."""
    ticked: Iterable[str] = ()
    """Boxes whose row is ticked as absent."""
    desk: float = 0.0
    """How much of the desk is seen around the page; of a scan nothing."""
    aside: float = 0.0
    """How far the page lies to the right of the middle."""
    turn: float = 0.0
    lean: float = 0.0
    dark: int = 2
    """How much of the light is missing, in percent."""
    cup_on_code: bool = False


def draw(printed: bytes, shots: Sequence[Shot], *, dpi: int, rng: Random) -> list[bytes]:
    """Return a PNG of each shot of pages of a printed file (PDF)."""
    data = {"pdf": list(printed), "shots": [_told(shot, rng) for shot in shots]}
    sources = cast(Any, {"main.typ": _TEMPLATE.read_bytes()})
    drawn: Any = typst.compile(
        sources, format="png", ppi=dpi, ignore_system_fonts=True, sys_inputs={"data": json.dumps(data)}
    )
    return [drawn] if isinstance(drawn, bytes) else list(drawn)


def _told(shot: Shot, rng: Random) -> dict[str, Any]:
    left, top, size = shot.layout.code
    return {
        "width": shot.layout.width,
        "height": shot.layout.height,
        "page": shot.page,
        "desk": shot.desk,
        "aside": shot.aside,
        "turn": shot.turn,
        "lean": shot.lean,
        "dark": shot.dark,
        "cups": [(left - 2, top - 4, size + 6)] if shot.cup_on_code else [],
        "lines": list(_lines(shot, rng)),
    }


def _lines(shot: Shot, rng: Random) -> Iterable[dict[str, Any]]:
    ticked = set(shot.ticked)
    for box in shot.layout.boxes:
        if who := shot.signed.get(box.key):
            colour, width = _PENS[Random(who).randrange(len(_PENS))]
            yield {"colour": colour, "width": width, "points": _in_box(box, who, rng)}
        if box.key in ticked and box.tick:
            ticked.discard(box.key)
            left, top, side = box.tick
            for begin, end in (((0, 0), (side, side)), ((side, 0), (0, side))):
                points = [(left + begin[0], top + begin[1]), (left + end[0], top + end[1])]
                yield {"colour": _PENS[0][0], "width": 0.5, "points": points}


def _in_box(box: BoxPlace, who: str, rng: Random) -> list[tuple[float, float]]:
    """Return somebody's signature as it fits a box, in mm."""
    points = [(x, y) for stroke in hand(who, rng) for x, y, _ in stroke]
    (low_x, high_x), (low_y, high_y) = ((min(side), max(side)) for side in zip(*points, strict=True))
    height = box.height * rng.uniform(0.48, 0.64)
    width = min(box.width * 0.75, height * rng.uniform(3, 4.5))
    left = box.left + (box.width - width) * rng.uniform(0.25, 0.6)
    top = box.top + (box.height - height) * rng.uniform(0.35, 0.65)
    return [
        (
            round(left + (x - low_x) / (high_x - low_x) * width, 2),
            round(top + (y - low_y) / (high_y - low_y) * height, 2),
        )
        for x, y in points
    ]
