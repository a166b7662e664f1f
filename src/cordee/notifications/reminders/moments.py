"""When reminders leave: pure, from local days to instants."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cordee.kernel import zones
from cordee.kernel.periods import instant, local
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.notifications.mails import Mail

MORNING = time(9)
"""The local time at which reminders leave: people read them at their desk."""
AHEAD = timedelta(days=2)
"""How long before it leaves a reminder is written, so that it can be seen in the log and stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that is to be written about now: what `write_due` looks for."""

    mission_id: int
    purpose: Mail
    about: About
    """Written once for each purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One message that must exist; composed only when it has to be written."""

    key: str
    moment: datetime
    compose: Callable[[], Wanted]


def day_of(moment: datetime, time_zone: str) -> date:
    return local(moment, time_zone).date()


def before(starts_at: datetime, time_zone: str, days: int) -> datetime:
    """Return the morning `days` days before something starts, where it takes place (UTC)."""
    return _morning(day_of(starts_at, time_zone) - timedelta(days=days), time_zone)


def after(asked_at: datetime, days: int) -> datetime:
    """Return the morning `days` days after something was asked (UTC)."""
    return _morning(day_of(asked_at, zones.home()) + timedelta(days=days), zones.home())


def _morning(day: date, time_zone: str) -> datetime:
    return instant(datetime.combine(day, MORNING), time_zone)


def is_near(moment: datetime, now: datetime) -> bool:
    """Tell whether what leaves then is to be written now: soon, and not too late."""
    return now < moment <= now + AHEAD


_BEFORE_MORNING, _AFTER_MORNING = timedelta(hours=10), timedelta(hours=16)
"""How far a day reaches on both sides of its morning, the hour included by which clocks are set."""


def window_before(now: datetime, days: int) -> tuple[datetime, datetime]:
    """Return the time in which sessions start whose reminder, `days` days before, is near; a little more."""
    then = now + timedelta(days=days)
    return then - _BEFORE_MORNING, then + AHEAD + _AFTER_MORNING


def window_after(now: datetime, days: int) -> tuple[datetime, datetime]:
    """Return the time in which was asked what is reminded of, `days` days after, and is near; a little more."""
    then = now - timedelta(days=days)
    return then - _BEFORE_MORNING, then + AHEAD + _AFTER_MORNING
