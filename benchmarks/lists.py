"""`lists`: how long a client's list of 5,000 people takes, to be shown and to be enrolled."""

from typing import Any

from benchmarks import figures
from benchmarks.places import World, server_for
from benchmarks.talking import inside

LONG, SHORT = 5_000, 1_000


def measure(worlds: list[World], times: int) -> dict[str, Any]:
    """Import a long list several times in each world, and a short one for its queries; print the figures."""
    told = {}
    with server_for(worlds) as server, inside(worlds, server) as processes:
        for process in processes:
            short = process.ask(do="list", rows=SHORT)
            long = [process.ask(do="list", rows=LONG) for _ in range(times)]
            told[process.world.name] = {"rows": LONG} | {
                f"{step}_{unit}": value
                for step in ("preview", "enrol")
                for unit, value in (
                    ("seconds", figures.median([one[step]["seconds"] for one in long])),
                    ("queries", long[0][step]["queries"]),
                    ("queries_of_a_thousand", short[step]["queries"]),
                )
            }
    for name, value in told.items():
        for step in ("preview", "enrol"):
            seconds, queries, few = (
                value[f"{step}_{u}"] for u in ("seconds", "queries", "queries_of_a_thousand")
            )
            print(f"{name:<13} {step:<8} {seconds:.2f} s, {queries} queries ({few} for {SHORT:,} rows)")
    return told
