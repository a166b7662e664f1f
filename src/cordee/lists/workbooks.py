"""XLSX and ODS files to grids."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from cordee.lists.extents import Extent, Formula, ods_extents, xlsx_extent
from cordee.lists.grids import Grid, Line, without_blank_end
from cordee.lists.letters import tidy
from cordee.lists.packages import packed, unpacked
from cordee.lists.relations import sheet_parts, with_addresses
from cordee.lists.results import MAX_ROWS, ListRefused, Refusal

_MAX_CELLS = 4_000_000
"""Cells up to the last one filled: a stray cell at the far corner of a sheet makes billions."""
_LONG_GAP = 100
Value = str | float | bool | date | datetime | time | timedelta


def read_grids(content: bytes) -> tuple[list[Grid], str]:
    """Return the sheets of a workbook in order, and its form. Raises ListRefused."""
    form, parts = unpacked(content)
    extents = _xlsx_extents(parts) if form == "xlsx" else ods_extents(parts["content.xml"])
    _refuse_too_many(extents)
    try:
        with CalamineWorkbook.from_filelike(packed(parts)) as workbook:
            return list(_grids(workbook, extents)), form
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise ListRefused(Refusal.BROKEN) from error
    except BaseException as error:  # a panic of the native parser is no Exception
        if type(error).__name__ == "PanicException":
            raise ListRefused(Refusal.BROKEN) from error
        raise


def _xlsx_extents(parts: dict[str, bytes]) -> list[Extent]:
    """Return the extent of each sheet in order. Every part is walked through: what no parser of XML takes, and
    cells that lie elsewhere than they should, are found before the native parser meets them.
    """
    found = {name: xlsx_extent(part) for name, part in parts.items()}
    _refuse_too_many([extent for extent in found.values() if extent.holds_cells])
    sheets = sheet_parts(parts)
    return [with_addresses(found[name], parts, name) if name else Extent() for name in sheets]


def _refuse_too_many(extents: list[Extent]) -> None:
    if sum(extent.rows * extent.columns for extent in extents) > _MAX_CELLS:
        raise ListRefused(Refusal.TOO_MANY_ROWS, limit=MAX_ROWS, found=max(extent.rows for extent in extents))


def _grids(workbook: CalamineWorkbook, extents: list[Extent]) -> Iterator[Grid]:
    for at, info in enumerate(workbook.sheets_metadata):
        if info.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(at)
        extent = extents[at] if at < len(extents) else Extent()
        merges = [*extent.merges, *_merges(sheet)]
        yield Grid(
            info.name, _lines(_shown(sheet, extent), merges), hidden=info.visible != SheetVisibleEnum.Visible
        )


def _shown(sheet: CalamineSheet, extent: Extent) -> Iterator[list[str]]:
    """Yield the rows as a person sees them, with formulas that nobody computed, and the addresses behind links."""
    formulas: dict[int, list[Formula]] = {}
    for formula in extent.formulas:
        for row in range(formula.top, formula.bottom + 1):
            formulas.setdefault(row, []).append(formula)
    links: dict[int, list[tuple[int, str]]] = {}
    for (row, column), email in extent.links.items():
        links.setdefault(row, []).append((column, email))
    last = max(formulas, default=-1)
    for number, values in enumerate(_endless(sheet.iter_rows(), last + 1)):
        cells = [_text(value) for value in values]
        for formula in formulas.get(number, ()):
            cells.extend("" for _ in range(formula.right + 1 - len(cells)))
            for column in range(formula.left, formula.right + 1):
                cells[column] = cells[column] or formula.text
        for column, email in links.get(number, ()):
            if column < len(cells) and "@" not in cells[column]:
                cells[column] = f"{cells[column]} <{email}>".strip() if cells[column] else email
        yield cells


def _endless(rows: Iterable[list[Value]], least: int) -> Iterator[list[Value]]:
    """Yield the rows, and empty ones behind them until there are `least`."""
    count = 0
    for row in rows:
        count += 1
        yield row
    yield from ([] for _ in range(least - count))


def _merges(sheet: CalamineSheet) -> list[tuple[int, int, int]]:
    return [
        (top, left, bottom) for (top, left), (bottom, _) in sheet.merged_cell_ranges or [] if bottom > top
    ]


def _lines(rows: Iterable[list[str]], merges: list[tuple[int, int, int]]) -> tuple[Line, ...]:
    """Return the rows as lines; what is merged downwards counts for each of them. Long gaps are left out."""
    lines: list[Line] = []
    empty = 0
    for number, cells in enumerate(_filled_down(rows, merges), start=1):
        if any(cells):
            empty = 0
            lines.append(Line(number, "\t".join(cells).rstrip("\t"), tuple(tidy(cell) for cell in cells)))
        elif (empty := empty + 1) < _LONG_GAP:
            lines.append(Line(number, "", ()))
    return without_blank_end(lines)


def _filled_down(rows: Iterable[list[str]], merges: list[tuple[int, int, int]]) -> Iterator[list[str]]:
    starts = {(top, left): bottom for top, left, bottom in merges}
    running: dict[int, tuple[str, int]] = {}
    by_row = {top for top, _ in starts}
    for number, cells in enumerate(rows):
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
