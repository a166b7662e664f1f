"""From a questionnaire that the office writes to the facilitator who knows the group two days before."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from cordee.catalogue.models import Questionnaire
from cordee.notifications import reminders
from cordee.surveys.models import Answers
from tests.cast import Cast
from tests.journeys.conftest import Letterbox, Visitor, words
from tests.journeys.test_worked_example import text_of
from tests.steps import confirm, enrol, plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_facilitator_knows_the_group_before_it_comes(
    cast: Cast, now: Any, visit: Callable[..., Visitor], letterbox: Letterbox, settle: Callable[[], None]
) -> None:
    settle()
    olga = visit(cast.olga)
    questionnaire = _write(olga)
    _publish(olga, questionnaire)
    _choose(olga, cast, questionnaire)

    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Ben")
    settle()
    _answer(visit(), text_of(letterbox.to("ana@valmont.example")[-1]))

    for moment in ("2027-01-10 18:00", "2027-01-11 09:00"):
        now.move_to(moment)
        reminders.write_due()
        settle()
    assert words("Answer the questions") in text_of(letterbox.to("ben@valmont.example")[-1])
    assert len(letterbox.to("ana@valmont.example")) == 1, "who has answered is not reminded"

    now.move_to("2027-01-12 09:00")
    settle()
    _read(visit(cast.noor.user), text_of(letterbox.to(cast.noor.user.email)[-1]))


def _write(olga: Visitor) -> Questionnaire:
    olga.go("/catalogue/")
    olga.follow("New questionnaire")
    olga.page.locator("[name=name]").fill("Avant l’atelier")
    olga.page.locator("[name=suggested]").uncheck()
    olga.press("Add, then write the questions")
    for kind, values in (
        ("Long text", {"label_fr": "Une attente ?"}),
        ("One choice", {"label_fr": "Votre niveau ?", "choices_fr": "Je découvre\nJe connais bien"}),
        ("Scale", {"label_fr": "Votre envie ?", "low_label_fr": "faible", "high_label_fr": "forte"}),
    ):
        olga.follow(kind)
        for name, value in values.items():
            olga.page.locator(f"[name={name}]").fill(value)
        if kind != "Long text":
            olga.page.locator("[name=required]").check()
        olga.press("Save the question")
    _move_by_keyboard(olga)
    return Questionnaire.objects.get()


def _move_by_keyboard(olga: Visitor) -> None:
    """The question asked in words goes to the end: its button keeps the focus, so that it can be pressed again."""
    button = olga.page.locator("#down-q1")
    for expected in (["q2", "q1", "q3"], ["q2", "q3", "q1"]):
        button.focus()
        with olga.page.expect_response(lambda answer: "/move/" in answer.url):
            olga.page.keyboard.press("Enter")
        order = [f"question-{key}" for key in expected]
        expect(olga.page.locator(".questions li")).to_have_count(3)
        expect(olga.page.locator(".questions li").nth(expected.index("q1"))).to_have_id("question-q1")
        assert [li.get_attribute("id") for li in olga.page.locator(".questions li").all()] == order
        expect(button).to_be_focused()
    olga.look()


def _publish(olga: Visitor, questionnaire: Questionnaire) -> None:
    olga.follow("Preview")
    olga.reads("Je connais bien")
    olga.follow("Desk, English")
    olga.go(f"/catalogue/questionnaires/{questionnaire.pk}/")
    olga.press(olga.page.get_by_role("button", name=words("Publish version %(number)s", number=1)))
    olga.sees("published")


def _choose(olga: Visitor, cast: Cast, questionnaire: Questionnaire) -> None:
    olga.go(f"/catalogue/services/{cast.workshop.pk}/")
    olga.page.locator("[name=placement_questionnaire_id]").select_option(str(questionnaire.pk))
    olga.press("Save")
    olga.go(f"/catalogue/questionnaires/{questionnaire.pk}/")
    olga.reads(cast.workshop.name)


def _answer(ana: Visitor, letter: str) -> None:
    link = re.search(r"https?://[^/\s]+(/p/\S+)", letter)
    assert link, letter
    ana.go(link[1])
    ana.press(ana.page.locator("a.big.main"))
    ana.page.get_by_text("Je découvre").click()
    ana.page.locator(".step", has_text="4").click()
    ana.page.locator("textarea").fill("Comment agir quand la décision ne dépend pas de moi ?")
    ana.press("Send my answers")
    ana.sees("Your answers are saved")
    ana.page.get_by_text("Je connais bien").click()
    ana.press("Save my changes")
    expect(ana.page.get_by_label("Je connais bien")).to_be_checked()
    assert Answers.objects.get().values["q2"] == "c2"


def _read(noor: Visitor, letter: str) -> None:
    assert "Je connais bien" in letter
    assert "Comment agir" not in letter, "what was written is read on the page"
    link = re.search(r"https?://[^/\s]+(/sessions/\S+)", letter)
    assert link, letter
    noor.go(link[1])
    noor.reads(words("Answered: %(n)s of %(all)s", n=1, all=2))
    noor.page.locator("#group .figures > summary").first.click()
    noor.look()
    noor.follow("All answers")
    noor.reads("Comment agir")
    noor.follow("Person by person")
    noor.reads("Ana N")
