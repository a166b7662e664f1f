"""XLSX and ODS files to grids."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from cordee.lists.extents import Extent, ods_extents, xlsx_extent
from cordee.lists.grids import Grid, Line, without_blank_end
from cordee.lists.letters import tidy
from cordee.lists.packages import is_worksheet, packed, unpacked
from cordee.lists.results import MAX_ROWS, ListRefused, Refusal

_MAX_CELLS = 4_000_000
"""Cells up to the last one filled: a stray cell at the far corner of a sheet makes billions."""
_LONG_GAP = 100
Value = str | float | bool | date | datetime | time | timedelta


def read_grids(content: bytes) -> tuple[list[Grid], str]:
    """Return the sheets of a workbook in order, and its form. Raises ListRefused."""
    form, parts = unpacked(content)
    if form == "ods":
        extents = ods_extents(parts["content.xml"])
    else:
        extents = [xlsx_extent(part) for part in parts.values() if is_worksheet(part)]
    cells = sum(extent.rows * extent.columns for extent in extents)
    if cells > _MAX_CELLS:
        raise ListRefused(Refusal.TOO_MANY_ROWS, limit=MAX_ROWS, found=max(extent.rows for extent in extents))
    try:
        with CalamineWorkbook.from_filelike(packed(parts)) as workbook:
            return list(_grids(workbook, extents if form == "ods" else None)), form
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise ListRefused(Refusal.BROKEN) from error
    except BaseException as error:  # a panic of the native parser is no Exception
        if type(error).__name__ == "PanicException":
            raise ListRefused(Refusal.BROKEN) from error
        raise


def _grids(workbook: CalamineWorkbook, extents: list[Extent] | None) -> Iterator[Grid]:
    for at, info in enumerate(workbook.sheets_metadata):
        if info.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(at)
        merges = extents[at].merges if extents and at < len(extents) else _merges(sheet)
        yield Grid(info.name, _lines(sheet, merges), hidden=info.visible != SheetVisibleEnum.Visible)


def _merges(sheet: CalamineSheet) -> list[tuple[int, int, int]]:
    return [
        (top, left, bottom) for (top, left), (bottom, _) in sheet.merged_cell_ranges or [] if bottom > top
    ]


def _lines(sheet: CalamineSheet, merges: list[tuple[int, int, int]]) -> tuple[Line, ...]:
    """Return the rows as lines; what is merged downwards counts for each of them. Long gaps are left out."""
    lines: list[Line] = []
    empty = 0
    for number, cells in enumerate(_filled_down(sheet, merges), start=1):
        if any(cells):
            empty = 0
            lines.append(Line(number, "\t".join(cells).rstrip("\t"), tuple(tidy(cell) for cell in cells)))
        elif (empty := empty + 1) < _LONG_GAP:
            lines.append(Line(number, "", ()))
    return without_blank_end(lines)


def _filled_down(sheet: CalamineSheet, merges: list[tuple[int, int, int]]) -> Iterator[list[str]]:
    starts = {(top, left): bottom for top, left, bottom in merges}
    running: dict[int, tuple[str, int]] = {}
    by_row = {top for top, _ in starts}
    for number, row in enumerate(sheet.iter_rows()):
        cells = [_text(value) for value in row]
        for left, (text, bottom) in list(running.items()):
            if number <= bottom and left < len(cells):
                cells[left] = cells[left] or text
            else:
                del running[left]
        if number in by_row:
            for left, cell in enumerate(cells):
                if cell and (number, left) in starts:
                    running[left] = (cell, starts[number, left])
        yield cells


def _text(value: Value) -> str:
    """Return what a person sees in the cell, near enough: no `.0` behind whole numbers, no midnight."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - exact
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, (date, time)) else str(value)
