"""`pages`: queries and server time of the main pages, the worlds in turn so that noise meets all alike."""

import subprocess
import sys
from collections import defaultdict
from typing import Any

from benchmarks import figures
from benchmarks.places import ROOT, World, server_for
from benchmarks.talking import Inside, inside

MOST_QUERIES = 12
MOST_MS = 25
MOST_MS_OF_DASHBOARDS = 300
MOST_RATIO = 1.30
AT_A_TIME = 5
"""Requests to one page of one world before it is the next one's turn."""
NAMES = (
    *("mission", "session", "missions", "search", "search-many", "facilitator"),
    *("fees", "invoices", "invoice", "received", "payments", "batch"),
    *("suppliers", "suppliers-missing", "supplier"),
    *("books", "books-month", "books-open", "vat", "vat-rule", "balances", "balance"),
    *("my-fees", "my-invoice", "my-statement", "my-payment"),
    *("sessions", "owed"),
)
"""The pages with a goal."""
DASHBOARDS = ("dashboard-operations", "dashboard-quality", "dashboard-finance")
"""They add up all there is: their goal is another."""
OTHERS = (
    *("everything", "todo", "timeline", "clients", "people", "mails"),
    *("my-missions", "my-sessions"),
)
"""Looked at when asked for: they must stay quick too."""

type Samples = dict[str, dict[str, list[float]]]


def measure(worlds: list[World], requests: int, names: tuple[str, ...] = NAMES) -> dict[str, Any]:
    """Ask for every page of every world, print a table, return the figures."""
    with server_for(worlds) as server, inside(worlds, server) as processes:
        told = {name: _page(name, processes, requests) for name in names}
    _print(told)
    return told


def _page(name: str, processes: list[Inside], requests: int) -> dict[str, Any]:
    counted = {p.world.name: p.ask(do="count", page=name) for p in processes}
    wall: dict[str, list[float]] = defaultdict(list)
    cpu: dict[str, list[float]] = defaultdict(list)
    for turn in range(1 + -(-requests // AT_A_TIME)):
        for process in processes:
            told = process.ask(do="time", page=name, times=AT_A_TIME)
            if turn > 0:  # the first turn warms up
                wall[process.world.name] += told["ms"]
                cpu[process.world.name] += told["cpu_ms"]
    worlds = {
        world: {
            **counted[world],
            "requests": len(wall[world]),
            "ms_median": figures.median(wall[world]),
            "ms_p90": figures.p90(wall[world]),
            "cpu_ms_median": figures.median(cpu[world]),
        }
        for world in wall
    }
    return {"worlds": worlds, "ratios": _ratios(worlds)}


def goal_of(name: str) -> int:
    """Return how many milliseconds a page may take: a dashboard adds up all there is."""
    return MOST_MS_OF_DASHBOARDS if name in DASHBOARDS else MOST_MS


def _ratios(worlds: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Return, by database, the median in its largest world against that in its smallest."""
    by_database: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for name, told in worlds.items():
        database, _, scale = name.partition("-")
        by_database[database].append((float(scale), told["ms_median"]))
    return {
        database: round(max(found)[1] / min(found)[1], 2)
        for database, found in by_database.items()
        if len(found) > 1
    }


COLUMNS = "{page:<21} {world:<13} {queries:>7} {median:>10} {p90:>8} {cpu:>8} {size:>6}  {remarks}"


def _print(told: dict[str, Any]) -> None:
    heads = {"page": "page", "world": "world", "queries": "queries", "median": "median ms", "p90": "p90 ms"}
    print(COLUMNS.format(**heads, cpu="cpu ms", size="kB", remarks=""))
    for name, page in told.items():
        for world, value in page["worlds"].items():
            remarks = [
                "too many queries" if value["queries"] > MOST_QUERIES else "",
                "too slow" if value["ms_median"] > goal_of(name) else "",
            ]
            line = COLUMNS.format(
                page=name,
                world=world,
                queries=value["queries"],
                median=value["ms_median"],
                p90=value["ms_p90"],
                cpu=value["cpu_ms_median"],
                size=round(value["bytes"] / 1000),
                remarks=", ".join(filter(None, remarks)),
            )
            print(line.rstrip())
        for database, ratio in page["ratios"].items():
            remark = "  not flat" if ratio > MOST_RATIO and name not in DASHBOARDS else ""
            print(f"{'':<21} {database}: large / small = {ratio:.2f}{remark}")


def profile(world: World, page: str) -> None:
    """Print what is slow on a page of one world."""
    with server_for([world]) as server:
        subprocess.run(
            [
                sys.executable,
                "-m",
                "benchmarks.inside",
                "profile",
                "--folder",
                str(world.folder),
                "--page",
                page,
            ],
            cwd=ROOT,
            env=world.environment(server),
            check=False,
        )
