"""Two at once: threads that begin together, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from cordee.kernel.refusals import Refused
from tests.cast import Cast, assemble

type Outcome = object
type Together = Callable[..., list[Outcome]]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Return the cast, written for other connections to see."""
    return assemble()


@pytest.fixture
def together(transactional_db: None) -> Together:
    """Return a way to do things at the same moment: what each returned, or the codes it was refused with."""

    def run(*acts: Callable[[], Outcome]) -> list[Outcome]:
        start = Barrier(len(acts), timeout=20)

        def one(act: Callable[[], Outcome]) -> Outcome:
            try:
                connection.ensure_connection()
                start.wait()
                return act()
            except Refused as refused:
                return [b.code for b in refused.blockers]
            finally:
                connection.close()

        with ThreadPoolExecutor(len(acts)) as pool:
            return [future.result(timeout=60) for future in [pool.submit(one, act) for act in acts]]

    return run
