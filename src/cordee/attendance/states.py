"""What is recorded of one person on one half-day."""

from enum import StrEnum


class PresenceState(StrEnum):
    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"


HERE = frozenset({PresenceState.PRESENT, PresenceState.LATE})
"""Counts as having been there."""
