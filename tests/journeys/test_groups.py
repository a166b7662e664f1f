"""Groups made by the coordinator: seen, changed by drag or by keyboard, made, undone; then told of."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import Letterbox, Visitor, words, work
from tests.steps import plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def groups(cast: Cast) -> list[Session]:
    """Return three workshops in parallel, nine people on the first."""
    found = plan(cast, cast.camille, cast.noor, cast.elodie, count=3)
    people = [
        Person(
            email=f"{name.lower()}@valmont.example",
            first_name=name,
            last_name="Martin",
            details={"Langue": lang},
        )
        for name, lang in zip(
            ("Ana", "Bo", "Cy", "Di", "Ed", "Fa", "Gil", "Hal", "Ivo"), ("fr", "fr", "en") * 3, strict=True
        )
    ]
    enrolment.enrol(session_id=found[0].pk, people=people, by=COMMAND)
    return found


def names(session: Session) -> list[str]:
    return sorted(e.participant.first_name for e in queries.enrolments(session.pk))


@pytest.fixture
def camille(cast: Cast, groups: list[Session], visit: Callable[..., Visitor]) -> Visitor:
    return visit(cast.camille.user)


def test_groups_are_seen_changed_by_drag_or_keyboard_made_and_undone(
    groups: list[Session], camille: Visitor, size: str
) -> None:
    a, b, _ = groups
    page = camille.page
    camille.go(f"/sessions/{a.ref}/")
    camille.follow("Groups")
    page.get_by_label(words("Evenly: as many people in each")).check()
    page.get_by_text(words("Keep people together or apart")).click()
    wish = page.locator(".wish").first
    wish.locator("input").nth(0).fill("Ana Martin")
    wish.locator("input").nth(1).fill("Ivo")
    camille.press("Show the groups")
    board = page.locator("[data-group]")
    expect(board.locator("[data-count]")).to_have_text(["3", "3", "3"])
    together = page.locator("li:has-text('Ana Martin')").locator("xpath=ancestor::*[@data-group]")
    expect(together).to_contain_text("Ivo Martin")

    bo = page.locator("li").filter(has_text="Bo Martin")
    expect(board.nth(0)).to_contain_text("Bo Martin")
    if size == "desk":
        bo.drag_to(board.nth(1))
    else:
        bo.locator("select").focus()
        page.keyboard.press("B")
    expect(board.locator("[data-count]")).to_have_text(["2", "4", "3"])
    expect(page.locator("#groups header b").first).to_have_text("7")
    camille.look()
    assert names(b) == []

    camille.press("Make these groups")
    assert [len(names(s)) for s in groups] == [2, 4, 3]
    assert "Bo" in names(b)
    camille.press(page.locator(".toast").get_by_role("button", name=words("Undo"), exact=True))
    assert len(names(a)) == 9


def test_groups_by_a_column_are_told_of_once_and_then_stay(
    groups: list[Session], camille: Visitor, letterbox: Letterbox, settings: Any
) -> None:
    a, b, _ = groups
    sends, settings.MAILERS = settings.MAILERS, {}  # nothing leaves yet
    camille.go(f"/sessions/{a.ref}/groups/")
    camille.page.get_by_label(words("By what the list says: a language, a team…")).check()
    camille.press("Show the groups")
    camille.press("Make these groups")
    assert names(b) == ["Cy", "Fa", "Ivo"]
    camille.reads("d’ici là, on peut l’annuler, et rien ne part.")
    settings.MAILERS = sends
    camille.settle()
    camille.go(f"/sessions/{a.ref}/groups/")
    expect(camille.page.locator("#undo-groups")).to_have_count(0)
    people = [e for s in groups for e in queries.enrolments(s.pk)]
    assert {len(letterbox.to(e.participant.email)) for e in people} == {1}


def test_groups_that_are_undone_in_time_are_told_to_nobody(
    groups: list[Session], camille: Visitor, letterbox: Letterbox, now: MovableClock
) -> None:
    a, b, _ = groups
    camille.settle()
    letterbox.messages.clear()
    now.at += timedelta(minutes=1)
    camille.settle = work
    camille.go(f"/sessions/{a.ref}/groups/")
    camille.page.get_by_label(words("By what the list says: a language, a team…")).check()
    camille.press("Show the groups")
    camille.press("Make these groups")
    expect(camille.page.locator(".toast")).to_contain_text("12\xa0h\xa011")
    assert names(b) == ["Cy", "Fa", "Ivo"]
    now.at += timedelta(minutes=9)
    work()
    camille.go(f"/sessions/{b.ref}/")
    camille.reads("3 partent à 12\xa0h\xa011")
    camille.go(f"/sessions/{a.ref}/groups/")
    camille.press(camille.page.locator("#undo-groups").get_by_role("button"))
    assert (len(names(a)), names(b)) == (9, [])
    now.at += timedelta(hours=1)
    work()
    assert letterbox.messages == []


def test_one_person_is_moved_from_the_session_page_and_told(
    groups: list[Session], camille: Visitor, letterbox: Letterbox
) -> None:
    a, b, _ = groups
    camille.settle()
    camille.go(f"/sessions/{a.ref}/")
    row = camille.page.locator("#people tr").filter(has_text="Ana Martin")
    row.get_by_role("button", name=words("Move to…")).click()
    camille.look()
    camille.press(row.get_by_role("button", name=b.title))
    assert names(b) == ["Ana"]
    first, update = letterbox.to("ana@valmont.example")
    assert a.title in first["Subject"]
    assert b.title in update["Subject"]
