"""Reading invoices."""

from cordee.invoices.queries.listed import (
    Contested,
    by_sources,
    contests_of,
    file_of,
    in_state,
    invoice,
    lines_of,
    of_month,
    of_series,
    the_buyer,
    to_contest_until,
    to_draw,
)

__all__ = [
    "Contested",
    "by_sources",
    "contests_of",
    "file_of",
    "in_state",
    "invoice",
    "lines_of",
    "of_month",
    "of_series",
    "the_buyer",
    "to_contest_until",
    "to_draw",
]
