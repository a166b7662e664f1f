"""A worker killed while it issues invoices, several times: no number is lost or used twice, no fee forgotten."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.cli.house import PATIENCE, ROOT, House

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="they keep their data in a folder of their own"
)
INVOICES = 200
"""One for each request."""


def ask(house: House, query: str) -> list[tuple[int, ...]]:
    with closing(sqlite3.connect(house.home / "cordee.sqlite3", timeout=PATIENCE)) as database:
        return database.execute(query).fetchall()


def issued(house: House) -> int:
    return ask(house, "select count(*) from invoices_invoice")[0][0]


def approve_two_hundred(house: House) -> None:
    assert house.run("migrate") == 0, house.said
    subprocess.run(
        [sys.executable, "-m", "tests.fees.two_hundred"],
        env=house.environment | {"DJANGO_SETTINGS_MODULE": "cordee.config.settings"},
        cwd=ROOT,
        check=True,
    )


def waiting(house: House) -> int:
    """Return how many approvals nothing has followed from yet."""
    asked = "select count(*) from journal_delivery where subscriber = 'approved-billed' and state = 'pending'"
    return ask(house, asked)[0][0]


def end_leases(house: House) -> None:
    """Have what a killed worker was at be due at once: it would be, some seconds later."""
    with closing(sqlite3.connect(house.home / "cordee.sqlite3", timeout=PATIENCE)) as database, database:
        database.execute(
            "update journal_delivery set due_at = '2000-01-01' where subscriber = 'approved-billed'"
        )


def test_killed_and_started_again_every_fee_is_invoiced_once(tmp_path: Path) -> None:
    chance = Random(9)  # noqa: S311 - the same moments each time, as far as processes allow
    with House(tmp_path) as house:
        approve_two_hundred(house)
        for _kill in range(2):
            worker = house.start("worker")
            enough = issued(house) + chance.randint(1, INVOICES // 3)
            house.wait(lambda: issued(house) >= enough)  # noqa: B023 - waited for within its turn
            worker.send_signal(signal.SIGKILL)
            worker.wait(PATIENCE)
        assert 0 < issued(house) < INVOICES, "killed in the middle of it"
        end_leases(house)
        house.start("worker")
        house.wait(lambda: not waiting(house))
        numbers: dict[int, list[int]] = defaultdict(list)
        for series, position in ask(
            house, "select series_id, position from invoices_invoice order by position"
        ):
            numbers[series].append(position)
        assert all(found == list(range(1, len(found) + 1)) for found in numbers.values()), numbers
        assert issued(house) == INVOICES
        assert ask(
            house, "select count(*), count(distinct fee_line_id) from fees_payableline where live"
        ) == [(INVOICES, INVOICES)]
        assert house.run("fees", "audit") == 0, house.said
