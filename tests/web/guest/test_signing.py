"""Signing for a half-day through a participant's personal link."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cordee.attendance import actions, queries
from cordee.attendance.actions import Device, Given
from cordee.attendance.models import Signature
from cordee.attendance.rules import Ink
from cordee.attendance.states import Way
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.kernel import clock
from cordee.links import actions as links
from cordee.links.queries import token
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import DURING, all_present, confirm, enrol, plan

DRAWN = "[[[10,10,0],[200,80,40],[320,20,90]]]"


@pytest.fixture
def ana(cast: Cast) -> Enrolment:
    (session,) = plan(cast, cast.noor, language="en")
    return enrol(cast, session, "Ana", "Bo")[0]


@pytest.fixture
def own_token(ana: Enrolment) -> str:
    until = clock.now() + timedelta(days=60)
    link = links.give(purpose=PARTICIPANT_LINK, subject_id=ana.pk, to=ana.participant.email, until=until)
    return token(link)


@pytest.fixture
def address(own_token: str) -> str:
    return reverse("participant_sign", args=[own_token, 1])


def send(client: Client, address: str, **given: Any) -> Any:
    form = client.get(address).context["form"]
    key = given.pop("form_token", form["form_token"].value())
    return client.post(address, {"form_token": key, **given}, headers={"User-Agent": "Firefox on a phone"})


def test_somebody_signs_on_their_own_page(
    client: Client, own_token: str, address: str, ana: Enrolment, now: MovableClock
) -> None:
    page = reverse("participant", args=[own_token])
    assert address not in client.get(page).content.decode(), "weeks before, there is nothing to sign"
    now.move_to(DURING)
    assert address in client.get(page).content.decode()
    shown = client.get(address).content.decode()
    for words in ("Atelier", "9:00", "12:00", "Hôtel de ville", "Cordée Formation", "Ana N"):
        assert words in shown
    response = send(client, address, strokes=DRAWN, device_at="1799917200000")
    assert response.status_code == 302
    signature = Signature.objects.get()
    assert (signature.enrolment_id, signature.way) == (ana.pk, "own_link")
    assert signature.strokes == [[[10, 10, 0], [200, 80, 40], [320, 20, 90]]]
    assert (signature.device, signature.address) == ("Firefox on a phone", "127.0.0.1")
    assert signature.device_at is not None
    assert signature.link_id
    assert "You signed for this half-day" in client.get(address).content.decode()


def test_a_countersigned_half_day_is_not_offered_any_more(
    client: Client, own_token: str, cast: Cast, ana: Enrolment, now: MovableClock
) -> None:
    address = reverse("participant_sign", args=[own_token, 1])
    confirm(cast, ana.session, cast.noor)
    now.move_to(DURING)
    page = reverse("participant", args=[own_token])
    assert address in client.get(page).content.decode()
    all_present(cast, ana.session)
    given = Given(key=uuid4(), ink=Ink(typed_name="Noor"), way=Way.ACCOUNT, device=Device())
    actions.countersign(
        half_day_id=ana.session.half_days.get().pk,
        given=given,
        despite_unsigned=True,
        by=cast.actor(cast.noor),
    )
    assert address not in client.get(page).content.decode()


def test_who_cannot_draw_types_their_name(client: Client, address: str, now: MovableClock) -> None:
    now.move_to(DURING)
    send(client, address, typed_name="Ana N")
    assert Signature.objects.get().typed_name == "Ana N"


def test_a_form_sent_twice_is_one_signature(client: Client, address: str, now: MovableClock) -> None:
    now.move_to(DURING)
    key = client.get(address).context["form"]["form_token"].value()
    for _ in range(2):
        assert client.post(address, {"form_token": key, "strokes": DRAWN}).status_code == 302
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(
    "strokes",
    [
        "",
        "[]",
        "[[]]",
        "{}",
        "[[[1,2]]]",
        '[[["a",2,3]]]',
        "[[[1.5,2,3],[1,2,3]]]",
        "[[[true,2,3]]]",
        "[" * 5000,
        "[[[NaN,1,1]]]",
        "null",
        "7",
        "[[[1e400,0,0]]]",
    ],
)
def test_what_is_no_drawing_is_refused_with_a_sentence(
    client: Client, address: str, now: MovableClock, strokes: str
) -> None:
    now.move_to(DURING)
    response = send(client, address, strokes=strokes)
    assert response.status_code == 422
    assert response.context["form"].errors["strokes"]
    assert not Signature.objects.exists()


def test_it_says_why_it_cannot_be_signed_now(client: Client, address: str, now: MovableClock) -> None:
    assert "Signing opens 15 minutes before" in client.get(address).content.decode()
    now.move_to("2027-01-14 13:00")
    assert "Your facilitator can still have you sign" in client.get(address).content.decode()
    response = client.post(address, {"form_token": "6f1b6b6e-96a8-4d33-a5a8-2c1cf5d1f8a2", "strokes": DRAWN})
    assert response.status_code == 422
    assert not Signature.objects.exists()


def test_another_half_day_does_not_exist(client: Client, own_token: str) -> None:
    assert client.get(reverse("participant_sign", args=[own_token, 2])).status_code == 404


def test_who_signs_late_says_when_they_came(
    client: Client, address: str, ana: Enrolment, now: MovableClock
) -> None:
    now.move_to("2027-01-14 09:05")
    assert "arrived" not in client.get(address).context["form"].fields, "nobody is asked at the beginning"
    now.move_to("2027-01-14 09:40")
    assert send(client, address, strokes=DRAWN, arrived="08:15").status_code == 422
    assert not Signature.objects.exists(), "what is refused leaves nothing"
    assert send(client, address, strokes=DRAWN, arrived="09:35").status_code == 302
    ((stay,),) = [list(queries.stays(ana.session_id).values())]
    assert stay.minutes == 145


def test_who_leaves_early_says_so(
    client: Client, own_token: str, address: str, ana: Enrolment, now: MovableClock
) -> None:
    now.move_to("2027-01-14 09:05")
    leave = reverse("participant_leave", args=[own_token, 1])
    assert leave not in client.get(address).content.decode()
    assert client.post(leave, {"left": "11:00", "form_token": str(uuid4())}).status_code == 422, (
        "signing comes first"
    )
    send(client, address, strokes=DRAWN)
    now.move_to("2027-01-14 10:50")
    assert leave in client.get(address).content.decode()
    form = client.get(leave).context["form"]
    assert form["left"].value().strftime("%H:%M") == "10:50"
    assert send(client, leave, left="11:00").status_code == 302
    ((stay,),) = [list(queries.stays(ana.session_id).values())]
    assert stay.minutes == 120
