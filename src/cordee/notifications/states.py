"""Who reads a mail, and when an automatic one leaves."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Reader(StrEnum):
    PARTICIPANT = "participant"
    CONTACT = "contact"
    FACILITATOR = "facilitator"
    COORDINATOR = "coordinator"
    OFFICE = "office"
    ANYBODY = "anybody"
    """Whoever has an account."""


class Timing(StrEnum):
    """From what the delay of a mail is counted."""

    AT_ONCE = "at_once"
    MINUTES_LATER = "minutes_later"
    """After the fact that it tells."""
    AFTER_CHANGE = "after_change"
    """Minutes after a change: until then it can be undone, and nobody hears of it. Always leaves."""
    DAYS_BEFORE = "days_before"
    """Before the session."""
    DAYS_AFTER = "days_after"
    """After what is waited for was asked."""


MOST = {
    Timing.AT_ONCE: 0,
    Timing.MINUTES_LATER: 2880,
    Timing.AFTER_CHANGE: 120,
    Timing.DAYS_BEFORE: 60,
    Timing.DAYS_AFTER: 60,
}
"""The longest delay. A day before or after is the shortest; minutes may be none."""


_IN_MINUTES = frozenset({Timing.MINUTES_LATER, Timing.AFTER_CHANGE})


@dataclass(frozen=True, slots=True)
class MailRule:
    """Whether an automatic mail leaves, and how long before or after."""

    enabled: bool = True
    amount: int = 0
    timing: Timing = Timing.AT_ONCE

    @property
    def delay(self) -> timedelta:
        return timedelta(**{"minutes" if self.timing in _IN_MINUTES else "days": self.amount})
