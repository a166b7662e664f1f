"""Reading invoices."""

from cordee.invoices.queries.auditing import other_sums, out_of_order
from cordee.invoices.queries.listed import (
    Contested,
    contests_of,
    file_of,
    in_state,
    invoice,
    lines_of,
    of_month,
    of_series,
    the_buyer,
    to_draw,
)
from cordee.invoices.queries.sent import (
    handed_over,
    news_of,
    news_since,
    to_hand_over,
    transmission_of,
)

__all__ = [
    "Contested",
    "contests_of",
    "file_of",
    "handed_over",
    "in_state",
    "invoice",
    "lines_of",
    "news_of",
    "news_since",
    "of_month",
    "of_series",
    "other_sums",
    "out_of_order",
    "the_buyer",
    "to_draw",
    "to_hand_over",
    "transmission_of",
]
