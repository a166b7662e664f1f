"""The participant's own page: what it shows as time goes by, their name, their documents."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from cordee.catalogue import actions as catalogue
from cordee.catalogue.rules import ServiceChanges
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.journal.models import Entry
from cordee.kernel.actor import COMMAND
from cordee.links.models import PersonalLink
from cordee.mail.models import Message
from cordee.organisation import actions as organisation
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.planning.states import DeliveryMode
from tests.cast import Cast, draft
from tests.papers import PDF
from tests.steps import confirm, enrol, plan, told

type Settle = Callable[[], None]


@pytest.fixture
def session(cast: Cast) -> Session:
    """Return a session in English, run by Noor."""
    (session,) = plan(cast, cast.noor, instructions="Badge à l’accueil.", language="en")
    confirm(cast, session, cast.noor)
    return session


@pytest.fixture
def ana(cast: Cast, session: Session) -> Enrolment:
    person = Person(
        email="ana@valmont.example", first_name="Ana", last_name="Nunez", details={"Service": "Voirie"}
    )
    return enrolment.enrol(session_id=session.pk, people=[person], by=cast.actor(cast.camille)).new[0]


@pytest.fixture
def address(ana: Enrolment, settle: Settle) -> str:
    """Return the address on the button of Ana's joining instructions."""
    settle()
    message = Message.objects.get(purpose="joining")
    found = re.search(r"https?://[^/]+(/p/\S+)", message.text)
    assert found
    assert f'href="http://localhost:8000{found[1]}"' in message.html
    return found[1]


def give(client: Client, address: str, **names: str) -> Any:
    token = client.get(address).context["form"]["form_token"].value()
    return client.post(address, {"form_token": token, **names})


def test_everything_one_needs_before_coming(cast: Cast, address: str, client: Client) -> None:
    catalogue.change_service_type(
        service_type_id=cast.workshop.pk,
        changes=ServiceChanges(programme="Objectif : comprendre."),
        programme_file=PDF,
        expected_version=None,
        by=COMMAND,
    )
    organisation.update(papers={"welcome_booklet": PDF}, expected_version=None, by=COMMAND)
    page = client.get(address).text
    for words in (
        "Hello Ana,",
        "You are enrolled",
        "Thursday 14 January 2027, 9:00 – 12:00",
        "https://www.openstreetmap.org/search?query=H%C3%B4tel%20de%20ville",
        "Noor van den Berg",
        "Ville de Valmont",
        "Badge à l’accueil.",
        "Entrée par la cour",
        "Objectif : comprendre.",
        address + "session.ics",
        address + "papers/programme/",
        address + "papers/welcome-booklet/",
        "Ana Nunez",
        "ana@valmont.example",
        "Voirie",
        "mailto:bonjour@cordee-formation.example",
        reverse("privacy_notice"),
    ):
        assert words in page
    for words in ("internal-rules", "/account/login", "Local time of", "Something has changed"):
        assert words not in page


def test_by_video_and_in_another_time_zone(cast: Cast, client: Client, settle: Settle) -> None:
    (session,) = plan(
        cast,
        mode=DeliveryMode.REMOTE,
        video_link="https://visio.example/abc",
        place="",
        time_zone="Indian/Reunion",
        language="en",
    )
    enrol(cast, session, "Bo")
    settle()
    found = re.search(r"(/p/\S+)", Message.objects.get(purpose="joining").text)
    assert found
    page = client.get(found[1]).text
    assert "(Réunion time)" in page
    assert re.search(r'href="https://visio.example/abc" rel="noreferrer"', page)
    assert "openstreetmap" not in page


def test_what_changed_is_said_and_what_stands_is_current(
    session: Session, address: str, client: Client, now: Any
) -> None:
    now.move_to("2027-01-06 09:00")
    moved = draft(place="Gymnase", language="en", starts="14:00", ends="17:00")
    planning.change_session(session_id=session.pk, draft=moved, expected_version=None, by=COMMAND)
    page = client.get(address).text
    assert "Something has changed" in page
    assert "Gymnase" in page
    assert "14:00 – 17:00" in page
    assert "salle des mariages" not in page


def test_the_page_follows_the_day(address: str, client: Client, now: Any) -> None:
    now.move_to("2027-01-14 09:30")
    page = client.get(address).text
    assert "It has begun" in page
    assert "session.ics" not in page
    now.move_to("2027-01-14 12:30")
    assert "This session is over" in client.get(address).text
    now.move_to("2027-07-20 12:00")
    assert client.get(address).status_code == 410


def test_who_was_taken_off_reads_it_and_no_more(
    cast: Cast, ana: Enrolment, address: str, client: Client
) -> None:
    enrolment.cancel_enrolment(enrolment_id=ana.pk, by=cast.actor(cast.camille))
    page = client.get(address).text
    assert "You are no longer expected" in page
    for words in ("Hôtel de ville", "Badge à l’accueil", "Correct my name", "session.ics"):
        assert words not in page
    assert client.get(address + "session.ics").status_code == 404


