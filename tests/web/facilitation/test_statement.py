"""The fees of a year, with the hours that were planned."""

from datetime import timedelta

import pytest

from cordee.fees.models import FeeLine
from cordee.kernel import clock
from cordee.planning.models import HalfDay
from cordee.web.facilitation import statement


@pytest.mark.parametrize(
    ("minutes", "told"), [((80,), "1 h 20"), ((65, 95), "2 h 40"), ((480, 95, 65), "10 h 40"), ((), "")]
)
def test_hours_are_told_to_the_minute(
    monkeypatch: pytest.MonkeyPatch, minutes: tuple[int, ...], told: str
) -> None:
    begins = clock.now()
    half_days = {
        n: [HalfDay(starts_at=begins, ends_at=begins + timedelta(minutes=length))]
        for n, length in enumerate(minutes, 1)
    }
    monkeypatch.setattr(statement.planning, "half_days_of", lambda _: half_days)
    known = statement._minutes([FeeLine(session_id=n) for n in half_days])
    found = [
        statement.Earned(FeeLine(), begins.date(), known[n], None, None)  # type: ignore[arg-type]  # hours alone are told
        for n in half_days
    ]
    assert statement._hours_text(found).replace("\u00a0", " ") == told
