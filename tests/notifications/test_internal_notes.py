"""What the team notes of an order for itself is read by nobody else; what participants are to know, they read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cordee.enrolment import actions as enrolment
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.missions import actions as missions
from cordee.missions.rules import OrderChanges
from cordee.notifications import own_pages
from cordee.notifications.mails import Purpose
from cordee.planning import actions as planning
from tests.cast import THURSDAY, Cast, draft
from tests.steps import enrol, plan

HOUSE = Path(__file__).resolve().parents[2] / "src/cordee"
READ_BY = {"missions", "demo", "web/office", "web/coordination"}
"""The rooms of the team: mails and the pages of guests and facilitators do not know the field."""


def test_only_the_team_reads_internal_notes(
    cast: Cast, settle: Callable[[], None], client: Client, settings: Any
) -> None:
    settings.DEMO = True
    changes = OrderChanges(internal_notes="Groupe difficile.", practical_information="Sonner deux fois.")
    missions.change_order(order_id=cast.mission.order_id, changes=changes, expected_version=None, by=COMMAND)
    (session,) = plan(cast, cast.noor)
    (ana,) = enrol(cast, session, "Ana")
    enrolment.ask_contact(mission_id=cast.mission.pk, contact_id=cast.contact.pk, by=COMMAND)
    settle()
    planning.change_session(
        session_id=session.pk, draft=draft(THURSDAY, starts="10:00"), expected_version=None, by=COMMAND
    )
    settle()
    page = client.get(own_pages.paths({ana: session.ends_at})[ana.pk]).text
    assert "Sonner deux fois." in page
    assert "Groupe difficile." not in page
    told = {m.purpose: f"{m.subject} {m.text} {m.html} {m.calendar}" for m in Message.objects.all()}
    assert {Purpose.JOINING, Purpose.JOINING_CHANGED, Purpose.STAFFING_REQUEST, Purpose.LIST_REQUEST} <= set(
        told
    )
    assert "Sonner deux fois." in told[Purpose.JOINING]
    assert [purpose for purpose, text in told.items() if "Groupe difficile." in text] == []


@pytest.mark.parametrize("kind", ["*.py", "*.html"])
def test_internal_notes_are_known_in_the_rooms_of_the_team_alone(kind: str) -> None:
    files = [file for file in HOUSE.rglob(kind) if file.parent.name != "migrations"]  # these name one another
    knowing = [file.relative_to(HOUSE) for file in files if "internal_notes" in file.read_text()]
    rooms = {"/".join(file.parts[: 2 if file.parts[0] == "web" else 1]) for file in knowing}
    assert rooms
    assert rooms <= READ_BY
