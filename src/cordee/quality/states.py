"""What people complain of, the life of a complaint, and how long its words are kept."""

from datetime import timedelta
from enum import StrEnum

from cordee.kernel.states import Machine, Move


class ComplaintKind(StrEnum):
    COMPLAINT = "complaint"
    """Somebody is not content with what was delivered, and says so."""
    INCIDENT = "incident"
    """Something happened: an accident, a room that was locked, data that were lost."""
    DIFFICULTY = "difficulty"
    """Something makes the work harder than it should be."""


class ComplaintState(StrEnum):
    RECEIVED = "received"
    """Written down and acknowledged; nobody sees to it yet."""
    UNDER_WAY = "under_way"
    """Somebody of quality sees to it."""
    DECIDED = "decided"


_S = ComplaintState
COMPLAINT = Machine(
    initial=_S.RECEIVED,
    moves=(
        # Also from a colleague: whoever takes it, owns it.
        Move("take", frozenset({_S.RECEIVED, _S.UNDER_WAY}), _S.UNDER_WAY),
        Move("decide", frozenset({_S.UNDER_WAY}), _S.DECIDED),
        Move("reopen", frozenset({_S.DECIDED}), _S.UNDER_WAY),
    ),
)
OPEN = (_S.RECEIVED, _S.UNDER_WAY)
"""The states in which somebody still waits for a decision."""


class Outcome(StrEnum):
    """What a decision says of the complaint."""

    FOUNDED = "founded"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"


class Direction(StrEnum):
    """Who said it to whom."""

    FROM_THEM = "from_them"
    TO_THEM = "to_them"
    NOTE = "note"
    """Read by those who see to complaints alone."""


SERIES = "Q"
"""Of the references of complaints: Q-2027-0001 (qualité)."""
LONGEST_WORDS = 5_000
"""Characters, of each thing that is said."""
MOST_A_DAY = 10
"""Complaints that somebody without an account may raise in a day: each is mailed about, and looked at."""
WORDS_KEPT = timedelta(days=3 * 366)
"""How long after its last decision what was said is kept with a complaint: as long as a certification of quality lasts
(code du travail, R6316-3), so that its audits can look at it. The row, its dates and its outcome are figures, and stay.
"""
