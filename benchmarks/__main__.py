"""Build worlds to measure in, measure, and print what was measured. See docs/benchmarks.md."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

import django

from benchmarks import (
    auditing,
    books,
    building,
    figures,
    install,
    invoices,
    lists,
    mails,
    pages,
    sealing,
    sheets,
    table,
)
from benchmarks.places import DATABASES, HOME, World, built

_PAGES = pages.NAMES + pages.DASHBOARDS + pages.OTHERS
SCANNED = 100
"""Pages read to tell how well they are."""
_BLIND = "visitors"
"""The set of pages on which what is published is measured."""


EMPTY_HOUSES: dict[str, tuple[Any, str, int, str]] = {
    "mails": (mails.measure, "people", 300, "joining instructions after an import"),
    "certificates": (mails.measure_certificates, "people", 300, "certificates after presence"),
    "invoices": (invoices.measure, "number", 1_000, "invoices issued and drawn"),
    "payments": (books.measure_payments, "payments", 2_000, "a batch prepared, approved and exported"),
    "audit": (books.measure_audit, "lines", 1_000_000, "`cordee fees audit` over many fees"),
    "audit-file": (auditing.measure, "sessions", 200, "the file of an audit of ten missions"),
    "seals": (sealing.measure, "sessions", 500, "sessions sealed once accepted"),
}
"""What is measured in a house of its own: how, what is counted, how many, and what it is."""


def main() -> int:
    """Do one command."""
    wanted = _parser().parse_args()
    match wanted.command:
        case "pages" if wanted.profile:
            pages.profile(_there(wanted)[-1], wanted.profile)
        case "table" if wanted.write:
            table.put_in_readmes()
        case "table":
            print(table.markdown(wanted.language), end="")
        case "all":
            _everything(wanted)
        case _:
            told = _measure(wanted)
            if wanted.keep:
                figures.save(wanted.command, told)
    return 0


def _measure(wanted: argparse.Namespace) -> dict[str, Any]:
    match wanted.command:
        case "build":
            return building.build(_asked_for(wanted), again=wanted.again)
        case "pages":
            return pages.measure(_there(wanted), wanted.requests, tuple(wanted.page or pages.NAMES))
        case "dashboards":
            return pages.measure(_there(wanted), wanted.requests, pages.DASHBOARDS)
        case "sheets":
            return sheets.measure(_there(wanted), wanted.times)
        case name if name in EMPTY_HOUSES:
            measure, what, _, _ = EMPTY_HOUSES[name]
            told: dict[str, Any] = measure(list(wanted.database or DATABASES), getattr(wanted, what))
            return told
        case "lists":
            return lists.measure(_there(wanted), wanted.times)
        case "scans":
            return _read_scans(wanted.pages, wanted.lot, verbose=wanted.verbose)
        case "weight":
            return _weigh(_there(wanted)[0], wanted.requests)
        case _:
            return install.measure(keep_pip_cache=wanted.keep_pip_cache)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cordee bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    worlds = argparse.ArgumentParser(add_help=False)
    worlds.add_argument("--home", type=Path, default=HOME, help="where the worlds are kept")
    worlds.add_argument("--scale", type=float, action="append", help="in percent of 20,000 missions")
    worlds.add_argument("--database", choices=DATABASES, action="append")
    kept = argparse.ArgumentParser(add_help=False)
    kept.add_argument("--keep", action="store_true", help="keep the figures in benchmarks/results")

    build = commands.add_parser("build", parents=[worlds, kept], help="fill the databases")
    build.add_argument("--again", action="store_true", help="even those that are there already")
    visits = commands.add_parser("pages", parents=[worlds, kept], help="queries and time of the main pages")
    visits.add_argument("--requests", type=int, default=60, help="to each page of each world")
    visits.add_argument("--page", action="append", choices=_PAGES, help="only this page")
    visits.add_argument("--profile", choices=_PAGES, help="what a page spends its time on")
    dashboards = commands.add_parser("dashboards", parents=[worlds, kept], help="those of each role")
    dashboards.add_argument("--requests", type=int, default=30, help="to each page of each world")
    drawing = commands.add_parser("sheets", parents=[worlds, kept], help="attendance sheets")
    drawing.add_argument("--times", type=int, default=60)
    importing = commands.add_parser("lists", parents=[worlds, kept], help="a client's list of thousands")
    importing.add_argument("--times", type=int, default=5)
    scans = commands.add_parser("scans", parents=[kept], help="signed sheets, photographed and scanned")
    scans.add_argument("--pages", type=int, default=SCANNED, help="of a set, always the same")
    scans.add_argument(
        "--lot",
        choices=(
            "tuning",
            "seen",
            "varied",
            "joined",
            "judged",
            "blind",
            "new-blind",
            "unseen",
            "passers-by",
            "visitors",
        ),
        default=_BLIND,
    )
    scans.add_argument(
        "--verbose", action="store_true", help="name each box read wrong: of the sets that may be looked at"
    )
    weight = commands.add_parser(
        "weight", parents=[worlds, kept], help="a page on the wire, a worker's memory"
    )
    weight.add_argument("--requests", type=int, default=2_000)
    for name, (_, what, number, told) in EMPTY_HOUSES.items():
        house = commands.add_parser(name, parents=[kept], help=told)
        house.add_argument("--database", choices=DATABASES, action="append")
        house.add_argument(f"--{what}", type=int, default=number)
    newcomer = commands.add_parser("install", parents=[kept], help="from a clone to the first page")
    newcomer.add_argument("--keep-pip-cache", action="store_true", help="as when it was installed before")
    commands.add_parser("all", parents=[worlds], help="everything, and keep it; build what is not there yet")
    told = commands.add_parser("table", help="the figures as Markdown")
    told.add_argument("--language", choices=("en", "fr"), default="en")
    told.add_argument("--write", action="store_true", help="put it in the READMEs")
    return parser


def _everything(wanted: argparse.Namespace) -> None:
    """Build what is not there yet, measure all of it, keep all figures."""
    worlds = _asked_for(wanted)
    figures.save("build", building.build(worlds))
    figures.save("pages", pages.measure(worlds, requests=60))
    figures.save("dashboards", pages.measure(worlds, requests=30, names=pages.DASHBOARDS))
    figures.save("sheets", sheets.measure(worlds, times=60))
    figures.save("lists", lists.measure(worlds, times=5))
    figures.save("scans", _read_scans(SCANNED))
    figures.save("weight", _weigh(worlds[0], requests=2_000))
    for name, (measure, _, number, _) in EMPTY_HOUSES.items():
        figures.save(name, measure(list(DATABASES), number))
    figures.save("install", install.measure(keep_pip_cache=False))
    print(table.markdown(), end="")


def _read_scans(pages: int, lot: str = _BLIND, *, verbose: bool = False) -> dict[str, Any]:
    if verbose and lot in {"unseen", "passers-by", _BLIND}:
        raise SystemExit("what was wrong on a blind set is not shown: the reader would be tuned on it")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cordee.config.settings")
    django.setup()  # sheets are printed as the house does it, from no database
    from benchmarks.scans import measuring

    return measuring.measure(pages, lot=measuring.Lot(lot), verbose=verbose)


def _weigh(world: World, requests: int) -> dict[str, Any]:
    from benchmarks import weight

    return weight.measure(world, requests)


def _asked_for(wanted: argparse.Namespace) -> list[World]:
    home = wanted.home.absolute()
    scales, databases = wanted.scale or (1.0, 100.0), wanted.database or DATABASES
    return [World(home, database, scale) for scale in scales for database in databases]


def _there(wanted: argparse.Namespace) -> list[World]:
    """Return the worlds asked for among those that are built, the small ones first."""
    found = [
        world
        for world in built(wanted.home.absolute())
        if (not wanted.scale or world.scale in wanted.scale)
        and (not wanted.database or world.database in wanted.database)
    ]
    if not found:
        raise SystemExit("no such world: build one with `./cordee bench build`")
    return found


if __name__ == "__main__":
    sys.exit(main())
