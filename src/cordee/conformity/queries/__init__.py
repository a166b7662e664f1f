"""Reading sheets: what is found on them, where they stand, what they hold back."""

from cordee.conformity.queries.due import may_be_complete
from cordee.conformity.queries.fee_holds import Holds
from cordee.conformity.queries.reviews import (
    Hold,
    Standing,
    coordination_holds,
    counts,
    decisions,
    holds,
    holds_on,
    late_count,
    needs_sheet,
    next_after,
    proof_of,
    proofs,
    queue,
    reasons_text,
    refusals,
    review_of,
    reviews,
    standings,
)
from cordee.conformity.queries.sheets import findings_of, findings_on, sheets

__all__ = [
    "Hold",
    "Holds",
    "Standing",
    "coordination_holds",
    "counts",
    "decisions",
    "findings_of",
    "findings_on",
    "holds",
    "holds_on",
    "late_count",
    "may_be_complete",
    "needs_sheet",
    "next_after",
    "proof_of",
    "proofs",
    "queue",
    "reasons_text",
    "refusals",
    "review_of",
    "reviews",
    "sheets",
    "standings",
]
