"""Listening: how it was, said in the room; what follows from it; a difficulty; and what an auditor reads of it."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page

from cordee.attendance.queries import code_shown
from cordee.audits import actions as audits
from cordee.catalogue.states import QuestionnaireKind
from cordee.kernel.actor import SYSTEM
from cordee.planning.models import Session
from cordee.quality.models import Complaint, Improvement
from cordee.surveys import actions as surveys
from cordee.surveys.models import Sum, Survey
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import AXE, RULES, Letterbox, Visitor, words
from tests.journeys.test_worked_example import log_in_by_code, text_of
from tests.steps import AFTER, accept_sheets, all_present, confirm, enrol, hold, plan
from tests.surveys.opinions import ask, asked_in, say

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
on_a_phone = pytest.mark.parametrize("size", ["phone"], indirect=True)
at_the_desk = pytest.mark.parametrize("size", ["desk"], indirect=True)
NEAR_THE_END = "2027-01-14 11:40"
MOST_TAPS = 12
"""What somebody does on a phone in less than two minutes, reading each question."""


@on_a_phone
def test_what_is_said_in_the_room_becomes_an_improvement(
    cast: Cast, now: MovableClock, settle: Any, visit: Callable[..., Visitor]
) -> None:
    session = _session(cast, now, settle)
    room = visit(cast.noor.user)
    room.go(f"/sessions/{session.ref}/signing/code/")
    _answer_in_the_room(visit(), session)

    now.move_to(AFTER)
    all_present(cast, session)
    settle()
    survey = Survey.objects.get(kind="hot")
    for number, asked in enumerate(asked_in(survey)):
        if not asked.answered:
            say(asked, receipt=f"{number}")
    now.move_to("2027-02-20 09:00")
    surveys.close_due()
    _three_others(survey)
    noor = visit(cast.noor.user)
    noor.go("/my/opinions/")
    noor.reads("Plus de pauses")
    noor.reads(f"{words('others')} : 3,0")
    for colleague in (cast.camille, cast.elodie, cast.idris):
        assert colleague.user.last_name not in noor.page.locator("main").inner_text()

    quality = visit(cast.quitterie)
    quality.go("/surveys/comments/")
    said = quality.page.locator("li", has_text="Plus de pauses")
    quality.press(said.get_by_role("link", name=words("Open an improvement")))
    quality.reads("Plus de pauses")
    quality.page.locator("[name=title]").fill("Une pause à mi-parcours")
    quality.page.locator("[name=expected]").fill("Le groupe suit jusqu’au bout")
    quality.page.locator("[name=owner]").select_option(label=cast.noor.full_name)
    quality.press("Save")
    quality.reads(words("A comment"))

    noor.go("/my/")
    noor.press(noor.page.get_by_role("link", name="Une pause à mi-parcours"))
    noor.page.locator("[name=words]").fill("Dix minutes, à 10 h 30")
    noor.press("Done")
    assert Improvement.objects.get().state == "done"
    quality.page.reload()
    quality.reads("Dix minutes, à 10 h 30")


def _session(cast: Cast, now: MovableClock, settle: Any) -> Session:
    """Return Noor's session near its end, with five people in the room; three others run one beside it."""
    ask(cast.workshop, QuestionnaireKind.HOT)
    people = (cast.noor, cast.camille, cast.elodie, cast.idris)
    sessions = plan(cast, *people, count=len(people))
    for planned, runs in zip(sessions, people, strict=True):
        confirm(cast, planned, runs)
    session = sessions[0]
    enrol(cast, session, "Ana", "Ben", "Cleo", "Driss", "Eva")
    settle()
    now.move_to(NEAR_THE_END)
    return session


def _answer_in_the_room(ana: Visitor, session: Session) -> None:
    ana.go(f"/here/{code_shown(session.pk)}/")
    how = ana.page.locator("section.card", has=ana.page.get_by_role("heading", name=words("How was it?")))
    ana.press(how.get_by_role("link", name="Ana N"))
    taps = 2  # the code was scanned, the name chosen
    for group in ana.page.locator(".scale").all():
        group.locator("label.step:not(.none)").last.click()
        taps += 1
    ana.page.locator("textarea").last.fill("Plus de pauses")
    ana.press("Send my answers")
    ana.sees("Thank you, your answers are saved")
    assert taps + 2 <= MOST_TAPS


def _three_others(survey: Survey) -> None:
    """Have what was said of Noor's session said less kindly of the three beside it."""
    for session in Session.objects.exclude(pk=survey.session_id).order_by("pk"):
        for told in Sum.objects.filter(session_id=survey.session_id):
            told.pk, told.session = None, session
            told.n3, told.n4, told.n5 = told.n3 + told.n4 + told.n5, 0, 0
            told.save(force_insert=True)


