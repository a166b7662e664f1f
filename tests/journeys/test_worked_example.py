"""The worked example in a real browser: four workshops in parallel for a town, from log-in to closed."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from cordee.fees.models import FeeRequest
from cordee.mail.models import Message
from cordee.missions.models import Mission
from cordee.missions.states import MissionStatus
from cordee.planning.models import Session
from tests.cast import Cast
from tests.journeys.conftest import Letterbox, Visitor, words

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LISTS = Path(__file__).parent.parent / "data/lists"
DAY = "2027-01-14"


def test_from_log_in_to_closed(
    cast: Cast, now: Any, visit: Callable[..., Visitor], letterbox: Letterbox, settle: Callable[[], None]
) -> None:
    settle()
    olga = visit()
    log_in_by_code(olga, cast.olga.email, letterbox)
    mission = _record_the_order(olga, cast)
    camille = visit(cast.camille.user)
    _plan(camille, mission, cast)
    for person in (cast.noor, cast.elodie, cast.idris):
        _answer_by_link(visit(), letterbox.to(person.user.email)[-1])
    sessions = list(Session.objects.filter(mission=mission).order_by("position"))
    for session, text in zip(sessions, _lists(), strict=True):
        _enrol(camille, session, text)

    now.move_to(f"{DAY} 12:30")
    runners = (cast.camille, cast.noor, cast.elodie, cast.idris)
    for session, runner in zip(sessions, runners, strict=True):
        _record_presence(visit(runner.user), session)
    _ask_for_fees(camille, mission)
    mission.refresh_from_db()
    assert mission.status == MissionStatus.CLOSED
    camille.go(f"/missions/{mission.ref}/")
    camille.sees("Closed")
    _approve(visit(cast.farid), mission)
    _find(olga, mission)


def text_of(letter: EmailMessage) -> str:
    """Return the plain text of a mail."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def log_in_by_code(visitor: Visitor, email: str, letterbox: Letterbox, *, arrives: str = "/office/") -> None:
    """Log in by the code in the mail, as colleagues do."""
    visitor.go("/")
    visitor.page.locator("form[action*='code'] input[type=email]").fill(email)
    visitor.press("Send me a code")
    letter = text_of(letterbox.to(email)[-1])
    found = re.search(r"^\s*([A-Z0-9]{3,}(?:-?[A-Z0-9]{2,})*)\s*$", letter, re.MULTILINE)
    assert found, letter
    visitor.page.locator("input[name=code]").fill(found[1])
    visitor.press("Log in")
    assert visitor.page.url.endswith(arrives)


def _record_the_order(olga: Visitor, cast: Cast) -> Mission:
    olga.go("/clients/new/?then=order")
    olga.page.locator("[name=name]").fill("Communauté de communes des Trois-Rivières")
    olga.page.locator("[name=sector]").select_option("public_body")
    olga.page.locator("[name=city]").fill("Trois-Rivières")
    olga.press("Add the client")
    olga.page.locator("[name=title]").fill("4 ateliers en parallèle")
    olga.page.locator("[name=practical_information]").fill("Entrée par la cour.")
    olga.page.locator("[name=lines-0-service]").select_option(str(cast.workshop.pk))
    olga.page.locator("[name=lines-0-quantity]").fill("4")
    olga.page.locator("[name=lines-0-expected_participants]").fill("20")
    olga.page.locator("[name=coordinator]").select_option(str(cast.camille.pk))
    olga.press("Record and open the mission")
    mission = Mission.objects.latest("pk")
    assert olga.page.url.endswith(f"/missions/{mission.ref}/")
    told = Message.objects.get(purpose="coordinator_named", mission_id=mission.pk)
    assert told.to_email == cast.camille.user.email
    assert f"/missions/{mission.ref}/" in told.text
    return mission


def _plan(camille: Visitor, mission: Mission, cast: Cast) -> None:
    camille.go("/my/missions/")
    camille.press(camille.page.locator(f"main a[href='/missions/{mission.ref}/']").first)
    camille.follow("Plan a session")
    page = camille.page
    page.locator("[name=count]").fill("4")
    page.locator("[name=count]").blur()
    expect(page.locator("[name=facilitators]")).to_have_count(4)
    page.locator("[name=day]").fill(DAY)
    page.locator("[name=starts]").fill("09:00")
    page.locator("[name=ends]").fill("12:00")
    page.locator("[name=ends]").blur()
    expect(page.locator(".htmx-request")).to_have_count(0)
    names = [f.full_name for f in (cast.camille, cast.noor, cast.elodie, cast.idris)]
    for field, name in zip(page.locator("[name=facilitators]").all(), names, strict=True):
        field.fill(name)
    page.locator("[name=place]").fill("Maison de la rivière")
    camille.press("Plan")
    assert f"/missions/{mission.ref}/" in camille.page.url
    assert Session.objects.filter(mission=mission).count() == 4


def _answer_by_link(guest: Visitor, request: EmailMessage) -> None:
    link = re.search(r"/a/\S+", text_of(request))
    assert link
    guest.go(link[0])
    guest.press("Accept")
    guest.sees("You accepted")


def _lists() -> list[str]:
    """Return the lists as they are pasted: from a CSV, a spreadsheet, a mail program, a table."""
    return [
        (LISTS / "01-mairie.csv").read_text("utf-8"),
        "MARTIN;Élodie;elodie.martin@eolia.example\nPETIT;François;francois.petit@eolia.example",
        'Jean Dupont <jean.dupont@asso.example>; "Marchand, Lucie" <lucie.marchand@asso.example>',
        "DUPONT Jean-Marc\tjm.dupont@usine.example\nLéa BERNARD-COLIN\tlea.bernard@usine.example\nO'NEILL Siobhán\t",
    ]


def _enrol(camille: Visitor, session: Session, text: str) -> None:
    camille.go(f"/sessions/{session.ref}/")
    camille.page.locator("#id_text").fill(text)
    camille.press("Read the list")
    camille.press(camille.page.locator("#enrol button.main[value=enrol]"))
    sent = Message.objects.filter(session_id=session.pk, purpose="joining")
    assert {message.state for message in sent} == {"sent"}
    assert all("BEGIN:VCALENDAR" in message.calendar for message in sent)


def _record_presence(runner: Visitor, session: Session) -> None:
    runner.go(f"/sessions/{session.ref}/presence/")
    runner.button("All present").click()
    runner.press("Record the presence")
    runner.go(f"/sessions/{session.ref}/")


def _ask_for_fees(camille: Visitor, mission: Mission) -> None:
    camille.go(f"/missions/{mission.ref}/fees/")
    camille.press("Ask for these fees")


def _approve(farid: Visitor, mission: Mission) -> None:
    farid.go("/fees/")
    for request in FeeRequest.objects.filter(mission=mission).order_by("pk"):
        farid.go(f"/fees/{request.ref}/")
        farid.press("Approve")
        farid.reads(words("approved").capitalize())
    exported = farid.page.request.get(farid.base_url + "/fees/approved.csv")
    assert exported.text().count(mission.ref) == 5


def _find(olga: Visitor, mission: Mission) -> None:
    box = olga.page.locator("#bar-q")
    for text in ("trois-rivières", mission.ref):
        box.fill(text)
        with olga.page.expect_navigation():
            box.press("Enter")
        olga.look()
        olga.reads("4 ateliers en parallèle")
    assert olga.page.url.endswith(f"/missions/{mission.ref}/")
