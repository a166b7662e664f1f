"""A facilitator deposits the signed sheet through their personal link."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cordee.deposits import queries
from cordee.deposits.models import Deposit, DepositedFile
from cordee.kernel import clock
from cordee.links import actions as links
from cordee.links.models import PersonalLink
from cordee.links.queries import token
from cordee.notifications.staff import ANSWER_LINK
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import AFTER, confirm, place_of, plan

JPEG = b"\xff\xd8\xff\xe0 a photo"


@pytest.fixture
def session(cast: Cast) -> Session:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    return session


@pytest.fixture
def link(cast: Cast, client: Client, session: Session, now: MovableClock) -> PersonalLink:
    now.move_to(AFTER)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    until = session.ends_at + (clock.now() - session.starts_at)
    return links.give(
        purpose=ANSWER_LINK,
        subject_id=place_of(session, cast.noor).pk,
        to=cast.noor.user.email,
        until=until,
    )


def send(client: Client, address: str, content: bytes = JPEG) -> Any:
    key = client.get(address).context["form"]["form_token"].value()
    return client.post(address, {"form_token": key, "photo": SimpleUploadedFile("IMG_1.jpg", content)})


def test_the_link_leads_to_the_camera_once_the_session_has_begun(client: Client, link: PersonalLink) -> None:
    here = reverse("link_signed_sheet", args=[token(link)])
    assert here in client.get(reverse("answer", args=[token(link)])).text
    shown = client.get(here).text
    assert 'capture="environment"' in shown
    assert send(client, here)["Location"] == here
    made = Deposit.objects.get()
    assert (made.link_id, made.user_id) == (link.pk, None)
    assert "IMG_1.jpg" in client.get(here).text


def test_what_came_by_the_link_is_seen_by_who_runs_the_session(
    cast: Cast, client: Client, link: PersonalLink
) -> None:
    send(client, reverse("link_signed_sheet", args=[token(link)]))
    made = Deposit.objects.get()
    client.force_login(cast.camille.user)
    assert client.get(reverse("deposit", args=[made.pk])).status_code == 200
    client.force_login(cast.elodie.user)
    assert client.get(reverse("deposit", args=[made.pk])).status_code == 404


def test_who_was_taken_off_the_session_deposits_nothing_by_it(
    cast: Cast, client: Client, session: Session, link: PersonalLink
) -> None:
    here = reverse("link_signed_sheet", args=[token(link)])
    key = client.get(here).context["form"]["form_token"].value()
    Assignment.objects.update(status=AssignmentStatus.WITHDRAWN)
    assert "Only those who run this session deposit its sheet." in client.get(here).text
    answer = client.post(here, {"form_token": key, "photo": SimpleUploadedFile("a.jpg", JPEG)})
    assert answer.status_code == 422
    assert not DepositedFile.objects.exists()


def test_a_link_that_opens_nothing_takes_nothing(
    client: Client, link: PersonalLink, now: MovableClock
) -> None:
    now.at += timedelta(days=5)
    here = reverse("link_signed_sheet", args=[token(link)])
    assert client.get(here).status_code == 410
    assert client.post(here, {"photo": SimpleUploadedFile("a.jpg", JPEG)}).status_code == 410
    assert not queries.waiting_files()
