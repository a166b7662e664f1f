"""The life of an outgoing message."""

from enum import StrEnum

from cordee.kernel.states import Machine, Move


class MessageState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


MACHINE = Machine(
    initial=MessageState.QUEUED,
    moves=(
        Move("send", frozenset({MessageState.QUEUED}), MessageState.SENDING),
        Move("succeed", frozenset({MessageState.SENDING}), MessageState.SENT),
        Move("try_later", frozenset({MessageState.SENDING}), MessageState.QUEUED),
        Move("give_up", frozenset({MessageState.SENDING}), MessageState.FAILED),
        Move("cancel", frozenset({MessageState.QUEUED, MessageState.FAILED}), MessageState.CANCELLED),
        # Wanted with other words, at another time, at an address that was corrected, or after all.
        Move(
            "renew",
            frozenset({MessageState.QUEUED, MessageState.FAILED, MessageState.CANCELLED}),
            MessageState.QUEUED,
        ),
    ),
    final=frozenset({MessageState.SENT}),
)

WAITING = frozenset({MessageState.QUEUED, MessageState.FAILED})
"""The states in which a message has not left, and can be taken back."""
