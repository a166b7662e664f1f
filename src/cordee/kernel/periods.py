"""Local times, half-days and months. Local times become instants here and nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from math import ceil
from zoneinfo import ZoneInfo, available_timezones

NOON = time(13, 0)
"""A half-day that begins before 13:00 local time is a morning."""
EVENING = time(18, 0)
DAWN = time(5, 0)
"""A half-day that begins before 5:00 local time is one of the night."""
LONGEST_NIGHT = timedelta(hours=12)
"""What runs over midnight ends within twelve hours; other ends before the start are mistakes."""
LONGEST_HALF_DAY = timedelta(hours=5)
"""Longer than this, a day is split in two half-days: nobody signs once for a whole day."""


_LONGEST_PAUSE = timedelta(hours=2)
"""After more than this, what is done in the night is another day's work."""


class Period(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


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


def end_text(ends: time | datetime, language: str) -> str:
    """Return the time of an end as people write it: 0:00 is the midnight of the day that ends."""
    if (ends.hour, ends.minute) == (0, 0):
        return "minuit" if language == "fr" else "midnight"
    return clock_text(ends, language)


def times_text(starts: time, ends: time, language: str) -> str:
    """Return the times of a half-day as people write them, and that it ends the next day when it does:
    “22 h – 1 h (le lendemain)”, “20 h – minuit”.
    """
    text = f"{clock_text(starts, language)} – {end_text(ends, language)}"
    if starts < ends or ends == time.min:
        return text
    return f"{text} (le\u00a0lendemain)" if language == "fr" else f"{text} (the\u00a0next\u00a0day)"


def hours_text(hours: int, minutes: int) -> str:
    """Return hours and minutes as on French clocks, kept on one line: “9 h 30”, “3 h”."""
    return f"{hours}\u00a0h\u00a0{minutes:02}" if minutes else f"{hours}\u00a0h"


def minutes_text(minutes: int) -> str:
    """Return a length of time in hours and minutes: “2 h 30”."""
    return hours_text(*divmod(minutes, 60))


def is_time_zone(name: str) -> bool:
    """Tell whether `name` is an IANA time zone known here."""
    return name in _time_zones()


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())  # reads some 600 files


def period_of(starts: time) -> Period:
    """Return the part of the day in which a half-day that begins at `starts` (local) lies."""
    if starts < NOON:
        return Period.NIGHT if starts < DAWN else Period.MORNING
    return Period.AFTERNOON if starts < EVENING else Period.EVENING


def runs_over_midnight(starts: time, ends: time) -> bool:
    """Tell whether an end before the start is one of the next day: 22:00 to 1:00 and 14:00 to 0:00 are, 18:00 to 17:00
    is a mistake.
    """
    return ends < starts and _length(starts, ends) <= LONGEST_NIGHT


def latest_in_the_night(starts: time) -> time | None:
    """Return until when what begins at `starts` may go on over midnight; nothing for what begins before noon."""
    ends = (datetime.combine(date.min, starts) + LONGEST_NIGHT).time()
    return ends if ends < starts else None


def is_a_time_span(starts: time, ends: time) -> bool:
    """Tell whether something can last from `starts` to `ends`: the end comes later that day, or in the night after."""
    return starts < ends or runs_over_midnight(starts, ends)


def _length(starts: time, ends: time) -> timedelta:
    """Return how long it is on the clock from one time to the next time that it is `ends`."""
    length = datetime.combine(date.min, ends) - datetime.combine(date.min, starts)
    return length if starts < ends else length + timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class HalfDaySlot:
    """One unit of presence and signature: a local day with its start and end,
    in the session's own time zone. One that begins late may end on the next day.
    """

    day: date
    starts: time
    ends: time

    def __post_init__(self) -> None:
        if not is_a_time_span(self.starts, self.ends):
            raise ValueError("a half-day ends after it starts")

    @property
    def period(self) -> Period:
        return period_of(self.starts)

    @property
    def ends_on(self) -> date:
        """Return the local day of the end: the next one when it runs over midnight."""
        return self.day if self.starts < self.ends else self.day + timedelta(days=1)

    def starts_at(self, time_zone: str) -> datetime:
        """Return the UTC instant of the start."""
        return instant(datetime.combine(self.day, self.starts), time_zone)

    def ends_at(self, time_zone: str) -> datetime:
        """Return the UTC instant of the end."""
        return instant(datetime.combine(self.ends_on, self.ends), time_zone)

    @property
    def minutes(self) -> int:
        """Length in minutes on the clock."""
        return _length(self.starts, self.ends) // timedelta(minutes=1)


def half_days_between(day: date, starts: time, ends: time) -> tuple[HalfDaySlot, ...]:
    """Split the time from `starts` on a local day to `ends` in half-days:
    one up to five hours, else two around a lunch hour.

    More than eleven hours have three or more, with an hour between each. Breaks begin
    a whole number of half-hours after the start. What runs over midnight goes on on the next day.

    Raises ValueError when it is no time span.
    """
    whole = HalfDaySlot(day, starts, ends)
    longest = LONGEST_HALF_DAY // timedelta(minutes=1)
    parts = ceil((whole.minutes + 60) / (longest + 60))
    begins, finishes = datetime.combine(day, starts), datetime.combine(whole.ends_on, ends)
    slots = []
    for left in range(parts, 1, -1):
        worked = (finishes - begins) // timedelta(minutes=1) - 60 * (left - 1)
        pause = begins + timedelta(minutes=round(worked / left / 30) * 30)
        slots.append(HalfDaySlot(begins.date(), begins.time(), pause.time()))
        begins = pause + timedelta(hours=1)
    return (*slots, HalfDaySlot(begins.date(), begins.time(), ends))


def last_of_first_day(slots: Sequence[HalfDaySlot]) -> HalfDaySlot:
    """Return the half-day that ends the first day of a session: one of the night after it when they run on into it."""
    first, *others = slots
    last = first
    for slot in others:
        pause = datetime.combine(slot.day, slot.starts) - datetime.combine(last.ends_on, last.ends)
        in_the_night = runs_over_midnight(first.starts, slot.ends) and pause <= _LONGEST_PAUSE
        if slot.ends_on == first.day or (slot.ends_on == first.day + timedelta(days=1) and in_the_night):
            last = slot
    return last


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

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)
