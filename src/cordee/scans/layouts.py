"""What a reader of pages is told: where everything lies on a printed page."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class BoxPlace:
    """A box to be looked into, in mm from the top left corner of the page."""

    key: str
    """Given back with what was seen there."""
    left: float
    top: float
    width: float
    height: float
    tick: tuple[float, float, float] | None = None
    """The place to tick for the absence of the person, where there is one: left, top, size."""


@dataclass(frozen=True, kw_only=True)
class PageLayout:
    """Where everything lies on a printed page, in mm from its top left corner."""

    width: float
    height: float
    marks: tuple[tuple[float, float], ...]
    """The centres of the squares in the corners: top left, top right, bottom left, bottom right."""
    mark_size: float
    code: tuple[float, float, float]
    """The QR code: left, top, size."""
    boxes: tuple[BoxPlace, ...]
