"""`seals`: how long one worker takes to seal many sessions whose sheets were accepted."""

import resource
import subprocess
import sys
from typing import Any

from benchmarks.mails import house, worker
from benchmarks.places import ROOT, Database


def measure(databases: list[Database], sessions: int) -> dict[str, Any]:
    """Have sheets accepted in an empty house of each database; print and return how long the seals take, from the start
    of the worker.
    """
    told = {}
    for database in databases:
        seconds, processor = _seals(database, sessions)
        told[database] = {"sessions": sessions, "seconds": seconds, "processor_seconds": processor}
        print(
            f"{database:<9} {sessions} sessions sealed in {seconds:.1f} s, {processor:.1f} s of a processor"
        )
    return told


def _seals(database: Database, sessions: int) -> tuple[float, float]:
    """Return how long it takes, and how much of a processor: of the worker, and of who waits for it."""
    with house(database) as environment:
        quiet = {"stdout": subprocess.DEVNULL}
        subprocess.run([ROOT / "cordee", "migrate"], env=environment, check=True, **quiet)
        command = [sys.executable, "-m", "benchmarks.sealed", str(sessions)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        before = _processor()
        with worker(environment):
            done = subprocess.run(
                [*command, "--wait"], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
            )
        return float(done.stdout), round(_processor() - before, 1)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
