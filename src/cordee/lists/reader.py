"""Lists of participants as clients send them: one door for a file and for a paste.

    people = read_file(content, "liste.xlsx")
    for row in people.rows: ...            # good ones and ones to be corrected, in order
    for line in people.skipped: ...        # titles, headers, totals, remarks: nothing is lost

Every line with something on it is in `rows` or in `skipped`. What was typed is kept as typed, capitals
included; addresses are in lower case. Formulas are text. A list that cannot be read at all raises
`ListRefused`.
"""

from collections import Counter
from collections.abc import Sequence

from cordee.lists.addresses import read_address
from cordee.lists.assembly import Found, read_sheet
from cordee.lists.checks import Draft, judged
from cordee.lists.decoding import decode, encoded_once
from cordee.lists.domains import Domains
from cordee.lists.grids import Grid
from cordee.lists.letters import tidy
from cordee.lists.results import (
    MAX_BYTES,
    MAX_ROWS,
    ListRefused,
    PeopleList,
    Refusal,
    Row,
    SheetInfo,
    Skipped,
    Why,
)
from cordee.lists.separated import read_grid
from cordee.lists.sniffing import is_workbook
from cordee.lists.workbooks import read_grids

_LIKELY = 2 / 3
"""From this share of lines with an address on, a sheet without a header surely holds people."""


def read_file(content: bytes, file_name: str) -> PeopleList:
    """Read a file; its type is told by its content. Raises ListRefused, which then knows the file's name."""
    try:
        if is_workbook(content):
            grids, form = read_grids(content)
            return _people(grids, form=form)
        text, encoding = decode(content)
        grid, separator = read_grid(text, by_records=True)
        return _people([grid], form="text", encoding=encoding, separator=separator)
    except ListRefused as refusal:
        refusal.params["file"] = file_name
        raise


def read_text(text: str) -> PeopleList:
    """Read a paste. Raises ListRefused."""
    size = len(text.encode("utf-8", errors="replace"))
    if size > MAX_BYTES:
        raise ListRefused(Refusal.TOO_LARGE, limit=MAX_BYTES, found=size)
    text = encoded_once(text.removeprefix("\ufeff").replace("\0", ""))
    grid, separator = read_grid(text, by_records=False)
    return _people([grid], form="text", separator=separator)


def check(row: Row) -> Row:
    """Look again at a row that was edited or corrected: same person, its problems and suggestion anew."""
    address = read_address(row.email, Domains(Counter()))
    draft = Draft(
        line=row.line,
        text=row.text,
        sheet=row.sheet,
        address=address,
        typed_email=row.email,
        first=tidy(row.first_name),
        last=tidy(row.last_name),
        group=tidy(row.group),
        extras=dict(row.extras),
    )
    return judged(draft)


def _people(grids: Sequence[Grid], *, form: str, encoding: str = "", separator: str = "") -> PeopleList:
    """Take the sheets that hold people; where one surely does, a few addresses or words are not enough."""
    found = [read_sheet(grid, separator) for grid in grids if not grid.hidden]
    least = _LIKELY if any(sheet.certainty >= _LIKELY for sheet in found) else 0.0
    rows: list[Row] = []
    skipped: list[Skipped] = []
    sheets: list[SheetInfo] = []
    by_name = {id(sheet.grid): sheet for sheet in found}
    for grid in grids:
        sheet = by_name.get(id(grid))
        if sheet is None or not sheet.rows or sheet.certainty < least:
            why = Why.HIDDEN_SHEET if grid.hidden else Why.OTHER_SHEET
            skipped.extend((sheet or Found(grid, (), ())).as_other(why))
            sheets.append(SheetInfo(grid.name, taken=False, hidden=grid.hidden))
            continue
        rows.extend(sheet.rows)
        skipped.extend(sheet.skipped)
        sheets.append(SheetInfo(grid.name, taken=True, rows=len(sheet.rows), header_line=sheet.header_line))
    if not rows:
        raise ListRefused(Refusal.EMPTY, lines=sum(not line.blank for grid in grids for line in grid.lines))
    if len(rows) > MAX_ROWS:
        raise ListRefused(Refusal.TOO_MANY_ROWS, limit=MAX_ROWS, found=len(rows))
    return PeopleList(
        rows=tuple(rows),
        skipped=tuple(skipped),
        sheets=tuple(sheets),
        form=form,
        encoding=encoding,
        separator=separator,
    )
