"""The coordinator asks the client for the names, follows what comes, and refuses whom they do not want."""

import re
from typing import Any

import pytest
from django.urls import reverse

from cordee.clients import actions as clients
from cordee.clients.models import Contact
from cordee.enrolment import actions, queries
from cordee.enrolment.models import Enrolment, ListInvitation
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND, Actor
from cordee.mail.models import Message
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import ask_client, closed


@pytest.fixture
def here(cast: Cast) -> str:
    return reverse("ask_client", args=[cast.mission.ref])


@pytest.fixture
def sophie(cast: Cast, sessions: list[Session]) -> Actor:
    return ask_client(cast)


def token(html: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', html)
    assert found
    return found[1]


def ask(visitor: Any, here: str, **values: Any) -> str:
    return str(visitor.follow(here, {"form_token": token(visitor.get(here)), **values}))


def give(session: Session, by: Actor) -> Enrolment:
    person = Person(email="ana@x.fr", first_name="Ana", last_name="Ba")
    given = actions.give_person(session_id=session.pk, person=person, by=by)
    assert isinstance(given, Enrolment)
    return given


def test_the_orders_contact_is_asked_and_their_link_is_there(
    cast: Cast, camille: Any, here: str, sessions: list[Session], settle: Any
) -> None:
    for name, ref in (("session", sessions[0].ref), ("mission", cast.mission.ref)):
        assert "Ask the client for the list" in camille.get(reverse(name, args=[ref]))
    html = camille.get(here)
    assert re.search(rf'value="{cast.contact.pk}"[^>]*checked', html)
    html = ask(camille, here, contact=cast.contact.pk)
    for words in ("The link leaves by e-mail", "Sophie Lefèvre", "has not come yet", "/c/", "End the link"):
        assert words in html
    settle()
    assert Message.objects.filter(purpose="list_request").count() == 1
    assert "Sophie Lefèvre was asked for the names" in camille.get(
        reverse("mission", args=[cast.mission.ref])
    )


def test_asked_again_and_ended(cast: Cast, camille: Any, here: str, sophie: Actor, settle: Any) -> None:
    settle()
    (asked,) = queries.asked(cast.mission.pk)
    again = reverse("ask_again", args=[cast.mission.ref, cast.contact.pk])
    one = {"form_token": "7f9b7c0e-0000-4000-8000-000000000001"}
    for _ in range(2):
        camille.follow(again, one)
    settle()
    assert Message.objects.filter(purpose="list_request").count() == 2, "a double click is one"
    end = reverse("end_link", args=[cast.mission.ref, asked.invitation.pk])
    html = camille.follow(end)
    for words in ("opens nothing any more", "link ended", "Give a new link"):
        assert words in html
    assert asked.token not in html


def test_a_request_that_has_not_left_does_not_leave_when_the_link_is_ended(
    cast: Cast, sophie: Actor, settle: Any
) -> None:
    settle()  # without a mail server it waits
    (asked,) = queries.asked(cast.mission.pk)
    actions.revoke_link(invitation_id=asked.invitation.pk, by=COMMAND)
    settle()
    assert [m.state for m in Message.objects.filter(purpose="list_request")] == ["cancelled"]


def test_operations_add_an_address_or_somebody_on_the_way(
    cast: Cast, olga: Any, here: str, sessions: list[Session]
) -> None:
    paul = clients.add_contact(
        client_id=cast.valmont.pk, first_name="Paul", last_name="Roux", phone="01", by=COMMAND
    )
    values = {"form_token": token(olga.get(here)), "contact": paul.pk}
    assert "An address is needed" in olga.refused(here, values)
    ask(olga, here, contact=paul.pk, email="paul@valmont.example")
    paul.refresh_from_db()
    assert paul.email == "paul@valmont.example"
    assert "Whom? Give their name." in olga.refused(here, {**values, "contact": "new", "email": "x@x.fr"})
    ask(olga, here, contact="new", first_name="Zoé", last_name="Noir", email="zoe@valmont.example")
    zoe = Contact.objects.get(first_name="Zoé")
    assert zoe.client_id == cast.valmont.pk
    assert set(ListInvitation.objects.values_list("contact_id", flat=True)) == {paul.pk, zoe.pk}


def test_the_coordinator_is_told_who_can_add_an_address(
    cast: Cast, camille: Any, here: str, sessions: list[Session]
) -> None:
    clients.add_contact(
        client_id=cast.valmont.pk, first_name="Paul", last_name="Roux", phone="01", by=COMMAND
    )
    html = camille.get(here)
    assert "Paul Roux: no e-mail address on record. Operations can add it" in html
    assert 'value="new"' not in html
    camille.refused(here, {"form_token": token(html), "contact": "new", "email": "x@x.fr", "last_name": "X"})
    Contact.objects.update(email="")
    assert "No contact of this client has an e-mail address." in camille.get(here)


def test_there_is_a_time_for_asking(
    cast: Cast, camille: Any, here: str, now: MovableClock, settle: Any
) -> None:
    html = camille.get(here)
    assert "No session is to come." in html
    assert reverse("plan", args=[cast.mission.ref]) in html
    assert "Ask the client" not in camille.get(reverse("mission", args=[cast.mission.ref]))
    closed(cast, now, settle)
    assert "is closed: nothing in it can be changed." in camille.get(here)


def test_the_list_follows_what_the_client_gives(
    camille: Any, sophie: Actor, sessions: list[Session], django_assert_max_num_queries: Any
) -> None:
    html = camille.get(reverse("session", args=[sessions[0].ref]))
    seen = re.search(r'id="people-seen"[^>]*value="(\w+)"', html)
    assert seen
    live = reverse("session_people", args=[sessions[0].ref])
    with django_assert_max_num_queries(9):
        camille.get(f"{live}?seen={seen[1]}", status=204)
    give(sessions[0], sophie)
    actions.give_person(session_id=sessions[0].pk, person=Person(first_name="Eva"), by=sophie)
    html = camille.get(f"{live}?seen={seen[1]}")
    for words in ("Ana Ba", "given by the client", "1 row from the client waits"):
        assert words in html
    assert "</html>" not in html


def test_nothing_is_looked_at_again_once_the_session_has_begun(
    camille: Any, sessions: list[Session], now: MovableClock
) -> None:
    now.move_to("2027-01-14 09:30")
    assert "data-poll" not in camille.get(reverse("session", args=[sessions[0].ref]))
    camille.get(reverse("session_people", args=[sessions[0].ref]), status=204)


def test_somebody_is_refused_with_a_reason(
    camille: Any, sophie: Actor, sessions: list[Session], settle: Any, settings: Any
) -> None:
    settings.DEMO = True  # mail is sent
    ana = give(sessions[0], sophie)
    settle()
    person = camille.get(reverse("correct_enrolment", args=[sessions[0].ref, ana.pk]))
    here = reverse("refuse_person", args=[sessions[0].ref, ana.pk])
    assert here in person
    html = camille.get(here)
    assert "This field is required" in camille.refused(here, {"form_token": token(html), "reason": ""})
    html = camille.follow(here, {"form_token": token(html), "reason": "Pas du service"})
    assert "Ana Ba is refused." in html
    assert "Somebody the client gave refused" in html
    settle()
    purposes = Message.objects.filter(to_email="ana@x.fr").order_by("pk").values_list("purpose", flat=True)
    assert list(purposes) == ["joining", "joining_cancelled"]
    camille.get(here, status=404)


def test_only_whom_the_client_gave_is_refused(
    cast: Cast, camille: Any, sessions: list[Session], now: MovableClock, sophie: Actor
) -> None:
    person = Person(email="bo@x.fr", first_name="Bo")
    (bo,) = actions.enrol(session_id=sessions[0].pk, people=[person], by=COMMAND).new
    here = reverse("refuse_person", args=[sessions[0].ref, bo.pk])
    assert here not in camille.get(reverse("correct_enrolment", args=[sessions[0].ref, bo.pk]))
    html = camille.get(here)
    assert "take them off the list instead" in html
    form = {"form_token": "7f9b7c0e-0000-4000-8000-000000000002", "reason": "x"}
    assert "was not given by the client" in camille.refused(here, form)
    ana = give(sessions[0], sophie)
    now.move_to("2027-01-14 12:30")
    assert "has ended" in camille.get(reverse("refuse_person", args=[sessions[0].ref, ana.pk]))


def test_what_is_typed_row_by_row_is_told_in_one_line(
    cast: Cast, camille: Any, sophie: Actor, sessions: list[Session], now: MovableClock
) -> None:
    for minute in (0, 20, 40):
        now.move_to(f"2027-01-04 12:{minute:02}")
        person = Person(email=f"p{minute}@x.fr", first_name="P", last_name="N")
        actions.give_person(session_id=sessions[0].pk, person=person, by=sophie)
    now.move_to("2027-01-05 09:00")
    person = Person(email="q@x.fr", first_name="Q", last_name="N")
    actions.give_person(session_id=sessions[0].pk, person=person, by=sophie)
    html = camille.get(reverse("mission", args=[cast.mission.ref])).split('id="timeline"')[1]
    assert "3 people enrolled on Atelier A" in html
    each, *_others = re.findall(r"<summary>See each.*?</details>", html)
    assert re.findall(r"<time [^>]*>([\d:]+)</time> 1 person enrolled", each) == ["12:40", "12:20", "12:00"]
    assert "1 person enrolled on Atelier A" in html, "the next day it is another line"
    assert "Sophie Lefèvre, through their personal link" in html
