"""`invoices`: how long it takes to issue many invoices and to draw each as a Factur-X, with one worker beside."""

import subprocess
import sys
import time
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
            with worker(environment):
                time.sleep(START_SECONDS)
                command = [sys.executable, "-m", "benchmarks.invoiced", str(invoices)]
                done = subprocess.run(
                    command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
                )
        issued, drawn = map(float, done.stdout.split())
        told[database] = {"invoices": invoices, "issued_seconds": issued, "seconds": drawn}
        print(f"{database:<9} {invoices} invoices issued in {issued:.1f} s, all drawn after {drawn:.1f} s")
    return told
