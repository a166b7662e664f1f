"""Reading who comes: from the tables, and from what is pasted."""

from cordee.enrolment.queries.lists import (
    by_ids,
    counts,
    enrolment,
    enrolments,
    told_about,
)
from cordee.enrolment.queries.paste import PastedLine, read_lines

__all__ = [
    "PastedLine",
    "by_ids",
    "counts",
    "enrolment",
    "enrolments",
    "read_lines",
    "told_about",
]
