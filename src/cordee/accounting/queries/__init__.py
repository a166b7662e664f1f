"""Reading the books: months, entries, what each supplier is owed, and all of it as files."""

from cordee.accounting.queries.entries import (
    Posted,
    account_of,
    balance,
    closed_in,
    entries_of,
    to_write,
)
from cordee.accounting.queries.files import FEC, as_fec, as_sheet, fec_name
from cordee.accounting.queries.months import (
    MonthOfBooks,
    closed_month,
    first_open,
    last_closed,
    months,
    the_accounts,
)
from cordee.accounting.queries.posting import Line, Source, auxiliary, lines_of
from cordee.accounting.queries.vat import VatOfPeriod, issued_under, received_under, vat_of

__all__ = [
    "FEC",
    "Line",
    "MonthOfBooks",
    "Posted",
    "Source",
    "VatOfPeriod",
    "account_of",
    "as_fec",
    "as_sheet",
    "auxiliary",
    "balance",
    "closed_in",
    "closed_month",
    "entries_of",
    "fec_name",
    "first_open",
    "issued_under",
    "last_closed",
    "lines_of",
    "months",
    "received_under",
    "the_accounts",
    "to_write",
    "vat_of",
]
