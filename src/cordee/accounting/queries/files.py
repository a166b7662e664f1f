"""The books as files: for the spreadsheet, and as the tax administration wants them (FEC; LPF, art. A47 A-1)."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from cordee.accounting.queries.entries import Posted, of_year, posted
from cordee.accounting.queries.posting import Line
from cordee.accounting.states import Book
from cordee.kernel.money import Money
from cordee.kernel.spreadsheets import amount_cell, as_csv, harmless

FEC: Final = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
)
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f|]+")
_JOURNALS: Final = {Book.PURCHASES: "Achats", Book.BANK: "Banque"}


def as_fec(year: int) -> Iterator[bytes]:
    """Return the entries of the closed months of a year as a FEC, line by line: 18 columns parted by tabulators, days
    as YYYYMMDD, amounts with a comma, UTF-8 with its mark (without it Excel reads another alphabet; the tester of the
    tax administration, Test Compta Demat, takes it away). No cell is run.
    """
    yield BOM_UTF8 + _line(FEC)
    for entry in posted(of_year(year)):
        for line in entry.lines:
            yield _line(_fec_cells(entry, line))


def fec_name(siren: str, year: int) -> str:
    """Return the name that the law gives to the file of a calendar year."""
    return f"{siren}FEC{year}1231.txt"


def _fec_cells(entry: Posted, line: Line) -> tuple[str, ...]:
    source, written = entry.source, entry.written
    closed_on = timezone.localdate(written.month.closed_at) if written else source.day
    return (
        entry.journal,
        _JOURNALS[source.book],
        entry.number,
        _day(source.day),
        line.account,
        line.name,
        line.auxiliary,
        source.supplier_name if line.auxiliary else "",
        source.piece,
        _day(source.piece_on),
        f"{source.piece} {source.supplier_name}",
        amount_cell(line.debit.amount),
        amount_cell(line.credit.amount),
        "",
        "",
        _day(closed_on),
        "",
        "",
    )


def as_sheet(entries: Iterable[Posted]) -> bytes:
    """Return entries as CSV that opens right in a French spreadsheet, a line for each account."""
    heads = [
        _("Journal"),
        _("Entry"),
        _("Day"),
        _("Account"),
        _("Account of the supplier"),
        _("Supplier"),
        _("Document"),
        _("Day of the document"),
        _("Debit"),
        _("Credit"),
    ]
    return as_csv(heads, (_cells(entry, line) for entry in entries for line in entry.lines))


def _cells(entry: Posted, line: Line) -> list[str]:
    source = entry.source
    return [
        entry.journal,
        entry.number,
        source.day.isoformat(),
        line.account,
        line.auxiliary,
        source.supplier_name,
        source.piece,
        source.piece_on.isoformat(),
        amount_cell(line.debit.amount) if line.debit > Money.zero() else "",
        amount_cell(line.credit.amount) if line.credit > Money.zero() else "",
    ]


def _line(cells: Iterable[str]) -> bytes:
    return ("\t".join(harmless(_BREAKS.sub(" ", cell)) for cell in cells) + "\r\n").encode()


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"
