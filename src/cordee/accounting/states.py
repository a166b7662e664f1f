"""The journals there are."""

from enum import StrEnum


class Book(StrEnum):
    """Which journal an entry stands in."""

    PURCHASES = "purchases"
    BANK = "bank"
