"""A real web server on this machine alone, for as long as a measurement lasts."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.places import ROOT

START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    address: str
    process: "subprocess.Popen[bytes]"

    def memory(self) -> tuple[float, float]:
        """Return the resident memory in MB of its largest process, and of all of them together."""
        sizes = [kilobytes / 1024 for kilobytes in _resident(self.process.pid)]
        return max(sizes), sum(sizes)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(
    command: list[str],
    port: int,
    *,
    environment: dict[str, str],
    folder: Path,
    seconds: float = START_SECONDS,
) -> Iterator[Server]:
    """Run a command that serves on `port`; stop it, and all that it started, at the end."""
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        wait_for(f"{address}/healthz", process, seconds=seconds)
        yield Server(address, process)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def web_command() -> list[str]:
    """Return the command of one web worker, as operators start it; the environment says where it listens."""
    return [str(ROOT / "cordee"), "web", "--workers", "1"]


def wait_for(
    address: str, process: "subprocess.Popen[bytes]", *, seconds: float = START_SECONDS, every: float = 0.05
) -> None:
    """Return once the address answers 200; give up when the process ends or time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"the server ended with {process.returncode}")
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
            urllib.request.urlopen(address, timeout=5) as answer,  # noqa: S310 - loopback, written above
        ):
            if answer.status == 200:
                return
        time.sleep(every)
    raise SystemExit(f"{address} did not answer within {seconds:.0f} s")


def _resident(parent: int) -> list[int]:
    """Return the kilobytes of a process and of all below it, as `ps` tells them everywhere."""
    told = subprocess.check_output(["ps", "-A", "-o", "pid=,ppid=,rss="], text=True)
    rows = [tuple(map(int, line.split())) for line in told.splitlines()]
    family: set[int] = set()
    found = {parent}
    while found:
        family |= found
        found = {pid for pid, above, _kilobytes in rows if above in family} - family
    return [kilobytes for pid, _above, kilobytes in rows if pid in family]
