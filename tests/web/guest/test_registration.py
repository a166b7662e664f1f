"""Registering oneself, confirming, waiting and walking in, as people see it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cordee.catalogue import actions as catalogue
from cordee.catalogue.rules import ServiceChanges
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.journal.models import Entry
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.planning.states import DeliveryMode
from cordee.registration import actions
from cordee.registration.models import Invitation, Registration
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import enrol, plan

type Settle = Callable[[], None]
ANA = "ana@valmont.example"


@pytest.fixture
def client() -> Client:
    """Somebody whose address was not seen before."""
    cache.clear()
    return Client()


@pytest.fixture
def session(cast: Cast) -> Session:
    catalogue.change_service_type(
        service_type_id=cast.workshop.pk,
        changes=ServiceChanges(registration_fields=["Service"]),
        expected_version=None,
        by=COMMAND,
    )
    return plan(cast, cast.noor, capacity=1, language="en")[0]


@pytest.fixture
def invitation(session: Session) -> Invitation:
    return actions.open_registration(session_id=session.pk, by=COMMAND)


@pytest.fixture
def path(invitation: Invitation) -> str:
    return reverse("register", args=[invitation.token])


@pytest.fixture
def fill(client: Client, path: str, now: MovableClock) -> Callable[..., Any]:
    """Return a way to fill the form in as people do: it takes them some seconds."""

    def send(email: str = ANA, seconds: int = 20, **typed: str) -> Any:
        form = client.get(path).context["form"]
        hidden = {name: form[name].value() for name in ("form_token", "shown_at")}
        now.at = now.at.__class__.fromtimestamp(now.at.timestamp() + seconds, now.at.tzinfo)
        return client.post(
            path, {**hidden, "email": email, "first_name": "Ana", "last_name": "Nunez", **typed}
        )

    return send


@dataclass
class Door:
    """The page of a session of one place, and what is needed to see what follows."""

    client: Client
    path: str
    session: Session
    settle: Settle
    now: MovableClock


@pytest.fixture
def door(client: Client, path: str, session: Session, settle: Settle, now: MovableClock) -> Door:
    return Door(client, path, session, settle, now)


def link_in(purpose: str, letter: str = "w") -> str:
    found = re.search(
        rf"https?://[^/\s]+(/{letter}/\S+)", Message.objects.filter(purpose=purpose).latest("pk").text
    )
    assert found
    return found[1]


def test_from_the_form_to_the_list(
    client: Client, path: str, fill: Any, session: Session, settle: Settle
) -> None:
    page = client.get(path).text
    for words in ("Atelier", "Thursday 14 January 2027, 9:00 – 12:00", "Service", reverse("privacy_notice")):
        assert words in page
    sent = fill(asked_0="Voirie")
    assert "Look in your mailbox" in client.get(sent["Location"]).text
    settle()
    link = link_in("registration_confirm")
    for _scanner in range(2):
        page = client.get(link + "?do=confirm").text
        assert "Ana Nunez" in page
        assert "Voirie" in page
        assert "Confirm my registration" in page
    assert not Enrolment.objects.exists(), "who only looks changes nothing"
    assert client.post(link, {"do": "confirm"})["Location"] == link
    assert "You are in" in client.get(link).text
    settle()
    own = client.get(link + "page/")["Location"]
    assert own == link_in("joining", "p")
    assert "You registered yourself." in client.get(own).text
    assert client.post(link, {"do": "confirm"}).status_code == 302
    assert Enrolment.objects.count() == 1


def test_waiting_moving_up_and_being_told(cast: Cast, door: Door, fill: Any) -> None:
    client, settle = door.client, door.settle
    (bo,) = enrol(cast, door.session, "Bo")
    assert "All places are taken" in client.get(door.path).text
    fill()
    settle()
    link = link_in("registration_confirm")
    client.post(link, {"do": "confirm"})
    page = client.get(link).text
    assert "You are on the waiting list" in page
    assert "You are next." in page
    assert client.get(link + "page/").status_code == 410
    enrolment.cancel_enrolment(enrolment_id=bo.pk, by=COMMAND)
    settle()
    assert "You are in" in client.get(link).text
    told = Message.objects.get(purpose="registration_admitted")
    assert told.to_email == ANA
    assert "Thursday, 14 January 2027" in told.text
    assert told.calendar, "it is their joining instructions, too"
    assert not Message.objects.filter(purpose="joining", to_email=ANA).exists()
    assert client.get(link_in("registration_admitted", "p")).context["state"] == "coming"


def test_leaving_the_waiting_list(
    cast: Cast, client: Client, fill: Any, session: Session, settle: Settle
) -> None:
    enrol(cast, session, "Bo")
    fill()
    settle()
    link = link_in("registration_confirm")
    client.post(link, {"do": "confirm"})
    client.post(link, {"do": "leave"})
    page = client.get(link).text
    assert "You gave up your registration" in page
    assert "Register again" in page
    assert Registration.objects.get().state == "left"


def test_who_waits_is_told_when_the_session_is_cancelled_or_they_are_taken_off(
    cast: Cast, client: Client, fill: Any, session: Session, settle: Settle
) -> None:
    enrol(cast, session, "Bo")
    for email in (ANA, "cleo@x.example"):
        fill(email)
        settle()
        client.post(link_in("registration_confirm"), {"do": "confirm"})
    ana = Registration.objects.get(email=ANA)
    actions.remove(registration_id=ana.pk, by=COMMAND)
    settle()
    planning.cancel_session(session_id=session.pk, reason="Mairie fermée", by=COMMAND)
    settle()
    told = Message.objects.filter(purpose="registration_off").order_by("pk")
    assert [m.to_email for m in told] == [ANA, "cleo@x.example"]
    assert "Mairie fermée" in told[1].text
    assert "Mairie fermée" in client.get(link_in("registration_confirm")).text


def test_known_or_not_the_answer_is_the_same(cast: Cast, door: Door, fill: Any) -> None:
    client, settle, now = door.client, door.settle, door.now
    Session.objects.filter(pk=door.session.pk).update(capacity=5)
    enrol(cast, door.session, "Bo")
    fill()
    settle()
    client.post(link_in("registration_confirm"), {"do": "confirm"})
    now.move_to("2027-01-05 12:00")
    answers = [fill(email) for email in ("new@x.example", "bo@valmont.example", ANA)]
    assert len({(a.status_code, a["Location"], *a.cookies) for a in answers}) == 1
    settle()
    sent = Message.objects.filter(purpose__startswith="registration", queued_at__gte=now.at.replace(hour=0))
    assert sorted(sent.values_list("to_email", "purpose")) == [
        (ANA, "registration_known"),
        ("bo@valmont.example", "registration_confirm"),
        ("new@x.example", "registration_confirm"),
    ]
    assert "You are in" in client.get(link_in("registration_known")).text


def test_an_expired_registration_says_so(
    client: Client, fill: Any, settle: Settle, now: MovableClock
) -> None:
    fill()
    settle()
    link = link_in("registration_confirm")
    now.move_to("2027-01-06 12:30")
    assert "This registration has run out" in client.get(link).text
    client.post(link, {"do": "confirm"})
    assert "was not confirmed within two days" in client.get(link).text
    assert not Enrolment.objects.exists()


# --- programs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"seconds": 1}, "That was very quick"),
        ({"seconds": 24 * 3600 + 1}, "had been open for long"),
        ({"shown_at": "1799000000"}, "had been open for long"),
        ({"shown_at": ""}, "had been open for long"),
        ({"homepage": "https://spam.example"}, "must stay empty"),
    ],
)
def test_what_looks_like_a_program_is_asked_again_and_nothing_is_lost(
    how: dict[str, Any], said: str, door: Door, fill: Any
) -> None:
    client, path, now = door.client, door.path, door.now
    refused = fill(**how)
    assert refused.status_code == 422
    assert said in refused.text
    assert f'value="{ANA}"' in refused.text
    assert "spam.example" not in refused.text
    assert not Registration.objects.exists()
    form = refused.context["form"]
    now.at = now.at.__class__.fromtimestamp(now.at.timestamp() + 9, now.at.tzinfo)
    again = {
        name: form[name].value() for name in ("form_token", "shown_at", "email", "first_name", "last_name")
    }
    assert client.post(path, again).status_code == 302
    assert Registration.objects.count() == 1


def test_too_many_from_one_place_are_stopped_politely(client: Client, fill: Any) -> None:
    for number in range(40):
        assert fill(f"p{number}@x.example").status_code == 302
    stopped = fill("one.more@x.example")
    assert stopped.status_code == 429
    assert "Wait 10 minutes" in stopped.text
    assert 0 < int(stopped.headers["Retry-After"]) <= 600
    assert 'value="one.more@x.example"' in stopped.text
    assert Registration.objects.count() == 40


def test_a_double_click_registers_once(client: Client, path: str, now: MovableClock) -> None:
    form = client.get(path).context["form"]
    sent = {name: form[name].value() for name in ("form_token", "shown_at")}
    sent |= {"email": ANA, "first_name": "Ana", "last_name": "N"}
    now.move_to("2027-01-04 12:01")
    assert [client.post(path, sent).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(fact="RegistrationAsked").count() == 1


# --- closed, and the day itself ----------------------------------------------------------------------------


def test_once_closed_the_page_says_so(client: Client, path: str, fill: Any, session: Session) -> None:
    actions.close_registration(session_id=session.pk, by=COMMAND)
    page = client.get(path).text
    assert "Registration is closed." in page
    assert '<form method="post" class="form"' not in page
    refused = fill()
    assert refused.status_code == 422
    assert not Registration.objects.exists()


def test_on_the_day_the_same_link_takes_walk_ins(cast: Cast, door: Door, fill: Any) -> None:
    client, path, session, now = door.client, door.path, door.session, door.now
    enrol(cast, session, "Bo")
    now.move_to("2027-01-14 09:10")
    page = client.get(path).text
    assert "I am here" in page
    assert "All places are taken" not in page
    sent = fill(asked_0="Voirie")
    assert "You are on the list of “Atelier”." in client.get(sent["Location"]).text
    fill()
    ana = Enrolment.objects.get(participant__email=ANA)
    assert (ana.source, ana.details) == ("walk_in", {"Service": "Voirie"})
    door.settle()
    assert not Message.objects.filter(to_email=ANA).exists()
    noor = Client()
    noor.force_login(cast.noor.user)
    assert "Ana Nunez" in noor.get(reverse("presence", args=[session.ref])).text
    now.move_to("2027-01-14 12:05")
    assert client.get(sent["Location"])["Location"] == path
    assert "Registration is closed." in client.get(path).text


def test_a_walk_in_by_video_gets_the_link(cast: Cast, client: Client, now: MovableClock) -> None:
    (session,) = plan(
        cast, mode=DeliveryMode.REMOTE, video_link="https://visio.example/abc", place="", language="en"
    )
    token = actions.open_registration(session_id=session.pk, by=COMMAND).token
    assert "visio.example" not in client.get(reverse("register", args=[token])).text
    now.move_to("2027-01-14 09:10")
    assert "visio.example" in client.get(reverse("walked_in", args=[token])).text


def test_links_that_open_nothing(client: Client, path: str, fill: Any, settle: Settle) -> None:
    fill()
    settle()
    link = link_in("registration_confirm")
    for wrong in ("/r/abc/", "/r/abc/sent/", "/r/abc/welcome/", link[:-5] + "/", "/w/1:x/page/"):
        answer = client.get(wrong, headers={"accept-language": "en"})
        assert answer.status_code == 404
        assert "This link no longer works" in answer.text
