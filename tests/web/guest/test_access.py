"""A participant tells of an access need on a page of their own."""

import pytest
from django.test import Client
from django.urls import reverse

from cordee.accommodation.models import AccommodationRequest
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.kernel.actor import COMMAND
from cordee.links import actions as links
from cordee.links.queries import token
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import enrol, plan

TOKEN = "6f0f2a52-3c53-4a0e-9f43-1c3d1b1f2a02"


@pytest.fixture
def page(cast: Cast) -> str:
    (session,) = plan(cast, cast.noor, language="en")
    (ana,) = enrol(cast, session, "Ana")
    link = links.give(
        purpose=PARTICIPANT_LINK, subject_id=ana.pk, to=ana.participant.email, until=session.ends_at
    )
    return reverse("participant_access", args=[token(link)])


def test_a_need_is_told_changed_and_taken_back(page: str, client: Client) -> None:
    for n, need in enumerate(("Une place devant.", "Une place devant, et des pauses.")):
        answer = client.post(page, {"form_token": TOKEN[:-1] + str(n), "need": need}, follow=True)
        assert need in answer.text
    told = AccommodationRequest.objects.get()
    assert (told.need, told.state) == ("Une place devant, et des pauses.", "open")
    client.post(page, {"form_token": TOKEN[:-1] + "7", "withdraw": "1"})
    told.refresh_from_db()
    assert (told.need, told.state) == ("", "withdrawn")
    assert "Une place devant" not in client.get(page).text


def test_a_double_click_tells_once(page: str, client: Client) -> None:
    for _ in range(2):
        client.post(page, {"form_token": TOKEN, "need": "Une place devant."})
    assert AccommodationRequest.objects.count() == 1


def test_nothing_told_says_so(page: str, client: Client) -> None:
    answer = client.post(page, {"form_token": TOKEN, "need": " "})
    assert answer.status_code == 422
    assert not AccommodationRequest.objects.exists()


def test_a_cancelled_session_takes_no_need(page: str, client: Client) -> None:
    planning.cancel_session(session_id=Session.objects.get().pk, reason="Grève", by=COMMAND)
    assert client.post(page, {"form_token": TOKEN, "need": "Une place devant."}).status_code == 422
    assert 'name="need"' not in client.get(page).text


def test_once_the_session_began_the_page_says_whom_to_tell(
    page: str, client: Client, now: MovableClock
) -> None:
    now.move_to("2027-01-14 09:05")
    shown = client.get(page).text
    assert 'name="need"' not in shown
    assert "Tell who runs it what would help now." in shown
