"""The page on which the contact of a school confirms, and what those who ran the session see of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.attendance import queries
from cordee.attendance.models import DeliveryConfirmation
from cordee.attendance.states import DELIVERY_LINK
from cordee.links import actions as links
from cordee.links.queries import token
from cordee.missions.models import Order
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import AFTER, DURING, confirm, plan

DRAWN = "[[[10,10,0],[200,80,40],[320,20,90]]]"
SAID = {"class_name": "2de B", "present": "24", "name": "Myriam Attali", "function": "Proviseure adjointe"}


@pytest.fixture
def session(cast: Cast) -> Session:
    Order.objects.filter(pk=cast.mission.order_id).update(sector="education")
    (session,) = plan(cast, cast.noor, language="en")
    confirm(cast, session, cast.noor)
    return session


@pytest.fixture
def address(cast: Cast, session: Session) -> str:
    until = session.ends_at + timedelta(days=60)
    link = links.give(purpose=DELIVERY_LINK, subject_id=session.pk, to=cast.contact.email, until=until)
    return reverse("delivery", args=[token(link)])


def send(client: Client, address: str, **given: Any) -> Any:
    key = client.get(address).context["form"]["form_token"].value()
    return client.post(address, {"form_token": key, **given}, headers={"User-Agent": "Firefox on a phone"})


def test_the_contact_confirms_and_signs(
    client: Client, address: str, session: Session, now: MovableClock
) -> None:
    now.move_to(DURING)
    assert b"The session is not over yet." in client.get(address).content
    now.move_to(AFTER)
    shown = client.get(address).content.decode()
    assert "Sophie" in shown or "value=" in shown
    assert send(client, address, **SAID, strokes=DRAWN).status_code == 302
    made = queries.delivery(session.pk)
    assert made
    assert (made.present, made.device, made.strokes[0][0]) == (24, "Firefox on a phone", [10, 10, 0])
    assert "2de B, 24 people: confirmed by Myriam Attali" in client.get(address).content.decode()


def test_a_second_click_confirms_once(client: Client, address: str, now: MovableClock) -> None:
    now.move_to(AFTER)
    key = client.get(address).context["form"]["form_token"].value()
    for _ in range(2):
        assert client.post(address, {"form_token": key, **SAID, "strokes": DRAWN}).status_code == 302
    assert DeliveryConfirmation.objects.count() == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(
    client: Client, address: str, now: MovableClock
) -> None:
    now.move_to(AFTER)
    answer = send(client, address, **{**SAID, "function": ""}, strokes=DRAWN)
    assert answer.status_code == 422
    assert b"2de B" in answer.content
    answer = send(client, address, **SAID)
    assert answer.status_code == 422
    assert b"Nothing is signed yet." in answer.content
    assert not DeliveryConfirmation.objects.exists()


def test_who_ran_it_reads_it_and_tells_what_stands_on_paper(
    cast: Cast, client: Client, address: str, session: Session, now: MovableClock
) -> None:
    now.move_to(AFTER)
    send(client, address, **SAID, strokes=DRAWN)
    cast.noor.user.language = "en"
    cast.noor.user.save()
    client.force_login(cast.noor.user)
    page = reverse("session_delivery", args=[session.ref])
    assert page in client.get(reverse("sheet_review", args=[session.ref])).content.decode()
    shown = client.get(page).content.decode()
    assert "Myriam Attali, Proviseure adjointe" in shown
    assert "<path d=" in shown
    assert send(client, page, **{**SAID, "present": "25"}).status_code == 302
    assert "on the sheet of paper" in client.get(page).content.decode()


def test_quality_reads_and_does_not_write(
    cast: Cast, client: Client, session: Session, now: MovableClock
) -> None:
    now.move_to(AFTER)
    client.force_login(cast.quitterie)
    page = reverse("session_delivery", args=[session.ref])
    assert client.get(page).status_code == 200
    assert client.post(page, SAID).status_code == 403
