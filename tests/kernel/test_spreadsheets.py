"""Tables for spreadsheets: no cell runs, and a long one is never whole in memory."""

import tracemalloc
from collections.abc import Callable, Iterator
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any
from zipfile import ZipFile

import pytest

from cordee.kernel.spreadsheets import as_csv, as_xlsx, write_csv, write_xlsx

ROWS, LETTERS = 2_000, 5_000


def long_table() -> Iterator[list[str]]:
    for n in range(ROWS):
        yield [f"{n} ".ljust(LETTERS, "é")]


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_long_table_is_written_row_by_row(*, write: Callable[..., None]) -> None:
    with TemporaryFile() as out:
        tracemalloc.start()
        try:
            write(out, ["Head"], long_table())
            _now, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < ROWS * LETTERS / 5, "of ten million letters"


def test_a_number_below_zero_is_a_number() -> None:
    out = BytesIO()
    write_csv(out, ["NPS"], [[-50], [-1.5], ["-50"]])
    assert out.getvalue().decode("utf-8-sig").split() == ["NPS", "-50", "-1,50", "'-50"]


@pytest.mark.parametrize("sign", [*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20"])
def test_no_cell_runs(*, sign: str) -> None:
    cell = f"{sign}cmd|' /C calc'!A0<script>"
    assert f"'{sign}cmd" in as_csv(["Head"], [[cell]]).decode("utf-8-sig")
    sheet: Any = as_xlsx(["Head"], [[cell]])
    assert b"<f>" not in sheet
    with ZipFile(BytesIO(sheet)) as workbook:
        assert b's="1"' in workbook.read("xl/worksheets/sheet1.xml"), "text, even once it is edited"
    assert b"<script>" not in sheet
