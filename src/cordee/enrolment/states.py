"""How people come on the list of a session."""

from enum import StrEnum


class Source(StrEnum):
    COORDINATOR = "coordinator"
    WALK_IN = "walk_in"
    """Added on the spot, on the day."""


MOST_AT_ONCE = 500
"""People in one paste."""
LONGEST_NAME = 100