@on_a_phone
def test_a_difficulty_is_answered_on_the_page_of_who_has_it(
    cast: Cast, now: MovableClock, settle: Any, visit: Callable[..., Visitor], letterbox: Letterbox
) -> None:
    _session(cast, now, settle)
    page = re.search(r"https?://[^/\s]+(/p/\S+)", text_of(letterbox.to("ana@valmont.example")[-1]))
    assert page
    ana = visit()
    ana.go(page[1])
    ana.follow("Tell us")
    ana.page.get_by_label(words("Difficulty")).check()
    ana.page.locator("[name=words]").last.fill("L’ascenseur est en panne.")
    ana.press("Send")
    told = Complaint.objects.get()
    ana.reads(told.ref)
    assert told.ref in letterbox.to("ana@valmont.example")[-1]["Subject"], "acknowledged at once"

    quality = visit(cast.quitterie)
    quality.go("/office/")
    quality.press(quality.page.get_by_role("link", name=re.compile(told.ref)))
    quality.press("Take it")
    quality.page.locator("#said [name=words]").fill("Une salle au rez-de-chaussée vous attend.")
    quality.press(quality.page.locator("#said .actions button"))
    settle()
    followed = re.search(r"https?://[^/\s]+(/p/\S+)", text_of(letterbox.to("ana@valmont.example")[-1]))
    assert followed
    ana.go(followed[1])
    ana.reads("Une salle au rez-de-chaussée vous attend.")


@at_the_desk
def test_an_auditor_draws_reads_and_is_seen_to(
    cast: Cast, now: MovableClock, settle: Any, visit: Callable[..., Visitor], letterbox: Letterbox
) -> None:
    _held(cast, now)
    settle()
    quality = visit(cast.quitterie)
    quality.go("/quality/audits/")
    quality.follow("Invite an auditor")
    for name, value in (("first_name", "Aude"), ("last_name", "Itrice"), ("email", "aude@audit.example")):
        quality.page.locator(f"[name={name}]").fill(value)
    quality.page.locator("[name=ends_on]").fill("2027-02-01")
    quality.press("Send the invitation")
    person = quality.page.url.removeprefix(quality.base_url)

    aude = visit()
    log_in_by_code(aude, "aude@audit.example", letterbox, arrives="/quality/audits/")
    aude.go("/quality/indicators/")
    aude.go("/quality/audits/")
    aude.follow("Prepare an audit")
    aude.page.locator("[name=until]").fill("2027-12-31")
    aude.page.locator("[name=seed]").fill("ma graine")
    aude.press("Make the file")
    aude.reads("ma graine")
    aude.press(aude.page.get_by_role("link", name=cast.mission.ref))
    for closed in ("/organisation/", "/suppliers/"):
        with aude.page.expect_response(aude.base_url + closed) as answer:
            aude.go(closed)
        assert answer.value.status == 403

    quality.go(person)
    for opened in (f"/missions/{cast.mission.ref}/", "/quality/indicators/"):
        quality.reads(words("Opened %(page)s", page=opened))
    assert "/suppliers/" not in quality.page.locator("main").inner_text(), "what was refused was not seen"


@at_the_desk
def test_the_file_of_an_audit_is_read_without_cordee(
    cast: Cast, now: MovableClock, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    _held(cast, now)
    by = cast.actor(cast.quitterie)
    audit = audits.ask_named(since=date(2027, 1, 1), until=date(2027, 12, 31), refs=[cast.mission.ref], by=by)
    audits.build(audit_id=audit.pk, by=SYSTEM)
    quality = visit(cast.quitterie)
    quality.go(f"/quality/audits/{audit.ref}/")
    with quality.page.expect_download() as download:
        quality.page.locator("main").get_by_role("link", name=words("Take the file (ZIP)")).click()
    with ZipFile(download.value.path()) as archive:
        archive.extractall(tmp_path)
    assert _pages_led_to(quality.page.context.new_page(), tmp_path / audit.ref / "index.html") > 5


def _pages_led_to(page: Page, index: Path) -> int:
    """Open each page that the index leads to, from the disk; return how many. Each is fit for everybody, and asks for
    nothing outside.
    """
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    left, seen = [index], {index}
    while left:
        here = left.pop()
        page.goto(here.as_uri())
        page.evaluate(AXE)
        found = page.evaluate(
            "async (rules) => (await axe.run(document, {runOnly: rules})).violations", RULES
        )
        assert not found, (here, found[0]["id"], found[0]["nodes"][0]["html"])
        for link in page.locator("a").all():
            there = (here.parent / str(link.get_attribute("href"))).resolve()
            assert there.is_file(), (here, there)
            if there.suffix == ".html" and there not in seen:
                seen.add(there)
                left.append(there)
    assert [url for url in asked if not url.startswith("file:")] == []
    return len(seen)


def _held(cast: Cast, now: MovableClock) -> None:
    """Hold a session to its end, its sheet accepted."""
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Ben")
    hold(cast, now, session)
    accept_sheets(cast, session)