def test_a_cancelled_session_says_why(session: Session, address: str, client: Client) -> None:
    planning.cancel_session(session_id=session.pk, reason="Mairie fermée", by=COMMAND)
    page = client.get(address).text
    assert "This session is cancelled" in page
    assert "Mairie fermée" in page
    assert "Hôtel de ville" not in page


def test_the_calendar_file_is_the_one_of_the_mail(address: str, client: Client) -> None:
    answer = client.get(address + "session.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Content-Disposition"] == 'attachment; filename="session.ics"'
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    (mailed,) = Calendar.from_ical(Message.objects.get(purpose="joining").calendar).walk("VEVENT")
    assert event["UID"] == mailed["UID"], "a second entry in the calendar for one session"
    assert event["DTSTART"].dt == mailed["DTSTART"].dt


def test_documents_open_for_those_who_have_a_link_only(cast: Cast, address: str, client: Client) -> None:
    path = address + "papers/internal-rules/"
    assert client.get(path).status_code == 404
    organisation.update(papers={"internal_rules": PDF}, expected_version=None, by=COMMAND)
    paper = client.get(path)
    assert (paper.content, paper["Content-Type"]) == (PDF, "application/pdf")
    assert paper["Content-Disposition"] == 'inline; filename="internal-rules.pdf"'
    assert paper["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in paper["Cache-Control"]
    for wrong in (address[:-6] + "/papers/internal-rules/", address + "papers/logo/"):
        assert client.get(wrong).status_code == 404


def test_the_name_is_corrected_with_a_trace(
    cast: Cast, ana: Enrolment, address: str, client: Client, settle: Settle
) -> None:
    answer = give(client, address, first_name=" Aña ", last_name="Núñez")
    assert answer.headers["Location"] == address + "#me"
    ana.participant.refresh_from_db()
    assert ana.participant.full_name == "Aña Núñez"
    page = client.get(address).text
    assert "your name is corrected" in page
    assert "Aña Núñez" in page
    entry = Entry.objects.get(fact="ParticipantCorrected")
    link = PersonalLink.objects.get(purpose="participant")
    assert (entry.actor_kind, entry.link_id) == ("link", link.pk)
    assert entry.payload["fields"] == ["first_name", "last_name"]
    assert link.last_used_at is not None
    settle()
    assert Message.objects.filter(purpose="joining_changed").count() == 0
    client.force_login(cast.camille.user)
    timeline = client.get(reverse("session", args=[ana.session.ref]), headers={"accept-language": "en"}).text
    assert "orthographe de son nom" in timeline or "spelling of their own name" in timeline


def test_the_address_is_not_changed_from_here(ana: Enrolment, address: str, client: Client) -> None:
    give(client, address, first_name="Ana", last_name="Nunez", email="somebody@else.example")
    ana.participant.refresh_from_db()
    assert ana.participant.email == "ana@valmont.example"
    assert told() == []


@pytest.mark.parametrize("names", [{"first_name": "", "last_name": " "}, {"first_name": "x" * 101}])
def test_a_name_that_is_none_is_refused_and_kept_on_screen(
    names: dict[str, str], ana: Enrolment, address: str, client: Client
) -> None:
    refused = give(client, address, **{"last_name": "Nunez", **names})
    assert refused.status_code == 422
    assert not names["first_name"] or f'value="{names["first_name"]}"' in refused.text
    assert '<details class="correct" open>' in refused.text
    assert not Entry.objects.filter(fact="ParticipantCorrected").exists()


def test_a_plain_visit_changes_nothing(address: str, client: Client) -> None:
    before = Entry.objects.count()
    client.get(address + "?first_name=X&last_name=Y")
    client.head(address)
    assert Entry.objects.count() == before
    assert PersonalLink.objects.get(purpose="participant").last_used_at is None


def test_the_page_speaks_the_language_of_the_session_unless_told_otherwise(
    address: str, client: Client
) -> None:
    assert '<html lang="en"' in client.get(address, headers={"accept-language": "fr"}).text
    client.post(reverse("set_language"), {"language": "fr", "next": address})
    page = client.get(address).text
    assert '<html lang="fr"' in page
    assert "Mettre dans mon agenda" in page


def test_a_link_of_another_kind_or_cut_in_two_opens_nothing(address: str, client: Client) -> None:
    english = {"accept-language": "en"}
    for wrong in (address[:-6] + "/", "/p/1:abc/", address.replace("/p/", "/a/")):
        answer = client.get(wrong, headers=english)
        assert answer.status_code in {404, 410}
        assert "This link no longer works" in answer.text
        assert reverse("lost_link") in answer.text
    PersonalLink.objects.update(purpose="something else")
    assert client.get(address).status_code == 410


def test_the_office_does_not_read_the_link(cast: Cast, address: str, client: Client, settings: Any) -> None:
    client.force_login(cast.olga)
    message = Message.objects.get(purpose="joining")
    token = address.split("/")[2]
    for name in ("mail_message", "mail_html"):
        assert token not in client.get(reverse(name, args=[message.pk])).text


def test_it_costs_few_queries(address: str, client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(9):
        client.get(address)
