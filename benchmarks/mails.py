"""`mails`: how long joining instructions take, from the import of a list to the last one at the mail server.

One worker, as operators start it, and a mail server on this machine that takes everything. Twice: undisturbed, and with
the worker killed between two messages half-way, and started again at once.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from aiosmtpd.controller import Controller

from benchmarks import serving
from benchmarks.places import OPERATOR_PREFIXES, ROOT, SETTINGS, Database
from tools import postgres

MOST_SECONDS = 300
START_SECONDS = 5
"""Long enough for a worker to be ready: it would be, when somebody imports a list."""


class MailServer:
    """Takes everything, and notes when."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = {}
        self.twice = 0
        self.half_way = 0
        """The number of messages after which the next one waits, to be interrupted."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.half_way and len(self.taken) >= self.half_way:
            await asyncio.sleep(MOST_SECONDS)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        for address in envelope.rcpt_tos:
            self.twice += address in self.taken
            self.taken[address] = time.monotonic()
        return "250 OK"


def measure(databases: list[Database], people: int) -> dict[str, Any]:
    """Import a list into an empty house of each database; print and return the figures."""
    told = {}
    for database in databases:
        seconds, killed = (_letters(database, people, kill=kill) for kill in (False, True))
        told[database] = {"people": people, "seconds": seconds, "seconds_with_a_kill": killed}
        print(f"{database:<9} {people} joining instructions in {seconds:.1f} s")
        print(f"{'':<9} killed half-way, in {killed:.1f} s")
    return told


def measure_certificates(databases: list[Database], people: int) -> dict[str, Any]:
    """Record presence in an empty house of each database; print and return how long certificates and mails take."""
    told = {}
    for database in databases:
        seconds = _letters(database, people, kill=False, story="benchmarks.certified")
        told[database] = {"people": people, "seconds": seconds}
        print(f"{database:<9} {people} certificates and their mails in {seconds:.1f} s")
    return told


def _letters(database: Database, people: int, *, kill: bool, story: str = "benchmarks.imported") -> float:
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=serving.free_port())
    controller.start()
    try:
        with house(database) as environment:
            environment["SMTP_URL"] = f"smtp://127.0.0.1:{controller.port}?tls=0"
            subprocess.run(
                [ROOT / "cordee", "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL
            )
            return round(_until_the_last(server, environment, people, story, kill=kill), 2)
    finally:
        controller.stop()


def _until_the_last(
    server: MailServer, environment: dict[str, str], people: int, story: str, *, kill: bool
) -> float:
    with contextlib.ExitStack() as workers:
        first = workers.enter_context(worker(environment))
        time.sleep(START_SECONDS)
        server.half_way = people // 2 if kill else 0
        command = [sys.executable, "-m", story, str(people)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
        start = time.monotonic() - (time.time() - float(done.stdout))
        if kill:
            _wait_for(server, people // 2)
            first.kill()
            first.wait()
            server.half_way = 0
            workers.enter_context(worker(environment))
        _wait_for(server, people)
    if server.twice:
        print(f"   {server.twice} came twice", file=sys.stderr)
    return max(server.taken.values()) - start


def _wait_for(server: MailServer, people: int) -> None:
    deadline = time.monotonic() + MOST_SECONDS
    while len(server.taken) < people:
        if time.monotonic() > deadline:
            raise SystemExit(f"only {len(server.taken)} of {people} arrived")
        time.sleep(0.01)


@contextlib.contextmanager
def worker(environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """Run one worker; the command becomes it, so that killing one kills the other."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = subprocess.Popen([ROOT / "cordee", "worker"], env=environment, cwd=ROOT, **quiet)
    try:
        yield started
    finally:
        if started.poll() is None:
            started.send_signal(signal.SIGTERM)
            started.wait(timeout=30)


@contextlib.contextmanager
def house(database: Database) -> Iterator[dict[str, str]]:
    """Give the environment of an empty house, removed at the end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OPERATOR_PREFIXES)}
    kept |= {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
    }
    with contextlib.ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="cordee-mails-"))
        url = ""
        if database == "postgres":
            binaries = postgres.find_binaries()
            if not binaries:
                raise SystemExit(f"PostgreSQL {postgres.OLDEST} or newer is missing: try --database sqlite")
            url = stack.enter_context(postgres.running(binaries))
        yield kept | {"CORDEE_HOME": home, "DATABASE_URL": url}
