"""Saying how it was: by one's own link, by the mail to contacts and facilitators, and by the code in the room."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.attendance import queries
from cordee.catalogue.states import QuestionnaireKind
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.kernel import clock
from cordee.links import actions as links
from cordee.links.queries import token
from cordee.mail.models import Message
from cordee.planning.models import Session
from cordee.surveys.models import Addressee, Comment, Response
from tests.cast import Cast
from tests.certificates.stories import Settle, certified
from tests.conftest import MovableClock
from tests.steps import enrol, plan
from tests.surveys.opinions import HOT, ask

K = QuestionnaireKind


@pytest.fixture
def session(cast: Cast, now: MovableClock, settle: Settle) -> Session:
    for kind in (K.HOT, K.FACILITATOR):
        ask(cast.workshop, kind)
    return certified(cast, now, settle, "Ana", "Ben")


def page_of(person: Enrolment) -> str:
    link = links.give(
        purpose=PARTICIPANT_LINK,
        subject_id=person.pk,
        to=person.participant.email,
        until=clock.now() + timedelta(days=30),
    )
    return reverse("participant", args=[token(link)])


@pytest.fixture
def ana(session: Session) -> str:
    """Return the address of Ana's survey."""
    person = Enrolment.objects.get(session=session, participant__first_name="Ana")
    return f"{page_of(person)}survey/hot/"


def send(client: Client, address: str, **given: object) -> Any:
    form = client.get(address).context["form"]
    own = {form.add_prefix(key): value for key, value in given.items()}
    hidden = {form[name].html_name: form[name].value() for name in ("form_token", "seen_version")}
    return client.post(address, {**hidden, **own})


def test_the_page_asks_and_the_same_browser_corrects(client: Client, ana: str) -> None:
    own = client.get(ana.removesuffix("survey/hot/")).text
    assert ana in own, "the participant's page leads to it"
    saved = send(client, ana, **HOT, q8="=HYPERLINK() <script>alert(1)</script>")
    assert saved["Location"] == ana
    again = client.get(ana)
    assert "jusqu’à cette nuit" in again.text
    assert "<script>alert" not in again.text
    assert again.context["form"]["q1"].value() == 9
    send(client, ana, **HOT | {"q1": "3"})
    assert Response.objects.get().values["q1"] == 3
    elsewhere = Client().get(ana)
    assert "Merci, vous avez répondu" in elsewhere.text
    assert "<form" not in elsewhere.text.split("<main")[1].split("</main")[0], (
        "nothing of it is shown to others"
    )


def test_in_the_room_nobody_reads_or_changes_what_was_answered_in_a_name(
    cast: Cast, now: MovableClock
) -> None:
    """Who chose a name on the list may be anybody; the same browser corrects."""
    ask(cast.workshop, QuestionnaireKind.HOT, anonymous=False)
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana")
    now.move_to("2027-01-14 11:40")
    code = reverse("room_by_code", args=[queries.code_shown(session.pk)])
    hers, others = Client(), Client()
    address = hers.get(code, follow=True).context["surveys"][0][1]
    send(hers, address, **HOT, q8="Odieux")
    assert "Odieux" in hers.get(address).text
    there = others.get(address)
    assert "Odieux" not in there.text
    form = hers.get(address).context["form"]
    assert others.post(address, {form.add_prefix("q8"): "Parfait"}).status_code == 422
    assert Comment.objects.get().text == "Odieux"
    send(hers, address, **HOT, q8="Mieux")
    assert Comment.objects.get().text == "Mieux"


def test_the_receipt_goes_to_this_page_alone(client: Client, ana: str) -> None:
    cookie = client.get(ana).cookies["receipt"]
    assert cookie["path"] == ana
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_what_comes_too_late_is_shown_to_be_copied(client: Client, ana: str, now: MovableClock) -> None:
    form = client.get(ana).context["form"]
    typed = {form.add_prefix("q8"): "Plus de pauses"}
    now.move_to("2027-02-09 09:00")
    late = client.post(ana, typed)
    assert late.status_code == 422
    assert "Plus de pauses" in late.text
    assert not Comment.objects.exists()
    Addressee.objects.all().delete()
    gone = client.post(ana, typed)
    assert gone.status_code == 410
    assert "Plus de pauses" in gone.text


def test_who_ran_it_answers_by_their_mail(client: Client, cast: Cast, session: Session) -> None:
    message = Message.objects.get(purpose="facilitator_survey")
    assert message.to_email == cast.noor.user.email
    address = "/q/" + message.text.split("/q/")[1].split()[0]
    assert "Noor" in client.get(address).text
    send(client, address, q1="8", q2="4", q3="4")
    assert Response.objects.get(kind="facilitator").facilitator == cast.noor


def test_asked_with_the_certificate_by_one_mail(session: Session) -> None:
    (mail,) = Message.objects.filter(to_email="ana@valmont.example", about_kind="certificate")
    assert "Comment c’était" in mail.text
    assert not Message.objects.filter(to_email="ana@valmont.example", purpose__contains="survey").exists()
