"""Where an attendance sheet stands with quality, what can be found wrong with it, and why it can be refused."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from cordee.kernel.states import Machine, Move


class SheetState(StrEnum):
    IN_PROGRESS = "in_progress"
    """Being signed; as yet nobody said that it is complete."""
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REFUSED = "refused"


MACHINE = Machine(
    initial=SheetState.IN_PROGRESS,
    moves=(
        Move("submit", frozenset({SheetState.IN_PROGRESS, SheetState.REFUSED}), SheetState.SUBMITTED),
        Move("accept", frozenset({SheetState.SUBMITTED}), SheetState.ACCEPTED),
        # What was accepted can turn out wrong later: the same signature on another sheet, a word of the funder.
        Move("refuse", frozenset({SheetState.SUBMITTED, SheetState.ACCEPTED}), SheetState.REFUSED),
        Move("send_back", frozenset({SheetState.SUBMITTED, SheetState.ACCEPTED}), SheetState.IN_PROGRESS),
    ),
)


class FindingCode(StrEnum):
    """Everything that can be found on a sheet."""

    PRESENCE_MISSING = "presence_missing"
    SIGNATURE_MISSING = "signature_missing"
    ABSENT_SIGNED = "absent_signed"
    FACILITATOR_MISSING = "facilitator_missing"
    OUT_OF_WINDOW = "out_of_window"
    SAME_INK = "same_ink"
    UNLIKE_INK = "unlike_ink"
    DAY_OFF = "day_off"
    NOT_AS_SIGNED = "not_as_signed"
    HOURS_DIFFER = "hours_differ"
    BEFORE_ORDER = "before_order"
    ENROLLED_AFTER = "enrolled_after"
    OVER_CAPACITY = "over_capacity"
    SCHOOL_SILENT = "school_silent"
    SCHOOL_COUNTS_OTHERS = "school_counts_others"
    TITLE_DIFFERS = "title_differs"
    SIGNED_BELATED = "signed_belated"


class Severity(StrEnum):
    ERROR = "error"
    """It has to be put right before the sheet is submitted."""
    QUESTION = "question"
    """It may be all right: who submits says in a note why."""


class Reason(StrEnum):
    """Why quality refuses a sheet."""

    SIGNATURES_MISSING = "signatures_missing"
    FACILITATOR_MISSING = "facilitator_missing"
    PRESENCE_DIFFERS = "presence_differs"
    COPIED = "copied"
    NOT_IDENTIFIED = "not_identified"
    WRONG_DETAILS = "wrong_details"
    UNREADABLE = "unreadable"
    OTHER = "other"


class Cause(StrEnum):
    """Why a sheet went back after it was submitted or accepted."""

    REOPENED = "reopened"
    PRESENCE_CORRECTED = "presence_corrected"
    LIST_CHANGED = "list_changed"
    SESSION_CHANGED = "session_changed"


class Proof(StrEnum):
    """How far a session that was held is proven: computed from its presence and its sheet."""

    NO_PRESENCE = "no_presence"
    NO_SHEET = "no_sheet"
    AT_QUALITY = "at_quality"
    REFUSED = "refused"
    PROVEN = "proven"
    """Presence is recorded for every half-day, and the sheet accepted, or fully signed; or no sheet is needed."""


SHEET_WITHIN: Final = timedelta(days=5)
"""How long after a session its sheet is expected; later it shows as late."""
REVIEW_WITHIN: Final = timedelta(days=5)
"""How long quality has to look at a sheet; later it shows as late."""
