"""What an invoice is by law, and where it stands."""

from enum import StrEnum
from typing import Final

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


class TransmissionState(StrEnum):
    """Where an invoice stands with the approved platform (plateforme agréée), by the codes of the reform."""

    WAITING = "waiting"
    HANDED_OVER = "handed_over"
    """The platform has it and said nothing yet."""
    DEPOSITED = "200"
    ISSUED = "201"
    RECEIVED = "202"
    AVAILABLE = "203"
    TAKEN = "204"
    APPROVED = "205"
    PAYMENT_SENT = "211"
    PAID = "212"
    REFUSED = "210"
    """By the supplier."""
    REJECTED = "213"
    """By a platform: it breaks a rule."""


_ON_ITS_WAY: Final = (
    TransmissionState.HANDED_OVER,
    TransmissionState.DEPOSITED,
    TransmissionState.ISSUED,
    TransmissionState.RECEIVED,
    TransmissionState.AVAILABLE,
    TransmissionState.TAKEN,
    TransmissionState.APPROVED,
    TransmissionState.PAYMENT_SENT,
    TransmissionState.PAID,
)
"""One after the other; platforms leave some out."""


def _before(state: TransmissionState) -> frozenset[TransmissionState]:
    return frozenset(_ON_ITS_WAY[: _ON_ITS_WAY.index(state)])


TRANSMISSION = Machine(
    initial=TransmissionState.WAITING,
    moves=(
        Move("hand_over", frozenset({TransmissionState.WAITING}), TransmissionState.HANDED_OVER),
        *(Move(f"tell_{state}", _before(state), state) for state in _ON_ITS_WAY[1:]),
        Move("refuse", _before(TransmissionState.PAYMENT_SENT), TransmissionState.REFUSED),
        Move("reject", _before(TransmissionState.TAKEN), TransmissionState.REJECTED),
    ),
    final=frozenset({TransmissionState.PAID, TransmissionState.REFUSED, TransmissionState.REJECTED}),
)
