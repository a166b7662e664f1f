"""Sample photos of a session's own sheet, for who has no printer at hand: drawn when they are asked for."""

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from random import Random
from typing import Final

from cordee.demo.photos import Shot, draw
from cordee.documents.actions import print_sheets
from cordee.documents.models import PrintedSheet
from cordee.documents.reading import layout_of
from cordee.documents.rendering import RenderedPdf
from cordee.kernel.actor import Actor
from cordee.planning.models import Session
from cordee.scans.layouts import PageLayout

type Rows = dict[str, list[str]]
"""The boxes of each row of a page, by row: `enrolment:0`, `free:12`, `facilitator:0`."""
_DPI: Final = 150
_DESK: Final = 14.0


def sample(*, session: Session, kind: str, by: Actor) -> bytes:
    """Return a photo (PNG) of the first page of the sheet as it is printed now; `kind` is one of `SAMPLES`. The same
    list gives the same bytes.
    """
    printed = print_sheets(sessions=[session], by=by)
    layout = layouts(printed)[0]
    shot = SAMPLES[kind](signed(layout, session.ref))
    return draw(printed.content, [shot], dpi=_DPI, rng=Random(f"{session.ref} {kind}"))[0]


def layouts(printed: RenderedPdf) -> list[PageLayout]:
    """Return where everything lies on the pages of the first sheet of a file."""
    drawn = PrintedSheet(layout=printed.layouts[0])
    return [layout_of(drawn, page) for page in range(1, len(printed.layouts[0]) + 1)]


def rows_of(layout: PageLayout) -> Rows:
    """Return the boxes of each row of a page."""
    found = groupby((box.key for box in layout.boxes), key=lambda key: key.rpartition(":")[0])
    return {row: list(boxes) for row, boxes in found}


def signed(layout: PageLayout, whose: str) -> Shot:
    """Return a good photo of a page on which everybody signed; where no list is kept, seven people."""
    rows = rows_of(layout)
    nobody_listed = not any(row.startswith("enrolment") for row in rows)
    signing = [row for row in rows if not row.startswith("free")]
    signing += [row for row in rows if row.startswith("free")][: 7 if nobody_listed else 0]
    hands = {box: f"{whose} {row}" for row in signing for box in rows[row]}
    return Shot(layout=layout, signed=hands, desk=_DESK, turn=0.8)


def _last_listed(rows: Rows) -> str:
    """Return the last row with a name; where no list is kept, the second line."""
    listed = [row for row in rows if row.startswith("enrolment")]
    return listed[-1] if listed else list(rows)[1]


def somebody_is_absent(shot: Shot) -> Shot:
    """The last on the list does not sign, and is ticked."""
    rows = rows_of(shot.layout)
    boxes = rows[_last_listed(rows)]
    return replace(
        shot, signed={box: who for box, who in shot.signed.items() if box not in boxes}, ticked=boxes
    )


def somebody_more(shot: Shot) -> Shot:
    """Somebody who is not on the list signs on the first free line."""
    free = [row for row in rows_of(shot.layout) if row.startswith("free")]
    unsigned = [row for row in free if f"{row}:0" not in shot.signed][:1]
    boxes = [box for row in unsigned for box in rows_of(shot.layout)[row]]
    return replace(shot, signed={**shot.signed, **dict.fromkeys(boxes, "somebody more")})


SAMPLES: Final[dict[str, Callable[[Shot], Shot]]] = {
    "good": lambda shot: shot,
    "crooked": lambda shot: replace(shot, turn=8.5, lean=2.0, desk=32.0, dark=12),
    "upside-down": lambda shot: replace(shot, turn=183.0),
    "absent": somebody_is_absent,
    "free-line": somebody_more,
    "cut": lambda shot: replace(shot, turn=5.0, aside=-20.0),
    "no-code": lambda shot: replace(shot, cup_on_code=True),
    "dark": lambda shot: replace(shot, dark=93),
}
"""What can be asked for: each changes a good photo."""
