"""The books: entries that balance, months that are closed once, what comes late, files that others read."""

import csv
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.accounting import actions, queries
from cordee.accounting.actions import AccountChanges
from cordee.accounting.facts import MonthClosed
from cordee.accounting.models import Accounts, Entry, EntryLine
from cordee.accounting.queries.posting import Source, lines_of
from cordee.accounting.states import Book
from cordee.accounts.models import User
from cordee.fees import actions as fees
from cordee.invoices import actions as invoices
from cordee.invoices.content import VatRule
from cordee.invoices.models import Invoice
from cordee.kernel.actor import COMMAND
from cordee.kernel.money import Money
from cordee.kernel.periods import Month
from cordee.payments import actions as payments
from cordee.payments import queries as owed
from cordee.payments.models import Batch
from cordee.suppliers.models import Supplier
from cordee.suppliers.states import SupplierKind
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import PAID_BY, approved, ready_supplier, second_person, the_invoice, the_payable
from tests.refusals import refused
from tests.steps import told
from tests.suppliers.stories import siret, vat_number

type Settle = Callable[[], None]
JANUARY, FEBRUARY, MARCH = (Month(2027, n) for n in (1, 2, 3))
AFTER_MARCH = "2027-04-02 09:00"
amounts = st.decimals(0, 99_999, places=2)


def lines_written(source: Source, accounts: Accounts | None = None) -> dict[str, Decimal]:
    """Return what is written to each account: debits above zero."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines_of(source, accounts or Accounts()):
        found[line.account] += line.debit.amount - line.credit.amount
    return found


def bill(
    excl: Decimal, vat: Decimal, *, is_reverse_charged: bool = False, book: Book = Book.PURCHASES
) -> Source:
    return Source(
        book=book,
        of="invoice",
        pk=1,
        day=date(2027, 1, 4),
        piece="N-1",
        piece_on=date(2027, 1, 4),
        supplier_id=7,
        supplier_name="Noor",
        excl=Money(excl),
        vat=Money(vat),
        total=Money(excl + vat),
        is_reverse_charged=is_reverse_charged,
    )


# --- double entry -------------------------------------------------------------------------------
sources = st.builds(
    lambda excl, vat, sign, book, abroad: bill(sign * excl, sign * vat, is_reverse_charged=abroad, book=book),
    amounts,
    amounts,
    st.sampled_from([1, -1]),
    st.sampled_from(Book),
    st.booleans(),
)


@given(sources, st.builds(Accounts, deducts_vat=st.booleans()))
def test_debits_and_credits_are_equal(source: Source, accounts: Accounts) -> None:
    lines = lines_of(source, accounts)
    assert Money.total(line.debit for line in lines) == Money.total(line.credit for line in lines)
    assert all((line.debit == Money.zero()) != (line.credit == Money.zero()) for line in lines)


@pytest.mark.parametrize(
    ("source", "deducts", "written"),
    [
        (bill(Decimal(250), Decimal(0)), True, {"622600": 250, "401000": -250}),
        (bill(Decimal(250), Decimal(50)), True, {"622600": 250, "445660": 50, "401000": -300}),
        (bill(Decimal(250), Decimal(50)), False, {"622600": 300, "401000": -300}),
        (bill(Decimal(-250), Decimal(-50)), True, {"622600": -250, "445660": -50, "401000": 300}),
        (
            bill(Decimal(250), Decimal(0), is_reverse_charged=True),
            True,
            {"622600": 250, "445660": 50, "445200": -50, "401000": -250},
        ),
        (
            bill(Decimal(250), Decimal(0), is_reverse_charged=True),
            False,
            {"622600": 300, "445200": -50, "401000": -250},
        ),
        (bill(Decimal(250), Decimal(0), book=Book.BANK), True, {"401000": 250, "512000": -250}),
        (bill(Decimal(-250), Decimal(0), book=Book.BANK), True, {"401000": -250, "512000": 250}),
    ],
    ids=[
        "no VAT",
        "VAT",
        "VAT not deducted",
        "credit note",
        "abroad",
        "abroad not deducted",
        "paid",
        "sent back",
    ],
)
def test_what_is_written(*, source: Source, deducts: bool, written: dict[str, int]) -> None:
    assert lines_written(source, Accounts(deducts_vat=deducts)) == written


# --- months -------------------------------------------------------------------------------------
@pytest.fixture
def fanny(cast: Cast) -> User:
    return second_person()


@pytest.fixture
def supplier(cast: Cast, now: MovableClock, settle: Settle) -> Supplier:
    """Noor's supplier, of 250 € and 50 € of VAT, was invoiced in January."""
    found = ready_supplier(
        cast, rule=VatRule.STANDARD, kind=SupplierKind.SOLE_TRADER, vat_number=vat_number(siret(1))
    )
    approved(cast, now, cast.noor)
    settle()
    invoices.accept(invoice_id=the_invoice(found).pk, by=cast.actor(cast.noor))
    return found


