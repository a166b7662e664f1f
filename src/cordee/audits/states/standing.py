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
