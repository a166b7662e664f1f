"""Dates, hours and money read as people write them, in both languages."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from cordee.kernel.money import Money
from cordee.web.components import formatting

PARIS, LISBON = ZoneInfo("Europe/Paris"), ZoneInfo("Europe/Lisbon")
NINE = dt.datetime(2027, 1, 14, 9, 0, tzinfo=PARIS)


def plain(text: str) -> str:
    """Non-breaking spaces, wide and narrow, as plain ones."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture(params=["fr", "en"])
def language(request):
    with translation.override(request.param), timezone.override(PARIS):
        yield request.param


def test_money(language):
    expected = {"fr": "1 234,50 €", "en": "€1,234.50"}[language]
    assert plain(formatting.money(Decimal("1234.5"))) == expected
    assert plain(formatting.money(Money(Decimal("1234.50")))) == expected
    assert plain(formatting.money(Decimal(5), "CHF")) == {"fr": "5,00 CHF", "en": "CHF5.00"}[language]


def test_day(language):
    expected = {"fr": "jeudi 14 janvier 2027", "en": "Thursday 14 January 2027"}[language]
    assert formatting.day(dt.date(2027, 1, 14)) == expected
    assert formatting.day(NINE) == expected


def test_first_of_the_month_is_an_ordinal_in_french_only(language):
    assert (
        formatting.day(dt.date(2027, 1, 1))
        == {"fr": "vendredi 1er janvier 2027", "en": "Friday 1 January 2027"}[language]
    )
    assert formatting.short_day(dt.date(2031, 5, 1)) == {"fr": "1er mai 2031", "en": "1 May 2031"}[language]


def test_clock(language):
    assert plain(formatting.clock(dt.time(9, 30))) == {"fr": "9 h 30", "en": "9:30"}[language]
    assert plain(formatting.clock(dt.time(9))) == {"fr": "9 h", "en": "9:00"}[language]


def test_a_session_of_one_day(language):
    expected = {"fr": "jeudi 14 janvier 2027, 9 h – 12 h", "en": "Thursday 14 January 2027, 9:00 – 12:00"}[
        language
    ]
    assert plain(formatting.span(NINE, NINE + dt.timedelta(hours=3))) == expected


def test_what_ends_at_midnight_ends_on_its_own_day(language):
    until_midnight = formatting.span(NINE, NINE + dt.timedelta(hours=15))
    expected = {
        "fr": "jeudi 14 janvier 2027, 9 h – minuit",
        "en": "Thursday 14 January 2027, 9:00 – midnight",
    }
    assert plain(until_midnight) == expected[language]
    assert "15" in formatting.span(NINE, NINE + dt.timedelta(hours=15, minutes=1))


PERIODS = [
    (dt.date(2027, 1, 14), dt.date(2027, 1, 28), "14–28 janvier 2027", "14–28 January 2027"),
    (dt.date(2027, 2, 1), dt.date(2027, 2, 3), "1er–3 février 2027", "1–3 February 2027"),
    (
        dt.date(2027, 1, 30),
        dt.date(2027, 2, 1),
        "30 janvier – 1er février 2027",
        "30 January – 1 February 2027",
    ),
    (
        dt.date(2026, 12, 30),
        dt.date(2027, 1, 2),
        "30 décembre 2026 – 2 janvier 2027",
        "30 December 2026 – 2 January 2027",
    ),
]


@pytest.mark.parametrize(("start", "end", "fr", "en"), PERIODS)
def test_a_period_of_days(language, start, end, fr, en):
    assert formatting.span(start, end) == {"fr": fr, "en": en}[language]


def test_a_period_of_one_day_is_that_day(language):
    assert formatting.span(dt.date(2027, 1, 14), dt.date(2027, 1, 14)) == formatting.day(dt.date(2027, 1, 14))


def test_utc_goes_to_the_zone_of_the_page_and_a_zone_is_kept(language):
    in_utc = NINE.astimezone(dt.UTC)
    assert formatting.clock(in_utc) == formatting.clock(NINE)
    assert formatting.in_place(NINE.astimezone(LISBON)).hour == 8


def test_moment_in_english():
    now = dt.datetime(2026, 11, 23, 12, 0, tzinfo=PARIS)
    ago = {
        "just now": dt.timedelta(seconds=20),
        "12 minutes ago": dt.timedelta(minutes=12),
        "today 9:05": dt.timedelta(hours=2, minutes=55),
        "yesterday 17:42": dt.timedelta(hours=18, minutes=18),
        "3 days ago": dt.timedelta(days=3),
        "6 days ago": dt.timedelta(days=6),
        "tomorrow 12:00": -dt.timedelta(days=1),
        "in 3 days": -dt.timedelta(days=3),
    }
    with translation.override("en"), timezone.override(PARIS):
        assert {formatting.moment(now - delta, now): delta for delta in ago.values()} == ago


def test_moment_counts_days_in_french():
    now = dt.datetime(2026, 11, 23, 12, 0, tzinfo=PARIS)
    with translation.override("fr"), timezone.override(PARIS):
        assert formatting.moment(now - dt.timedelta(days=3), now) == "il y a 3 jours"


def test_moment_counts_whole_minutes():
    now = dt.datetime(2026, 11, 23, 12, 0, tzinfo=PARIS)
    with translation.override("fr"), timezone.override(PARIS):
        assert formatting.moment(now - dt.timedelta(seconds=66), now) == "il y a 1 minute"
