"""Reading who comes: from the tables, and from lists as they are given."""

from cordee.enrolment.queries.groups import (
    GROUP_COLUMN,
    Column,
    columns,
    is_split_of,
    last_split,
    members,
    on_sessions,
    parallel_sizes,
    sizes,
    smallest_group,
    value_of,
    was_told,
)
from cordee.enrolment.queries.lists import (
    by_ids,
    counts,
    enrolment,
    enrolments,
    mail_ref,
    of_address,
    told_about,
)
from cordee.enrolment.queries.reading import JudgedRow, judged, read_file, read_paste
from cordee.enrolment.queries.rows import WaitingRow, row_count, row_ids, waiting_rows

__all__ = [
    "GROUP_COLUMN",
    "Column",
    "JudgedRow",
    "WaitingRow",
    "by_ids",
    "columns",
    "counts",
    "enrolment",
    "enrolments",
    "is_split_of",
    "judged",
    "last_split",
    "mail_ref",
    "members",
    "of_address",
    "on_sessions",
    "parallel_sizes",
    "read_file",
    "read_paste",
    "row_count",
    "row_ids",
    "sizes",
    "smallest_group",
    "told_about",
    "value_of",
    "waiting_rows",
    "was_told",
]
