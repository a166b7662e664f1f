"""What people say of one's own sessions, and of a mission one coordinates: a colleague's figures are nobody's."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.accounts.models import User
from cordee.catalogue.states import QuestionnaireKind
from cordee.network.models import Facilitator
from cordee.planning.models import Session
from cordee.surveys import actions
from cordee.surveys.models import Response, Survey
from tests.cast import Cast
from tests.certificates.stories import Settle, certified
from tests.conftest import MovableClock
from tests.surveys.opinions import ask, asked_in, fill, say


@pytest.fixture
def session(cast: Cast, now: MovableClock, settle: Settle) -> Session:
    """Five people have answered how Noor's session was; four of it is told."""
    ask(cast.workshop, QuestionnaireKind.HOT)
    session = certified(cast, now, settle, "Ana", "Ben", "Cleo", "Driss", "Eva")
    for place, asked in enumerate(asked_in(Survey.objects.get())):
        if place == 4:
            actions.close_due()
        say(asked, receipt=f"{place}", q1=9, q8=f"Plus de pauses {place}")
    return session


def read(person: Facilitator, address: str, status: int = 200) -> str:
    User.objects.filter(pk=person.user_id).update(language="en")
    client = Client()
    client.force_login(person.user)
    answer = client.get(address)
    assert answer.status_code == status
    return answer.text


def test_who_ran_a_session_reads_what_is_told_of_it_and_nobody_elses(cast: Cast, session: Session) -> None:
    own = read(cast.noor, reverse("my_opinions"))
    assert "n = 4" in own
    assert own.count("Plus de pauses") == 4, "the fifth waits for others"
    assert "Nothing stands beside yours" in own
    assert not re.search(r"others: \d", own)
    elsewhere = read(cast.elodie, reverse("my_opinions"))
    assert "Plus de pauses" not in elsewhere
    assert "No figure yet" in elsewhere


def test_with_names_less_than_four_answers_are_not_shown_to_who_ran_it(cast: Cast, session: Session) -> None:
    Survey.objects.update(anonymous=False)
    Response.objects.filter(pk=Response.objects.filter(counted=True).order_by("pk")[0].pk).delete()
    assert "Plus de pauses" not in read(cast.noor, reverse("my_opinions"))


def test_the_coordinator_reads_what_is_told_of_the_mission(cast: Cast, session: Session) -> None:
    for name, ref in (("session_opinions", session.ref), ("mission_opinions", session.mission.ref)):
        page = read(cast.camille, reverse(name, args=[ref]))
        assert "n = 4" in page
        assert page.count("Plus de pauses") == 4
        read(cast.dan, reverse(name, args=[ref]), 404)
    read(cast.noor, reverse("session_opinions", args=[session.ref]), 403)
    beside = read(cast.camille, reverse("session_beside", args=[session.ref]))
    assert re.search(r"100% answered\s*· 9.0 of 10", beside)
    mission = read(cast.camille, reverse("mission", args=[session.mission.ref]))
    assert reverse("mission_opinions", args=[session.mission.ref]) in mission


def test_a_year_costs_as_much_as_one_session(
    cast: Cast, session: Session, django_assert_max_num_queries: Any
) -> None:
    pages = (
        (cast.noor, reverse("my_opinions")),
        (cast.camille, reverse("mission_opinions", args=[session.mission.ref])),
        (cast.camille, reverse("session_opinions", args=[session.ref])),
    )
    for number in (0, 30):
        fill(session, number)
        for person, address in pages:
            client = Client()
            client.force_login(person.user)
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200
