"""`cordee serve`, `cordee demo`: real processes on a port and in a folder of their own."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from cordee.lists.apart import AT_ONCE
from tests.cli.house import PATIENCE, House
from tests.lists.making import xlsx

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="they keep their data in a folder of their own"
)


NOISE = Random(0).randbytes(200_000)  # noqa: S311 - no secret
HOSTILE = xlsx({"S": f"<row>{'<c/>' * 3_900_000}</row>"}, extra={"docProps/noise.bin": NOISE})
"""As many cells as are taken, beside enough noise that it does not look like a bomb: some ten seconds of work."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as there:
        yield there


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


def test_the_server_ends_within_ten_seconds_whatever_list_it_reads(house: House) -> None:
    assert house.run("migrate") == 0
    path = house.mission()
    server = house.start("serve")
    house.wait_until_up()
    [web] = [pid for pid, args in house.children(server).items() if "worker" not in args]
    given = [house.give(path, HOSTILE, "liste.xlsx") for _ in range(AT_ONCE)]
    house.wait(
        lambda: sum("cordee.lists.limited" in args for args in house.children(web).values()) == AT_ONCE
    )
    pids = [*house.children(server), *house.children(web)]
    server.terminate()
    assert server.wait(10) == 0
    house.wait_until_gone(pids)
    for sending in given:
        sending.join(PATIENCE)


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

    # Begun again, the old world is gone, and what is not whole is not there: building it takes long, and was seen.
    afresh = house.start("demo", "--reset")
    house.wait(lambda: house.said.count("Building a year") == 2)
    afresh.kill()
    afresh.wait(PATIENCE)
    assert house.camille() is None
