"""Answering a request to run a session through a personal link."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from cordee.accounts.models import User
from cordee.journal.models import Entry
from cordee.kernel.periods import half_days_between
from cordee.links import actions as links
from cordee.links.models import PersonalLink
from cordee.mail.models import Message
from cordee.notifications.staff import ANSWER_LINK
from cordee.planning import actions as planning
from cordee.planning.models import Assignment
from cordee.planning.states import AssignmentStatus, StaffRole
from tests.cast import THURSDAY, Cast, draft

S = AssignmentStatus


@pytest.fixture
def place(cast: Cast) -> Assignment:
    """Ask Idris, who reads English, to run a workshop."""
    User.objects.filter(pk=cast.idris.user_id).update(language="en")
    (session,) = planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(instructions="Badge à l’accueil."),
        facilitator_ids=[cast.idris.pk],
        by=cast.actor(cast.camille),
    )
    return session.assignments.get()


@pytest.fixture
def address(place: Assignment, settle: Callable[[], None]) -> str:
    """Return the address in the mail that Idris gets."""
    settle()
    text = Message.objects.get(purpose="staffing_request").text
    found = re.search(r"https?://[^/]+(/a/\S+)", text)
    assert found
    return found[1]


def give(client: Client, address: str, **given: str) -> Any:
    form = client.get(address).context["question"].form
    return client.post(address, {"form_token": form["form_token"].value(), **given})


def status(place: Assignment) -> str:
    place.refresh_from_db()
    return str(place.status)


def test_the_link_of_the_mail_shows_the_request_without_an_account(address: str, client: Client) -> None:
    page = client.get(address).text
    for words in (
        "Hello Idris,",
        "Can you run “Atelier”?",
        "Please answer by Thursday 7 January 2027.",
        "Thursday 14 January 2027, 9:00 – 12:00",
        "Hôtel de ville, salle des mariages",
        "Ville de Valmont",
        "Atelier 3 h",
        "€250.00",
        "Badge à l’accueil.",
        "Camille Rousset",
        "mailto:camille@reseau.example",
    ):
        assert words in page
    assert "/account/login" not in page


def test_mail_scanners_change_nothing(address: str, place: Assignment, client: Client) -> None:
    before = Entry.objects.count()
    for _ in range(3):
        client.get(address + "?answer=accept")
        client.head(address)
        client.options(address)
    assert status(place) == S.INVITED
    assert Entry.objects.count() == before
    assert PersonalLink.objects.get().last_used_at is None


def test_accepting(address: str, place: Assignment, client: Client) -> None:
    assert give(client, address, answer="accept").headers["Location"] == address
    assert status(place) == S.CONFIRMED
    page = client.get(address).text
    assert "Accepted: “Atelier” is yours." in page
    assert "You accepted" in page
    assert 'value="accept"' not in page
    assert 'value="decline"' not in page
    assert "only they can take you off now" in page
    assert PersonalLink.objects.get().last_used_at is not None


def test_the_journal_says_that_the_link_answered(address: str, client: Client) -> None:
    give(client, address, answer="accept")
    entry = Entry.objects.latest("pk")
    assert (entry.actor_kind, entry.link_id, entry.user_id) == ("link", PersonalLink.objects.get().pk, None)


def test_declining_with_a_reason_reaches_the_coordinator(
    address: str, place: Assignment, client: Client, settle: Callable[[], None]
) -> None:
    give(client, address, answer="decline", reason="Je suis à Lyon ce jour-là")
    assert status(place) == S.DECLINED
    settle()
    told = Message.objects.get(purpose="staffing_declined")
    assert told.to_email == "camille@reseau.example"
    assert "Je suis à Lyon ce jour-là" in told.text


def test_a_no_without_its_reason_is_asked_for_it(address: str, place: Assignment, client: Client) -> None:
    for reason in ("", "   "):
        refused = give(client, address, answer="decline", reason=reason)
        assert refused.status_code == 422
        assert "(optional)" not in refused.content.decode(), "what is asked for is not called optional"
        assert "Say in a few words why not" in refused.context["question"].form.errors["reason"][0]
        assert status(place) == S.INVITED


def test_one_can_change_ones_mind_after_declining(address: str, place: Assignment, client: Client) -> None:
    give(client, address, answer="decline", reason="Déjà pris")
    page = client.get(address).text
    assert "You declined" in page
    assert "I can after all: accept" in page
    give(client, address, answer="accept")
    assert status(place) == S.CONFIRMED


def test_who_accepted_is_told_to_ask_the_coordinator(address: str, place: Assignment, client: Client) -> None:
    form = client.get(address).context["question"].form
    give(client, address, answer="accept")
    refused = client.post(
        address, {"form_token": form["form_token"].value(), "answer": "decline", "reason": "Non"}
    )
    assert refused.status_code == 422
    assert "The status cannot change" in refused.text
    assert status(place) == S.CONFIRMED


def test_a_double_click_answers_once(address: str, place: Assignment, client: Client) -> None:
    form = client.get(address).context["question"].form
    sent = {"form_token": form["form_token"].value(), "answer": "decline", "reason": "Non"}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(link_id=PersonalLink.objects.get().pk).count() == 1


def test_a_place_taken_meanwhile_is_explained(
    address: str, place: Assignment, cast: Cast, client: Client
) -> None:
    give(client, address, answer="decline", reason="Déjà pris")
    for facilitator in (cast.noor, cast.elodie, cast.dan, cast.camille):
        planning.put_on(
            session_id=place.session_id, facilitator_id=facilitator.pk, by=cast.actor(cast.camille)
        )
    refused = give(client, address, answer="accept")
    assert refused.status_code == 422
    assert "at most 4 facilitators" in refused.text
    assert status(place) == S.DECLINED


def test_no_button_pressed_loses_nothing(address: str, client: Client) -> None:
    refused = give(client, address, reason="Trop loin")
    assert refused.status_code == 422
    assert "Press one of the buttons" in refused.text
    assert "Trop loin" in refused.text


def test_a_clash_is_shown(address: str, cast: Cast, client: Client) -> None:
    other = cast.other_mission
    planning.plan_sessions(
        mission_id=other.pk,
        line_id=other.order.lines.get().pk,
        draft=draft(title="Ailleurs"),
        facilitator_ids=[cast.idris.pk],
        despite_clash=True,
        by=cast.actor(cast.dan),
    )
    page = client.get(address).text
    assert "You are expected elsewhere at that time" in page
    assert "Ailleurs" in page


def test_an_observer_is_told_that_nothing_is_paid(
    address: str, place: Assignment, cast: Cast, client: Client
) -> None:
    planning.set_role(assignment_id=place.pk, role=StaffRole.OBSERVER, by=cast.actor(cast.camille))
    assert "none: you are asked as an observer" in client.get(address).text


def test_a_cancelled_session_says_why(address: str, place: Assignment, cast: Cast, client: Client) -> None:
    planning.cancel_session(session_id=place.session_id, reason="Mairie fermée", by=cast.actor(cast.camille))
    page = client.get(address).text
    assert "This session is cancelled" in page
    assert "Mairie fermée" in page
    assert 'value="accept"' not in page


def test_who_was_taken_off_reads_it(address: str, place: Assignment, cast: Cast, client: Client) -> None:
    planning.set_status(assignment_id=place.pk, status=S.WITHDRAWN, by=cast.actor(cast.camille))
    page = client.get(address).text
    assert "You are no longer expected" in page
    assert 'value="accept"' not in page


def test_once_started_it_is_too_late(address: str, place: Assignment, client: Client, now: Any) -> None:
    form = client.get(address).context["question"].form
    now.move_to("2027-01-14 09:05")
    page = client.get(address).text
    assert "It is too late to answer here" in page
    assert 'value="accept"' not in page
    refused = client.post(address, {"form_token": form["form_token"].value(), "answer": "accept"})
    assert refused.status_code == 422
    assert "too late to answer" in refused.text
    assert status(place) == S.INVITED


def check_gone(answer: Any, status_code: int) -> None:
    assert answer.status_code == status_code
    assert "This link no longer works" in answer.text
    assert "open the e-mail again" in answer.text
    assert reverse("my_work") in answer.text
    assert "bonjour@cordee-formation.example" in answer.text


def test_a_link_that_ended(address: str, now: Any) -> None:
    client = Client(headers={"accept-language": "en"})
    now.move_to("2027-01-16 09:00")
    check_gone(client.get(address), 410)
    check_gone(client.post(address, {"answer": "accept"}), 410)


def test_a_link_that_was_revoked(address: str, place: Assignment) -> None:
    links.revoke(purpose=ANSWER_LINK, subject_id=place.pk)
    check_gone(Client(headers={"accept-language": "en"}).get(address), 410)
    assert status(place) == S.INVITED


def test_a_link_that_was_cut_in_two_or_forged(address: str, place: Assignment) -> None:
    client = Client(headers={"accept-language": "en"})
    for wrong in (address[:-6] + "/", f"/a/{place.pk}/", "/a/1:abc/", f"/a/{Signer().sign('1')}/"):
        check_gone(client.get(wrong), 404)
        check_gone(client.post(wrong, {"answer": "accept"}), 404)
    assert status(place) == S.INVITED


def test_a_link_for_something_else_opens_nothing(address: str, place: Assignment) -> None:
    PersonalLink.objects.update(purpose="something else")
    check_gone(Client(headers={"accept-language": "en"}).get(address), 410)


def test_a_link_answers_for_its_own_person_only(
    address: str, place: Assignment, cast: Cast, client: Client
) -> None:
    client.force_login(cast.noor.user)
    give(client, address, answer="accept")
    assert status(place) == S.CONFIRMED
    assert not Assignment.objects.filter(facilitator=cast.noor).exists()


def test_the_page_speaks_the_facilitators_language_unless_told_otherwise(
    address: str, client: Client
) -> None:
    assert '<html lang="en"' in client.get(address, headers={"accept-language": "fr"}).text
    client.post(reverse("set_language"), {"language": "fr", "next": address})
    assert '<html lang="fr"' in client.get(address).text


def test_it_is_not_for_search_engines_nor_for_other_sites(address: str, client: Client) -> None:
    answer = client.get(address)
    assert 'content="noindex, nofollow"' in answer.text
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]


def test_half_days_are_all_listed(cast: Cast, client: Client, settle: Callable[[], None]) -> None:
    slots = half_days_between(THURSDAY, time(9), time(17))
    User.objects.filter(pk=cast.idris.user_id).update(language="en")
    planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=replace(draft(time_zone="Indian/Reunion"), half_days=slots),
        facilitator_ids=[cast.idris.pk],
        by=cast.actor(cast.camille),
    )
    settle()
    found = re.search(r"(/a/\S+)", Message.objects.get(purpose="staffing_request").text)
    assert found
    page = client.get(found[1]).text
    assert page.count("Thursday 14 January 2027, ") == 2
    assert "(Réunion time)" in page


def test_it_costs_few_queries(address: str, client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        client.get(address)
