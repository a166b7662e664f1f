"""The lives of a batch of payments, and of one payment in it."""

from enum import StrEnum
from typing import Final

from cordee.kernel.states import Machine, Move


class BatchState(StrEnum):
    DRAFT = "draft"
    """Prepared; a second person has to approve it."""
    APPROVED = "approved"
    EXPORTED = "exported"
    """The bank's file was taken; the same each time."""
    EXECUTED = "executed"
    CANCELLED = "cancelled"


_B = BatchState
BATCH: Final = Machine(
    initial=_B.DRAFT,
    moves=(
        Move("approve", frozenset({_B.DRAFT}), _B.APPROVED),
        Move("export", frozenset({_B.APPROVED}), _B.EXPORTED),
        Move("execute", frozenset({_B.EXPORTED}), _B.EXECUTED),
        # A file that was taken and never given to the bank: who cancels says so.
        Move("cancel", frozenset({_B.DRAFT, _B.APPROVED, _B.EXPORTED}), _B.CANCELLED),
    ),
    final=frozenset({_B.EXECUTED, _B.CANCELLED}),
)


OPEN: Final = frozenset({_B.DRAFT, _B.APPROVED, _B.EXPORTED})
"""A batch that waits for somebody, or for the bank."""


class PaymentState(StrEnum):
    PLANNED = "planned"
    PAID = "paid"
    REJECTED = "rejected"
    """The bank sent it back: what it paid is due again."""
    DROPPED = "dropped"
    """Taken out of its batch, or its batch was cancelled."""


_P = PaymentState
PAYMENT: Final = Machine(
    initial=_P.PLANNED,
    moves=(
        Move("pay", frozenset({_P.PLANNED}), _P.PAID),
        Move("reject", frozenset({_P.PLANNED, _P.PAID}), _P.REJECTED),
        Move("drop", frozenset({_P.PLANNED}), _P.DROPPED),
    ),
    final=frozenset({_P.REJECTED, _P.DROPPED}),
)
LIVE: Final = frozenset({_P.PLANNED, _P.PAID})
"""A payment that stands: what it pays is in no other."""


class Wait(StrEnum):
    """What keeps something that is owed from being paid: of several reasons the first, by the code of its blocker."""

    NOT_ACCEPTED = "invoice_not_accepted"
    CONTESTED = "contested"
    CONTEST_WINDOW = "contest_window"
    SHEET = "sheet_missing"
    ACCOUNT = "account"
    """No bank account, one to be confirmed, one that is too new, or where no transfer goes: a code each."""
    PAPER = "paper_missing"
    NOT_DUE = "not_due"
    NOTHING = "nothing"
    """It can be paid; a credit note is set off."""


class FeeStage(StrEnum):
    """Where the money of a fee is, in the order in which it goes."""

    REQUESTED = "requested"
    APPROVED = "approved"
    """No invoice yet: something is missing, or the month is not over."""
    NOTHING = "nothing"
    """Its amount is zero: there is nothing to pay."""
    INVOICE_EXPECTED = "invoice_expected"
    INVOICE_GIVEN = "invoice_given"
    """Finance looks at the supplier's own invoice."""
    CONTEST_WINDOW = "contest_window"
    CONTESTED = "contested"
    TO_PAY = "to_pay"
    IN_BATCH = "in_batch"
    PAID = "paid"
