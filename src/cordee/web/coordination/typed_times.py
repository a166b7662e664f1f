"""The times of a session while they are typed: what follows from what, on the page and when it is sent.

The page shows a day, a start and an end, and below them the half-days made from these. What is saved is what is on
the screen: while somebody types, the page follows (`followed`); when the form is sent, half-days that do not fit the
times above them are made anew if nobody touched them (`completed`), and refused otherwise (`misfit`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.catalogue.models import ServiceType
from cordee.kernel.periods import (
    HalfDaySlot,
    end_text,
    half_days_between,
    is_a_time_span,
    last_of_first_day,
    latest_in_the_night,
)
from cordee.web.coordination import half_days as half


@dataclass(frozen=True, slots=True)
class Times:
    """The first day of a session as it stands above its half-days."""

    day: date
    starts: time
    ends: time

    @property
    def key(self) -> str:
        """Return these times as the hidden field `derived` keeps them: from what the half-days were made."""
        return f"{self.day.isoformat()}|{self.starts:%H:%M}|{self.ends:%H:%M}"


def times_of(day: str, starts: str, ends: str) -> Times | None:
    """Return the times typed, if they make sense together."""
    on, begins, finishes = half.as_day(day), half.as_time(starts), half.as_time(ends)
    if on is None or begins is None or finishes is None or not is_a_time_span(begins, finishes):
        return None
    return Times(on, begins, finishes)


def spanned(slots: Sequence[HalfDaySlot]) -> Times:
    """Return the times that stand above these half-days."""
    return Times(slots[0].day, slots[0].starts, last_of_first_day(slots).ends)


def followed(data: QueryDict, service: ServiceType | None) -> QueryDict:
    """Return what is being typed, with what follows from it: the end from the start, and the half-days from both.

    Half-days that were corrected by hand stay as they are, as far as they can: when they were corrected last, the
    times above follow them.
    """
    data = data.copy()
    _follow_start(data, service)
    times, before = _times(data), _derived(data)
    slots = _slots(data)
    if times is None or (slots and spanned(slots) == times):
        pass  # nothing to follow, or nothing to mend
    elif not _rows(data) or _are_made(slots, before, service):
        _write_rows(data, _made(times, service))
    elif times == before:
        times = spanned(slots)
        data["day"], data["starts"], data["ends"] = times.key.split("|")
    else:
        _write_rows(data, _moved(slots, times) or _made(times, service))
    if times:
        data["derived"] = times.key
    return data


def completed(data: QueryDict, service: ServiceType | None) -> QueryDict:
    """Return a form as it was sent, with its half-days made from its times
    unless somebody gave them by hand.
    """
    data = data.copy()
    times = _times(data)
    if times and (not _rows(data) or _are_made(_slots(data), _derived(data), service)):
        _write_rows(data, _made(times, service))
        data["derived"] = times.key
    return data


def misfit(times: Times, slots: Sequence[HalfDaySlot]) -> str:
    """Return what is wrong with half-days under other times than their own, or nothing."""
    if spanned(slots) == times:
        return ""
    return _(
        "The half-days below are not those of the day, the start and the end above. "
        "Correct one or the other, or empty the days of the half-days: they are then made anew."
    )


def wrong_end(starts: time, ends: time) -> str:
    """Return what is wrong with an end beside its start, or nothing."""
    if is_a_time_span(starts, ends):
        return ""
    if starts == ends:
        return _("The end is the same as the start. Correct one of them.")
    latest = latest_in_the_night(starts)
    if latest is None:
        return _("The end is before the start. Correct one of them.")
    return _(
        "The end is before the start. Correct one of them; if the session goes on over midnight, "
        "it may last twelve hours: end it by %(latest)s."
    ) % {"latest": end_text(latest, get_language() or "fr")}


def _follow_start(data: QueryDict, service: ServiceType | None) -> None:
    """Let the end follow a start that was just changed, until somebody gave another end; fill in a missing one."""
    starts, ends = half.as_time(data.get("starts", "")), data.get("ends", "")
    _day, began, ended = _parts(data)
    end_is_ours = ends == ended and data.get("starts") != began
    if starts and service and (not ends or end_is_ours):
        usual = half.usual_end(starts, service)
        data["ends"] = f"{usual:%H:%M}" if usual else ends


def _parts(data: QueryDict) -> tuple[str, str, str]:
    parts = data.get("derived", "").split("|")
    return (parts[0], parts[1], parts[2]) if len(parts) == len(("day", "starts", "ends")) else ("", "", "")


def _derived(data: QueryDict) -> Times | None:
    return times_of(*_parts(data))


def _times(data: QueryDict) -> Times | None:
    return times_of(data.get("day", ""), data.get("starts", ""), data.get("ends", ""))


def _rows(data: QueryDict) -> list[half.Row]:
    return [
        row for row in half.HalfDaysInput().value_from_datadict(data, {}, "half_days") if not row.is_empty
    ]


def _slots(data: QueryDict) -> list[HalfDaySlot]:
    """Return the half-days typed; nothing while one of them makes no sense."""
    slots = [half.slot_of(row) for row in _rows(data)]
    return [slot for slot in slots if slot] if all(slots) else []


def _made(times: Times, service: ServiceType | None) -> list[HalfDaySlot]:
    if service is None:
        return list(half_days_between(times.day, times.starts, times.ends))
    return list(half.derive(times.day, times.starts, times.ends, service))


def _are_made(slots: list[HalfDaySlot], times: Times | None, service: ServiceType | None) -> bool:
    """Tell whether half-days are as they were made from `times`: nobody corrected them by hand."""
    return times is not None and slots == _made(times, service)


def _moved(slots: list[HalfDaySlot], times: Times) -> list[HalfDaySlot]:
    """Return half-days that were corrected by hand under new times: on other days, with another first start and
    another end of the first day; nothing when that makes no sense.
    """
    off, last = times.day - slots[0].day, last_of_first_day(slots)
    rows = [
        half.Row(
            n,
            (slot.day + off).isoformat(),
            f"{times.starts if slot is slots[0] else slot.starts:%H:%M}",
            f"{times.ends if slot is last else slot.ends:%H:%M}",
        )
        for n, slot in enumerate(slots, start=1)
    ]
    moved = [slot for row in rows if (slot := half.slot_of(row))]
    in_order = all(_end(one) <= datetime.combine(two.day, two.starts) for one, two in pairwise(moved))
    return moved if len(moved) == len(rows) and in_order and spanned(moved) == times else []


def _end(slot: HalfDaySlot) -> datetime:
    return datetime.combine(slot.ends_on, slot.ends)


def _write_rows(data: QueryDict, slots: Sequence[HalfDaySlot]) -> None:
    rows = half.rows_of(slots)
    for part in ("day", "starts", "ends"):
        data.setlist(f"half_days-{part}", [getattr(row, part) for row in rows])
