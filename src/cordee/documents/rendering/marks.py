"""What stands in the boxes of the final sheet: signatures as they were drawn, as pictures that do not get coarse."""

from collections.abc import Iterable, Mapping
from typing import Any

from cordee.documents.rendering.sheet_data import SheetMark, Strokes
from cordee.documents.rendering.wording import one_line

_EDGE = 12
_PEN = 9
"""In units of the box that was drawn in, of which the longer side has 1,000."""


def cells(marks: Iterable[SheetMark], files: dict[str, bytes]) -> list[Mapping[str, Any]]:
    """Return what the template puts into the boxes of a row, the pictures put among the files."""
    return [
        {
            "picture": _picture(mark.strokes, files) if mark.strokes else None,
            "words": one_line(mark.words),
            "detail": one_line(mark.detail),
        }
        for mark in marks
    ]


def _picture(strokes: Strokes, files: dict[str, bytes]) -> str:
    name = f"signature-{len(files)}.svg"
    files[name] = drawing(strokes).encode()
    return name


def drawing(strokes: Strokes) -> str:
    """Return what was drawn as an SVG that stands alone, cut to where there is ink."""
    lines = "".join(f'<path d="{line}"/>' for line in lines_of(strokes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{frame_of(strokes)}">'
        f'<g fill="none" stroke="#16202c" stroke-width="{_PEN}" stroke-linecap="round" stroke-linejoin="round">'
        f"{lines}</g></svg>"
    )


def frame_of(strokes: Strokes) -> str:
    """Return the `viewBox` of what was drawn: where there is ink, with an edge."""
    points = [point for stroke in strokes for point in stroke]
    left, top = (min(p[axis] for p in points) - _EDGE for axis in (0, 1))
    right, bottom = (max(p[axis] for p in points) + _EDGE for axis in (0, 1))
    return f"{left} {top} {right - left} {bottom - top}"


def lines_of(strokes: Strokes) -> list[str]:
    """Return the strokes as paths; a dot is a line of no length."""
    return [_line(stroke) for stroke in strokes if stroke]


def _line(stroke: tuple[tuple[int, int], ...]) -> str:
    first, *others = stroke
    return f"M{first[0]} {first[1]}" + "".join(f"L{x} {y}" for x, y in others or [first])
