"""Reading presence, signatures, and the code on the facilitator's screen."""

from cordee.attendance.queries.codes import (
    code_shown,
    session_of_code,
)
from cordee.attendance.queries.day import HalfDayState, half_day_states
from cordee.attendance.queries.presence import (
    Recorded,
    Stay,
    grid,
    history,
    proven_sessions,
    records,
    standing_marks,
    standing_record,
    standing_records,
    stays,
    stays_on,
    to_prove,
)
from cordee.attendance.queries.signatures import (
    closed_to,
    digest_of,
    is_frozen,
    rounds,
    signature_of_key,
    signed,
    signed_by,
    signed_on,
    standing_countersignatures,
    statement,
)

__all__ = (
    "HalfDayState",
    "Recorded",
    "Stay",
    "closed_to",
    "code_shown",
    "digest_of",
    "grid",
    "half_day_states",
    "history",
    "is_frozen",
    "proven_sessions",
    "records",
    "rounds",
    "session_of_code",
    "signature_of_key",
    "signed",
    "signed_by",
    "signed_on",
    "standing_countersignatures",
    "standing_marks",
    "standing_record",
    "standing_records",
    "statement",
    "stays",
    "stays_on",
    "to_prove",
)
