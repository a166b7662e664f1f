"""How alike two drawn signatures are: only what hardly happens with one hand is said, and as a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist, log
from typing import Final

from cordee.conformity.rules.sheet import Stroke

_MANY_TIMES: Final = log(2.5)
"""One hand signs now wider, now narrower, now with a flourish more; not two and a half times, in both."""
_LEAST_POINTS: Final = 12


@dataclass(frozen=True, slots=True)
class Shape:
    """What stays of a signature whatever its size, as logarithms: how wide it is for its height, how much ink for its
    extent.
    """

    wide: float
    inked: float


def shape_of(strokes: Sequence[Stroke]) -> Shape | None:
    """Return the shape of a drawing; nothing of one too short to have any."""
    points = [(point[0], point[1]) for stroke in strokes for point in stroke]
    if len(points) < _LEAST_POINTS:
        return None
    width = max(x for x, _y in points) - min(x for x, _y in points)
    height = max(y for _x, y in points) - min(y for _x, y in points)
    drawn = sum(dist(a[:2], b[:2]) for stroke in strokes for a, b in pairwise(stroke))
    return Shape(log((width + 1) / (height + 1)), log((drawn + 1) / (dist((0, 0), (width, height)) + 1)))


def are_unlike(one: Shape, other: Shape) -> bool:
    """Tell whether two signatures are of very different form and of very different length of ink, both."""
    return min(abs(one.wide - other.wide), abs(one.inked - other.inked)) > _MANY_TIMES
