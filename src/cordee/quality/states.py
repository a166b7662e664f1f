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


PREFIX = "Q"
"""Of the references of complaints: Q-2027-7KX3M (qualité). Drawn by lot: a series would have gaps, which tell whoever
does not see a confidential one that it is there.
"""
FEWEST_CONFIDENTIAL = 5
"""Fewer confidential complaints of a year are not counted aloud: whom one is about could tell that it is there."""
MAIL_ABOUT = "complaint"
"""What mails about complaints are about, as `mail.About` names it."""
MAILS_WITH_WORDS = ("complaint_answered", "complaint_decided")
"""The purposes of those that say what was written, unless the complaint is confidential."""
LONGEST_WORDS = 5_000
"""Characters, of each thing that is said."""
MOST_A_DAY = 10
"""Complaints that somebody without an account may raise in a day: each is mailed about, and looked at."""
WORDS_KEPT = timedelta(days=3 * 366)
"""How long after its last decision what was said is kept with a complaint: as long as a certification of quality lasts
(code du travail, R6316-3), so that its audits can look at it. The row, its dates and its outcome are figures, and stay.
"""


# --- improvements and risks -------------------------------------------------------------------------------


class Origin(StrEnum):
    """What an improvement comes from."""

    COMPLAINT = "complaint"
    SESSION = "session"
    """Something found on the sheet of a session."""
    COMMENT = "comment"
    """An answer in words to a survey."""
    SCORE = "score"
    """A low figure of a survey."""
    OWN = "own"
    """Quality saw it itself; shown as well where the origin is a complaint that the reader may not know of."""


class ImprovementState(StrEnum):
    PLANNED = "planned"
    """Somebody is to do it by a day."""
    DONE = "done"
    """What follows is not known yet."""
    MEASURED = "measured"
    """Whether it had an effect is known."""
    GIVEN_UP = "given_up"


_I = ImprovementState
IMPROVEMENT = Machine(
    initial=_I.PLANNED,
    moves=(
        Move("do", frozenset({_I.PLANNED}), _I.DONE),
        Move("measure", frozenset({_I.DONE}), _I.MEASURED),
        Move("give_up", frozenset({_I.PLANNED, _I.DONE}), _I.GIVEN_UP),
    ),
    final=frozenset({_I.MEASURED, _I.GIVEN_UP}),
)


class Effect(StrEnum):
    """What came of an improvement."""

    EFFECTIVE = "effective"
    WITHOUT = "without"


IMPROVEMENTS = "A"
"""Of the references of improvements: A-2027-0001 (amélioration)."""
MONTHS_BEFORE = 3
"""Whole months before an improvement was done whose answers it is measured against: about 90 days. Answers are told by
the month of their session, never by the day, so the month in which it was done belongs to neither side."""
FEWEST_MEASURED = 5
"""On fewer answers, before or after, nothing is said of an effect."""
LONGEST_TITLE = 120
HIGHEST = 4
"""The likelihood and the gravity of a risk go from 1 to this."""