def pay(cast: Cast, fanny: User, day: date) -> Batch:
    by = cast.actor(fanny)
    batch = payments.prepare(execute_on=day, due_by=PAID_BY, by=cast.actor(cast.farid))
    payments.approve(batch_id=batch.pk, by=by)
    payments.export(batch_id=batch.pk, by=by)
    return payments.mark_executed(batch_id=batch.pk, on=day, by=by)


def close(cast: Cast, month: Month) -> None:
    actions.close_through(month=month, by=cast.actor(cast.farid))


def months() -> dict[Month, tuple[int, Decimal, Decimal, Decimal]]:
    return {m.month: (m.invoices, m.excl.amount, m.vat.amount, m.paid.amount) for m in queries.months()}


def test_a_year_of_one_supplier(*, cast: Cast, supplier: Supplier, fanny: User, now: MovableClock) -> None:
    """Invoiced in January, paid in February, sent back and credited in March: open or closed, the figures are these."""
    invoice = the_invoice(supplier)
    assert Month.of(invoice.issued_on) == JANUARY
    now.move_to("2027-02-15 09:00")
    batch = pay(cast, fanny, date(2027, 2, 16))
    now.move_to("2027-03-02 09:00")
    payments.reject(payment_id=batch.payments.get().pk, reason="Compte clos", by=cast.actor(fanny))
    fees.correct(
        payable_id=the_payable(supplier).pk,
        amounts={1: Money(Decimal(200))},
        reason="Demi-journée",
        by=cast.actor(cast.farid),
    )
    now.move_to(AFTER_MARCH)
    expected = {
        JANUARY: (1, 250, 50, 0),
        FEBRUARY: (0, 0, 0, 300),
        MARCH: (2, -50, -10, -300),
        MARCH.next: (0, 0, 0, 0),
    }
    assert months() == expected
    before = queries.account_of(supplier.pk, until=date(2027, 4, 2))
    close(cast, MARCH)
    assert months() == expected
    after = queries.account_of(supplier.pk, until=date(2027, 4, 2))
    assert [(s.day, s.piece, s.total) for s in after] == [(s.day, s.piece, s.total) for s in before]
    assert [m["entries"] for m in told(MonthClosed)] == [1, 1, 3]
    assert queries.balance(after) == Money(Decimal(240))
    assert queries.balance(after) == Money.total(row.amount for row in owed.owed([supplier.pk]))
    numbers = Entry.objects.order_by("journal", "number").values_list("journal", "number")
    assert list(numbers) == [("BQ", 1), ("BQ", 2), ("HA", 1), ("HA", 2), ("HA", 3)]
    debits = EntryLine.objects.filter(account="401000").values_list("debit", "credit", "auxiliary")
    assert sum(debit - credit for debit, credit, _ in debits) == -240
    assert {auxiliary for *_, auxiliary in debits} == {queries.auxiliary(supplier.pk)}


def test_what_is_late_for_a_closed_month_is_written_in_the_next(
    *, cast: Cast, supplier: Supplier, fanny: User, now: MovableClock
) -> None:
    now.move_to("2027-02-15 09:00")
    close(cast, JANUARY)
    pay(cast, fanny, date(2027, 2, 16))
    now.move_to("2027-03-02 09:00")
    Batch.objects.update(executed_on=date(2027, 1, 29))  # the bank's statement came late
    assert months()[FEBRUARY][3] == 300
    close(cast, FEBRUARY)
    entry = Entry.objects.get(book=Book.BANK)
    assert (entry.day, entry.piece_on) == (date(2027, 2, 1), date(2027, 1, 29))
    assert Entry.objects.filter(book=Book.PURCHASES).count() == 1, "January is as it was written"


def test_a_month_is_closed_once_it_is_over_in_its_order_by_finance(
    *, cast: Cast, supplier: Supplier, now: MovableClock
) -> None:
    with refused("month_not_over"):
        close(cast, JANUARY)
    now.move_to("2027-02-15 09:00")
    with refused("not_finance"):
        actions.close_through(month=JANUARY, by=cast.actor(cast.olga))
    close(cast, JANUARY)
    for month in (JANUARY, Month(2026, 12)):
        with refused("month_closed"):
            close(cast, month)
    assert Entry.objects.count() == 1


