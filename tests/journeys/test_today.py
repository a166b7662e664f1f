"""The day itself, on the facilitator's phone: who came, signed, countersigned, and what is left before leaving."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from cordee.attendance import queries
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import Visitor, words
from tests.journeys.test_signing import draw
from tests.steps import DURING, confirm, enrol, plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_all_that_is_done_in_the_room_is_under_two_taps(
    cast: Cast, now: MovableClock, visit: Callable[..., Visitor]
) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana")
    now.move_to(DURING)
    noor = visit(cast.noor.user)
    noor.go("/my/")
    noor.follow("Today")
    noor.sees("Presence is not recorded.")
    for label, sees in (
        ("Show the code", "Back to the signatures"),
        ("Have them sign on this phone", "Signatures"),
    ):
        noor.press(big(noor, label))
        noor.sees(sees)
        noor.go("/my/today/")
    noor.follow("Somebody came without being on the list")
    assert noor.page.locator("input[name=first_name]").is_visible(), "without one more tap"
    noor.go("/my/today/")
    noor.follow("Presence is not recorded.")
    noor.page.locator("[data-set-all]").first.click()
    noor.press("Record the presence")
    noor.go("/my/today/")
    noor.press(big(noor, "Countersign"))
    draw(noor)
    noor.press("Countersign")
    assert not queries.standing_countersignatures(session.pk), "Ana is there, and can still sign"
    noor.page.get_by_label(words("Countersign all the same")).check()
    noor.press("Countersign")
    assert queries.standing_countersignatures(session.pk)


def big(visitor: Visitor, label: str) -> Locator:
    return visitor.page.locator("main .bigs a.big", has_text=words(label)).first
