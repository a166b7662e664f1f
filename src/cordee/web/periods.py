"""Months, quarters and years, as they are chosen on pages and written."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.kernel import clock
from cordee.kernel.bounds import YEARS_ON_RECORD
from cordee.kernel.days import MONTH, day_text
from cordee.kernel.periods import Month, start_of_day
from cordee.kernel.zones import home

_PERIOD = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|T([1-4])))?")
_QUARTER = 3


def month_or_404(year: int, number: int) -> Month:
    if abs(year - clock.today().year) > YEARS_ON_RECORD or not 1 <= number <= 12:  # noqa: PLR2004 - of a year
        raise Http404
    return Month(year, number)


def year_or_404(year: int) -> int:
    return month_or_404(year, 1).year


def label(month: Month) -> str:
    """Return a month in words: “January 2027”."""
    return day_text(month.first_day, MONTH, get_language() or "fr")


def code(month: Month) -> str:
    return f"{month.year:04d}-{month.number:02d}"


def span_of(period: str) -> tuple[date, date] | None:
    """Return the first and the last day of `2027-01`, `2027-T1` or `2027`; nothing when it is none of them."""
    found = _PERIOD.fullmatch(period)
    if not found:
        return None
    year, month, quarter = found.groups()
    if abs(int(year) - clock.today().year) > YEARS_ON_RECORD:
        return None
    if month:
        first = last = int(month)
    else:
        first, last = (_QUARTER * int(quarter) - 2, _QUARTER * int(quarter)) if quarter else (1, 12)
    return Month(int(year), first).first_day, Month(int(year), last).last_day


def offered() -> list[tuple[str, str]]:
    """Return the periods to choose from: the last twelve months and the last four quarters, the present ones first."""
    months = twelve_months()[::-1]
    quarters = list(dict.fromkeys((m.year, (m.number - 1) // _QUARTER + 1) for m in months))[:4]
    return [
        *((code(m), label(m)) for m in months),
        *(
            (f"{year}-T{n}", _("Quarter %(number)s of %(year)s") % {"number": n, "year": year})
            for year, n in quarters
        ),
    ]


def twelve_months() -> list[Month]:
    """Return the last twelve months, the present one last."""
    months = [Month.of(clock.today())]
    while len(months) < 12:  # noqa: PLR2004 - of a year
        months.insert(0, _before(months[0]))
    return months


def last_twelve() -> tuple[date, date]:
    """Return the first and the last day of the last twelve months, the present one among them."""
    present = Month.of(clock.today())
    return Month(present.year - 1, present.number).next.first_day, present.last_day


def weeks(number: int, first: date | None = None) -> list[date]:
    """Return the Mondays of so many weeks, from the one that a day lies in: today, unless another is given."""
    first = first or clock.today()
    monday = first - timedelta(days=first.weekday())
    return [monday + timedelta(weeks=n) for n in range(number)]


def edges(mondays: Iterable[date]) -> list[datetime]:
    """Return when each of these weeks begins where the organisation is, and when the last one ends (UTC)."""
    days = list(mondays)
    return [start_of_day(day, home()) for day in (*days, days[-1] + timedelta(weeks=1))]


def week_of(text: str) -> date | None:
    """Return the Monday of the week in which a day lies (`2027-01-07`); nothing when it is none, or out of reach."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return weeks(1, day)[0] if abs(day.year - clock.today().year) <= YEARS_ON_RECORD else None


def _before(month: Month) -> Month:
    return Month(month.year - (month.number == 1), month.number - 1 or 12)
