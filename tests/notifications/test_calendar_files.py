"""Calendar files: the right instants, replaced by updates, withdrawn by cancellations."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.planning.rules import SessionDraft
from tests.cast import Cast, draft
from tests.notifications.letters import events, last
from tests.planning.drafts import two_half_days
from tests.steps import enrol, plan

ANA = "ana@valmont.example"
type Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def session(cast: Cast) -> Session:
    return plan(cast, instructions="Badge à l’accueil.")[0]


def change(session: Session, wanted: SessionDraft) -> None:
    planning.change_session(session_id=session.pk, draft=wanted, expected_version=None, by=COMMAND)


def test_the_calendar_file_has_one_event_for_each_half_day_in_its_time_zone(
    cast: Cast, settle: Settle
) -> None:
    (session,) = planning.plan_sessions(
        mission_id=cast.mission.pk, line_id=cast.line.pk, draft=two_half_days(), by=COMMAND
    )
    enrol(cast, session, "Ana")
    settle()
    message = last(ANA)
    assert "METHOD:PUBLISH" in message.calendar
    assert "BEGIN:VTIMEZONE" in message.calendar
    morning, afternoon = events(message)
    assert morning["dtstart"].dt == datetime(2027, 1, 14, 8, 0, tzinfo=UTC)
    assert morning["dtend"].dt == datetime(2027, 1, 14, 11, 30, tzinfo=UTC)
    assert afternoon["dtstart"].dt == datetime(2027, 1, 14, 12, 30, tzinfo=UTC)
    assert morning["dtstart"].params["TZID"] == "Europe/Paris"
    assert morning["uid"] != afternoon["uid"]
    assert (str(morning["summary"]), str(morning["location"])) == ("Formation", "Ici")
    assert str(morning["organizer"]) == "mailto:bonjour@cordee-formation.example"


def test_an_update_replaces_the_event_and_a_cancellation_withdraws_it(
    cast: Cast, session: Session, settle: Settle
) -> None:
    enrol(cast, session, "Ana")
    settle()
    change(session, draft(date(2027, 1, 15), place="Gymnase"))
    settle()
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    settle()
    first, second, third = Message.objects.filter(to_email=ANA).order_by("pk")
    (one,), (two,), (three,) = events(first), events(second), events(third)
    assert one["uid"] == two["uid"] == three["uid"]
    assert one["sequence"] < two["sequence"] < three["sequence"]
    assert two["dtstart"].dt == datetime(2027, 1, 15, 8, 0, tzinfo=UTC)
    assert str(two["location"]) == "Gymnase"
    assert "METHOD:CANCEL" in third.calendar
    assert (str(two["status"]), str(three["status"])) == ("CONFIRMED", "CANCELLED")


def test_half_an_hour_before_the_clocks_change_is_the_right_instant(cast: Cast, settle: Settle) -> None:
    (session,) = plan(cast, day=date(2027, 3, 28), starts="09:00", ends="12:00")
    enrol(cast, session, "Ana")
    settle()
    (event,) = events(last(ANA))
    assert event["dtstart"].dt == datetime(2027, 3, 28, 7, 0, tzinfo=UTC)
