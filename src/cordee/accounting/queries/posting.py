"""What an invoice or a transfer writes in the books: double entry, to the cent. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from cordee.accounting.models import Accounts
from cordee.accounting.states import Book
from cordee.kernel.money import Money

REVERSE_CHARGE: Final = Decimal("0.20")
"""What the customer owes on services bought abroad (CGI, art. 278 and 283-2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something that is written in the books once. Euros; below zero what takes another one back."""

    book: Book
    of: str
    """The column of `Entry` that names it: `invoice`, `received` or `payment`."""
    pk: int
    day: date
    piece: str
    piece_on: date
    supplier_id: int
    supplier_name: str
    excl: Money
    vat: Money
    total: Money
    is_reverse_charged: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """An account with what is written to it: one of both is zero."""

    account: str
    name: str
    debit: Money
    credit: Money
    auxiliary: str = ""
    """The supplier's own account, below that of all."""


def lines_of(source: Source, accounts: Accounts) -> tuple[Line, ...]:
    """Return the lines that a source writes: debits and credits are equal; none of zero."""
    own = auxiliary(source.supplier_id)
    if source.book == Book.BANK:
        written = [
            (accounts.suppliers, "Fournisseurs", source.total, own),
            (accounts.bank, "Banque", _less(source.total), ""),
        ]
    else:
        due = source.excl * REVERSE_CHARGE if source.is_reverse_charged else Money.zero()
        deducted = source.vat + due
        cost = source.excl if accounts.deducts_vat else source.excl + deducted
        written = [
            (accounts.fees, "Honoraires", cost, ""),
            (
                accounts.deductible_vat,
                "TVA déductible",
                deducted if accounts.deducts_vat else Money.zero(),
                "",
            ),
            (accounts.vat_due, "TVA due sur achats à l’étranger", _less(due), ""),
            (accounts.suppliers, "Fournisseurs", _less(source.total), own),
        ]
    return tuple(
        _line(account, name, amount, below)
        for account, name, amount, below in written
        if amount != Money.zero()
    )


def auxiliary(supplier_id: int) -> str:
    """Return the account of one supplier, below that of all."""
    return f"F{supplier_id:06}"


def _less(amount: Money) -> Money:
    return Money.zero() - amount


def _line(account: str, name: str, amount: Money, below: str) -> Line:
    """Return what is owed on the left when it is above zero, on the right when it is below."""
    if amount > Money.zero():
        return Line(account, name, amount, Money.zero(), below)
    return Line(account, name, Money.zero(), _less(amount), below)
