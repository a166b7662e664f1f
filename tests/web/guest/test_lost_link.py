"""Asking for one's links by e-mail: the same answer whether the address is known or not."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.enrolment import actions as enrolment
from cordee.links.models import LostLink
from cordee.mail.models import Message
from tests.cast import Cast
from tests.steps import enrol, hold, plan

type Settle = Callable[[], None]
PATH = reverse("lost_link")


@pytest.fixture
def client() -> Client:
    """Somebody who reads English, from an address that was not seen before."""
    cache.clear()
    return Client(headers={"accept-language": "en"})


def ask(client: Client, email: str) -> Any:
    token = client.get(PATH).context["form"]["form_token"].value()
    return client.post(PATH, {"form_token": token, "email": email})


def test_the_mail_brings_every_page_of_the_last_months_and_they_open(
    cast: Cast, client: Client, now: Any, settle: Settle
) -> None:
    (old,) = plan(cast, cast.camille)
    enrol(cast, old, "Ana")
    hold(cast, now, old)
    now.move_to("2027-06-10 12:00")
    sessions = [plan(cast, day=old.starts_at.replace(month=month).date())[0] for month in (7, 8)]
    taken = [enrol(cast, session, "Ana")[0] for session in sessions]
    enrolment.cancel_enrolment(enrolment_id=taken[1].pk, by=cast.actor(cast.camille))
    settle()
    assert ask(client, " ANA@valmont.example ").status_code == 302
    settle()
    message = Message.objects.get(purpose="lost_links")
    assert (message.to_email, message.language) == ("ana@valmont.example", "en")
    pages = re.findall(r"https?://[^/\s]+(/p/\S+)", message.text)
    assert len(pages) == 2, "the one of January and the one of July, not the one she was taken off"
    assert message.html.count("/p/") == 4, "each as a link"
    assert [client.get(page).context["state"] for page in pages] == ["past", "coming"]
    now.move_to("2027-07-20 12:00")
    ask(client, "ana@valmont.example")
    settle()
    assert Message.objects.filter(purpose="lost_links").latest("pk").text.count("/p/") == 1


def test_known_or_not_the_answer_and_its_cost_are_the_same(
    cast: Cast, client: Client, settle: Settle
) -> None:
    enrol(cast, plan(cast)[0], "Ana")
    settle()
    answers, costs = [], []
    for email in ("ana@valmont.example", "nobody@valmont.example"):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(client, email)
        costs.append(len(queries))
        answers.append((answer.status_code, answer.headers["Location"], client.get(answer["Location"]).text))
    assert costs[0] == costs[1]
    assert answers[0][:2] == answers[1][:2] == (302, reverse("lost_link_sent"))
    assert "Look in your mailbox" in answers[0][2]
    settle()
    assert list(Message.objects.filter(purpose="lost_links").values_list("to_email", flat=True)) == [
        "ana@valmont.example"
    ]
    assert not LostLink.objects.exists(), "no address is kept once it is answered"


@pytest.mark.parametrize("email", ["ana@valmont.example", "nobody@valmont.example"])
def test_asked_again_and_again_it_is_written_three_times_then_said(
    cast: Cast, client: Client, settle: Settle, email: str
) -> None:
    enrol(cast, plan(cast)[0], "Ana")
    answers = [ask(client, email) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "look among the unwanted messages too. Wait 60 minutes" in answers[-1].text
    assert f'value="{email}"' in answers[-1].text
    settle()
    assert Message.objects.filter(purpose="lost_links").count() == (3 if email.startswith("ana") else 0)


def test_too_many_addresses_from_one_place_are_stopped_politely(db: None, client: Client) -> None:
    for number in range(30):
        assert ask(client, f"p{number}@x.example").status_code == 302
    stopped = ask(client, "one.more@x.example")
    assert stopped.status_code == 429
    assert "Wait 60 minutes" in stopped.text
    assert 0 < int(stopped.headers["Retry-After"]) <= 3600
    assert 'value="one.more@x.example"' in stopped.text


@pytest.mark.parametrize("email", ["", "ana", "ana@@x.example", "a b@x.example"])
def test_what_is_no_address_is_said_beside_the_field(db: None, client: Client, email: str) -> None:
    refused = ask(client, email)
    assert refused.status_code == 422
    assert refused.context["form"].errors["email"]
