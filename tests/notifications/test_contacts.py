"""A contact of the client gets the link to their page, once for each time they are asked."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cordee.clients import actions as clients
from cordee.enrolment import actions, queries
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.missions import queries as missions
from cordee.notifications.pages import contact_link
from tests.cast import Cast
from tests.notifications.letters import last, letters
from tests.steps import ask_client, plan

SOPHIE = "s.lefevre@mairie-valmont.example"


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Any) -> None:
    settings.DEMO = True


def link(cast: Cast) -> str:
    mission = missions.mission(cast.mission.pk)
    assert mission
    return contact_link(mission)


def test_the_link_the_sessions_and_whom_to_answer(cast: Cast, settle: Callable[[], None]) -> None:
    plan(cast, cast.camille, count=2)
    plan(cast, day=date(2027, 2, 4), title="Bilan")
    ask_client(cast)
    settle()
    message = last(SOPHIE)
    assert (message.purpose, message.reply_to) == ("list_request", "camille@reseau.example")
    assert message.mission_id == cast.mission.pk
    for words in ("4 ateliers en parallèle", "Atelier A", "Atelier B", "Bilan", "jeudi 4 février 2027"):
        assert words in message.subject + message.text, words
    assert link(cast) in message.text
    assert message.text.count("http") == 1, "one thing to do"


def test_asked_again_is_another_mail_and_the_same_link(cast: Cast, settle: Callable[[], None]) -> None:
    plan(cast)
    ask_client(cast)
    settle()
    before = link(cast)
    ask_client(cast)
    settle()
    assert letters(SOPHIE) == [("list_request", "sent")] * 2
    assert link(cast) == before


def test_a_link_ended_before_the_mail_left_takes_it_back(
    cast: Cast, settle: Callable[[], None], settings: Any
) -> None:
    settings.DEMO = False  # without a mail server messages wait
    plan(cast)
    ask_client(cast)
    settle()
    (asked,) = queries.asked(cast.mission.pk)
    actions.revoke_link(invitation_id=asked.invitation.pk, by=COMMAND)
    settle()
    assert letters(SOPHIE) == [("list_request", "cancelled")]
    assert link(cast) == ""


def test_nobody_is_given_the_link_of_somebody_else(cast: Cast) -> None:
    plan(cast)
    assert link(cast) == "", "nobody was asked"
    paul = clients.add_contact(
        client_id=cast.valmont.pk, first_name="Paul", last_name="Roux", email="paul@x.example", by=COMMAND
    )
    ask_client(cast, paul)
    assert link(cast) == "", "the order's contact was not"
    ask_client(cast)
    assert link(cast).endswith(f"/c/{queries.asked(cast.mission.pk)[1].token}/")


def test_who_reads_the_log_of_mails_cannot_act_in_the_name_of_the_contact(
    cast: Cast, settle: Callable[[], None], client: Any
) -> None:
    plan(cast)
    ask_client(cast)
    settle()
    client.force_login(cast.olga)
    message = Message.objects.get(purpose="list_request")
    (asked,) = queries.asked(cast.mission.pk)
    page = client.get(reverse("mail_message", args=[message.pk]))
    assert "/c/…" in page.text
    assert asked.token not in page.text
