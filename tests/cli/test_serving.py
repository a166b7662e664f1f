"""`cordee serve`, `cordee demo`: real processes on a port and in a folder of their own."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="they keep their data in a folder of their own"
)
PATIENCE = 240
CAMILLE = "camille.rousset@cordee.example"


class House:
    """A folder, a port, and the processes started there."""

    def __init__(self, home: Path) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.home = home
        self.log = home / "log"
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {n: v for n, v in os.environ.items() if not n.startswith(("CORDEE_", "DJANGO_"))}
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "cordee.cli.main", "--language", "en", *arguments],
                env=environment | {"CORDEE_HOME": str(self.home), "PORT": str(self.port)},
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def run(self, *arguments: str) -> int:
        return self.start(*arguments).wait(PATIENCE)

    @property
    def said(self) -> str:
        return self.log.read_text()

    def wait_until_up(self) -> None:
        self._wait(lambda: self.get("/healthz") == 200)

    def _wait(self, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < until, self.said
            time.sleep(0.1)

    def get(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def camille(self) -> str:
        with closing(sqlite3.connect(self.home / "cordee.sqlite3")) as database:
            found = database.execute("select first_name from accounts_user where email = ?", [CAMILLE])
            return str(found.fetchone()[0])

    def rename_camille(self, name: str) -> None:
        with closing(sqlite3.connect(self.home / "cordee.sqlite3")) as database, database:
            database.execute("update accounts_user set first_name = ? where email = ?", [name, CAMILLE])

    def children(self, process: subprocess.Popen[bytes]) -> dict[int, str]:
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
        )
        rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
        return {int(pid): args for pid, parent, args in rows if int(parent) == process.pid}

    def wait_until_gone(self, pids: list[int]) -> None:
        self._wait(lambda: not any(_alive(pid) for pid in pids))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    there = House(tmp_path)
    yield there
    for process in there.processes:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE)


def test_serve_prepares_all_says_how_to_begin_and_stops_whole(house: House) -> None:
    server = house.start("serve")
    house.wait_until_up()
    assert f"Cordée is at http://localhost:{house.port}" in house.said
    assert "./cordee admin add" in house.said
    assert house.run("serve") == 1
    assert f"Port {house.port} is taken" in house.said
    assert f"PORT={house.port + 1} ./cordee serve" in house.said
    assert house.run("demo") == 1, "the port is asked first"
    pids = list(house.children(server))
    assert len(pids) == 2
    server.send_signal(signal.SIGINT)
    assert server.wait(PATIENCE) == 0
    house.wait_until_gone(pids)

    assert house.run("admin", "add", "ada@of.example", "--first-name", "Ada", "--last-name", "N") == 0
    assert house.run("demo", "--reset") == 1, "what is not a demo is never emptied"
    assert "is not a demo's" in house.said
    with closing(sqlite3.connect(house.home / "cordee.sqlite3")) as database:
        assert database.execute("select email from accounts_user").fetchall() == [("ada@of.example",)]


@pytest.mark.parametrize("victim", ["worker", "web", "server"])
def test_when_one_dies_so_do_the_others(house: House, victim: str) -> None:
    server = house.start("serve")
    house.wait_until_up()
    children = house.children(server)
    [worker] = [pid for pid, args in children.items() if "worker" in args]
    [web] = [pid for pid in children if pid != worker]
    os.kill({"worker": worker, "web": web, "server": server.pid}[victim], signal.SIGKILL)
    assert server.wait(PATIENCE) != 0
    house.wait_until_gone([web, worker])


def test_a_bad_setting_is_one_line(house: House, tmp_path: Path) -> None:
    environment = {**os.environ, "PORT": "many", "CORDEE_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "cordee.cli.main", "missions", "list"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.splitlines()) == (
        1,
        ["cordee: PORT is 'many'; it should be a number from 1 to 65535."],
    )


def test_a_database_that_is_not_prepared_is_one_line(house: House) -> None:
    assert house.run("missions", "list") == 1
    assert len(house.said.splitlines()) == 1
    assert "./cordee migrate" in house.said
    assert house.run("migrate") == 0
    assert house.run("missions", "list") == 0
    assert "The database was prepared." in house.said


def test_demo_builds_its_world_once_and_begins_again_when_asked(house: House) -> None:
    began = time.monotonic()
    server = house.start("demo")
    house.wait_until_up()
    first = time.monotonic() - began
    for email in ("camille.rousset", "idris.benkirane", "olga.petrov", "farid.amrani", "ada.nguyen"):
        assert f"{email}@cordee.example" in house.said
    assert house.get("/account/login/") == 200
    server.terminate()
    assert server.wait(PATIENCE) == 0
    house.rename_camille("Camomille")

    began = time.monotonic()
    again = house.start("demo")
    house.wait_until_up()
    assert time.monotonic() - began < first / 2
    again.terminate()
    assert again.wait(PATIENCE) == 0
    assert house.said.count("Building a year") == 1
    assert house.camille() == "Camomille"

    afresh = house.start("demo", "--reset")
    house.wait_until_up()
    assert house.said.count("Building a year") == 2
    assert house.camille() == "Camille"
    afresh.terminate()
    assert afresh.wait(PATIENCE) == 0
