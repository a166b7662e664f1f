"""Half-days of a session as they are typed: derived from its times, shown, and corrected by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cordee.catalogue.models import ServiceType
from cordee.kernel.periods import LONGEST_HALF_DAY, HalfDaySlot, half_days_between, is_a_time_span
from cordee.planning.rules import is_within_planning
from cordee.planning.states import MOST_HALF_DAYS

_SATURDAY = 5
_A_DAY = 2
"""Half-days in one day."""
_LUNCH = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One half-day as typed: text that may not be a date or a time yet."""

    number: int
    day: str = ""
    starts: str = ""
    ends: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.day.strip()


class HalfDaysInput(forms.Widget):
    """Reads the rows; they are drawn by the page."""

    @override
    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row]:
        cells = zip(*(data.getlist(f"{name}-{part}") for part in ("day", "starts", "ends")), strict=False)
        return [Row(n, *cell) for n, cell in enumerate(cells, start=1)][: MOST_HALF_DAYS + 1]


class HalfDaysField(forms.Field):
    """One to six half-days; a row without a day is left out."""

    widget = HalfDaysInput

    @override
    def clean(self, value: list[Row] | None) -> tuple[HalfDaySlot, ...]:
        wrong, slots = [], []
        for row in value or []:
            if row.is_empty:
                continue
            slot = slot_of(row)
            if slot is None:
                wrong.append(
                    _("Half-day %(n)d: give a day, a start and an end after it.") % {"n": row.number}
                )
            else:
                slots.append(slot)
        if wrong:
            raise ValidationError(wrong)
        return tuple(slots)


def slot_of(row: Row) -> HalfDaySlot | None:
    """Return what a row says, if it says a half-day."""
    day, starts, ends = as_day(row.day), as_time(row.starts), as_time(row.ends)
    if day is None or starts is None or ends is None or not is_a_time_span(starts, ends):
        return None
    return HalfDaySlot(day, starts, ends)


def rows_of(slots: Iterable[HalfDaySlot]) -> list[Row]:
    """Return half-days as rows to be typed in."""
    return [
        Row(n, s.day.isoformat(), f"{s.starts:%H:%M}", f"{s.ends:%H:%M}")
        for n, s in enumerate(slots, start=1)
    ]


def as_day(text: str) -> date | None:
    """Return the day a text says, if sessions can take place then."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if is_within_planning(day) else None


def as_time(text: str) -> time | None:
    """Return the time of day a text says, to the minute."""
    try:
        return time.fromisoformat(text.strip()).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


def usual_end(starts: time, service: ServiceType) -> time | None:
    """Return when a day of this service ends, a lunch break included; nothing when it cannot begin so late."""
    days = -(-service.half_days // _A_DAY)
    minutes = service.minutes // days
    if timedelta(minutes=minutes) > LONGEST_HALF_DAY:
        minutes += _LUNCH
    ends = (datetime.combine(date.min, starts) + timedelta(minutes=minutes)).time()
    return ends if is_a_time_span(starts, ends) else None


def derive(day: date, starts: time, ends: time, service: ServiceType) -> tuple[HalfDaySlot, ...]:
    """Return the half-days of a session that begins on `day`: one day, or as many as the service takes."""
    slots = list(half_days_between(day, starts, ends))
    while len(slots) < service.half_days and service.half_days > _A_DAY:
        day = next_day(day)
        slots += half_days_between(day, starts, ends)
    return tuple(slots[: max(service.half_days, len(half_days_between(day, starts, ends)))][:MOST_HALF_DAYS])


def next_day(day: date) -> date:
    """Return the next day on which people work; after a weekend day, simply the next one."""
    after = day + timedelta(days=1)
    while day.weekday() < _SATURDAY <= after.weekday():
        after += timedelta(days=1)
    return after


def one_more(slots: Sequence[HalfDaySlot]) -> tuple[HalfDaySlot, ...]:
    """Return the half-days with one more at the end, at the hours of the first day."""
    if not slots or len(slots) >= MOST_HALF_DAYS:
        return tuple(slots)
    pattern = [s for s in slots if s.day == slots[0].day]
    last = slots[-1].day
    taken = sum(s.day == last for s in slots)
    if taken < len(pattern):  # noqa: SIM108 - two sentences read better than one
        following = replace(pattern[taken], day=last)
    else:
        following = replace(pattern[0], day=next_day(last))
    return (*slots, following)
