"""A session is cancelled by mistake and taken back before anybody was told; or not, and they are told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from cordee.enrolment import queries
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import Letterbox, Visitor, words, work
from tests.steps import enrol, plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TIME = "12\xa0h\xa0%d"
"""So many minutes past noon, in French."""


@pytest.fixture
def session(cast: Cast, letterbox: Letterbox) -> Session:
    """Return a session of which Ana and Bo were told, and that Noor was asked to run."""
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    work()
    assert letterbox.to("ana@valmont.example")
    letterbox.messages.clear()
    return session


@pytest.fixture
def camille(cast: Cast, session: Session, visit: Callable[..., Visitor]) -> Visitor:
    """Return the coordinator, who has just cancelled the session; the worker has done its work."""
    camille = visit(cast.camille.user)
    camille.settle = work
    camille.go(f"/sessions/{session.ref}/")
    camille.follow("Cancel the session")
    camille.page.locator("[name=reason]").fill("Grève")
    camille.press("Cancel the session")
    return camille


def test_taken_back_from_the_message_at_once(
    session: Session, camille: Visitor, letterbox: Letterbox, now: MovableClock
) -> None:
    toast = camille.page.locator(".toast")
    expect(toast).to_contain_text(TIME % 10)
    camille.press(toast.get_by_role("button", name=words("Take it back"), exact=True))
    expect(toast).to_contain_text(
        words("%(session)s takes place: everything is as it was, and nobody was told.", session=session.title)
    )
    camille.reads("Ana N")
    now.at += timedelta(hours=1)
    work()
    assert letterbox.messages == []
    assert len(queries.enrolments(session.pk)) == 2


def test_taken_back_from_the_mission_and_from_the_session(
    cast: Cast, session: Session, camille: Visitor, letterbox: Letterbox, now: MovableClock
) -> None:
    now.at += timedelta(minutes=8)
    camille.go(f"/sessions/{session.ref}/")
    camille.sees("Those concerned are told at %(time)s; taken back before, nothing leaves.", time=TIME % 10)
    camille.press("Take it back")
    camille.sees(
        "%(session)s takes place after all; nobody had been told of the cancellation", session=session.title
    )
    camille.follow("Cancel the session")
    camille.page.locator("[name=reason]").fill("Grève")
    camille.press("Cancel the session")
    camille.go(f"/missions/{cast.mission.ref}/")
    camille.sees("Those concerned are told at %(time)s; taken back before, nothing leaves.", time=TIME % 18)
    row = camille.page.locator("#sessions tr").filter(has_text=session.title)
    camille.press(row.get_by_role("button"))
    now.at += timedelta(hours=1)
    work()
    assert letterbox.messages == []


def test_when_the_minutes_are_over_they_are_told_and_there_is_no_way_back(
    cast: Cast, session: Session, camille: Visitor, letterbox: Letterbox, now: MovableClock
) -> None:
    way_back = camille.page.locator("main").get_by_role("button", name=words("Take it back"))
    expect(way_back).to_be_visible()
    now.at += timedelta(minutes=10)
    work()
    for address in ("ana@valmont.example", "bo@valmont.example", "noor@reseau.example"):
        assert "Grève" in letterbox.to(address)[-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    camille.press(way_back)  # on the page that was open meanwhile
    refusal = words("Mails about the cancellation have left: people know that it will not take place.")
    expect(camille.page.locator(".toast")).to_contain_text(refusal)
    expect(way_back).to_have_count(0)
    camille.go(f"/missions/{cast.mission.ref}/")
    expect(way_back).to_have_count(0)
