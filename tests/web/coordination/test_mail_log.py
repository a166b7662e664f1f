"""The log of a mission and of a session: fates, and what those who run the mission do about them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.kernel import clock
from cordee.mail.models import Message
from cordee.planning.models import Session
from tests.cast import Cast
from tests.steps import enrol, plan
from tests.web.coordination.conftest import Visitor


@pytest.fixture
def session(cast: Cast, settle: Callable[[], None], settings: Any) -> Session:
    """Return a session about which Noor was asked, and Ana and Bo were told."""
    settings.DEMO = True
    (planned,) = plan(cast, cast.noor)
    enrol(cast, planned, "Ana", "Bo")
    settle()
    return planned


def about(name: str) -> Message:
    return Message.objects.filter(to_email__startswith=name).order_by("-pk")[0]


def of_mission(cast: Cast, verb: str, message: Message) -> str:
    return reverse(f"mission_mail{verb}", args=[cast.mission.ref, message.pk])


def test_every_message_stands_there_with_its_fate(cast: Cast, session: Session, camille: Visitor) -> None:
    Message.objects.filter(to_email="bo@valmont.example").update(
        state="failed", sent_at=None, error="550 No such user here"
    )
    Message.objects.filter(to_email="noor@reseau.example", purpose="staffing_request").update(
        state="queued", sent_at=None, due_at=clock.now() + timedelta(days=1)
    )
    for page in (
        camille.get(reverse("mission_mails", args=[cast.mission.ref])),
        camille.get(reverse("session_mails", args=[session.ref])),
    ):
        for told in ("Joining instructions", "550 No such user here", "tomorrow 12:00", "Send again", "Stop"):
            assert told in page, told
    failed = camille.get(reverse("mission_mails", args=[cast.mission.ref]) + "?state=failed&purpose=joining")
    assert "bo@valmont.example" in failed
    assert "ana@valmont.example" not in failed
    assert reverse("mission_mails", args=[cast.mission.ref]) in camille.get(
        reverse("mission", args=[cast.mission.ref])
    )


def test_the_coordinator_sends_again_and_both_stay_in_the_log(
    cast: Cast, session: Session, camille: Visitor, settle: Callable[[], None]
) -> None:
    back = reverse("session_mails", args=[session.ref])
    original = about("ana")
    for _click in range(2):
        page = camille.follow(of_mission(cast, "_again", original), {"copies": "0", "next": back})
    assert "A copy leaves within a minute." in page
    assert "sent again 1 time" in page
    assert "a copy, sent by hand" in page
    settle()
    assert Message.objects.filter(to_email="ana@valmont.example", state="sent").count() == 2
    assert "A message sent again" in camille.get(reverse("mission_timeline", args=[cast.mission.ref]))


def test_the_coordinator_stops_what_waits_and_lets_it_go(
    cast: Cast, session: Session, camille: Visitor
) -> None:
    waiting = about("ana")
    later = clock.now() + timedelta(hours=2)
    Message.objects.filter(pk=waiting.pk).update(state="queued", sent_at=None, due_at=later)
    page = camille.follow(of_mission(cast, "_stop", waiting))
    assert "The message will not leave." in page
    assert "stopped by hand" in page
    assert "Let it leave" in page
    camille.post(of_mission(cast, "_release", waiting))
    waiting.refresh_from_db()
    assert waiting.stopped_at is None


def test_nobody_is_sent_elsewhere_after(cast: Cast, session: Session, camille: Visitor) -> None:
    answer = camille.post(of_mission(cast, "_stop", about("ana")), {"next": "//evil.example/"})
    assert answer["Location"] == reverse("mission_mails", args=[cast.mission.ref])


def test_personal_links_of_others_are_not_shown(cast: Cast, session: Session, camille: Visitor) -> None:
    asked = about("noor")
    secret = asked.text.split("/a/")[1].split("/")[0]
    page = camille.get(of_mission(cast, "", asked))
    assert secret not in page
    assert "/a/…" in page
    assert "The personal link is not shown" in page


def test_those_of_the_office_who_do_not_read_mail_see_fates_only(
    cast: Cast, session: Session, come: Callable[[Any], Visitor]
) -> None:
    farid = come(cast.farid)
    page = farid.get(reverse("mission_mails", args=[cast.mission.ref]))
    assert "Joining instructions" in page
    assert "Send again" not in page
    farid.get(of_mission(cast, "", about("ana")), status=403)


def test_a_refusal_is_told_where_it_was_asked(cast: Cast, session: Session, olga: Visitor) -> None:
    from cordee.kernel.actor import COMMAND  # noqa: PLC0415 - the story of this test alone
    from cordee.planning import actions as planning  # noqa: PLC0415 - as above

    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    page = olga.follow(of_mission(cast, "_again", about("ana")))
    assert "was cancelled: this message would be wrong now" in page


def test_the_log_costs_the_same_with_many_rows(cast: Cast, session: Session, camille: Visitor) -> None:
    address = reverse("mission_mails", args=[cast.mission.ref])
    camille.get(address)
    with CaptureQueriesContext(connection) as few:
        camille.get(address)
    copied = ("purpose", "about_kind", "mission_id", "to_email", "subject", "text", "due_at", "queued_at")
    first = about("ana")
    values = {name: getattr(first, name) for name in copied}
    Message.objects.bulk_create(Message(key=f"more:{n}", **values) for n in range(60))
    with CaptureQueriesContext(connection) as lots:
        page = camille.get(address)
    assert len(few) == len(lots) <= 12
    assert "page=2" in page
