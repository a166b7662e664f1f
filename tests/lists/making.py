"""Workbooks made by hand, small and exactly as wrong as a test needs them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

Rows = Sequence[Sequence[object]]
XML = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"


class Formula(str):
    """A cell whose formula no program computed."""

    __slots__ = ()


class Raw(str):
    """A cell, or a row, as XML."""

    __slots__ = ()


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def xlsx(
    sheets: Mapping[str, Rows | str],
    *,
    merges: Sequence[str] = (),
    hidden: Sequence[str] = (),
    extra: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return a workbook; a sheet is rows of values, or its `sheetData` as XML."""
    types = '<Default Extension="xml" ContentType="application/xml"/>'
    listed = "".join(
        f"<sheet name={quoteattr(name)} sheetId='{at}' r:id='s{at}'"
        f"{' state="hidden"' if name in hidden else ''}/>"
        for at, name in enumerate(sheets, 1)
    )
    targets = "".join(
        f'<Relationship Id="s{at}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="b" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{targets}'
        "</Relationships>",
    }
    for at, rows in enumerate(sheets.values(), 1):
        data = rows if isinstance(rows, str) else "".join(_xlsx_row(n, row) for n, row in enumerate(rows, 1))
        parts[f"xl/worksheets/sheet{at}.xml"] = (
            f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>'
            f"{f'<mergeCells>{merged}</mergeCells>' if merged and at == 1 else ''}</worksheet>"
        )
    return zipped({**parts, **(extra or {})})


def _xlsx_row(number: int, row: Sequence[object]) -> str:
    cells = "".join(_xlsx_cell(f"{chr(65 + i)}{number}", value) for i, value in enumerate(row))
    return f'<row r="{number}">{cells}</row>'


def _xlsx_cell(reference: str, value: object) -> str:
    match value:
        case Raw():
            return value.replace("@ref", reference)
        case Formula():
            return f'<c r="{reference}"><f>{escape(value)}</f><v/></c>'
        case None | "":
            return f'<c r="{reference}" s="0"/>'
        case bool():
            return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f'<c r="{reference}"><v>{value}</v></c>'
        case _:
            text = f'<t xml:space="preserve">{escape(str(value))}</t>'
            return f'<c r="{reference}" t="inlineStr"><is>{text}</is></c>'


def ods(sheets: Mapping[str, Rows | str]) -> bytes:
    """Return a workbook as LibreOffice writes it, with its tail of empty rows."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        f"{rows if isinstance(rows, str) else ''.join(map(_ods_row, rows))}"
        '<table:table-row table:number-rows-repeated="1048500"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        for name, rows in sheets.items()
    )
    content = (
        f'{XML}<office:document-content xmlns:office="{OASIS}:office:1.0" xmlns:table="{OASIS}:table:1.0" '
        f'xmlns:text="{OASIS}:text:1.0"><office:body><office:spreadsheet>{tables}</office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'{XML}<m:manifest xmlns:m="{OASIS}:manifest:1.0"/>',
            "content.xml": content,
        }
    )


def _ods_row(row: Sequence[object]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(value: object) -> str:
    match value:
        case Raw():
            return value
        case Formula():
            return f'<table:table-cell table:formula="of:={escape(value)}"/>'
        case None | "":
            return "<table:table-cell/>"
        case int() | float():
            return (
                f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
                "</table:table-cell>"
            )
        case _:
            text = f"<text:p>{escape(str(value))}</text:p>"
            return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
