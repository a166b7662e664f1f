"""What an invoice is by law, and where it stands."""

from enum import StrEnum

from cordee.kernel.states import Machine, Move


class Kind(StrEnum):
    """Types of UNTDID 1001 that a customer issues in its supplier's name."""

    INVOICE = "389"
    CREDIT_NOTE = "261"
    CORRECTIVE = "471"
    """Takes the place of an earlier invoice, which it names."""


class InvoiceState(StrEnum):
    ISSUED = "issued"
    """Its supplier may contest it, for the time that the mandate says."""
    CONTESTED = "contested"
    ACCEPTED = "accepted"
    CREDITED = "credited"
    """A credit note takes it back."""
    REPLACED = "replaced"
    """A corrective invoice stands in its place."""


class Acceptance(StrEnum):
    """How an invoice came to be accepted."""

    SUPPLIER = "supplier"
    SILENCE = "silence"
    """Nothing was said within the period of the mandate (BOI-TVA-DECLA-30-20-10-30 § 390)."""
    DISMISSED = "dismissed"
    """What was contested turned out to be right."""
    CREDIT_NOTE = "credit_note"
    """A credit note is the answer to a contest, or a correction: nobody is asked again."""


_STANDING = frozenset({InvoiceState.ISSUED, InvoiceState.CONTESTED, InvoiceState.ACCEPTED})

MACHINE = Machine(
    initial=InvoiceState.ISSUED,
    moves=(
        Move("accept", frozenset({InvoiceState.ISSUED}), InvoiceState.ACCEPTED),
        Move("contest", frozenset({InvoiceState.ISSUED}), InvoiceState.CONTESTED),
        Move("dismiss", frozenset({InvoiceState.CONTESTED}), InvoiceState.ACCEPTED),
        Move("credit", _STANDING, InvoiceState.CREDITED),
        Move("replace", _STANDING, InvoiceState.REPLACED),
    ),
    final=frozenset({InvoiceState.CREDITED, InvoiceState.REPLACED}),
)
