"""Reading invoices."""

from cordee.invoices.queries.auditing import other_sums, out_of_order
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
from cordee.invoices.queries.sent import (
    handed_over,
    in_transmission,
    news_of,
    news_since,
    to_hand_over,
)

__all__ = [
    "Contested",
    "by_sources",
    "contests_of",
    "file_of",
    "handed_over",
    "in_state",
    "in_transmission",
    "invoice",
    "lines_of",
    "news_of",
    "news_since",
    "of_month",
    "of_series",
    "other_sums",
    "out_of_order",
    "the_buyer",
    "to_contest_until",
    "to_draw",
    "to_hand_over",
]
