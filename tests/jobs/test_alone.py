"""A lock that one process holds, and that dies with it."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from cordee.jobs.alone import alone


def try_it(name: str) -> bool:
    try:
        with alone(name) as mine:
            return mine
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_who_holds_it_is_alone_and_nobody_waits() -> None:
    with ThreadPoolExecutor(1) as elsewhere:
        with alone("bell") as mine:
            assert mine
            assert not elsewhere.submit(try_it, "bell").result(timeout=20)
            assert elsewhere.submit(try_it, "book").result(timeout=20), "another name is another lock"
        assert elsewhere.submit(try_it, "bell").result(timeout=20)


@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_inside_lets_go() -> None:
    with pytest.raises(ZeroDivisionError), alone("bell"):
        _ = 1 / 0
    with ThreadPoolExecutor(1) as elsewhere:
        assert elsewhere.submit(try_it, "bell").result(timeout=20)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_in_a_database_it_goes_with_the_connection() -> None:
    """On SQLite the system lets go: see `tests/mail/test_killed_half_way.py`."""

    def hold_and_die() -> None:
        with alone("bell") as mine:
            assert mine
            connection.connection.close()  # as when its process is killed

    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(hold_and_die).result(timeout=20)
    patience = time.monotonic() + 20  # the server hears of it in its own time
    while not try_it("bell"):
        assert time.monotonic() < patience
