"""The life of a registration, and what is allowed when."""

from datetime import timedelta
from enum import StrEnum

from cordee.kernel.states import Machine, Move

REGISTRATION_LINK = "registration"
"""The purpose of the personal link by which somebody confirms, and follows where they stand."""
CONFIRM_WITHIN = timedelta(hours=48)
ASK_AGAIN_AFTER = timedelta(minutes=10)
"""Asked twice within this time, one mail leaves."""
OFTEN, ASK_OFTEN_AGAIN_AFTER = 3, timedelta(days=1)
"""Asked so often, an address gets no more than a mail a day: its owner may not be the one who asks."""
DOOR_OPENS_BEFORE = timedelta(hours=1)
"""From then until the end of the session people are put on the list on the spot."""
FORGOTTEN_AFTER = timedelta(days=30)
"""How long after the session what people wrote to register is kept."""


class RegistrationState(StrEnum):
    UNCONFIRMED = "unconfirmed"
    WAITING = "waiting"
    ADMITTED = "admitted"
    LEFT = "left"
    REMOVED = "removed"


S = RegistrationState
MACHINE = Machine(
    initial=S.UNCONFIRMED,
    moves=(
        Move("wait", frozenset({S.UNCONFIRMED}), S.WAITING),
        Move("admit", frozenset({S.UNCONFIRMED, S.WAITING}), S.ADMITTED),
        Move("leave", frozenset({S.UNCONFIRMED, S.WAITING, S.ADMITTED}), S.LEFT),
        Move("remove", frozenset({S.UNCONFIRMED, S.WAITING}), S.REMOVED),
        Move("ask_again", frozenset({S.LEFT, S.ADMITTED}), S.UNCONFIRMED),
    ),
    final=frozenset({S.REMOVED}),
)
PENDING = (S.UNCONFIRMED, S.WAITING)
