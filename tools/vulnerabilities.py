"""Known vulnerabilities of the locked packages, where a registry answers: part of `./cordee check`.

It asks the registry that this machine installs from, for one page a package: no host stands here. What was found to be
without fault is not asked for again the same day, unless with `--now` (`./cordee check --vulnerabilities`, and in CI).
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.request import urlopen

LOCK = Path(__file__).resolve().parent.parent / "requirements-dev.lock"  # holds the smaller ones too
STAMP = Path(sys.prefix) / ".no-known-faults"
"""The day on which the registry knew of no fault in which lock file."""
PATIENCE = 4
"""Seconds in which a registry answers, or is taken for one that does not."""
_AT_ONCE = 8
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
_ASK_PIP = (
    "from pip._internal.commands import create_command as c;"
    "print(c('download').parser.get_default_values().index_url)"
)


def main(arguments: Sequence[str] = ()) -> int:
    """Print what is known, and return 1 when a locked version has a known vulnerability."""
    today = f"{date.today().isoformat()} {sha256(LOCK.read_bytes()).hexdigest()}"  # noqa: DTZ011, TID251 - of this machine
    if "--now" not in arguments and STAMP.exists() and STAMP.read_text() == today:
        return 0
    locked = _PINNED.findall(LOCK.read_text())
    registry = registry_of_this_machine()
    if not registry or not answers(registry, *locked[0]):
        print("not looked up: no registry answers")
        return 0
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        pages = list(pool.map(lambda package: page(registry, *package), locked))
    silent = [name for (name, _), found in zip(locked, pages, strict=True) if found is None]
    known = [
        line
        for (name, version), found in zip(locked, pages, strict=True)
        for line in told(name, version, found or {})
    ]
    if silent:
        print(f"not looked up: the registry did not answer for {', '.join(silent)}")
    print("\n".join(known))
    if not known and not silent:
        STAMP.write_text(today)
    return 1 if known else 0


def registry_of_this_machine(environment: Mapping[str, str] = os.environ) -> str:
    """Return the address under which packages have their pages; nothing when none is known here."""
    named = (environment.get(name, "") for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"))
    index = next(filter(None, named), "") or _what_pip_uses()
    return index.strip().rstrip("/").removesuffix("/simple").rstrip("/")


def _what_pip_uses() -> str:
    base = getattr(sys, "_base_executable", "") or sys.executable  # a .venv made by uv holds no pip
    asked = subprocess.run([base, "-c", _ASK_PIP], capture_output=True, text=True, check=False)
    return asked.stdout if asked.returncode == 0 else ""


def answers(registry: str, name: str, version: str) -> bool:
    return page(registry, name, version) is not None


def page(registry: str, name: str, version: str) -> dict[str, Any] | None:
    """Return what the registry says of one version; nothing when it does not answer, or not in its usual form."""
    try:
        with urlopen(f"{registry}/pypi/{name}/{version}/json", timeout=PATIENCE) as answer:  # noqa: S310 - as configured
            found = json.load(answer)
    except (OSError, ValueError):  # HTTPError is an OSError
        return None
    return found if isinstance(found, dict) and "vulnerabilities" in found else None


def told(name: str, version: str, found: Mapping[str, Any]) -> Iterator[str]:
    """Give a line for each vulnerability that stands: which, and the version that mends it."""
    for known in found.get("vulnerabilities", []):
        if not known.get("withdrawn"):
            mended = ", ".join(known.get("fixed_in") or []) or "no version yet"
            yield f"{name} {version}: {known.get('id')} (mended in {mended})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
