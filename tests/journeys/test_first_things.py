"""The mission page begins with what is to be done; on a phone the rope is one line that opens."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from cordee.enrolment import actions as enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import SIZES, Visitor, words
from tests.steps import plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def camille(cast: Cast, visit: Callable[..., Visitor]) -> Visitor:
    """Return the coordinator of a mission with two workshops in parallel, one person on the first."""
    first, _second = plan(cast, cast.camille, cast.noor, count=2)
    enrolment.enrol(
        session_id=first.pk,
        people=[Person(email="ana@valmont.example", first_name="Ana", last_name="Martin")],
        by=COMMAND,
    )
    return visit(cast.camille.user)


def top(found: Locator) -> float:
    box = found.bounding_box()
    assert box
    return box["y"]


def height(found: Locator) -> float:
    box = found.bounding_box()
    assert box
    return box["height"]


def test_a_mission_begins_with_what_is_to_be_done(cast: Cast, camille: Visitor, size: str) -> None:
    camille.go(f"/missions/{cast.mission.ref}/")
    page = camille.page
    todo, fold, rope = page.locator("#todo"), page.locator(".rope-fold"), page.locator(".rope")
    on_a_phone = size == "phone"
    assert (top(todo) < top(fold)) is on_a_phone
    if on_a_phone:
        expect(rope).to_be_hidden()
        assert height(fold) < 60, "one line"
        fold.locator("summary").click()
        camille.look()
        assert height(page.locator(".head .push")) < SIZES["phone"]["height"] / 6
        last = page.locator("nav.nav li").last.locator(":is(a, button) > span").bounding_box()
        assert last
        assert last["x"] + last["width"] <= SIZES["phone"]["width"] - 6
    expect(rope).to_be_visible()
    expect(rope.get_by_text(words("Staffed"), exact=True)).to_be_visible()


def test_late_tags_stay_on_one_line(cast: Cast, camille: Visitor, now: MovableClock) -> None:
    camille.settle()
    now.move_to("2027-01-13 09:00")
    camille.go("/my/")
    tags = camille.page.locator(".todo .tag")
    assert tags.count()
    for number in range(tags.count()):
        assert height(tags.nth(number)) < 30


def test_groups_are_seen_before_they_are_made(cast: Cast, camille: Visitor) -> None:
    ref = f"S{cast.mission.ref[1:]}-A"
    camille.go(f"/sessions/{ref}/groups/")
    page = camille.page
    made = page.get_by_role("button", name=words("Make these groups"))
    last = page.locator(".board .group").last
    assert top(made) >= top(last) + height(last)
