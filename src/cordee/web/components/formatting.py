"""Dates, hours and money as people read them, in the language of the page.

A session is shown in its own time zone: an aware value already carrying a zone keeps it; a value in UTC, as the
database returns it, goes to the zone of the page.
"""

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_timedelta
from babel.numbers import format_currency
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cordee.kernel.clock import now as house_now
from cordee.kernel.days import LONG, WHOLE, day_text
from cordee.kernel.money import Money
from cordee.kernel.periods import clock_text, end_text, times_text
from cordee.kernel.zones import home, zone_elsewhere

RELATIVE_DAYS = 7  # beyond a week a date says more than a number of days


def page_locale() -> Locale:
    """The locale of the page. Plain "en" reads as British: day before month, 24 hours."""
    return _locale(translation.get_language() or "fr")


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse("en_GB" if language == "en" else language.replace("-", "_"))


def in_place(value: dt.datetime) -> dt.datetime:
    if timezone.is_naive(value):
        return value
    in_utc = value.tzinfo is dt.UTC or getattr(value.tzinfo, "key", "") == "UTC"
    return value.astimezone(timezone.get_current_timezone()) if in_utc else value


def money(value: Decimal | int | Money, currency: str = "EUR") -> str:
    return _money(value.amount if isinstance(value, Money) else value, currency, page_locale())


@lru_cache(maxsize=1024)  # fees come from a schedule: the same few amounts
def _money(amount: Decimal | int, currency: str, locale: Locale) -> str:
    return format_currency(amount, currency, locale=locale)


def day(value: dt.date | dt.datetime) -> str:
    return _whole_day(in_place(value) if isinstance(value, dt.datetime) else value, _language())


def short_day(value: dt.date | dt.datetime) -> str:
    """For tables and badges: "14 janv.", with the year when it is not this year's."""
    local = in_place(value).date() if isinstance(value, dt.datetime) else value
    return _day_of_month(local, "d MMM" if local.year == in_place(house_now()).year else "d MMM y")


def long_day(value: dt.date) -> str:
    """For sentences: "14 janvier 2027"."""
    return _day_of_month(value, LONG)


def clock(value: dt.time | dt.datetime) -> str:
    language = _language()
    if not isinstance(value, dt.datetime):
        return clock_text(value, language)
    local = in_place(value)
    return clock_text(local, language) + _aside(local, language)


def hours(starts: dt.time, ends: dt.time) -> str:
    """The times of a half-day: "9 h – 12 h 30"; of one in the night, that it ends the next day."""
    return times_text(starts, ends, _language())


def span(start: dt.date | dt.datetime, end: dt.date | dt.datetime) -> str:
    """From start to end: one day with its hours, or a period. What ends at midnight ends on the day before."""
    if not isinstance(start, dt.datetime) or not isinstance(end, dt.datetime):
        return _days(start, end)
    start, end = in_place(start), in_place(end)
    language = _language()
    begins, finishes = clock_text(start, language), end_text(end, language)
    ends_on = (end - dt.timedelta(microseconds=1)).date()
    last_day = "" if start.date() == ends_on else f"{_whole_day(ends_on, language)}, "
    return f"{_whole_day(start, language)}, {begins} – {last_day}{finishes}{_aside(end, language)}"


def zone(time_zone: str) -> str:
    """A time zone where it needs a name: "heure de La Réunion"; nothing when it is the organisation's."""
    return zone_elsewhere(time_zone, _language())


def _aside(value: dt.datetime, language: str) -> str:
    """The zone of an hour that is not the organisation's, in brackets after it."""
    name = zone_elsewhere(getattr(value.tzinfo, "key", "") or home(), language)
    return f" ({name})" if name else ""


def moment(value: dt.datetime, now: dt.datetime | None = None) -> str:
    """When something happened or will, seen from now: "hier 17:42", "il y a 3 jours", "19 nov."."""
    local, here = in_place(value), in_place(now or house_now())
    days = (local.date() - here.astimezone(local.tzinfo).date()).days
    hour = f"{local.hour}:{local.minute:02d}"
    seconds = (local - here).total_seconds()
    if abs(seconds) < 60:  # noqa: PLR2004 - a minute
        return _("just now")
    if abs(seconds) < 3600:  # noqa: PLR2004 - an hour
        return _relative(dt.timedelta(seconds=seconds))
    if days in (-1, 0, 1):
        words = {-1: _("yesterday %(hour)s"), 0: _("today %(hour)s"), 1: _("tomorrow %(hour)s")}
        return words[days] % {"hour": hour}
    if abs(days) < RELATIVE_DAYS:
        return _relative(dt.timedelta(days=days))
    return short_day(local)


def _relative(delta: dt.timedelta) -> str:
    return _from_now(delta, page_locale())


@lru_cache
def _from_now(delta: dt.timedelta, locale: Locale) -> str:
    # threshold: 6 days stay 6 days, not "1 week"
    return format_timedelta(delta, granularity="minute", add_direction=True, threshold=1.2, locale=locale)


def _days(start: dt.date, end: dt.date) -> str:
    if start == end:
        return day(start)
    last = _day_of_month(end, "d MMMM y")
    if (start.year, start.month) == (end.year, end.month):
        return f"{_day_of_month(start, 'd')}–{last}"
    return f"{_day_of_month(start, 'd MMMM' if start.year == end.year else 'd MMMM y')} – {last}"


def _day_of_month(value: dt.date, pattern: str) -> str:
    return day_text(value, pattern, _language())


def _whole_day(value: dt.date, language: str) -> str:
    """The day of a date, or of a local time, with that of the week."""
    only = value.date() if isinstance(value, dt.datetime) else value
    return day_text(only, WHOLE, language).replace(",", "")


def _language() -> str:
    """The language of the page, looked up once for a text: it costs as much as the text."""
    return page_locale().language
