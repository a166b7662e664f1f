"""How far dates reach: beyond this they are slips of the hand, and no calendar, file or month can follow them."""

from datetime import date

PLANNING_YEARS = 5
"""Sessions take place within five years of today, before or after."""


def years_from(day: date, years: int) -> date:
    """Return the same day so many years later (or earlier, when negative); 28 February for 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def is_within(day: date, today: date, years: int) -> bool:
    """Tell whether a day is at most so many years before or after today."""
    return years_from(today, -years) <= day <= years_from(today, years)
