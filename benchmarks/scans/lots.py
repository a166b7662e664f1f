"""The sets of pages: their seeds, and all by which one differs from the others."""

from enum import StrEnum
from typing import Final


class Lot(StrEnum):
    """A set of pages, the same pages each time. Strokes, pens, words, papers, lights and stamps are its own."""

    TUNING = "tuning"
    """The reader was tuned on it."""
    SEEN = "seen"
    """Once a test; it has been looked at, and the reader is tuned on it, too."""
    VARIED = "varied"
    """The reader is tuned on it: strokes and pens are others on each page."""
    JOINED = "joined"
    """The reader is tuned on it: names, initials and "absent" in joined letters, by another hand on each page."""
    JUDGED = "judged"
    """Nothing is learned from it, but limits are chosen on it."""
    BLIND = "blind"
    """Never looked at page by page, but measured three times: less and less blind."""
    NEW_BLIND = "new-blind"
    """Measured twice while it was blind, and looked at since: limits may be chosen on it."""
    UNSEEN = "unseen"
    """Measured three times while it was blind, never looked at page by page."""
    PASSERS_BY = "passers-by"
    """What was published was measured on it, once; never looked at page by page."""
    VISITORS = "visitors"
    """Never looked at, page by page: what is published is measured on it. Who looks makes another one."""


SEEDS: Final = {
    Lot.TUNING: 1,
    Lot.SEEN: 2,
    Lot.VARIED: 4,
    Lot.JOINED: 6,
    Lot.JUDGED: 8,
    Lot.BLIND: 31,
    Lot.NEW_BLIND: 57,
    Lot.UNSEEN: 83,
    Lot.PASSERS_BY: 149,
    Lot.VISITORS: 211,
}
SESSIONS: Final = {
    Lot.TUNING: 1,
    Lot.SEEN: 5_000,
    Lot.VARIED: 6_000,
    Lot.JOINED: 6_500,
    Lot.JUDGED: 7_000,
    Lot.BLIND: 7_300,
    Lot.NEW_BLIND: 8_200,
    Lot.UNSEEN: 9_100,
    Lot.PASSERS_BY: 9_400,
    Lot.VISITORS: 9_700,
}
"""Number of the first session."""
