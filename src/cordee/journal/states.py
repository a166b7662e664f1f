"""The life of a delivery: one fact for one subscriber."""

from enum import StrEnum

from cordee.kernel.states import Machine, Move


class DeliveryState(StrEnum):
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


_S = DeliveryState
MACHINE = Machine(
    initial=_S.PENDING,
    moves=(
        Move("finish", frozenset({_S.PENDING}), _S.DONE),
        Move("try_later", frozenset({_S.PENDING}), _S.PENDING),
        Move("give_up", frozenset({_S.PENDING}), _S.FAILED),
        Move("retry", frozenset({_S.FAILED}), _S.PENDING),
    ),
    final=frozenset({_S.DONE}),
)

ERASED = "[…]"
"""What stands where a reason stood: that one was given is not erased."""
