"""`invoices`: how long it takes to issue many invoices and to draw each as a Factur-X, with one worker beside."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.mails import START_SECONDS, house, worker
from benchmarks.places import ROOT, Database


def measure(databases: list[Database], invoices: int) -> dict[str, Any]:
    """Issue invoices in an empty house of each database; print and return how long until all have their file."""
    told = {}
    for database in databases:
        with house(database) as environment:
            quiet = {"stdout": subprocess.DEVNULL}
            subprocess.run([ROOT / "cordee", "migrate"], env=environment, check=True, **quiet)
            with worker(environment) as drawing:
                time.sleep(START_SECONDS)
                before = _processor_seconds(drawing.pid)
                command = [sys.executable, "-m", "benchmarks.invoiced", str(invoices)]
                done = subprocess.run(
                    command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
                )
                busy = round(_processor_seconds(drawing.pid) - before, 1)
        issued, drawn = map(float, done.stdout.split())
        told[database] = {
            "invoices": invoices,
            "issued_seconds": issued,
            "seconds": drawn,
            "worker_processor_seconds": busy,
        }
        print(f"{database:<9} {invoices} invoices issued in {issued:.1f} s, all drawn after {drawn:.1f} s")
        print(
            f"{'':<9} of which the worker was at work {busy:.1f} s (a busy machine changes little about it)"
        )
    return told


def _processor_seconds(pid: int) -> float:
    """Return how long a process has been at work, as Linux tells it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
