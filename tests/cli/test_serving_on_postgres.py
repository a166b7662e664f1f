"""`cordee web` on PostgreSQL: processes made from the one that prepared the database have connections of their own."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.cli.house import House

pytestmark = pytest.mark.postgres


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    url = urlsplit(os.environ["DATABASE_URL"])
    name = f"served_{os.getpid()}"
    with psycopg.connect(urlunsplit(url), autocommit=True) as server:
        server.execute(f"create database {name}")
    with House(tmp_path, DATABASE_URL=urlunsplit(url._replace(path=f"/{name}"))) as there:
        yield there
    with psycopg.connect(urlunsplit(url), autocommit=True) as server:
        server.execute(f"drop database {name} with (force)")


def test_many_who_come_at_once_are_all_answered(house: House) -> None:
    assert house.run("migrate") == 0
    house.start("web", "--workers", "2")
    house.wait_until_up()
    with ThreadPoolExecutor(24) as visitors:
        answers = list(visitors.map(house.get, ["/healthz"] * 120))
    assert answers == [200] * 120
