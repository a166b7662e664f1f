"""The life of a deposited file and of each page on it, what may be wrong with them, and how much is taken at once."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from cordee.kernel.states import Machine, Move


class FileState(StrEnum):
    WAITING = "waiting"
    """Kept, and to be read by the worker."""
    READ = "read"
    """Every page of it was looked at."""
    REFUSED = "refused"
    """It cannot be opened, or no further than its first pages; `code` says why."""


FILE: Final = Machine(
    initial=FileState.WAITING,
    moves=(
        Move("finish", frozenset({FileState.WAITING}), FileState.READ),
        Move("refuse", frozenset({FileState.WAITING}), FileState.REFUSED),
    ),
    final=frozenset({FileState.READ, FileState.REFUSED}),
)


class PageState(StrEnum):
    READ = "read"
    """What was read waits for somebody to compare it with the picture."""
    BY_HAND = "by_hand"
    """Nothing could be read: somebody says which session it is, and who signed."""
    CONFIRMED = "confirmed"
    """Somebody confirmed who signed, and presence follows from it."""
    ASIDE = "aside"
    """Not needed: no sheet, a worse picture of a page that is there already."""


_P = PageState
PAGE: Final = Machine(
    initial=_P.READ,
    moves=(
        Move("give_up", frozenset({_P.READ}), _P.BY_HAND),
        Move("confirm", frozenset({_P.READ, _P.BY_HAND}), _P.CONFIRMED),
        Move("reopen", frozenset({_P.CONFIRMED}), _P.READ),
        Move("set_aside", frozenset({_P.READ, _P.BY_HAND}), _P.ASIDE),
        Move("take_up", frozenset({_P.ASIDE}), _P.READ),
    ),
)
TO_SEE_TO: Final = frozenset({_P.READ, _P.BY_HAND})


class BoxKind(StrEnum):
    """Whose box it is."""

    ENROLMENT = "enrolment"
    FACILITATOR = "facilitator"
    FREE = "free"
    """A line left free, for people who came without being on the list."""


class Problem(StrEnum):
    """What this room finds wrong with a page; the reader of pictures has codes of its own."""

    NO_READER = "no_reader"
    """This machine has no reader of pictures."""
    READER_FAILED = "reader_failed"
    """The reader stopped in the middle of it."""
    ELSEWHERE = "elsewhere"
    """It is a sheet of a session with which who deposited it has nothing to do."""
    HOURS_CHANGED = "hours_changed"
    """A half-day that is printed on it is no longer one of the session."""


class Kind(StrEnum):
    """What a file is, by its first bytes: the media type under which it is kept and given back."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    TIFF = "image/tiff"
    HEIC = "image/heic"
    PDF = "application/pdf"


ENDINGS: Final = {
    Kind.JPEG: "jpg",
    Kind.PNG: "png",
    Kind.WEBP: "webp",
    Kind.TIFF: "tif",
    Kind.HEIC: "heic",
    Kind.PDF: "pdf",
}
"""How the names of such files end."""
SHOWN: Final = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
"""Every browser shows these; the others are downloaded."""
LARGEST_FILE: Final = 25_000_000
"""Bytes: a photo has 3 to 8 MB, a scan of forty pages about 20."""
MOST_FILES: Final = 40
"""Given in one go."""
MOST_PAGES: Final = 200
"""Of one file."""
LONGEST_NAME: Final = 120
LEASE: Final = timedelta(minutes=3)
"""How long a worker has for one page: beyond it another one goes on where it stopped."""
GIVE_UP_AFTER: Final = 3
"""So many workers, one after the other, read not one more page of a file: the rest is filed by hand."""
