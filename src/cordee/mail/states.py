"""The life of an outgoing message."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cordee.kernel.states import Machine, Move


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about: something of another room, and the time or the day of it that it tells of."""

    kind: str
    id: int
    occasion: int = 0
    """Which of several times: a round of asking, an entry of the journal."""
    day: date | None = None


COPY = "message"
"""What a copy is about that somebody sent by hand: the first one, not whom that tells."""


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
