"""An address had a slip of the pen: once it is corrected, the link that went astray ends, the right one opens."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import Letterbox, Visitor, words
from tests.journeys.test_worked_example import text_of
from tests.steps import enrol, plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WRONG, RIGHT = "ana@valmont.example", "ana.martin@valmont.example"


def page_of(letterbox: Letterbox, address: str) -> str:
    found = re.search(r"https?://[^/\s]+(/p/\S+)", text_of(letterbox.to(address)[-1]))
    assert found
    return found[1]


def test_the_old_link_ends_and_the_new_one_opens(
    cast: Cast, visit: Callable[..., Visitor], letterbox: Letterbox, settle: Callable[[], None]
) -> None:
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana")
    settle()
    old = page_of(letterbox, WRONG)
    stranger = visit()
    stranger.go(old)
    stranger.sees("You are enrolled")

    camille = visit(cast.camille.user)
    camille.go(f"/sessions/{session.ref}/")
    row = camille.page.locator("#people tr").filter(has_text=WRONG)
    camille.press(row.get_by_role("link", name=words("Correct")))
    camille.page.locator("input[name=email]").fill(RIGHT)
    camille.press("Save")
    camille.reads(RIGHT)

    stranger.go(old)
    stranger.sees("This link no longer works")
    expect(stranger.page.get_by_text(RIGHT)).to_have_count(0)
    expect(stranger.page.get_by_text("Ana")).to_have_count(0)

    new = page_of(letterbox, RIGHT)
    assert new != old
    assert len(letterbox.to(WRONG)) == len(letterbox.to(RIGHT)) == 1
    ana = visit()
    ana.go(new)
    ana.sees("You are enrolled")
    stranger.go(old)
    stranger.sees("This link no longer works")
