"""What is found on sheets, and who may decide on them."""

from cordee.conformity.rules.deciding import (
    can_move,
    errors_are_explained,
    has_ended,
    is_as_seen,
    may_decide,
    may_submit,
    nothing_is_wrong,
    questions_are_answered,
    reasons_are_given,
    seen_of,
)
from cordee.conformity.rules.findings import Finding, findings
from cordee.conformity.rules.sheet import Half, Person, Sheet, Signed

__all__ = [
    "Finding",
    "Half",
    "Person",
    "Sheet",
    "Signed",
    "can_move",
    "errors_are_explained",
    "findings",
    "has_ended",
    "is_as_seen",
    "may_decide",
    "may_submit",
    "nothing_is_wrong",
    "questions_are_answered",
    "reasons_are_given",
    "seen_of",
]
