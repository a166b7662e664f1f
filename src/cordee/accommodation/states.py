"""The life of a request for an adaptation, and how long what was told is kept."""

from datetime import timedelta
from enum import StrEnum

from cordee.kernel.states import Machine, Move


class RequestState(StrEnum):
    OPEN = "open"
    """Told, and to be seen to."""
    DONE = "done"
    """What was to be adapted is in place."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """The participant took it back."""


_S = RequestState
REQUEST = Machine(
    initial=_S.OPEN,
    moves=(
        Move("finish", frozenset({_S.OPEN}), _S.DONE),
        Move("decline", frozenset({_S.OPEN}), _S.DECLINED),
        Move("reopen", frozenset({_S.DONE, _S.DECLINED}), _S.OPEN),
        Move("withdraw", frozenset({_S.OPEN, _S.DONE, _S.DECLINED}), _S.WITHDRAWN),
    ),
    final=frozenset({_S.WITHDRAWN}),
)

LONGEST_TEXT = 2_000
DUE_WORKING_DAYS_BEFORE = 5
"""A request is due a week of work before its session: time to book another room, or to find an interpreter."""
NEED_KEPT = timedelta(days=92)
"""What was told of a need is health data: kept for three months after the session, in case what was adapted
is questioned, then erased. That there was a request, what was adapted and when prove what the organisation
owes (code du travail, L5211-4 and D5211-2): they stay, and need no reason beside them (GDPR, article 5.1 c and e).
"""
