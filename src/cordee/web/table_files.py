"""Tables given as files: CSV, or a workbook to who asks for one. No cell of them is run."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO

from django.http import StreamingHttpResponse

from cordee.kernel.spreadsheets import Cell, write_csv, write_xlsx
from cordee.web.request import Request

_PIECE = 64 * 1024
"""Bytes sent at once."""


def table_file(
    request: Request, name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> StreamingHttpResponse:
    """Answer with a table: CSV, or with `?as=xlsx` a workbook."""
    if request.GET.get("as") == "xlsx":
        kind, ending = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
        content = _by_way_of_disk(write_xlsx, heads, rows)
    else:
        kind, ending = "text/csv; charset=utf-8", "csv"
        content = _by_way_of_disk(write_csv, heads, rows)
    response = StreamingHttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="cordee-{name}.{ending}"'
    return response


def _by_way_of_disk[Row](
    write: Callable[[IO[bytes], Sequence[str], Iterable[Row]], None],
    heads: Sequence[str],
    rows: Iterable[Row],
) -> Iterator[bytes]:
    """Give a table piece by piece: it is written to a file first, so that neither all rows nor the file lie in memory,
    and what is wrong shows before anything is sent.
    """
    with TemporaryFile() as out:
        write(out, heads, rows)
        out.seek(0)
        while piece := out.read(_PIECE):
            yield piece
