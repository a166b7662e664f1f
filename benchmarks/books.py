"""`payments` and `audit`: the bank's file of a large batch, and whether a million fees add up."""

import os
import subprocess
import sys
import time
from typing import Any

from benchmarks.mails import house
from benchmarks.places import ROOT, Database


def measure_payments(databases: list[Database], payments: int) -> dict[str, Any]:
    """Have a batch of so many payments prepared, approved and exported in an empty house of each database."""
    told = {}
    for database in databases:
        with house(database) as environment:
            _fill(environment, "payments", payments)
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.booked", "export"],
                cwd=ROOT,
                env=environment,
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            )
        made, *seconds = done.stdout.split()
        prepared, approved, exported = map(float, seconds)
        told[database] = {
            "payments": int(made),
            "prepared_seconds": prepared,
            "approved_seconds": approved,
            "seconds": exported,
        }
        print(
            f"{database:<9} {made} payments exported in {exported:.2f} s"
            f" (prepared in {prepared:.2f} s, approved in {approved:.2f} s)"
        )
    return told


def measure_audit(databases: list[Database], lines: int) -> dict[str, Any]:
    """Audit a house of so many fee lines in each database, by the command; how long, and how much memory it took."""
    told = {}
    for database in databases:
        with house(database) as environment:
            started = time.monotonic()
            _fill(environment, "audit", lines)
            filled = round(time.monotonic() - started)
            started = time.monotonic()
            audit = subprocess.Popen([ROOT / "cordee", "fees", "audit"], env=environment)
            _pid, status, used = os.wait4(audit.pid, 0)
            seconds = round(time.monotonic() - started, 2)
            if status:
                raise SystemExit("the money does not add up")
        told[database] = {
            "lines": lines,
            "seconds": seconds,
            "processor_seconds": round(used.ru_utime + used.ru_stime, 2),
            "megabytes": round(used.ru_maxrss / 1024),
        }
        print(
            f"{database:<9} {lines:,} fee lines audited in {seconds:.1f} s, {told[database]['megabytes']} MB"
            f" (filled in {filled} s)"
        )
    return told


def _fill(environment: dict[str, str], what: str, number: int) -> None:
    quiet = {"stdout": subprocess.DEVNULL}
    subprocess.run([ROOT / "cordee", "migrate"], env=environment, check=True, **quiet)
    command = [sys.executable, "-m", "benchmarks.booked", what, str(number)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, **quiet)
