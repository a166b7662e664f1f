"""Months of the books: which are closed, and what each holds."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Sum

from cordee.accounting.models import Accounts, ClosedMonth
from cordee.accounting.queries.sources import looked_through_since, unwritten
from cordee.accounting.states import Book
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.periods import Month


@dataclass(slots=True)
class MonthOfBooks:
    """What a month holds, euros: invoiced less credited, and paid less what came back."""

    month: Month
    closed: ClosedMonth | None = None
    invoices: int = 0
    """With credit notes."""
    excl: Money = field(default_factory=Money.zero)
    vat: Money = field(default_factory=Money.zero)
    total: Money = field(default_factory=Money.zero)
    paid: Money = field(default_factory=Money.zero)

    def add(self, book: str, number: int, amounts: tuple[Any, Any, Any]) -> None:
        """Count so many more rows of a book, and their amounts: excluding VAT, VAT, and together."""
        if book == Book.BANK:
            self.paid += Money(amounts[2])
            return
        self.invoices += number
        self.excl += Money(amounts[0])
        self.vat += Money(amounts[1])
        self.total += Money(amounts[2])


def the_accounts() -> Accounts:
    """Return the accounts that entries are written to; those of the general chart where nobody chose others."""
    return Accounts.objects.filter(pk=1).first() or Accounts(pk=1)


def closed_month(month: Month) -> ClosedMonth | None:
    return ClosedMonth.objects.filter(first_day=month.first_day).first()


def last_closed() -> Month | None:
    last = ClosedMonth.objects.order_by("-first_day").first()
    return Month.of(last.first_day) if last else None


def first_open() -> Month | None:
    """Return the oldest month that is not closed and may hold something; none while there was never anything."""
    last = last_closed()
    return last.next if last else _first_ever()


def _first_ever() -> Month | None:
    ever = looked_through_since()
    days = [
        day
        for book in Book
        for rows in unwritten(book, ever)
        if (day := rows.order_by("day", "pk").values_list("day", flat=True).first())
    ]
    return Month.of(min(days)) if days else None


def months() -> list[MonthOfBooks]:
    """Return every month from the first that holds something to the present one, newest first. What is late for a
    closed month counts in the first open one, in which it will be written. A constant number of queries.
    """
    closed = [_closed(row) for row in ClosedMonth.objects.order_by("first_day")]
    found = {each.month: each for each in closed}
    start = closed[-1].month.next if closed else _first_ever()
    if start:
        month = start
        while month.first_day <= clock.today():
            found[month] = MonthOfBooks(month)
            month = month.next
        told_since = looked_through_since()
        for book in Book:
            for rows in unwritten(book, told_since):
                for day, number, *amounts in _by_day(rows):
                    counts_in = found.get(Month.of(max(day, start.first_day)))
                    if counts_in:  # what is dated ahead is not written yet
                        counts_in.add(book, number, tuple(amounts))
    return [found[month] for month in sorted(found, key=lambda month: month.first_day, reverse=True)]


def _closed(row: ClosedMonth) -> MonthOfBooks:
    return MonthOfBooks(
        Month.of(row.first_day),
        row,
        row.invoices,
        Money(row.excl),
        Money(row.vat),
        Money(row.total),
        Money(row.paid),
    )


def _by_day(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Days are added up here, in the database: SQLite finds the month of a date by calling back for each row."""
    sums: QuerySet[Any, Any] = (
        rows.order_by("day").values_list("day").annotate(Count("pk"), Sum("net"), Sum("tax"), Sum("gross"))
    )
    return sums
