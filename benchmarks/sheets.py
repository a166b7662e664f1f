"""`sheets`: how long attendance sheets take, from the database to the PDF, once the process is warm."""

from typing import Any

from benchmarks import figures
from benchmarks.places import World, server_for
from benchmarks.talking import inside

MANY = 200


def measure(worlds: list[World], times: int) -> dict[str, Any]:
    """Draw one sheet many times, then many in one file, in each world; print and return the figures."""
    told = {}
    with server_for(worlds) as server, inside(worlds, server) as processes:
        for process in processes:
            process.ask(do="sheets", sheets=1, times=5)
            one = process.ask(do="sheets", sheets=1, times=times)
            many = process.ask(do="sheets", sheets=MANY, times=3)
            whole = [read + draw for read, draw in zip(one["read_ms"], one["draw_ms"], strict=True)]
            file = [(r + d) / 1000 for r, d in zip(many["read_ms"], many["draw_ms"], strict=True)]
            told[process.world.name] = {
                "sheet_ms_median": figures.median(whole),
                "sheet_ms_p90": figures.p90(whole),
                "sheet_draw_ms_median": figures.median(one["draw_ms"]),
                "sheets_in_one_file": MANY,
                "file_seconds": figures.median(file),
            }
    for name, value in told.items():
        median, p90, drawing = (value[f"sheet_{part}"] for part in ("ms_median", "ms_p90", "draw_ms_median"))
        print(f"{name:<13} one sheet {median:.1f} ms (p90 {p90:.1f}, drawing alone {drawing:.1f})")
        print(f"{'':<13} {MANY} in one file {value['file_seconds']:.2f} s")
    return told
