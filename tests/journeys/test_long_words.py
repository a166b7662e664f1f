"""Words without an end do not push a page aside: 150 signs without a space as place, title and name."""

from collections.abc import Callable
from typing import Any

import pytest

from cordee.enrolment.models import Participant
from cordee.planning.models import Session
from tests.architecture.access_table import TABLE
from tests.architecture.world import PATTERNS, World, build
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import Visitor
from tests.journeys.test_every_page import is_whole_page, who_opens

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(cast: Cast, now: MovableClock, settle: Any) -> World:
    return build(cast, now, settle)


@pytest.mark.parametrize("size", ["phone"], indirect=True)  # each page is drawn at both
def test_a_page_stays_as_wide_as_its_screen(world: World, visit: Callable[..., Visitor]) -> None:
    Session.objects.update(place="🎉" * 150, address="🎉" * 150, title="Ŵ" * 150)
    Participant.objects.update(last_name="Ŵ" * 100)
    visitors: dict[str, Visitor] = {}
    looked_at = 0
    for name in sorted(PATTERNS):
        role = who_opens(TABLE[name])
        first = PATTERNS[name].lstrip("^").split("/")[0]
        if role is None or first not in {"missions", "sessions", "my", *world.tokens}:
            continue
        role = "facilitator on the session" if first == "my" else role
        if is_whole_page(world.address(name), world.people[role]):
            if role not in visitors:
                visitors[role] = visit(world.people[role])
            visitors[role].go_at_both_sizes(world.address(name))
            looked_at += 1
    assert looked_at > 40
