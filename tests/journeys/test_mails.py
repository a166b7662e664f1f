"""The office writes a mail its own way and puts it off; the coordinator reads what waits, and stops it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.planning import actions as planning
from tests.cast import Cast, draft
from tests.journeys.conftest import Letterbox, Visitor, words
from tests.steps import enrol

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_words_are_tried_on_a_session_saved_and_stopped_before_they_leave(
    cast: Cast, visit: Callable[..., Visitor], letterbox: Letterbox, settle: Callable[[], None], now: Any
) -> None:
    (session,) = planning.plan_sessions(
        mission_id=cast.mission.pk, line_id=cast.line.pk, draft=draft(), by=COMMAND
    )
    olga = visit(cast.olga)
    olga.go("/mails/settings/")
    olga.page.get_by_label(f"{words('Joining instructions')}, ").first.fill("30")
    olga.press("Save")
    olga.go("/mails/words/joining/fr/")
    typed = olga.page.locator("[name=body]")
    typed.fill("Bonjour {prenom},\n\nOn vous attend.")
    olga.press("Save")
    olga.sees("“{%(name)s}” is not a variable of this mail.", name="prenom")
    expect(typed).to_have_value("Bonjour {prenom},\n\nOn vous attend.")

    typed.fill("Bonjour {first_name},\n\nOn vous attend.")
    olga.button("Show").click()
    letter = olga.page.frame_locator("iframe[name=letter]")
    expect(letter.get_by_text("Bonjour Olga,")).to_be_visible()
    expect(typed).to_have_value("Bonjour {first_name},\n\nOn vous attend.")
    olga.press("Save")
    olga.sees("your words")

    enrol(cast, session, "Ana", "Bo")
    settle()
    camille = visit(cast.camille.user)
    camille.go(f"/sessions/{session.ref}/mails/")
    camille.follow("Joining instructions")
    camille.reads("On vous attend.")
    camille.press(camille.page.locator("main form button").first)
    camille.sees("stopped by hand")
    now.move_to("2027-01-04 12:30")
    settle()
    assert sorted(Message.objects.filter(purpose="joining").values_list("state", flat=True)) == [
        "cancelled",
        "sent",
    ]
    camille.go(f"/missions/{cast.mission.ref}/mails/")
    camille.press(camille.page.get_by_role("button", name=words("Let it leave")).first)
    settle()
    assert len(letterbox.to("ana@valmont.example")) == len(letterbox.to("bo@valmont.example")) == 1
    body = letterbox.to("ana@valmont.example")[0].get_body(("plain",))
    assert body
    assert "On vous attend." in body.get_content()
