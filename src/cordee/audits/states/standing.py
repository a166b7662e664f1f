"""How an indicator can stand, and how much is kept of what is declared of it."""

from enum import StrEnum
from typing import Final


class Standing(StrEnum):
    """What can be said of an indicator today."""

    PROVEN = "proven"
    TO_COMPLETE = "to_complete"
    NOT_APPLICABLE = "not_applicable"


LONGEST_WORDS: Final = 5_000
"""Characters of what is declared of an indicator."""
SERIES: Final = "AU"
"""Of the references of audits: AU-2027-0001. Improvements are counted as A."""
MOST_MISSIONS: Final = 30
"""Missions in the file of one audit: more are no sample."""
LONGEST_SEED: Final = 40
