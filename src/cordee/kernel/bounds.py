"""How far dates and numbers reach: beyond this they are slips of the hand, and nothing can follow them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

PLANNING_YEARS = 5
"""Sessions take place within five years of today, before or after."""
YEARS_ON_RECORD = 5
"""What was agreed, what is in force and until when: within five years of today."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The smallest and the largest number that mean something."""

    least: int
    most: int

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, int | Decimal) or (isinstance(value, Decimal) and not value.is_finite()):
            return False
        return self.least <= value <= self.most

    @property
    def of_field(self) -> dict[str, Any]:
        """Return the bounds as fields of forms take them."""
        return {"min_value": self.least, "max_value": self.most}


PRESTATIONS: Final = Bounds(1, 9_999)
PARTICIPANTS: Final = Bounds(0, 100_000)
"""Expected on an order line."""
PRICE: Final = Bounds(0, 1_000_000)
"""Of one prestation, in euros."""
FEE: Final = Bounds(0, 100_000)
"""For one prestation, in euros."""
CAPACITY: Final = Bounds(1, 500)
"""Of one session."""
PRESENT: Final = Bounds(1, 10_000)
"""Counted on one half-day."""
MINUTES: Final = Bounds(15, 3_600)
HALF_DAYS: Final = Bounds(1, 6)
COLD_AFTER: Final = Bounds(7, 150)
"""Days from a session to its cold survey: participants' own pages end half a year after it."""
RISE: Final = Bounds(0, 10)
"""Of the mean of a scale, in its steps."""
VERSION: Final = Bounds(0, 2**31 - 1)
"""Of a row: what a database holds."""


def years_from(day: date, years: int) -> date:
    """Return the same day so many years later (or earlier, when negative); 28 February for 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def is_within(day: date, today: date, years: int) -> bool:
    """Tell whether a day is at most so many years before or after today."""
    return years_from(today, -years) <= day <= years_from(today, years)
