"""Reading what is to be certified, and certificates."""

from cordee.certificates.queries.certified import ToCertify, content_of, of_mission, of_session
from cordee.certificates.queries.issued import (
    Shown,
    certificate_of_number,
    confirmed,
    counts,
    drawn,
    heads_of_mission,
    heads_of_session,
    ids_of_session,
    kinds_on,
    on_mission,
    on_session,
    own,
    standing_of,
    standing_on,
    to_issue,
)

__all__ = [
    "Shown",
    "ToCertify",
    "certificate_of_number",
    "confirmed",
    "content_of",
    "counts",
    "drawn",
    "heads_of_mission",
    "heads_of_session",
    "ids_of_session",
    "kinds_on",
    "of_mission",
    "of_session",
    "on_mission",
    "on_session",
    "own",
    "standing_of",
    "standing_on",
    "to_issue",
]
