"""Time goes by: what the schedule does every few minutes, here at nine and at noon."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from cordee.mail import actions as mail
from cordee.notifications import reminders
from tests.conftest import MovableClock

type Pass = Callable[[str], None]


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def until(now: MovableClock, settle: Callable[[], None]) -> Pass:
    """Return a way to let time pass to a local moment in Paris, with the worker at work."""

    def run(text: str) -> None:
        settle()
        end = datetime.fromisoformat(text).replace(tzinfo=now.at.tzinfo)
        while now.at < end:
            reminders.write_due()
            mail.send_due()
            now.at = min(next_look(now.at), end)
        reminders.write_due()
        settle()

    return run


def next_look(at: datetime) -> datetime:
    days = (at.date(), at.date() + timedelta(days=1))
    moments = (datetime.combine(day, time(hour), at.tzinfo) for day in days for hour in (9, 12))
    return next(moment for moment in moments if moment > at)
