"""How far dates reach."""

from datetime import date

import pytest

from cordee.kernel.bounds import is_within, years_from


@pytest.mark.parametrize(
    ("day", "within"),
    [
        (date(2027, 1, 4), True),
        (date(2032, 1, 4), True),
        (date(2032, 1, 5), False),
        (date(2022, 1, 4), True),
        (date(2022, 1, 3), False),
        (date(9999, 12, 31), False),
        (date(1, 1, 1), False),
    ],
)
def test_five_years_each_way(day: date, *, within: bool) -> None:
    assert is_within(day, date(2027, 1, 4), 5) is within


def test_the_29_of_february_has_the_28_in_other_years() -> None:
    assert years_from(date(2028, 2, 29), 5) == date(2033, 2, 28)
    assert years_from(date(2028, 2, 29), -4) == date(2024, 2, 29)
