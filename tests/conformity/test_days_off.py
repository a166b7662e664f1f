"""French days of rest, computed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.conformity.rules.days_off import DayOff, day_off, easter

METZ = "Centre Saint-Jacques, 57000 Metz"


def off(day: date, zone: str = "Europe/Paris", address: str = "75001 Paris") -> DayOff | None:
    return day_off(day, time_zone=zone, address=address)


@pytest.mark.parametrize(
    "day",
    [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ],
)
def test_easter(day: date) -> None:
    assert easter(day.year) == day


@given(st.integers(1583, 4099))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    found = easter(year)
    assert found.isoweekday() == 7
    assert date(year, 3, 22) <= found <= date(year, 4, 25)


def test_the_eleven_public_holidays_of_a_year_and_no_other() -> None:
    year = [date(2027, 1, 1) + timedelta(days=i) for i in range(365)]
    found = {day for day in year if off(day) == DayOff.HOLIDAY}
    assert found == {
        date(2027, 1, 1),
        date(2027, 3, 29),
        date(2027, 5, 1),
        date(2027, 5, 6),
        date(2027, 5, 8),
        date(2027, 5, 17),
        date(2027, 7, 14),
        date(2027, 8, 15),
        date(2027, 11, 1),
        date(2027, 11, 11),
        date(2027, 12, 25),
    }
    sundays = {day for day in year if off(day) == DayOff.SUNDAY}
    assert sundays == {day for day in year if day.isoweekday() == 7} - found


@pytest.mark.parametrize("day", [date(2027, 3, 26), date(2026, 12, 26)])
def test_alsace_and_moselle_rest_on_two_days_more(day: date) -> None:
    assert off(day, address=METZ) == DayOff.ALSACE_MOSELLE
    assert off(day) is None
    assert off(day, address="BP 157000, Nancy") is None, "a number is not a postal code"


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Indian/Mayotte", date(2026, 4, 27)),
        ("America/Martinique", date(2026, 5, 22)),
        ("America/Guadeloupe", date(2026, 5, 27)),
        ("America/Cayenne", date(2026, 6, 10)),
        ("Indian/Reunion", date(2027, 12, 20)),
    ],
)
def test_overseas_the_end_of_slavery_is_a_holiday_where_it_is_one(zone: str, day: date) -> None:
    assert off(day, zone) == DayOff.OVERSEAS
    assert off(day) is None
