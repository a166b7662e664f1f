"""Doing a thing in one process at a time, by a lock that dies with its process."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from zlib import crc32

from django.conf import settings
from django.db import DatabaseError, connection


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Hold `name` inside the block, and say whether it was free; nobody waits.

    No lease has to run out when a process is killed: the system, or PostgreSQL, lets go of what it held. So whoever
    holds `name` knows that nobody else is at it, and that what looks half done is nobody's work any more.
    """
    hold = _by_postgres if connection.vendor == "postgresql" else _by_the_system
    with hold(name) as mine:
        yield mine


@contextmanager
def _by_the_system(name: str) -> Iterator[bool]:
    """On SQLite all processes are on one machine: a lock on a file in the home is enough."""
    with (settings.ENV.home / f"{name}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True  # closing the file lets go


@contextmanager
def _by_postgres(name: str) -> Iterator[bool]:
    """On PostgreSQL the connection holds the lock, whatever machine it comes from."""
    key = crc32(name.encode())
    if not _ask("select pg_try_advisory_lock(%s)", key):
        yield False
        return
    # A machine that vanishes says no goodbye: the server looks after a minute whether it is still there.
    for setting, value in (("idle", "30"), ("interval", "10"), ("count", "3")):
        _ask("select set_config(%s, %s, false)", f"tcp_keepalives_{setting}", value)
    try:
        yield True
    finally:
        with suppress(DatabaseError):  # with the connection, the lock is gone too
            _ask("select pg_advisory_unlock(%s)", key)


def _ask(question: str, *values: str | int) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        (answer,) = cursor.fetchone()
    return answer
