"""Local times, half-days and months. Local times become instants here and nowhere else."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from math import ceil
from zoneinfo import ZoneInfo, available_timezones

NOON = time(13, 0)
"""A half-day that begins before 13:00 local time is a morning."""
EVENING = time(18, 0)
LONGEST_HALF_DAY = timedelta(hours=5)
"""Longer than this, a day is split in two half-days: nobody signs once for a whole day."""


class Period(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class NoSuchLocalTime(ValueError):
    """The local time does not exist: the clocks jump over it that night."""


def instant(local: datetime, time_zone: str) -> datetime:
    """Return the UTC instant of a naive local time.
    Of two equal local times (clocks set back) it is the first.

    Raises NoSuchLocalTime when the clocks jump over it.
    """
    zone = ZoneInfo(time_zone)
    utc = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if utc.astimezone(zone).replace(tzinfo=None) != local:
        raise NoSuchLocalTime(local.isoformat(" ", "minutes"))
    return utc


def start_of_day(day: date, time_zone: str) -> datetime:
    """Return the UTC instant at which a local day begins: at one where the clocks jump over midnight."""
    try:
        return instant(datetime.combine(day, time.min), time_zone)
    except NoSuchLocalTime:
        return instant(datetime.combine(day, time(1)), time_zone)


def local(moment: datetime, time_zone: str) -> datetime:
    """Return the aware local time of an instant in `time_zone`."""
    return moment.astimezone(ZoneInfo(time_zone))


def clock_text(moment: time | datetime, language: str) -> str:
    """Return the time of day as people write it: “9 h 30” in French, “9:30” elsewhere."""
    if language == "fr":
        return hours_text(moment.hour, moment.minute)
    return f"{moment.hour}:{moment.minute:02}"


def hours_text(hours: int, minutes: int) -> str:
    """Return hours and minutes as on French clocks, kept on one line: “9 h 30”, “3 h”."""
    return f"{hours}\u00a0h\u00a0{minutes:02}" if minutes else f"{hours}\u00a0h"


def is_time_zone(name: str) -> bool:
    """Tell whether `name` is an IANA time zone known here."""
    return name in _time_zones()


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())  # reads some 600 files


def period_of(starts: time) -> Period:
    """Return the part of the day in which a half-day that begins at `starts` (local) lies."""
    if starts < NOON:
        return Period.MORNING
    return Period.AFTERNOON if starts < EVENING else Period.EVENING


@dataclass(frozen=True, slots=True, order=True)
class HalfDaySlot:
    """One unit of presence and signature: a local day with its start and end,
    in the session's own time zone.
    """

    day: date
    starts: time
    ends: time

    def __post_init__(self) -> None:
        if self.ends <= self.starts:
            raise ValueError("a half-day ends after it starts")

    @property
    def period(self) -> Period:
        return period_of(self.starts)

    def starts_at(self, time_zone: str) -> datetime:
        """Return the UTC instant of the start."""
        return instant(datetime.combine(self.day, self.starts), time_zone)

    def ends_at(self, time_zone: str) -> datetime:
        """Return the UTC instant of the end."""
        return instant(datetime.combine(self.day, self.ends), time_zone)

    @property
    def minutes(self) -> int:
        """Length in minutes on the clock."""
        return (self.ends.hour - self.starts.hour) * 60 + self.ends.minute - self.starts.minute


def half_days_between(day: date, starts: time, ends: time) -> tuple[HalfDaySlot, ...]:
    """Split one local day from `starts` to `ends` in half-days:
    one up to five hours, else two around a lunch hour.

    A day longer than eleven hours has three or more, with an hour between each. Breaks begin
    a whole number of half-hours after the start.
    """
    whole = HalfDaySlot(day, starts, ends)
    longest = LONGEST_HALF_DAY // timedelta(minutes=1)
    if whole.minutes <= longest:
        return (whole,)
    parts = ceil((whole.minutes + 60) / (longest + 60))
    worked = whole.minutes - 60 * (parts - 1)
    pause = datetime.combine(day, starts) + timedelta(minutes=round(worked / parts / 30) * 30)
    rest = half_days_between(day, (pause + timedelta(hours=1)).time(), ends)
    return (HalfDaySlot(day, starts, pause.time()), *rest)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def next(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)
