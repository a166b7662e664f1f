"""What a reader of pages answers."""

from dataclasses import dataclass, field
from enum import StrEnum


class Problem(StrEnum):
    """What is wrong with a page, or with the picture of it."""

    NO_CODE = "no_code"
    """No QR code was found; the page is not known, and nothing of it is read."""
    UNKNOWN_SHEET = "unknown_sheet"
    """There is a code, but no page of ours has it."""
    NO_MARKS = "no_marks"
    """Fewer than two corner marks were found: boxes cannot be placed, and none is read."""
    CUT = "cut"
    """A corner of the page is not on the picture. What is, is read."""
    TOO_DARK = "too_dark"
    BLURRED = "blurred"
    BLANK = "blank"
    """Nothing is printed: the back of a sheet."""


@dataclass(frozen=True, kw_only=True)
class BoxRead:
    """What was seen in a box."""

    key: str
    signed: bool
    absent_ticked: bool
    """Whether the place to tick beside the name is ticked, for all boxes of the row alike."""
    confidence: float
    """In `signed`, from 0.5 (nobody knows) to 1."""
    unsure: bool
    """Whether a person has to look: the answer is a guess, or there is something else than a signature."""
    place: tuple[int, int, int, int]
    """On the straightened picture: left, top, width, height in pixels."""


@dataclass(frozen=True, kw_only=True)
class PageRead:
    """What was read of one page; of a picture without any, one of these with its problems."""

    code: str | None
    """What the QR code of the page says."""
    rotation: float = 0.0
    """Degrees by which the page lies turned on the picture, clockwise, 0 to 360."""
    quality: float = 0.0
    """From 0 (nothing can be seen) to 1."""
    boxes: tuple[BoxRead, ...] = ()
    """In the order of the layout."""
    problems: tuple[Problem, ...] = ()
    straightened: bytes = field(default=b"", repr=False)
    """The page alone, upright, as JPEG; empty when it could not be placed."""

    @property
    def unsure(self) -> bool:
        """Whether a person has to look at the page."""
        return bool(self.problems) or any(box.unsure for box in self.boxes)
