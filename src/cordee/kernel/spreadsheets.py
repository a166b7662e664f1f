"""Tables as French spreadsheets open them."""

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run as a formula."""


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet runs: names and titles are typed by many people."""
    return f"'{text}" if text.startswith(_RUNS) else text


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV: UTF-8 with its mark, semicolons; no cell is run."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def amount_cell(value: Decimal) -> str:
    """Return an amount with its cents and a comma: “1234,50”."""
    return f"{value:.2f}".replace(".", ",")
