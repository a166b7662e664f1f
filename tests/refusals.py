"""Saying in a test what is refused."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.utils import translation

from cordee.kernel.refusals import Blocker, Refused, Turn


@contextmanager
def refused(*codes: str, turn: Turn | None = None) -> Iterator[list[Blocker]]:
    """Expect a refusal with exactly these codes, in this order; each has a sentence (in English here).

    Gives the blockers.
    """
    blockers: list[Blocker] = []
    with translation.override("en"), pytest.raises(Refused) as caught:
        yield blockers
    blockers += caught.value.blockers
    assert [b.code for b in blockers] == list(codes)
    assert all(b.message for b in blockers)
    if turn:
        assert {b.turn for b in blockers} == {turn}
