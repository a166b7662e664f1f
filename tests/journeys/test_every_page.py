"""Every page that can be opened is looked at: accessibility, scripts, policies, width, at desk and phone size."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cordee.accounts.models import User
from tests.architecture.access_table import TABLE, Page, Way
from tests.architecture.world import PATTERNS, World, build
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WHO = (
    "operations",
    "coordinator of this mission",
    "facilitator on the session",
    "finance",
    "disability officer",
    "administrator",
    "quality",
)
"""By whose eyes a page is looked at: the first who may open it."""


def who_opens(page: Page | Way) -> str | None:
    if isinstance(page, Way):
        return "anonymous" if page.visitor[0] == 200 else None
    return next((role for role in WHO if role in page.opens), None)


def is_whole_page(address: str, user: User | None) -> bool:
    """Tell a page from a file, or from a part of a page."""
    client = Client()
    if user:
        client.force_login(user)
    answer = client.get(address)
    return answer.status_code == 200 and "html" in answer["Content-Type"] and "<main" in answer.text


@pytest.fixture
def world(cast: Cast, now: MovableClock, settle: Any) -> World:
    return build(cast, now, settle)


@pytest.mark.parametrize("size", ["phone"], indirect=True)  # each page is drawn at both
def test_every_page_is_fit_for_everybody(world: World, visit: Callable[..., Visitor]) -> None:
    visitors: dict[str, Visitor] = {}
    looked_at = 0
    for name in sorted(PATTERNS):
        role = who_opens(TABLE[name])
        if role is None or not is_whole_page(world.address(name), world.people[role]):
            continue
        if role not in visitors:
            visitors[role] = visit(world.people[role])
        visitors[role].go_at_both_sizes(world.address(name))
        looked_at += 1
    assert looked_at > 80
