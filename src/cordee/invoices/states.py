"""What an invoice is by law."""

from enum import StrEnum


class Kind(StrEnum):
    """Types of UNTDID 1001 that a customer issues in its supplier's name."""

    INVOICE = "389"
    CREDIT_NOTE = "261"
    CORRECTIVE = "471"
    """Takes the place of an earlier invoice, which it names."""
