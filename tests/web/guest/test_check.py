"""Giving the check at the end by one's own link, and reading what was learned."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.catalogue.states import QuestionnaireKind
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.kernel import clock
from cordee.links import actions as links
from cordee.links.queries import token
from cordee.mail.models import Message
from cordee.notifications import surveys as notifications
from cordee.planning.models import Session
from cordee.surveys.models import Addressee, Answers
from cordee.web.guest.surveys import pass_for
from tests.cast import Cast
from tests.certificates.stories import Settle
from tests.conftest import MovableClock
from tests.steps import enrol, hold, plan
from tests.surveys.asking import ELSE, KEEN, LEVEL, answer
from tests.surveys.checking import ask_again
from tests.surveys.opinions import ask

CHECK = QuestionnaireKind.CHECK


@pytest.fixture
def session(cast: Cast, now: MovableClock, settle: Settle) -> Session:
    """Ana, who said before how keen she was (2 of 5), and Ben on a session that is over and recorded."""
    ask(cast.workshop, QuestionnaireKind.HOT)
    version = ask_again(cast)
    (session,) = plan(cast, cast.noor, language="en")
    answer(enrol(cast, session, "Ana", "Ben")[0], version, **{KEEN: 2, ELSE: "Rien encore"})
    hold(cast, now, session)
    settle()
    return session


def person(name: str) -> Enrolment:
    return Enrolment.objects.get(participant__first_name=name)


def page_of(name: str) -> str:
    who = person(name)
    until = clock.now() + timedelta(days=90)
    link = links.give(purpose=PARTICIPANT_LINK, subject_id=who.pk, to=who.participant.email, until=until)
    return reverse("participant", args=[token(link)])


def filled(client: Client, address: str, **given: object) -> dict[str, Any]:
    form = client.get(address).context["form"]
    own = {form.add_prefix(key): value for key, value in given.items()}
    return own | {form[name].html_name: form[name].value() for name in ("form_token", "seen_version")}


def test_one_visit_gives_the_check_then_asks_how_it_was_and_shows_what_was_learned(
    client: Client, session: Session
) -> None:
    own, other = page_of("Ana"), page_of("Ben")
    check = f"{own}survey/check/"
    assert client.get(own).text.index(check) < client.get(own).text.index(f"{own}survey/hot/")
    assert "answer from where you are now" in client.get(check).text
    sent = filled(client, check, **{LEVEL: "c2", KEEN: 4, ELSE: "<b>Beaucoup</b>"})
    assert client.post(check, sent).headers["Location"] == f"{own}survey/hot/"
    page = client.get(check).text
    assert "25% before, 75% after" in page
    assert "Rien encore" in page
    assert "&lt;b&gt;Beaucoup" in page
    assert "A scale gives its level" in page, "the method"
    again = client.post(check, {**sent, "questionnaire-form_token": "another"})
    assert (again.status_code, Answers.objects.filter(kind=CHECK).count()) == (422, 1)
    assert "this check is given once" in again.text
    assert "Beaucoup" not in client.get(f"{other}survey/check/").text, (
        "the link of another opens nothing of hers"
    )
    assert client.get(other).text.count("Where are you now?") == 1


def test_who_is_not_asked_finds_nothing_to_answer_and_loses_no_word(client: Client, session: Session) -> None:
    own = page_of("Ana")
    sent = filled(client, f"{own}survey/check/", **{LEVEL: "c2", ELSE: "Une phrase"})
    Addressee.objects.filter(survey__kind=CHECK).delete()
    late = client.post(f"{own}survey/check/", sent)
    assert late.status_code == 410
    assert "Une phrase" in late.text


def test_in_the_room_the_check_comes_first_and_shows_nobody_what_was_answered(
    client: Client, session: Session
) -> None:
    room = pass_for(person("Ana").pk)
    sent = filled(client, room, **{LEVEL: "c1", KEEN: 5})
    answered = client.post(room, sent)
    assert answered.headers["Location"] == f"{room}?opinion"
    assert "How was" in client.get(f"{room}?opinion").text
    assert "Rien encore" not in client.get(room).text


def test_who_has_not_given_it_is_reminded_once(client: Client, session: Session, now: MovableClock) -> None:
    check = f"{page_of('Ana')}survey/check/"
    client.post(check, filled(client, check, **{LEVEL: "c2", KEEN: 4}))
    now.move_to("2027-01-18 08:10")
    for _ in range(2):
        notifications.write_due()
    (reminder,) = Message.objects.filter(purpose="check_reminder")
    assert reminder.to_email == person("Ben").participant.email
    assert "/survey/check/" in reminder.text
