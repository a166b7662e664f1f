"""What runs in a process of its own, with the settings of one world: `python -m benchmarks.inside WHAT …`.

Figures come back as lines of JSON, one for each line asked on standard input.
"""

import argparse
import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Come into the world named by the environment and do what is asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("build", "answer", "profile", "visit"))
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--page", default="")
    wanted = parser.parse_args()
    set_up()
    match wanted.what:
        case "build":
            build(wanted.folder, wanted.scale)
        case "answer":
            answer(wanted.folder)
        case "profile":
            from benchmarks.inspection import inspect

            inspect(visitor(wanted.folder), wanted.page)
        case "visit":
            print(json.dumps(visitor(wanted.folder).log_in()))


def set_up() -> None:
    """Make Django ready as the web application does."""
    from cordee.config.translations import compile_if_needed

    compile_if_needed()
    import django

    django.setup()


def build(folder: Path, scale: float) -> None:
    """Prepare the database and fill it around noon of this day."""
    from django.core.management import call_command

    from benchmarks.world.build import build as build_world
    from cordee.kernel import clock
    from cordee.kernel.periods import local

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    anchor = local(clock.now(), "Europe/Paris").replace(hour=12, minute=0, second=0, microsecond=0)
    manifest = build_world(scale, anchor, say=lambda line: print(f"   {line}", file=sys.stderr, flush=True))
    manifest.write(folder / "manifest.json")


def visitor(folder: Path) -> Any:
    """Return who visits the pages of this world, with the styles of the code as it is now."""
    from django.core.management import call_command

    from benchmarks.visits import Visitor
    from benchmarks.world.manifest import Manifest

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return Visitor(Manifest.read(folder / "manifest.json"))


def answer(folder: Path) -> None:
    """Do what each line asks; the last line of the input ends the process."""
    from benchmarks import drawing, importing

    who = visitor(folder)
    answers = sys.stdout
    for line in sys.stdin:
        asked = json.loads(line)
        with contextlib.redirect_stdout(io.StringIO()):
            match asked["do"]:
                case "count":
                    told: Any = who.count(asked["page"])
                case "time":
                    told = who.time(asked["page"], asked["times"])
                case "sheets":
                    told = drawing.time_sheets(who.manifest, asked["sheets"], asked["times"])
                case "list":
                    told = importing.time_list(who, asked["rows"])
                case unknown:
                    raise SystemExit(f"nobody can do {unknown!r}")
        answers.write(json.dumps(told) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
