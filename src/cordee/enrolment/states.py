"""How people come on the list of a session."""

from enum import StrEnum


class Source(StrEnum):
    COORDINATOR = "coordinator"
    CONTACT = "contact"
    """Given by the client contact, on their own page."""
    REGISTRATION = "registration"
    """Registered themselves, by the session's invitation link."""
    WALK_IN = "walk_in"
    """Added on the spot, on the day."""


MOST_AT_ONCE = 5_000
"""People in one list."""
LONGEST_NAME = 100

# What personal links are for.
PARTICIPANT_LINK = "participant"
"""A participant's own page; the link is about an enrolment."""
LIST_LINK = "list"
"""The page on which a client's contact gives names; the link is about a list invitation."""