def test_without_anything_to_write_nothing_is_closed(cast: Cast) -> None:
    assert queries.months() == []
    with refused("month_closed"):
        close(cast, Month(2026, 12))


# --- accounts -----------------------------------------------------------------------------------
CHANGES = {
    "fees": "611000",
    "deductible_vat": "445660",
    "vat_due": "445200",
    "suppliers": "401100",
    "bank": "512100",
    "purchases_journal": "ACH",
    "bank_journal": "BNP",
    "deducts_vat": False,
}


def test_other_accounts_are_for_the_months_to_come(
    *, cast: Cast, supplier: Supplier, fanny: User, now: MovableClock
) -> None:
    now.move_to("2027-02-15 09:00")
    close(cast, JANUARY)
    before = (b"".join(queries.as_fec(2027)), queries.as_sheet(queries.entries_of(JANUARY)))
    actions.change_accounts(changes=AccountChanges(**CHANGES), by=cast.actor(cast.farid))
    assert (b"".join(queries.as_fec(2027)), queries.as_sheet(queries.entries_of(JANUARY))) == before
    pay(cast, fanny, date(2027, 2, 16))
    now.move_to("2027-03-02 09:00")
    close(cast, FEBRUARY)
    written = EntryLine.objects.order_by("entry", "position").values_list("entry__journal", "account")
    assert list(written) == [
        ("HA", "622600"),
        ("HA", "445660"),
        ("HA", "401000"),
        ("BNP", "401100"),
        ("BNP", "512100"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("fees", "62", "wrong_account"),
        ("fees", "9", "wrong_account"),
        ("bank", "=512", "wrong_account"),
        ("bank", "512000\n", "wrong_account"),
        ("suppliers", "", "wrong_account"),
        ("bank_journal", "banque", "wrong_account"),
        ("bank_journal", "ACH", "one_journal"),
    ],
)
def test_accounts_look_like_those_of_the_general_chart(cast: Cast, field: str, value: str, code: str) -> None:
    with refused(code):
        actions.change_accounts(changes=AccountChanges(**CHANGES | {field: value}), by=cast.actor(cast.farid))
    assert queries.the_accounts().fees == "622600"


# --- files --------------------------------------------------------------------------------------
def test_the_fec_has_its_columns_and_the_sheet_opens_in_excel(
    *, cast: Cast, supplier: Supplier, now: MovableClock
) -> None:
    Invoice.objects.update(seller="=SUM(A1)\tNoor")
    number = the_invoice(supplier).number
    now.move_to("2027-02-15 09:00")
    assert list(queries.as_fec(2027)) == [BOM_UTF8 + "\t".join(queries.FEC).encode() + b"\r\n"], (
        "nothing is closed"
    )
    open_sheet = queries.as_sheet(queries.entries_of(JANUARY))
    close(cast, JANUARY)
    text = b"".join(queries.as_fec(2027)).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text), delimiter="\t"))
    assert [len(row) for row in rows] == [18] * 3
    assert [(r["CompteNum"], r["Debit"], r["Credit"]) for r in rows] == [
        ("622600", "250,00", "0,00"),
        ("445660", "50,00", "0,00"),
        ("401000", "0,00", "300,00"),
    ]
    last = rows[-1]
    assert last["CompAuxLib"] == "'=SUM(A1) Noor", "no formula runs"
    day = the_invoice(supplier).issued_on
    assert last["EcritureNum"] == "HA2027-1"
    assert (last["EcritureDate"], last["PieceDate"], last["ValidDate"]) == (
        f"{day:%Y%m%d}",
        f"{day:%Y%m%d}",
        "20270215",
    )
    assert (last["PieceRef"], last["CompAuxNum"]) == (number, queries.auxiliary(supplier.pk))
    assert queries.fec_name("303265045", 2027) == "303265045FEC20271231.txt"
    sheet = queries.as_sheet(queries.entries_of(JANUARY))
    assert sheet.startswith("\ufeff".encode())
    cells = list(csv.reader(StringIO(sheet.decode("utf-8-sig")), delimiter=";"))
    assert [row[8:] for row in cells[1:]] == [["250,00", ""], ["50,00", ""], ["", "300,00"]]
    assert len(open_sheet.splitlines()) == 4, "before it is closed, as it would be written"


def test_closing_by_command_is_the_same(*, cast: Cast, supplier: Supplier, now: MovableClock) -> None:
    now.move_to("2027-02-15 09:00")
    with refused("not_finance"):
        actions.close_through(month=JANUARY, by=cast.actor(cast.quitterie))
    assert [row.first_day for row in actions.close_through(month=JANUARY, by=COMMAND)] == [JANUARY.first_day]
