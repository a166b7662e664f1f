"""A form sent after the mission was closed, or the session cancelled, says so; and nothing that was typed is lost."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from cordee.accounts.models import User
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import Source
from cordee.kernel import clock
from cordee.links.models import PersonalLink
from cordee.missions.models import Mission
from cordee.missions.states import MissionStatus
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from tests.architecture.access_table import TABLE, Page
from tests.architecture.world import PATTERNS, World, build
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.forms import Form, forms_of

MOMENTS = ("2027-01-15 09:00", "2027-01-20 10:00", "2027-01-20 13:00")
"""Before the session, during it, after it: not every form is there at any time."""
OF_MISSION = {"missions", "sessions", "orders", "my", "signed-sheets"}
"""The first words of addresses of missions and sessions; personal links have letters of their own."""
TYPED_IN = {
    "allow_request",
    "amend_line",
    "answer",
    "ask_client",
    "cancel_session",
    "change_line",
    "change_order",
    "change_session",
    "contact_list",
    "contact_names",
    "correct_enrolment",
    "countersign",
    "deposited_page",
    "enrol",
    "groups",
    "my_invoice",
    "my_work",
    "participant",
    "participant_access",
    "participant_leave",
    "participant_survey",
    "participant_sign",
    "placement",
    "plan",
    "presence",
    "record_access_need",
    "refuse_person",
    "register",
    "reopen_half_day",
    "room_sign",
    "room_survey",
    "session",
    "session_beside",
    "session_registration",
    "sheet_review",
    "sign_for",
    "stay",
    "supplier_invoice",
    "survey",
    "walk_in",
}
"""The pages of missions and sessions on which something is typed: all of them are tried."""
INVOICES = {"my_invoice", "supplier_invoice"}
"""What is owed is owed, whatever becomes of the mission."""
SURVEYS = {"participant_survey", "room_survey", "survey"}
"""What people think of it is asked when it is over."""
COMPLAINTS = {"contact_complaint", "mission_complaint", "participant_complaint", "session_complaint"}
"""It is never too late to say what went wrong."""
SAVED_ALL_THE_SAME = {
    "close": {"reopen_mission", "placement", "sheet_review", *INVOICES, *SURVEYS, *COMPLAINTS},
    "cancel": {
        *INVOICES,
        *COMPLAINTS,
        "survey",
        "reopen_mission",
        "allow_request",
        "change_order",
        "amend_line",
        "change_line",
        "plan",
        "ask_client",
    },
}
"""What is no change of the mission, or not of the session: it may go through."""


def close(world: World) -> None:
    Mission.objects.filter(ref=world.refs["missions"]).update(
        status=MissionStatus.CLOSED, closed_at=clock.now()
    )


def cancel(world: World) -> None:
    Session.objects.filter(ref=world.refs["sessions"]).update(
        status=SessionStatus.CANCELLED, cancelled_because="Grève", cancelled_at=clock.now()
    )


ENDS: dict[str, tuple[Callable[[World], None], tuple[str, ...]]] = {
    "close": (close, ("is closed", "no longer works", "does not take place")),
    "cancel": (cancel, ("cancelled", "does not take place")),
}
"""What happens between the page and the form, and the words by which the answer says so."""


@pytest.fixture
def world(cast: Cast, now: MovableClock, settle: Any) -> World:
    built = build(cast, now, settle)
    User.objects.update(language="en")
    Enrolment.objects.update(source=Source.CONTACT)  # so that there is somebody to refuse
    PersonalLink.objects.update(expires_at=clock.now() + timedelta(days=30))
    return built


def pages(world: World) -> Iterator[tuple[str, Client]]:
    """Return every page of the mission, its sessions and the links to them, with somebody who may send its form."""
    for name, page in TABLE.items():
        first = PATTERNS[name].lstrip("^").split("/")[0]
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        if isinstance(page, Page):
            may = [user for role, user in world.people.items() if user and role in (page.sends or page.opens)]
            if not page.opens or first not in OF_MISSION:
                continue
            client.force_login(world.people["facilitator on the session"] if first == "my" else may[0])
        elif first not in world.tokens or "token>" not in PATTERNS[name]:
            continue
        yield name, client


def written_in(client: Client, address: str) -> tuple[str, list[Form]]:
    """Return a page with the forms on it in which people write, filled in."""
    shown = client.get(address)
    if shown.status_code != 200 or not shown["Content-Type"].startswith("text/html"):
        return "", []
    return shown.text, [form.filled() for form in forms_of(shown.text, address) if form.filled().typed()]


def sent_too_late(client: Client, page: str, form: Form, world: World, how: str) -> list[str]:
    """Return what is wrong with the answers to a form sent after the end, by each of its buttons."""
    end, words = ENDS[how]
    wrong = []
    for button in [each for each in form.buttons if each.name != "show"] or [None]:
        with transaction.atomic():
            end(world)
            answer = client.post(form.action, form.sent(button))
            transaction.set_rollback(True)
        if answer.status_code not in {410, 422}:
            wrong.append(f"{button}: answered by {answer.status_code}")
        elif not any(answer.text.count(each) > page.count(each) for each in words):
            wrong.append(f"{button}: does not say why")
        elif lost := [typed for typed in form.typed() if typed not in answer.text]:
            wrong.append(f"{button}: loses {lost}")
    return wrong


@pytest.mark.parametrize("how", ENDS)
def test_what_was_typed_stays_when_the_end_came_meanwhile(world: World, now: MovableClock, how: str) -> None:
    tried, wrong = set(), {}
    for moment in MOMENTS:
        for name, client in pages(world):
            now.move_to(moment)
            page, forms = written_in(client, world.address(name))
            now.at += timedelta(minutes=5)
            for form in forms:
                tried.add(name)
                if name not in SAVED_ALL_THE_SAME[how] and (
                    found := sent_too_late(client, page, form, world, how)
                ):
                    wrong[f"{name} -> {form.action} {moment}"] = found
    assert wrong == {}, "these forms are carried out, refused without a word, or lose what was typed"
    assert tried == TYPED_IN | SAVED_ALL_THE_SAME[how]


def test_nothing_is_lost_either_when_somebody_left_the_list_meanwhile(world: World) -> None:
    wrong = {}
    for name, client in pages(world):
        if "enrolment_id" not in PATTERNS[name]:
            continue
        _page, forms = written_in(client, world.address(name))
        for form in forms:
            Enrolment.objects.update(cancelled_at=clock.now())
            answer = client.post(form.action, form.sent())
            Enrolment.objects.update(cancelled_at=None)
            if answer.status_code != 422 or not all(typed in answer.text for typed in form.typed()):
                wrong[name] = answer.status_code
    assert wrong == {}
