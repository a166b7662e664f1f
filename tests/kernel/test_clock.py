"""The clock of the house can be held, moved and given back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cordee.kernel import clock
from tests.conftest import MovableClock


def test_the_clock_tells_the_time_it_was_given(now: MovableClock) -> None:
    now.move_to("2027-03-01 08:30")
    assert clock.now() == datetime(2027, 3, 1, 7, 30, tzinfo=UTC)


def test_given_back_the_clock_is_the_machines() -> None:
    clock.use(None)
    assert abs(clock.now() - clock.real_time()) < timedelta(minutes=1)
    assert clock.now().tzinfo is UTC


def test_frozen_time_ends_with_its_block_even_when_it_fails(now: MovableClock) -> None:
    before = clock.now()
    with pytest.raises(ZeroDivisionError), clock.frozen_at(datetime(2030, 1, 1, tzinfo=UTC)):
        assert clock.now().year / 0
    assert clock.now() == before


def test_today_is_a_matter_of_where_one_is(now: MovableClock) -> None:
    now.move_to("2027-01-04 23:30")
    assert clock.today() == date(2027, 1, 4)
    assert clock.today("Pacific/Auckland") == date(2027, 1, 5)
