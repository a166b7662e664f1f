"""Drawing attendance sheets, from the database to the PDF."""

import time
from itertools import cycle, islice

from benchmarks.world.manifest import Manifest
from cordee.documents.queries import sheets_of
from cordee.documents.rendering import render_sheets
from cordee.planning import queries as planning


def time_sheets(manifest: Manifest, sheets: int, times: int) -> dict[str, list[float]]:
    """Return the milliseconds of one file with that many sheets of 15 people and 2 half-days, `times` times:

    reading them from the database (`read_ms`) and drawing them (`draw_ms`). Each file is of other sessions.
    """
    found = [planning.session_by_ref(ref) for ref in manifest.sheet_refs]
    sessions = cycle([session for session in found if session])
    read, draw = [], []
    for _ in range(times):
        wanted = list(islice(sessions, sheets))
        start = time.perf_counter()
        data = sheets_of(wanted)
        between = time.perf_counter()
        render_sheets(data)
        read.append(1000 * (between - start))
        draw.append(1000 * (time.perf_counter() - between))
    return {"read_ms": read, "draw_ms": draw}
