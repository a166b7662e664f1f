"""The life of a session and of a facilitator's place on it."""

from enum import StrEnum

from cordee.kernel.states import Machine, Move


class SessionStatus(StrEnum):
    """What was decided about a session; whether it has taken place is a matter of time."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class DeliveryMode(StrEnum):
    ON_SITE = "on_site"
    REMOTE = "remote"


class StaffRole(StrEnum):
    FACILITATOR = "facilitator"
    """Runs the session: counts as one prestation and is paid."""
    OBSERVER = "observer"
    """Is there without counting or being paid."""


class AssignmentStatus(StrEnum):
    INVITED = "invited"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


COUNTED = frozenset({AssignmentStatus.INVITED, AssignmentStatus.CONFIRMED})
"""The statuses that make a planned prestation."""

_S = AssignmentStatus
ASSIGNMENT = Machine(
    field="status",
    initial=_S.INVITED,
    moves=(
        # Who declined or was withdrawn and ran it after all is confirmed; nobody answers a request taken back.
        Move("confirm", frozenset({_S.INVITED, _S.DECLINED, _S.WITHDRAWN}), _S.CONFIRMED),
        Move("decline", frozenset({_S.INVITED}), _S.DECLINED),
        Move("withdraw", frozenset({_S.INVITED, _S.CONFIRMED}), _S.WITHDRAWN),
        Move("invite_again", frozenset({_S.DECLINED, _S.WITHDRAWN}), _S.INVITED),
    ),
)
SESSION = Machine(
    field="status",
    initial=SessionStatus.PLANNED,
    moves=(
        Move("cancel", frozenset({SessionStatus.PLANNED}), SessionStatus.CANCELLED),
        # By mistake: as long as nobody has been told.
        Move("restore", frozenset({SessionStatus.CANCELLED}), SessionStatus.PLANNED),
    ),
)
MOST_HALF_DAYS = 6
MOST_FACILITATORS = 4
MOST_SESSIONS_AT_ONCE = 30
