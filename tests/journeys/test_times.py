"""The times on the screen are those that are saved, also when somebody mistypes them or works into the night."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from cordee.planning import queries
from cordee.planning.models import Session
from tests.cast import Cast
from tests.journeys.conftest import Letterbox, Visitor, words

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def camille(
    cast: Cast, visit: Callable[..., Visitor], letterbox: Letterbox, settle: Callable[[], None]
) -> Visitor:
    settle()
    return visit(cast.camille.user)


def _type(visitor: Visitor, **fields: str) -> None:
    """Type in fields as somebody does who leaves each: the page follows in between."""
    for name, value in fields.items():
        with visitor.page.expect_response(lambda r: r.request.method == "POST"):
            visitor.page.locator(f"[name={name}]").fill(value)
            visitor.page.locator(f"[name={name}]").blur()
        expect(visitor.page.locator(".htmx-request")).to_have_count(0)


def _saved(session: Session) -> list[str]:
    return [f"{h.day.day} {h.starts:%H:%M}-{h.ends:%H:%M}" for h in queries.half_days(session.pk)]


def _beside_the_end(visitor: Visitor, *, night_until: str = "") -> None:
    """The refusal stands in the field of the end, which keeps what was typed."""
    field = visitor.page.locator(".field", has=visitor.page.locator("[name=ends]"))
    night = words(
        "The end is before the start. Correct one of them; if the session goes on over midnight, "
        "it may last twelve hours: end it by %(latest)s."
    )
    wrong = words("The end is before the start. Correct one of them.")
    expect(field).to_contain_text(night % {"latest": night_until} if night_until else wrong)


def test_an_end_before_the_start_is_refused_and_a_night_is_planned(cast: Cast, camille: Visitor) -> None:
    camille.go(f"/missions/{cast.mission.ref}/plan/")
    page = camille.page
    _type(camille, day="2027-01-14", starts="09:00", ends="12:00")
    page.locator("[name=place]").fill("Théâtre")
    _type(camille, ends="08:00")
    camille.press("Plan")
    _beside_the_end(camille)
    expect(page.locator("[name=ends]")).to_have_value("08:00")
    expect(page.locator("[name=place]")).to_have_value("Théâtre")
    assert not Session.objects.exists()

    _type(camille, starts="22:00", ends="01:00")
    camille.press("Plan")
    (session,) = Session.objects.all()
    assert _saved(session) == ["14 22:00-01:00"]
    camille.go(f"/sessions/{session.ref}/")
    camille.reads("jeudi 14 janvier 2027, 22 h – vendredi 15 janvier 2027, 1 h".replace(" h", "\u00a0h"))

    camille.go(f"/sessions/{session.ref}/change/")
    _type(camille, starts="18:00", ends="17:00")
    camille.press("Save")
    _beside_the_end(camille, night_until="6\u00a0h")
    assert _saved(session) == ["14 22:00-01:00"]
    _type(camille, ends="21:00")
    camille.press("Save")
    assert _saved(session) == ["14 18:00-21:00"]

    camille.go(f"/sessions/{session.ref}/change/")
    _type(camille, starts="14:00", ends="00:00")
    expect(page.get_by_text(words("Ends the next day."))).to_be_visible()
    camille.press("Save")
    assert _saved(session) == ["14 14:00-18:30", "14 19:30-00:00"]
    camille.reads("jeudi 14 janvier 2027, 14\u00a0h – minuit")
