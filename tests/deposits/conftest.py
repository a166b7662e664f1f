"""A reader of pictures without eyes."""

import pytest

from cordee.deposits.actions import reading
from tests.deposits.paper import Reader


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Have pages read without eyes."""
    made = Reader()
    monkeypatch.setattr(reading, "pages_of", made.pages_of)
    monkeypatch.setattr(reading, "read_page", made.read_page)
    return made
