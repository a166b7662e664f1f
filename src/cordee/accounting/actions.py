"""Writing the books: a month is closed once, and what it wrote stays."""

from collections import defaultdict
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Max

from cordee.accounting import queries, rules
from cordee.accounting.facts import AccountsChanged, MonthClosed
from cordee.accounting.models import Accounts, ClosedMonth, Entry, EntryLine
from cordee.accounting.queries import Posted
from cordee.accounting.states import Book
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.money import Money
from cordee.kernel.periods import Month
from cordee.kernel.refusals import refuse_if

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChanges:
    """All accounts, as they are from the next month on that is closed."""

    fees: str
    deductible_vat: str
    vat_due: str
    suppliers: str
    bank: str
    purchases_journal: str
    bank_journal: str
    deducts_vat: bool


@transaction.atomic
def change_accounts(*, changes: AccountChanges, by: Actor) -> Accounts:
    """Use other accounts from the next month that is closed; what is written stays as it was. Raises Refused."""
    accounts = _held()
    refuse_if(rules.may_keep_books(by))
    changed = [name for name, value in asdict(changes).items() if getattr(accounts, name) != value]
    for name, value in asdict(changes).items():
        setattr(accounts, name, value)
    refuse_if(rules.accounts_are_right(accounts))
    if changed:
        accounts.save()
        journal.record(AccountsChanged(accounts_id=accounts.pk, fields=changed), by=by)
    return accounts


@transaction.atomic
def close_through(*, month: Month, by: Actor) -> list[ClosedMonth]:
    """Write the entries of every open month up to this one, in their order, and close them. What is late for a month
    that is closed is written on the first day of the next one. Raises Refused.
    """
    _held()
    start = queries.first_open()
    refuse_if([*rules.may_keep_books(by), *rules.can_be_closed(month, start)])
    assert start is not None  # noqa: S101 - can_be_closed asked
    closed = []
    while start.first_day <= month.first_day:
        closed.append(_close(start, by=by))
        start = start.next
    return closed


def _close(month: Month, *, by: Actor) -> ClosedMonth:
    found = queries.to_write(month)
    bills = [one.source for one in found if one.source.book == Book.PURCHASES]
    row = ClosedMonth.objects.create(
        first_day=month.first_day,
        closed_at=clock.now(),
        closed_by=by.user_id,
        invoices=len(bills),
        excl=Money.total(bill.excl for bill in bills).amount,
        vat=Money.total(bill.vat for bill in bills).amount,
        total=Money.total(bill.total for bill in bills).amount,
        paid=Money.total(one.source.total for one in found if one.source.book == Book.BANK).amount,
    )
    numbers = _last_numbers(month.year)
    for start in range(0, len(found), _AT_ONCE):
        _write(row, found[start : start + _AT_ONCE], numbers)
    fact = MonthClosed(month_id=row.pk, month=row.first_day.isoformat(), entries=len(found))
    journal.record(fact, by=by)
    return row


def _last_numbers(year: int) -> dict[str, int]:
    """Return the last number of each journal in a year."""
    rows = Entry.objects.filter(year=year).order_by("journal").values_list("journal")
    return defaultdict(int, rows.annotate(Max("number")))


def _write(month: ClosedMonth, found: list[Posted], numbers: dict[str, int]) -> None:
    entries = []
    for one in found:
        numbers[one.journal] += 1
        source = one.source
        entries.append(
            Entry(
                month=month,
                book=source.book,
                journal=one.journal,
                year=month.first_day.year,
                number=numbers[one.journal],
                day=source.day,
                piece=source.piece,
                piece_on=source.piece_on,
                supplier_id=source.supplier_id,
                supplier_name=source.supplier_name,
                excl=source.excl.amount,
                vat=source.vat.amount,
                total=source.total.amount,
                **{f"{source.of}_id": source.pk},
            )
        )
    Entry.objects.bulk_create(entries)
    EntryLine.objects.bulk_create(
        EntryLine(
            entry=entry,
            position=position,
            account=line.account,
            name=line.name,
            auxiliary=line.auxiliary,
            debit=line.debit.amount,
            credit=line.credit.amount,
        )
        for entry, one in zip(entries, found, strict=True)
        for position, line in enumerate(one.lines, start=1)
    )


def _held() -> Accounts:
    """Return the accounts, held to the end of the transaction: the books are written by one at a time."""
    Accounts.objects.get_or_create(pk=1)
    return Accounts.objects.select_for_update().get(pk=1)
