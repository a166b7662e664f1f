"""How people come on the list of a session."""

from datetime import timedelta
from enum import StrEnum

ENROLMENT = "enrolment"
"""What the mails about somebody's place are about."""


class Source(StrEnum):
    COORDINATOR = "coordinator"
    CONTACT = "contact"
    """Given by the client contact, on their own page."""
    REGISTRATION = "registration"
    """Registered themselves, by the session's invitation link."""
    WALK_IN = "walk_in"
    """Added on the spot, on the day."""


class RowStatus(StrEnum):
    """What a line of a list means for the session it is meant for."""

    NEW = "new"
    """Somebody the client never sent before."""
    KNOWN = "known"
    """Came to another session of the client."""
    ENROLLED = "enrolled"
    """On the list of this session already."""
    COMPLETES = "completes"
    """On the list already, without the address or the name that the row brings."""
    DUPLICATE = "duplicate"
    """Stands further up in the same list."""
    INVALID = "invalid"
    """To be corrected first."""


class Became(StrEnum):
    """What became of somebody who was given."""

    ENROLLED = "enrolled"
    ALREADY = "already"
    """On the list before."""
    COMPLETED = "completed"
    """On the list before; the address or the name that was lacking is there now."""
    TWICE = "twice"
    """Stands in another row of the same list."""
    LEFT_OUT = "left_out"
    """Not enrolled, for a reason that is said."""
    ASIDE = "aside"
    """Of a line of a list: not taken for a person."""
    DROPPED = "dropped"
    """Of a line of a list: taken out by somebody before it was enrolled."""
    REPLACED = "replaced"
    """Of a line of a list: made way for another list."""


GOOD_ROWS = frozenset(RowStatus) - {RowStatus.INVALID}
MOST_LINES_TOLD = 10_000
"""Lines of which is kept what became of them, for one session: the newest."""
LISTS_FORGOTTEN_AFTER = timedelta(days=30)
"""How long after the session lines of lists are kept: those that wait, and what became of the others."""
MOST_AT_ONCE = 5_000
"""People in one list."""
LONGEST_NAME = 100

# What personal links are for.
PARTICIPANT_LINK = "participant"
"""A participant's own page; the link is about an enrolment."""
PAGE_LASTS = timedelta(days=183)
"""How long after the session people still find what concerns them on their own page."""
LIST_LINK = "list"
"""The page on which a client's contact gives names; the link is about a list invitation."""
