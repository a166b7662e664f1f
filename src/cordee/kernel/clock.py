"""The one clock of the house. Everything that asks for the time asks here,
so that tests and the demo can move it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from cordee.kernel import zones

type TimeSource = Callable[[], datetime]


def _real_time() -> datetime:
    return datetime.now(UTC)


_source: TimeSource = _real_time


def now() -> datetime:
    """Return the current instant, in UTC."""
    return _source()


def today(time_zone: str = "") -> date:
    """Return the current calendar day in `time_zone` (an IANA name; the organisation's if none is given)."""
    return now().astimezone(ZoneInfo(time_zone or zones.home())).date()


def use(source: TimeSource | None) -> None:
    """Take the time from `source` from now on; `None` goes back to the machine's clock."""
    global _source  # noqa: PLW0603 - a process has one clock
    _source = source or _real_time


def real_time() -> datetime:
    """Return the machine's time in UTC, whatever source is in use: the demo's clock counts from it."""
    return _real_time()


@contextmanager
def frozen_at(instant: datetime) -> Iterator[None]:
    """Hold the clock at `instant` (aware) inside the block."""
    before = _source
    use(lambda: instant)
    try:
        yield
    finally:
        use(before)
