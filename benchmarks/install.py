"""`install`: from a clean clone to the first page of the demonstration, with pip."""

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import serving
from benchmarks.places import OPERATOR_PREFIXES, ROOT

MOST_SECONDS = 600


def measure(*, keep_pip_cache: bool) -> dict[str, Any]:
    """Clone, run `./cordee demo`, wait for the first page; print and return the seconds."""
    with tempfile.TemporaryDirectory(prefix="cordee-install-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        start = time.monotonic()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(place / "cordee")], check=True)
        cloned = time.monotonic() - start
        port = serving.free_port()
        with serving.running(
            [str(place / "cordee" / "cordee"), "demo"],
            port,
            environment=_newcomer(place, port, keep_pip_cache=keep_pip_cache),
            folder=place / "cordee",
            seconds=MOST_SECONDS,
        ) as demo:
            serving.wait_for(f"{demo.address}/", demo.process)
            seconds = time.monotonic() - start
    cache = "with" if keep_pip_cache else "without"
    print(f"from clone to first page with pip, {cache} its cache: {seconds:.0f} s (clone {cloned:.1f} s)")
    return {
        "seconds": round(seconds, 1),
        "clone_seconds": round(cloned, 1),
        "installer": "pip",
        "pip_cache": keep_pip_cache,
    }


def _newcomer(place: Path, port: int, *, keep_pip_cache: bool) -> dict[str, str]:
    """Return the environment of somebody who has Python and git, and no uv."""
    without_uv = place / "bin"
    without_uv.mkdir()
    for name in ("uv", "uvx"):  # first on the PATH, and it does not work: as if it were not there
        program = without_uv / name
        program.write_text("#!/bin/sh\nexit 127\n")
        program.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OPERATOR_PREFIXES)}
    kept.pop("VIRTUAL_ENV", None)
    environment = {"PATH": f"{without_uv}{os.pathsep}{kept.get('PATH', '')}", "PORT": str(port)}
    return kept | environment | ({} if keep_pip_cache else {"PIP_NO_CACHE_DIR": "1"})
