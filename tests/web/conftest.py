"""What pages of several audiences meet."""

from collections.abc import Iterator

import pytest

from cordee.lists import apart


@pytest.fixture
def every_turn_is_taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As many large lists are being read as may be at a time."""
    monkeypatch.setattr(apart, "WAIT", 0)
    for _ in range(apart.AT_ONCE):
        assert apart._turns.acquire(blocking=False)
    yield
    apart._turns.release(apart.AT_ONCE)
