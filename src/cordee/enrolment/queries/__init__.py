"""Reading who comes: from the tables, and from lists as they are given."""

from cordee.enrolment.queries.lists import (
    by_ids,
    counts,
    enrolment,
    enrolments,
    told_about,
)
from cordee.enrolment.queries.reading import JudgedRow, judged, read_file, read_paste
from cordee.enrolment.queries.rows import WaitingRow, row_count, row_ids, waiting_rows

__all__ = [
    "JudgedRow",
    "WaitingRow",
    "by_ids",
    "counts",
    "enrolment",
    "enrolments",
    "judged",
    "read_file",
    "read_paste",
    "row_count",
    "row_ids",
    "told_about",
    "waiting_rows",
]
