"""On SQLite too several threads write at once: each waits for its turn, none finds the database locked."""

import pytest
from django.db import connection

from cordee.enrolment.models import Enrolment
from cordee.planning.models import Session
from tests.cast import Cast
from tests.races.conftest import Together
from tests.steps import amend, enrol, plan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def only_on_sqlite(transactional_db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("on SQLite only; PostgreSQL has its own tests beside")


def test_four_writers_take_turns(cast: Cast, together: Together) -> None:
    amend(cast, 10)
    (session,) = plan(cast, capacity=100)

    def write(n: int) -> int:
        plan(cast)
        return sum(len(enrol(cast, session, f"P{n}x{m}")) for m in range(5))

    assert together(*[lambda n=n: write(n) for n in range(4)]) == [5, 5, 5, 5]
    assert (Session.objects.count(), Enrolment.objects.count()) == (5, 20)


def test_the_order_holds_on_sqlite_too(cast: Cast, together: Together) -> None:
    outcomes = together(*[lambda: len(plan(cast, count=3))] * 2)
    assert sorted(outcomes, key=str) == [3, ["beyond_order"]]
