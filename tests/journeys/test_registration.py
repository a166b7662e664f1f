"""People register themselves: from the coordinator's link to the waiting list, up it, and at the door."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from cordee.catalogue import actions as catalogue
from cordee.catalogue.rules import ServiceChanges
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.kernel.actor import COMMAND
from cordee.planning.models import Session
from cordee.registration.models import Invitation, Registration
from tests.cast import Cast
from tests.journeys.conftest import Letterbox, Visitor, words
from tests.journeys.test_worked_example import text_of
from tests.steps import confirm, enrol, plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session(cast: Cast, settle: Callable[[], None], letterbox: Letterbox) -> Session:
    """Return a workshop for two, with one place taken."""
    cache.clear()
    catalogue.change_service_type(
        service_type_id=cast.workshop.pk,
        changes=ServiceChanges(registration_fields=["Service"], programme="Objectif : comprendre."),
        expected_version=None,
        by=COMMAND,
    )
    (session,) = plan(cast, cast.noor, capacity=2)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Bo")
    settle()
    return session


def _switch_on(camille: Visitor, session: Session) -> str:
    """Have the coordinator open registration, and return the path of the link she shares."""
    camille.go(f"/sessions/{session.ref}/")
    camille.page.get_by_text(words("Let people register themselves"), exact=True).click()
    camille.page.locator("[name=closes_at]").fill("2027-01-13T18:00")
    camille.press("Switch on")
    link = camille.page.locator("#registration-url").input_value()
    assert link.endswith(f"/r/{Invitation.objects.get().token}/")
    camille.follow("Poster")
    camille.sees("Scan to register")
    return "/r/" + link.split("/r/")[1]


def _register(visitor: Visitor, path: str, now: Any, name: str) -> None:
    visitor.go(path)
    page = visitor.page
    for field, value in (
        ("email", f"{name.lower()}@valmont.example"),
        ("first_name", name),
        ("last_name", "N"),
    ):
        page.locator(f"[name={field}]").fill(value)
    now.at += timedelta(seconds=30)  # as long as it takes to write it
    visitor.press("Register")
    visitor.sees("Look in your mailbox")


def _link_to(letterbox: Letterbox, name: str) -> str:
    found = re.search(
        r"https?://[^/\s]+(/[wp]/\S+)", text_of(letterbox.to(f"{name.lower()}@valmont.example")[-1])
    )
    assert found
    return found[1]


def test_to_the_waiting_list_and_up(
    cast: Cast, session: Session, visit: Callable[..., Visitor], letterbox: Letterbox, now: Any
) -> None:
    camille = visit(cast.camille.user)
    path = _switch_on(camille, session)
    ana, zoe = visit(), visit()
    for visitor, name in ((ana, "Ana"), (zoe, "Zoe")):
        _register(visitor, path, now, name)
        visitor.go(_link_to(letterbox, name))
        visitor.sees("Is this right?")
        visitor.press("Confirm my registration")
    zoe.sees("You are on the waiting list")
    waits = zoe.page.url.removeprefix(zoe.base_url)
    ana.settle()
    ana.go(ana.page.url.removeprefix(ana.base_url))
    ana.sees("You are in")
    ana.press(ana.page.locator("main a.big"))
    ana.sees("You are enrolled")

    camille.go(f"/sessions/{session.ref}/")
    expect(camille.page.locator("#registration .queue-list")).to_contain_text("Zoe N")
    bo = Enrolment.objects.get(participant__email="bo@valmont.example")
    enrolment.cancel_enrolment(enrolment_id=bo.pk, by=cast.actor(cast.camille))
    camille.settle()
    zoe.go(waits)
    zoe.sees("You are in")
    subjects = [str(m["Subject"]) for m in letterbox.to("zoe@valmont.example")]
    assert len(subjects) == 2, subjects  # confirm, a place is yours
    assert any("Une place est à vous" in subject for subject in subjects)


def test_closed_full_and_refused(
    cast: Cast, session: Session, visit: Callable[..., Visitor], letterbox: Letterbox, now: Any
) -> None:
    camille = visit(cast.camille.user)
    path = _switch_on(camille, session)
    enrol(cast, session, "Cleo")
    guest = visit()
    guest.go(path)
    guest.sees("All places are taken")
    guest.page.locator("form.form").evaluate("form => form.noValidate = true")
    guest.press("Register")
    guest.sees("Not sent yet")
    _register(guest, path, now, "Ana")
    guest.go(_link_to(letterbox, "Ana"))
    guest.press("Confirm my registration")
    guest.press("Leave the waiting list")
    guest.sees("You gave up your registration")
    assert Registration.objects.get().state == "left"

    camille.go(f"/sessions/{session.ref}/")
    camille.page.get_by_text(words("Change or switch off"), exact=True).click()
    camille.press("Switch off")
    guest.go(path)
    guest.sees("Registration is closed.")


def test_at_the_door(
    cast: Cast, session: Session, visit: Callable[..., Visitor], letterbox: Letterbox, now: Any
) -> None:
    path = _switch_on(visit(cast.camille.user), session)
    now.move_to("2027-01-14 08:45")
    noor = visit(cast.noor.user)
    noor.go(f"/sessions/{session.ref}/")
    noor.press(noor.page.locator("a.big", has_text=words("Show the QR code")))
    guest = visit()
    guest.go(path)
    guest.sees("I am here")
    for field, value in (("email", "zoe@x.example"), ("first_name", "Zoe"), ("last_name", "N")):
        guest.page.locator(f"[name={field}]").fill(value)
    now.at += timedelta(seconds=30)
    guest.press("Put me on the list")
    guest.sees("Welcome")
    now.move_to("2027-01-14 09:05")
    noor.go(f"/sessions/{session.ref}/presence/")
    noor.reads("Zoe N")
