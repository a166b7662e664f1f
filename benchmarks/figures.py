"""Figures as JSON files, with where they were taken."""

import json
import os
import platform
import statistics
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.places import RESULTS


def save(name: str, figures: dict[str, Any]) -> Path:
    """Write `<name>.json` in the repository, replacing what was measured before."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{name}.json"
    told = {
        "name": name,
        "date": datetime.now(UTC).date().isoformat(),  # noqa: TID251 - the day of the measurement, not of the house
        "machine": {"cores": os.cpu_count(), "system": platform.system(), "architecture": platform.machine()},
        "python": platform.python_version(),
        "figures": figures,
    }
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    return path


def load(name: str) -> dict[str, Any]:
    """Return what was measured last under this name; nothing when it never was."""
    path = RESULTS / f"{name}.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def median(values: list[float]) -> float:
    return round(statistics.median(values), 2)


def p90(values: list[float]) -> float:
    """Return the time under which nine in ten stay."""
    return round(sorted(values)[max(0, -(-len(values) * 9 // 10) - 1)], 2)
