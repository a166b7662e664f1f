"""When reminders leave: whatever the zone and the season, at nine in the morning of the right day."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cordee.kernel.periods import local
from cordee.notifications.reminders import moments

ZONES = st.sampled_from(
    ["Europe/Paris", "America/Cayenne", "Pacific/Noumea", "America/New_York", "Indian/Reunion"]
)
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: EPOCH + timedelta(minutes=minutes))
DAYS = st.integers(1, 60)


@given(INSTANTS, ZONES, DAYS)
def test_it_leaves_at_nine_so_many_days_before(starts: datetime, zone: str, days: int) -> None:
    moment = local(moments.before(starts, zone, days), zone)
    assert (moment.hour, moment.minute) == (9, 0)
    assert local(starts, zone).date() - moment.date() == timedelta(days=days)


@given(INSTANTS, INSTANTS, ZONES, DAYS)
def test_what_is_near_lies_in_the_window_that_is_looked_at(
    starts: datetime, now: datetime, zone: str, days: int
) -> None:
    now = starts - timedelta(days=days + 3) + (now - EPOCH) % timedelta(days=5)
    after, until = moments.window_before(now, days)
    if moments.is_near(moments.before(starts, zone, days), now):
        assert after < starts <= until


@given(INSTANTS, INSTANTS, DAYS)
def test_what_was_asked_lies_in_the_window_that_is_looked_at(
    asked: datetime, now: datetime, days: int
) -> None:
    now = asked + timedelta(days=days - 3) + (now - EPOCH) % timedelta(days=5)
    after, until = moments.window_after(now, days)
    if moments.is_near(moments.after(asked, days), now):
        assert after < asked <= until
