"""Tables as French spreadsheets open them."""

import csv
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from itertools import chain
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_RUNS = (
    *"=+-@\t\r\n",
    *"\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}",
    *"\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}",
)
"""How a cell begins that a spreadsheet would run as a formula: some read signs of full width as the narrow ones."""


type Cell = str | int | float | None


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet runs: names and titles are typed by many people."""
    return f"'{text}" if text.startswith(_RUNS) else text


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV: UTF-8 with its mark, semicolons; no cell is run."""
    out = BytesIO()
    write_csv(out, heads, rows)
    return out.getvalue()


def write_csv(out: IO[bytes], heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as `as_csv` returns it, row by row: it may be longer than memory is large."""
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell_text(cell) for cell in row])
    text.flush()
    text.detach()


def amount_cell(value: Decimal) -> str:
    """Return an amount with its cents and a comma: “1234,50”."""
    return f"{value:.2f}".replace(".", ",")


def cell_text(cell: Cell) -> str:
    """Return a cell as French spreadsheets read it: two decimals at most, with a comma."""
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", ",")
    return "" if cell is None else str(cell)


def as_xlsx(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as a workbook of one sheet, the same bytes each time; no cell is run, not even when it is edited.

    Texts are inline strings, never formulas; those that begin like one are marked as text (`quotePrefix`).
    """
    out = BytesIO()
    write_xlsx(out, heads, rows)
    return out.getvalue()


def write_xlsx(out: IO[bytes], heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as `as_xlsx` returns it, row by row: it may be longer than memory is large."""
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in _WORKBOOK.items():
            packed.writestr(_in_zip(name), _XML + content, ZIP_DEFLATED)
        with packed.open(_in_zip("xl/worksheets/sheet1.xml"), "w") as sheet:
            sheet.write(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for row in chain([heads], rows):
                sheet.write(f"<row>{''.join(map(_xlsx_cell, row))}</row>".encode())
            sheet.write(b"</sheetData></worksheet>")


def _in_zip(name: str) -> ZipInfo:
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    return info


def _xlsx_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, str):
        text = _NOT_IN_XML.sub("", cell)[:_LONGEST_CELL]
        style = ' s="1"' if text.startswith(_RUNS) else ""
        return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{escape(text)}</t></is></c>'
    return f"<c><v>{round(cell, 4)}</v></c>"


_LONGEST_CELL = 32_767
"""What a spreadsheet takes in one cell."""
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORKBOOK = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Cordée" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" quotePrefix="1"/></cellXfs></styleSheet>',
}
"""All of a workbook but its sheet; the second style says that a cell is text."""
