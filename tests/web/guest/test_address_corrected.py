"""A link dies with the address it was sent to: whoever was written to by mistake opens nothing any more."""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client

from cordee.accounts.models import User
from cordee.attendance import actions as attendance
from cordee.clients import actions as clients
from cordee.clients.rules import ContactChanges
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.links.models import PersonalLink
from cordee.mail.models import Message
from cordee.missions.models import Order
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.registration import actions as registration
from cordee.registration.models import Registration
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.steps import AFTER, ask_client, enrol, plan

type Settle = Callable[[], None]
RIGHT = "the.right.one@valmont.example"


@pytest.fixture
def session(cast: Cast) -> Session:
    return plan(cast, cast.noor, language="en")[0]


@pytest.fixture
def guest() -> Client:
    cache.clear()
    return Client(headers={"accept-language": "en"})


def link_in(message: Message) -> str:
    found = re.search(r"https?://[^/]+(/[apwcs]/\S+)", message.text)
    assert found, message.text
    return found[1]


def last_to(email: str) -> Message:
    found = Message.objects.filter(to_email=email).order_by("-pk").first()
    assert found, f"nothing was written to {email}"
    return found


def check(guest: Client, old: str, new: str) -> None:
    """Assert that the old link says that it has ended and nothing else, and that the new address has its own."""
    for answer in (guest.get(old), guest.post(old, {"do": "leave", "answer": "accept"})):
        assert answer.status_code == 410
        assert RIGHT not in answer.text
    assert old != new
    assert guest.get(new, follow=True).status_code == 200


def correct(cast: Cast, person: Enrolment, email: str = RIGHT) -> None:
    right = Person(email=email, first_name="Ana", last_name="N")
    enrolment.correct(enrolment_id=person.pk, person=right, by=cast.actor(cast.camille))


def test_a_participant_on_every_list(cast: Cast, session: Session, settle: Settle, guest: Client) -> None:
    (other,) = plan(cast, cast.noor, starts="14:00", ends="17:00", language="en")
    people = [enrol(cast, each, "Ana")[0] for each in (session, other)]
    settle()
    old = {m.session_id: link_in(m) for m in Message.objects.filter(purpose="joining")}
    correct(cast, people[0])
    settle()
    new = {m.session_id: link_in(m) for m in Message.objects.filter(to_email=RIGHT)}
    assert set(new) == {session.pk, other.pk}
    for each in (session, other):
        check(guest, old[each.pk], new[each.pk])
        for page in ("access/", "placement/", "session.ics", "papers/programme/"):
            assert guest.get(old[each.pk] + page).status_code == 410


def test_a_participant_whose_address_was_right_after_all(
    cast: Cast, session: Session, settle: Settle, guest: Client
) -> None:
    (ana,) = enrol(cast, session, "Ana")
    settle()
    old = link_in(Message.objects.get(purpose="joining"))
    correct(cast, ana)
    settle()
    correct(cast, ana, "ana@valmont.example")
    assert guest.get(old).status_code == 200
    assert guest.get(link_in(last_to(RIGHT))).status_code == 410


def test_who_registered(cast: Cast, session: Session, settle: Settle, guest: Client) -> None:
    invitation = registration.open_registration(session_id=session.pk, by=COMMAND)
    person = Person(email="ana@valmont.example", first_name="Ana", last_name="N")
    registration.ask(invitation_id=invitation.pk, person=person, by=Actor(ActorKind.LINK))
    settle()
    old = link_in(Message.objects.get(purpose="registration_confirm"))
    registered = registration.confirm(registration_id=Registration.objects.get().pk, by=Actor(ActorKind.LINK))
    assert guest.get(old).status_code == 200
    correct(cast, Enrolment.objects.get(pk=registered.enrolment_id))
    settle()
    check(guest, old, link_in(last_to(RIGHT)))
    assert guest.get(f"{old}page/").status_code == 410


def test_a_facilitator(cast: Cast, session: Session, settle: Settle, guest: Client) -> None:
    settle()
    old = link_in(Message.objects.get(purpose="staffing_request"))
    User.objects.filter(pk=cast.noor.user_id).update(email=RIGHT)
    changed = draft(starts="10:00", ends="12:00")
    planning.change_session(session_id=session.pk, draft=changed, expected_version=None, by=COMMAND)
    settle()
    check(guest, old, link_in(last_to(RIGHT)))


def test_a_contact_of_the_client(cast: Cast, session: Session, settle: Settle, guest: Client) -> None:
    ask_client(cast)
    settle()
    old = link_in(Message.objects.get(purpose="list_request"))
    for phone in ("06 00 00 00 00", "06 00 00 00 01"):  # changed again, it is still one mail
        clients.change_contact(
            contact_id=cast.contact.pk, changes=ContactChanges(email=RIGHT, phone=phone), by=COMMAND
        )
        settle()
    assert Message.objects.filter(to_email=RIGHT).count() == 1
    check(guest, old, link_in(last_to(RIGHT)))


def test_a_contact_of_a_school(
    cast: Cast, session: Session, settle: Settle, guest: Client, now: MovableClock
) -> None:
    Order.objects.filter(pk=cast.mission.order_id).update(sector="education")
    now.move_to(AFTER)
    half_day = session.half_days.get()
    attendance.record_headcount(half_day_id=half_day.pk, present=20, by=COMMAND)
    settle()
    old = link_in(Message.objects.get(purpose="delivery"))
    for phone in ("06 00 00 00 00", "06 00 00 00 01"):
        clients.change_contact(
            contact_id=cast.contact.pk, changes=ContactChanges(email=RIGHT, phone=phone), by=COMMAND
        )
        settle()
    assert Message.objects.filter(to_email=RIGHT).count() == 1
    check(guest, old, link_in(last_to(RIGHT)))


def test_links_given_before_know_their_address(cast: Cast, session: Session, settle: Settle) -> None:
    enrol(cast, session, "Ana")
    ask_client(cast)
    settle()
    known = dict(PersonalLink.objects.values_list("pk", "sent_to"))
    assert {link.purpose for link in PersonalLink.objects.all()} == {"participant", "list", "staffing"}
    PersonalLink.objects.update(sent_to="")
    migration: Any = import_module("cordee.notifications.migrations.0002_links_know_their_address")
    migration.fill(apps, connection.schema_editor)
    assert dict(PersonalLink.objects.values_list("pk", "sent_to")) == known
