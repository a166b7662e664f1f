"""`audit-file`: how long the file of an audit of ten missions takes, with all that proves them."""

import subprocess
import sys
from typing import Any

from benchmarks.mails import house
from benchmarks.places import ROOT, Database


def measure(databases: list[Database], sessions: int) -> dict[str, Any]:
    """Have the file made in an empty house of each database; print and return the figures."""
    told = {}
    for database in databases:
        with house(database) as environment:
            quiet = {"stdout": subprocess.DEVNULL}
            subprocess.run([ROOT / "cordee", "migrate"], env=environment, check=True, **quiet)
            command = [sys.executable, "-m", "benchmarks.audited", str(sessions)]
            done = subprocess.run(
                command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
            )
        seconds, kilobytes, files = done.stdout.split()
        told[database] = {
            "sessions": sessions,
            "seconds": float(seconds),
            "kilobytes": int(kilobytes),
            "files": int(files),
        }
        print(f"{database:<9} {sessions} sessions of ten missions: {files} files in {float(seconds):.1f} s")
    return told
