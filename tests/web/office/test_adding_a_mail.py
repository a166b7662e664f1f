"""A mail more takes three files: what it is, which message must exist, and the fact that it follows.

Everything else that knows of mails knows of it by itself.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.journal.models import Delivery
from cordee.journal.states import DeliveryState
from cordee.kernel.actor import COMMAND
from cordee.mail import actions as mail
from cordee.mail.models import Message
from cordee.notifications import actions, office, queries
from cordee.notifications.mails import MAILS, Mail
from cordee.notifications.rules import Words
from cordee.notifications.states import MailRule, Reader
from cordee.planning import queries as planning
from cordee.planning.facts import SessionPlanned
from tests.cast import Cast
from tests.steps import plan

# 1. notifications/mails/coordinators.py
PLANNED = Mail(
    "session_planned",
    name=_("Reading"),
    reader=Reader.COORDINATOR,
    subject="Planned: {session}",
    body="Hello {first_name},\n\n{session} is planned.",
    button="Open it",
    opens_session=True,
    rule=MailRule(),
)


# 2. notifications/office.py
def session_planned(session_id: int) -> None:
    session = planning.session(session_id)
    if session and session.mission.coordinator:
        user = session.mission.coordinator.user
        values = {"first_name": user.first_name, "session": session.title}
        path = reverse("session", args=[session.ref])
        key = f"planned:{session.pk}"
        mail.reconcile(office.letter(user, PLANNED, key=key, values=values, path=path, session_id=session.pk))


# 3. automations/missions.py
def subscribe() -> None:
    journal.subscribe("planned-mail", (SessionPlanned,), tell, follows=_("Reading"))


def tell(entry: Recorded[SessionPlanned]) -> None:
    session_planned(entry.fact.session_id)


@pytest.fixture(autouse=True)
def added(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the house know of it, as if the three files had been there when it started."""
    monkeypatch.setitem(MAILS, PLANNED, PLANNED)
    monkeypatch.setattr(journal, "_subscriptions", dict(journal._subscriptions))
    subscribe()


type Settle = Callable[[], None]


def test_one_fact_is_one_mail_however_often_it_is_delivered(cast: Cast, settle: Settle) -> None:
    plan(cast)
    settle()
    Delivery.objects.filter(subscriber="planned-mail").update(state=DeliveryState.PENDING)
    settle()
    message = Message.objects.get(purpose=PLANNED)
    assert message.subject == "Planned: Atelier"
    assert "Hello Camille" in message.text


def test_the_office_switches_it(cast: Cast, settle: Settle, seat: Callable[..., Client]) -> None:
    page = seat(cast.olga).get(reverse("mail_settings")).content.decode()
    assert f'name="enabled-{PLANNED}"' in page
    assert reverse("mail_words", args=[PLANNED, "fr"]) in page
    wanted = {PLANNED: MailRule(enabled=False)}
    actions.set_rules(wanted=wanted, expected_version=None, by=cast.actor(cast.olga))
    plan(cast)
    settle()
    assert not Message.objects.filter(purpose=PLANNED).exists()


def test_the_office_writes_it_its_own_way(cast: Cast, settle: Settle, seat: Callable[..., Client]) -> None:
    page = seat(cast.olga).get(reverse("mail_words", args=[PLANNED, "fr"])).content.decode()
    assert "{session} is planned." in page
    words = Words("{session} !", "Bonjour {first_name}", "Voir")
    actions.change_words(purpose=PLANNED, language="fr", words=words, expected_version=0, by=COMMAND)
    assert queries.words(PLANNED, "fr") == words
    plan(cast)
    settle()
    assert Message.objects.get(purpose=PLANNED).subject == "Atelier !"


def test_it_is_shown_as_it_leaves(cast: Cast, settle: Settle, seat: Callable[..., Client]) -> None:
    (session,) = plan(cast)
    settle()
    where = reverse("mail_preview", args=[PLANNED, "fr"])
    form = {
        "session": session.ref,
        "subject": PLANNED.subject,
        "body": PLANNED.body,
        "button": PLANNED.button,
    }
    shown = seat(cast.olga).post(where, form).content.decode()
    assert "Planned: Atelier" in shown or "Atelier is planned." in shown
    assert reverse("session", args=[session.ref]) in shown


def test_logs_name_it_and_failures_tell_of_it(
    cast: Cast, settle: Settle, seat: Callable[..., Client], words: Any
) -> None:
    (session,) = plan(cast)
    settle()
    log = words(seat(cast.camille).get(reverse("session_mails", args=[session.ref])))
    assert str(PLANNED.name) in log
    Delivery.objects.filter(subscriber="planned-mail").update(state=DeliveryState.FAILED, error="x")
    assert str(PLANNED.name) in words(seat(cast.ada).get(reverse("failed_facts")))
