"""Local times, half-days and months."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.kernel.periods import (
    LONGEST_HALF_DAY,
    HalfDaySlot,
    Month,
    NoSuchLocalTime,
    Period,
    clock_text,
    half_days_between,
    hours_text,
    instant,
    is_a_time_span,
    is_time_zone,
    last_of_first_day,
    latest_in_the_night,
    local,
    period_of,
    runs_over_midnight,
    times_text,
)

DAY = date(2027, 1, 14)
ZONES = ("Europe/Paris", "America/New_York", "Pacific/Auckland")
MINUTES = st.integers(0, 24 * 60 - 1)


def at(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


@given(MINUTES, MINUTES)
def test_half_days_cover_the_time_in_order_and_none_is_longer_than_five_hours(one: int, other: int) -> None:
    starts, ends = at(one), at(other)
    if not is_a_time_span(starts, ends):
        return
    slots = half_days_between(DAY, starts, ends)
    assert (slots[0].day, slots[0].starts, slots[-1].ends) == (DAY, starts, ends)
    assert slots[-1].ends_on == DAY + timedelta(days=ends < starts)
    assert all(timedelta(minutes=slot.minutes) <= LONGEST_HALF_DAY for slot in slots)
    for earlier, later in pairwise(slots):
        pause = datetime.combine(later.day, later.starts) - datetime.combine(earlier.ends_on, earlier.ends)
        assert pause == timedelta(hours=1)
    assert last_of_first_day(slots) == slots[-1], "what stands above them is what they were made of"


@given(MINUTES, MINUTES)
def test_every_end_has_one_meaning_or_none(one: int, other: int) -> None:
    """An end after the start is one of that day; before it, one of the next day when that is within twelve hours."""
    starts, ends = at(one), at(other)
    hours_over_midnight = (other - one) % (24 * 60) / 60
    assert is_a_time_span(starts, ends) is (one < other or 0 < hours_over_midnight <= 12)
    latest = latest_in_the_night(starts)
    assert (latest is None) is (one < 12 * 60)
    if latest and ends < starts:
        assert is_a_time_span(starts, ends) is (ends <= latest)


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ("09:00", "12:00", ["09:00-12:00"]),
        ("09:00", "14:00", ["09:00-14:00"]),
        ("09:00", "17:00", ["09:00-12:30", "13:30-17:00"]),
        ("09:00", "18:00", ["09:00-13:00", "14:00-18:00"]),
        ("08:30", "16:30", ["08:30-12:00", "13:00-16:30"]),
        ("08:00", "22:00", ["08:00-12:00", "13:00-17:00", "18:00-22:00"]),
    ],
)
def test_a_day_is_split_as_people_would(starts: str, ends: str, expected: list[str]) -> None:
    slots = half_days_between(DAY, time.fromisoformat(starts), time.fromisoformat(ends))
    assert [f"{s.starts:%H:%M}-{s.ends:%H:%M}" for s in slots] == expected


@pytest.mark.parametrize(
    ("starts", "ends", "over_midnight"),
    [
        ("22:00", "01:00", True),
        ("17:00", "05:00", True),
        ("19:00", "00:00", True),
        ("17:00", "05:01", False),
        ("14:00", "00:00", True),
        ("16:00", "00:30", True),
        ("16:00", "01:00", True),
        ("12:00", "00:00", True),
        ("11:59", "00:00", False),
        ("14:00", "02:01", False),
        ("18:00", "17:00", False),
        ("09:00", "08:00", False),
        ("20:00", "20:00", False),
        ("09:00", "12:00", False),
    ],
)
def test_what_begins_in_the_afternoon_may_end_in_the_night(
    starts: str, ends: str, *, over_midnight: bool
) -> None:
    begins, finishes = time.fromisoformat(starts), time.fromisoformat(ends)
    assert runs_over_midnight(begins, finishes) is over_midnight
    possible = over_midnight or begins < finishes
    assert is_a_time_span(begins, finishes) is possible
    if possible:
        assert HalfDaySlot(DAY, begins, finishes).ends_on == DAY + timedelta(days=over_midnight)
    else:
        with pytest.raises(ValueError, match="ends after it starts"):
            HalfDaySlot(DAY, begins, finishes)


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ("22:00", "01:00", ["14 22:00-01:00 evening"]),
        ("18:00", "03:00", ["14 18:00-22:00 evening", "14 23:00-03:00 evening"]),
        ("21:00", "05:00", ["14 21:00-00:30 evening", "15 01:30-05:00 night"]),
        ("14:00", "00:00", ["14 14:00-18:30 afternoon", "14 19:30-00:00 evening"]),
        ("16:00", "00:30", ["14 16:00-20:00 afternoon", "14 21:00-00:30 evening"]),
        ("18:00", "00:00", ["14 18:00-20:30 evening", "14 21:30-00:00 evening"]),
    ],
)
def test_a_night_is_split_as_a_day_is(starts: str, ends: str, expected: list[str]) -> None:
    slots = half_days_between(DAY, time.fromisoformat(starts), time.fromisoformat(ends))
    assert [f"{s.day.day} {s.starts:%H:%M}-{s.ends:%H:%M} {s.period}" for s in slots] == expected
    assert last_of_first_day(slots) == slots[-1]


@pytest.mark.parametrize(
    ("half_days", "end"),
    [
        (["14 09:00-12:00"], "12:00"),
        (["14 09:00-12:00", "14 13:30-17:00", "15 09:00-18:00"], "17:00"),
        (["14 21:00-00:30", "15 01:30-05:00", "15 21:00-23:00"], "05:00"),
        (["14 20:00-23:00", "15 08:00-10:00"], "23:00"),
        (["14 20:00-23:00", "15 03:00-05:00"], "23:00"),
        (["14 09:00-12:00", "14 22:00-01:00"], "12:00"),
    ],
)
def test_the_first_day_of_a_session_ends_with_its_last_half_day(half_days: list[str], end: str) -> None:
    slots = []
    for text in half_days:
        day, _, hours = text.partition(" ")
        starts, _, ends = hours.partition("-")
        slots.append(
            HalfDaySlot(DAY.replace(day=int(day)), time.fromisoformat(starts), time.fromisoformat(ends))
        )
    assert f"{last_of_first_day(slots).ends:%H:%M}" == end


def test_a_half_day_knows_its_part_of_the_day_and_its_length() -> None:
    assert [
        period_of(time(h, m)) for h, m in ((4, 59), (5, 0), (8, 0), (12, 59), (13, 0), (17, 59), (18, 0))
    ] == [
        Period.NIGHT,
        Period.MORNING,
        Period.MORNING,
        Period.MORNING,
        Period.AFTERNOON,
        Period.AFTERNOON,
        Period.EVENING,
    ]
    slot = HalfDaySlot(DAY, time(9, 15), time(12, 0))
    assert (slot.period, slot.minutes) == (Period.MORNING, 165)
    assert HalfDaySlot(DAY, time(22), time(1, 15)).minutes == 195


def test_a_half_day_is_an_instant_in_its_own_time_zone() -> None:
    slot = HalfDaySlot(date(2027, 7, 1), time(9), time(12))
    assert slot.starts_at("Europe/Paris") == datetime(2027, 7, 1, 7, tzinfo=UTC)
    assert slot.ends_at("America/New_York") == datetime(2027, 7, 1, 16, tzinfo=UTC)
    night = HalfDaySlot(date(2027, 7, 1), time(22), time(1))
    assert night.ends_at("Europe/Paris") == datetime(2027, 7, 1, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "gap"),
    [
        ("Europe/Paris", "2027-03-28 02:30"),
        ("America/New_York", "2027-03-14 02:30"),
        ("Pacific/Auckland", "2027-09-26 02:30"),
    ],
)
def test_a_time_the_clocks_jump_over_does_not_exist(zone: str, gap: str) -> None:
    with pytest.raises(NoSuchLocalTime, match=gap):
        instant(datetime.fromisoformat(gap), zone)
    before, after = (instant(datetime.fromisoformat(gap) + timedelta(hours=h), zone) for h in (-1, 1))
    assert after - before == timedelta(hours=1), "two hours on the clock, one that passes"


@pytest.mark.parametrize(
    ("zone", "fold", "first"),
    [
        ("Europe/Paris", "2027-10-31 02:30", "2027-10-31 00:30"),
        ("America/New_York", "2027-11-07 01:30", "2027-11-07 05:30"),
        ("Pacific/Auckland", "2027-04-04 02:30", "2027-04-03 13:30"),
    ],
)
def test_of_two_equal_times_it_is_the_first(zone: str, fold: str, first: str) -> None:
    assert instant(datetime.fromisoformat(fold), zone) == datetime.fromisoformat(first).replace(tzinfo=UTC)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1)), st.sampled_from(ZONES))  # noqa: DTZ001 - local
def test_a_local_time_comes_back_as_it_was(when: datetime, zone: str) -> None:
    try:
        there = instant(when, zone)
    except NoSuchLocalTime:
        offsets = {when.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1)}
        assert len(offsets) == 2, "only where the clocks change"
        return
    assert local(there, zone).replace(tzinfo=None) == when


def test_time_zones_are_known_by_their_name() -> None:
    assert is_time_zone("Europe/Paris")
    assert not is_time_zone("Europe/Valmont")
    assert not is_time_zone("")


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_the_next_month_begins_after_the_last_day_of_this_one(day: date) -> None:
    month = Month.of(day)
    following = month.next
    assert month.first_day <= day < following.first_day
    assert 28 <= (following.first_day - month.first_day).days <= 31
    assert month < following


def test_a_time_of_day_is_written_as_people_write_it() -> None:
    assert clock_text(time(9, 30), "fr") == "9\u00a0h\u00a030"
    assert clock_text(time(14, 0), "fr") == "14\u00a0h"
    assert clock_text(time(9, 5), "en") == "9:05"
    assert hours_text(3, 0) == "3\u00a0h"
    assert times_text(time(9), time(12, 30), "fr") == "9\u00a0h – 12\u00a0h\u00a030"
    assert times_text(time(22), time(1), "fr") == "22\u00a0h – 1\u00a0h (le\u00a0lendemain)"
    assert times_text(time(20), time(0), "fr") == "20\u00a0h – minuit"
    assert times_text(time(20), time(0), "en") == "20:00 – midnight"
    assert times_text(time(22), time(1), "en") == "22:00 – 1:00 (the\u00a0next\u00a0day)"
