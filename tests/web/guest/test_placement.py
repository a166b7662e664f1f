"""Answering the placement questionnaire through a participant's personal link."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.catalogue.models import QuestionnaireVersion
from cordee.catalogue.states import Words
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.journal.models import Entry
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.links import actions as links
from cordee.links.models import PersonalLink
from cordee.links.queries import token
from cordee.planning import actions as planning
from cordee.surveys.models import Answers
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import confirm, enrol, plan
from tests.surveys.asking import ELSE, EXPECT, JOB, KEEN, LEVEL, MANY, answer, asked_by, next_version


@pytest.fixture
def version(cast: Cast) -> QuestionnaireVersion:
    return asked_by(cast.workshop)


@pytest.fixture
def ana(cast: Cast, version: QuestionnaireVersion) -> Enrolment:
    """Ana comes to a workshop held in English by Noor."""
    (session,) = plan(cast, cast.noor, language="en")
    confirm(cast, session, cast.noor)
    return enrol(cast, session, "Ana")[0]


@pytest.fixture
def address(ana: Enrolment) -> str:
    link = links.give(
        purpose=PARTICIPANT_LINK,
        subject_id=ana.pk,
        to=ana.participant.email,
        until=clock.now() + timedelta(days=30),
    )
    return reverse("placement", args=[token(link)])


def send(client: Client, address: str, version: QuestionnaireVersion, **given: object) -> Any:
    """Fill in what is given on the page as it stands, and send it."""
    form = client.get(address).context["form"]
    own = {form.add_prefix(key): value for key, value in given.items()}
    hidden = {form[name].html_name: form[name].value() for name in ("form_token", "seen_version")}
    return client.post(address, {**hidden, **own})


def test_the_questions_are_read_and_answered_without_an_account(
    client: Client, address: str, version: QuestionnaireVersion, ana: Enrolment
) -> None:
    page = client.get(address).content.decode()
    for words in ("Hello Ana,", "Your level?", "Beginner", "Comprendre", "(not at all)", "Noor van den Berg"):
        assert words in page
    given = {LEVEL: "c2", EXPECT: ["c1", "c3"], KEEN: "4", MANY: "3", JOB: "Élue", ELSE: "Merci\nbien"}
    saved = send(client, address, version, **given)
    assert saved["Location"] == address
    kept = Answers.objects.get(enrolment=ana)
    assert kept.values == {**given, KEEN: 4, MANY: 3}
    entry = Entry.objects.get(fact="SurveyAnswered")
    assert (entry.actor_kind, entry.link_id) == ("link", PersonalLink.objects.get().pk)
    again = client.get(address)
    assert "Your answers are saved" in again.content.decode()
    assert again.context["form"][EXPECT].value() == ["c1", "c3"]
    send(client, address, version, **{LEVEL: "c1", KEEN: ""})
    kept.refresh_from_db()
    assert kept.values == {LEVEL: "c1"}, "an answer may be taken back"


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    client: Client, address: str, version: QuestionnaireVersion
) -> None:
    told = send(client, address, version, **{MANY: "500", ELSE: "J’ai le vertige"})
    assert told.status_code == 422
    page = told.content.decode()
    assert set(told.context["form"].errors) == {LEVEL, MANY}
    assert "J’ai le vertige" in page
    assert (
        f'href="#{told.context["form"][LEVEL].id_for_label or told.context["form"][LEVEL].auto_id}"' in page
    )
    assert not Answers.objects.exists()


def test_once_the_session_has_started_it_says_so_and_loses_nothing(
    client: Client, address: str, version: QuestionnaireVersion, now: MovableClock, ana: Enrolment
) -> None:
    send(client, address, version, **{LEVEL: "c2"})
    form = client.get(address).context["form"]
    typed = {form.add_prefix(LEVEL): "c1", form.add_prefix(ELSE): "Trop tard"}
    now.move_to("2027-01-14 09:00")
    page = client.get(address).content.decode()
    assert "The session has started" in page
    assert "At ease" in page, "what was answered can be read again"
    assert "<textarea" not in page
    late = client.post(address, typed)
    assert late.status_code == 422
    assert "What you have just written was not saved" in late.content.decode()
    assert "Trop tard" in late.content.decode()
    assert Answers.objects.get().values == {LEVEL: "c2"}


def test_a_cancelled_session_asks_nothing(client: Client, address: str, ana: Enrolment) -> None:
    planning.cancel_session(session_id=ana.session_id, reason="Grève", by=COMMAND)
    assert "This session is cancelled." in client.get(address).content.decode()


def test_who_has_the_page_open_while_other_questions_are_published_is_told(
    client: Client, address: str, version: QuestionnaireVersion
) -> None:
    form = client.get(address).context["form"]
    hidden = {form[name].html_name: form[name].value() for name in ("form_token", "seen_version")}
    typed = {**hidden, form.add_prefix(LEVEL): "c2", form.add_prefix(ELSE): "Bonjour"}
    second = next_version(version, label=Words("Où en êtes-vous ?", "Where do you stand?"))
    told = client.post(address, typed)
    assert told.status_code == 422
    page = told.content.decode()
    assert "The questions have changed" in page
    assert "Where do you stand?" in page
    assert "Bonjour" in page
    fresh = told.context["form"]
    hidden = {fresh[name].html_name: fresh[name].value() for name in ("form_token", "seen_version")}
    assert client.post(address, {**typed, **hidden}).status_code == 302
    assert Answers.objects.get().version == second


def test_who_answered_goes_on_with_their_own_version(
    client: Client, address: str, version: QuestionnaireVersion, ana: Enrolment
) -> None:
    answer(ana, version)
    next_version(version, label=Words("Où en êtes-vous ?", "Where do you stand?"))
    assert "Your level?" in client.get(address).content.decode()


def test_a_link_for_something_else_or_ended_opens_nothing(
    client: Client, address: str, ana: Enrolment, now: MovableClock
) -> None:
    other = links.give(
        purpose="list", subject_id=ana.pk, to=ana.participant.email, until=clock.now() + timedelta(days=30)
    )
    assert client.get(reverse("placement", args=[token(other)])).status_code == 410
    assert client.get(reverse("placement", args=["1:x"])).status_code == 404
    now.move_to("2027-03-14 09:00")
    assert client.get(address).status_code == 410


def test_a_visit_changes_nothing_and_a_double_click_does_one_thing(
    client: Client, address: str, version: QuestionnaireVersion
) -> None:
    form = client.get(address).context["form"]
    assert not Answers.objects.exists()
    hidden = {form[name].html_name: form[name].value() for name in ("form_token", "seen_version")}
    for level in ("c1", "c2"):
        client.post(address, {**hidden, form.add_prefix(LEVEL): level})
    assert Answers.objects.get().values == {LEVEL: "c1"}
