"""The log of messages."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.kernel import clock
from cordee.mail import actions as mail
from cordee.mail.actions import Wanted
from cordee.mail.models import Message
from cordee.mail.queries import SECRET_PURPOSES
from cordee.mail.states import About
from tests.cast import Cast

TOKEN = f"12:{'aB3-_' * 8}xyz"
"""Looks like the secret of a personal link."""


def message(number: int = 1, **changes: Any) -> Message:
    mail.reconcile(
        [
            Wanted(
                key=f"test:{number}",
                purpose=changes.pop("purpose", "request"),
                about=About("assignment", number),
                to_email=f"p{number}@x.example",
                to_name="Noor van den Berg",
                subject="Demande pour l’atelier A",
                text=f"Répondre : https://cordee.example/a/{TOKEN}/\nÀ bientôt",
                html=f'<p style="color:red">Bonjour</p><a href="https://cordee.example/a/{TOKEN}/">Répondre</a>',
                **changes,
            )
        ]
    )
    return Message.objects.get(key=f"test:{number}")


def test_a_message_is_shown_as_it_left_without_its_personal_link(cast: Cast, seat: Any, words: Any) -> None:
    one = message(mission_id=cast.mission.pk)
    client = seat(cast.olga)
    page = client.get(reverse("mail_message", args=[one.pk]))
    text = words(page)
    assert "À bientôt" in text
    assert cast.mission.ref in text
    assert "The personal link is not shown" in text
    frame = client.get(reverse("mail_html", args=[one.pk]))
    for body in (page.content.decode(), frame.content.decode()):
        assert TOKEN not in body
        assert "/a/…/" in body
    assert "Bonjour" in frame.content.decode()


def test_the_frame_can_neither_load_nor_run_anything(cast: Cast, seat: Any) -> None:
    one = message()
    frame = seat(cast.olga).get(reverse("mail_html", args=[one.pk]))
    policy = frame["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script" not in policy
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    page = seat(cast.olga).get(reverse("mail_message", args=[one.pk]))
    assert "unsafe-inline" not in page["Content-Security-Policy"]
    assert '<iframe class="mail-frame" sandbox ' in page.content.decode()


def test_a_failed_message_says_why_and_is_sent_again(cast: Cast, seat: Any, words: Any) -> None:
    one = message()
    Message.objects.filter(pk=one.pk).update(state="failed", attempts=6, error="550 no such user")
    client = seat(cast.olga)
    assert "1 e-mail did not leave." in words(client.get(reverse("mails")))
    page = client.get(reverse("mail_message", args=[one.pk]))
    assert "550 no such user" in words(page)
    for _click in range(2):
        client.post(reverse("send_mail_again", args=[one.pk]), {"copies": "0"})
    copy = Message.objects.get(key=f"again:{one.pk}:1")
    assert (copy.state, copy.attempts, copy.to_email) == ("queued", 0, one.to_email)
    text = words(client.get(reverse("mails")))
    assert "did not leave" not in text
    assert "sent again 1 time" in text
    assert "a copy, sent by hand" in text
    assert Message.objects.filter(to_email=one.to_email).count() == 2, "a double click is one"
    assert seat(cast.quitterie).post(reverse("send_mail_again", args=[one.pk])).status_code == 403


def test_a_message_that_waits_is_stopped_and_let_go(cast: Cast, seat: Any, words: Any) -> None:
    one = message(due_at=clock.now() + timedelta(days=1))
    client = seat(cast.ada)
    here = reverse("mail_message", args=[one.pk])
    assert "leaves tomorrow 12:00" in words(client.get(here))
    answer = client.post(reverse("stop_mail", args=[one.pk]), {"next": here}, follow=True)
    assert "The message will not leave." in words(answer)
    assert "stopped by hand" in words(answer)
    assert "Too late" in words(client.post(reverse("stop_mail", args=[one.pk]), {"next": here}, follow=True))
    client.post(reverse("release_mail", args=[one.pk]))
    one.refresh_from_db()
    assert (one.state, one.stopped_at) == ("queued", None)


def test_the_log_is_searched_and_costs_the_same_with_30_rows(
    cast: Cast, seat: Any, words: Any, settle: Any
) -> None:
    settle()
    message(1)
    client = seat(cast.ada)
    client.get(reverse("mails"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("mails") + "?q=berg")
    for n in range(2, 35):
        message(n)
    with CaptureQueriesContext(connection) as lots:
        page = client.get(reverse("mails") + "?q=berg")
    assert len(page.context["lines"]) == 30
    assert len(few) == len(lots) <= 12
    assert len(client.get(reverse("mails") + "?q=p34@x").context["lines"]) == 1
    assert "No e-mail found" in words(client.get(reverse("mails") + "?state=failed"))


@pytest.mark.parametrize("purpose", SECRET_PURPOSES)
def test_what_opens_somebodys_account_is_read_by_nobody_else(cast: Cast, seat: Any, purpose: str) -> None:
    secret = message(purpose=purpose)
    client = seat(cast.ada)  # an administrator, who may read and handle all other messages
    assert secret.to_email not in client.get(reverse("mails")).text
    for name in ("mail_message", "mail_html"):
        assert client.get(reverse(name, args=[secret.pk])).status_code == 404
    for name in ("send_mail_again", "stop_mail", "release_mail"):
        assert client.post(reverse(name, args=[secret.pk])).status_code == 404
    assert Message.objects.count() == 1
