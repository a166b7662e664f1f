"""What is recorded of one person on one half-day, and how they sign."""

from datetime import timedelta
from enum import StrEnum
from typing import Final


class PresenceState(StrEnum):
    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"


HERE = frozenset({PresenceState.PRESENT, PresenceState.LATE})
"""Counts as having been there."""


class Way(StrEnum):
    """How it is known who signed."""

    OWN_LINK = "own_link"
    """Their personal link: sent to their address, or printed for them."""
    HANDED_ROUND = "handed_round"
    """The facilitator handed them a phone and chose their name."""
    CODE = "code"
    """They were in the room: the code on the facilitator's screen opened the page, and they chose their name."""
    ACCOUNT = "account"
    """Somebody logged in: a facilitator who countersigns."""


LATE_AFTER: Final = timedelta(minutes=10)
"""After this much of a half-day, who signs is asked when they came."""
SIGN_BEFORE: Final = timedelta(minutes=15)
"""How long before the half-day begins the first can sign."""
CODE_SECONDS: Final = 20
"""How long the code on the facilitator's screen stands; the one before is still taken, for who was typing it."""
CODE_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Told apart on a beamer: no 0 and O, no 1, I and L."""
CODE_LENGTH: Final = 6
WORDING: Final = 2
"""The version of the sentences that people accept by signing; goes up when one of them changes.

1: whoever signed confirmed that they were there. 2: who countersigns confirms who was there.
"""
MOST_STROKES: Final = 200
MOST_POINTS: Final = 6_000
LARGEST_COORDINATE: Final = 4_000
LONGEST_DRAWN: Final = 1_000_000_000
"""Milliseconds from the first point to the last one: more than a page stays open."""
SHORTEST_INK: Final = 60
"""In the units of the signing area (the longer side has 1,000): less is a slip of the finger."""
DELIVERY_LINK: Final = "delivery"
"""The personal link of a school's contact who confirms that a session took place; it is about that session."""
CONFIRM_WITHIN: Final = timedelta(days=60)
"""How long after a session that link opens."""
