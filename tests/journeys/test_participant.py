"""A participant, from the joining instructions to their own page, and back to it once the link is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from cordee.catalogue import actions as catalogue
from cordee.catalogue.rules import ServiceChanges
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.organisation import actions as organisation
from cordee.planning import actions as planning
from tests.cast import Cast, draft
from tests.journeys.conftest import Letterbox, Visitor, words
from tests.journeys.test_worked_example import text_of
from tests.papers import PDF
from tests.steps import plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ANA = "ana@valmont.example"


@pytest.fixture
def ana(cast: Cast, letterbox: Letterbox, settle: Callable[[], None]) -> Enrolment:
    """Enrol Ana on a workshop, with everything there can be to read."""
    catalogue.change_service_type(
        service_type_id=cast.workshop.pk,
        changes=ServiceChanges(programme="Objectif : comprendre.\n\nAucun prérequis."),
        programme_file=PDF,
        expected_version=None,
        by=COMMAND,
    )
    papers = {"internal_rules": PDF, "welcome_booklet": PDF}
    organisation.update(papers=papers, expected_version=None, by=COMMAND)
    (session,) = plan(cast, cast.camille, instructions="Prévoir de quoi noter.")
    person = Person(email=ANA, first_name="Ana", last_name="Nunez", group="Équipe voirie")
    found = enrolment.enrol(session_id=session.pk, people=[person], by=cast.actor(cast.camille)).new[0]
    settle()
    return found


def _page_in(letterbox: Letterbox) -> str:
    found = re.search(r"https?://[^/\s]+(/p/\S+)", text_of(letterbox.to(ANA)[-1]))
    assert found
    return found[1]


def test_the_page_before_during_and_after(
    ana: Enrolment, letterbox: Letterbox, visit: Callable[..., Visitor], now: Any
) -> None:
    address = _page_in(letterbox)
    visitor = visit()
    visitor.go(address)
    visitor.sees("You are enrolled")
    visitor.reads("Prévoir de quoi noter.")
    _correct_the_name(visitor)
    ana.participant.refresh_from_db()
    assert ana.participant.full_name == "Ana Núñez"

    now.move_to("2027-01-05 12:00")
    planning.change_session(
        session_id=ana.session_id, draft=draft(place="Gymnase"), expected_version=None, by=COMMAND
    )
    visitor.settle()
    assert _page_in(letterbox) == address, "the same page for good"
    visitor.go(address)
    visitor.sees("Something has changed")
    visitor.reads("Gymnase")

    now.move_to("2027-01-14 10:00")
    visitor.go(address)
    visitor.sees("It has begun")
    now.move_to("2027-01-14 13:00")
    visitor.go(address)
    visitor.sees("This session is over")
    visitor.follow("What becomes of your data, and your rights")
    visitor.reads(words("# Your rights").lstrip("# "))


def _correct_the_name(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_text(words("Correct my name"), exact=True).click()
    visitor.look()
    page.locator("[name=last_name]").fill("http://evil.example")
    page.locator("form.form").first.evaluate("form => form.noValidate = true")
    visitor.press("Save my name")
    expect(page.locator("details.correct [name=last_name]")).to_be_visible()
    page.locator("[name=last_name]").fill("Núñez")
    visitor.press("Save my name")
    visitor.reads("Ana Núñez")


def test_taken_off_cancelled_and_the_link_lost(
    cast: Cast, ana: Enrolment, letterbox: Letterbox, visit: Callable[..., Visitor]
) -> None:
    address = _page_in(letterbox)
    visitor = visit()
    visitor.go(address[:-6] + "/")
    visitor.sees("This link no longer works")
    visitor.follow("Send me my links again")
    visitor.page.locator("[name=email]").fill(ANA)
    visitor.press("Send me my links")
    visitor.sees("Look in your mailbox")
    assert _page_in(letterbox) == address
    visitor.go(address)
    visitor.sees("You are enrolled")

    enrolment.cancel_enrolment(enrolment_id=ana.pk, by=COMMAND)
    visitor.go(address)
    visitor.sees("You are no longer expected")
    planning.cancel_session(session_id=ana.session_id, reason="La mairie est fermée.", by=COMMAND)
    visitor.go(address)
    visitor.sees("This session is cancelled")
    visitor.reads("La mairie est fermée.")


def test_the_office_gives_participants_something_to_read(
    cast: Cast, visit: Callable[..., Visitor], letterbox: Letterbox
) -> None:
    ada = visit(cast.ada)
    ada.go("/organisation/")
    ada.follow("What participants read")
    paper = {"name": "reglement.pdf", "mimeType": "application/pdf", "buffer": PDF}
    ada.page.locator("[name=internal_rules]").set_input_files(paper)  # type: ignore[arg-type]
    ada.page.locator("[name=privacy_notice_fr]").fill("# Chez nous\nRien n’est gardé.")
    ada.press("Save")
    ada.page.locator("details.ours summary").first.click()
    ada.look()
    expect(ada.page.get_by_role("link", name=words("See the present one"))).to_have_count(1)
    ada.follow("See it")
    ada.reads("Rien n’est gardé.")
    ada.go(f"/catalogue/services/{cast.workshop.pk}/")
