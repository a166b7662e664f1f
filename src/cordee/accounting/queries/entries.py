"""Entries, written or to be written, as rows with their lines."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from cordee.accounting.models import Accounts, ClosedMonth, Entry, EntryLine
from cordee.accounting.queries.months import closed_month, first_open, the_accounts
from cordee.accounting.queries.posting import Line, Source, lines_of
from cordee.accounting.queries.sources import waiting
from cordee.accounting.states import Book
from cordee.kernel.money import Money
from cordee.kernel.periods import Month

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry with its lines. Without a number it is not written yet, and may still change."""

    source: Source
    journal: str
    lines: tuple[Line, ...]
    number: str = ""
    written: Entry | None = None


def journal_of(book: Book, accounts: Accounts) -> str:
    return accounts.bank_journal if book == Book.BANK else accounts.purchases_journal


def to_write(month: Month, *, book: Book | None = None, most: int | None = None) -> list[Posted]:
    """Return the entries that closing a month would write now: its own and, of the first open one, all that is late."""
    accounts, start = the_accounts(), first_open()
    since = None if start is None or month == start else month.first_day
    found = waiting(until=month.last_day, since=since, book=book, most=most)
    dated = (replace(source, day=max(source.day, month.first_day)) for source in found)
    return [Posted(s, journal_of(s.book, accounts), lines_of(s, accounts)) for s in dated]


def entries_of(
    month: Month, *, book: Book | None = None, start: int = 0, most: int | None = None
) -> list[Posted]:
    """Return entries of a month in their order, from the one at `start`, at most so many: two queries where it is
    closed. Of an open one, as they would be written now.
    """
    row = closed_month(month)
    if row is None:
        return to_write(month, book=book, most=None if most is None else start + most)[start:]
    found = row.entries.order_by("day", "pk")
    if book:
        found = found.filter(book=book)
    return list(posted(found[start : None if most is None else start + most]))


def posted(entries: QuerySet[Entry]) -> Iterator[Posted]:
    """Read written entries with their lines, some at a time: a year of them fits in little memory."""
    found: list[Entry] = []
    for entry in entries.iterator(chunk_size=_AT_ONCE):
        found.append(entry)
        if len(found) == _AT_ONCE:
            yield from _with_lines(found)
            found = []
    yield from _with_lines(found)


def _with_lines(entries: Sequence[Entry]) -> list[Posted]:
    lines: dict[int, list[Line]] = defaultdict(list)
    rows = EntryLine.objects.filter(entry__in=[e.pk for e in entries]).order_by("entry", "position")
    for row in rows if entries else ():
        lines[row.entry_id].append(
            Line(row.account, row.name, Money(row.debit), Money(row.credit), row.auxiliary)
        )
    return [Posted(_source(e), e.journal, tuple(lines[e.pk]), str(e), e) for e in entries]


def _source(entry: Entry) -> Source:
    of = "invoice" if entry.invoice_id else "received" if entry.received_id else "payment"
    return Source(
        book=Book(entry.book),
        of=of,
        pk=getattr(entry, f"{of}_id"),
        day=entry.day,
        piece=entry.piece,
        piece_on=entry.piece_on,
        supplier_id=entry.supplier_id,
        supplier_name=entry.supplier_name,
        excl=Money(entry.excl),
        vat=Money(entry.vat),
        total=Money(entry.total),
    )


def account_of(supplier_id: int, *, until: date) -> list[Source]:
    """Return all that moved what a supplier is owed, written or not, in its order: three queries and two."""
    written = Entry.objects.filter(supplier_id=supplier_id).order_by("day", "pk")
    found = [*map(_source, written), *waiting(until=until, supplier_id=supplier_id)]
    return sorted(found, key=lambda source: (source.day, source.book == Book.BANK))


def balance(sources: Iterable[Source]) -> Money:
    """Return what a supplier is owed by these: what was invoiced less what was paid."""
    return Money.total(s.total if s.book == Book.PURCHASES else Money.zero() - s.total for s in sources)


def of_year(year: int) -> QuerySet[Entry]:
    """Return the entries of the closed months of a year, by journal and number."""
    return Entry.objects.filter(year=year).order_by("journal", "number").select_related("month")


def closed_in(year: int) -> QuerySet[ClosedMonth]:
    return ClosedMonth.objects.filter(first_day__year=year).order_by("first_day")
