"""A session over midnight, everywhere it is told: 22:00 to 1:00 is one half-day that ends on the next day."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.accounts.models import User
from cordee.attendance import actions as attendance
from cordee.attendance import queries as presence
from cordee.attendance.states import PresenceState
from cordee.documents.queries import sheet_of
from cordee.documents.rendering.wording import columns, when
from cordee.planning.models import Session
from tests.cast import Cast
from tests.notifications.letters import events, last
from tests.steps import confirm, enrol, plan

THE_NEXT_DAY = "22\u00a0h – 1\u00a0h (le\u00a0lendemain)"


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def night(cast: Cast) -> Session:
    (session,) = plan(cast, cast.noor, starts="22:00", ends="01:00")
    confirm(cast, session, cast.noor)
    return session


def test_the_sheet_has_one_box_and_the_right_length(night: Session) -> None:
    sheet = sheet_of(night)
    times = THE_NEXT_DAY.replace(" – ", "\u00a0–\u00a0")
    assert when(sheet) == f"jeudi\u00a014 janvier 2027 · {times} · 3\u00a0h au total"
    assert columns(sheet) == [{"day": None, "period": "Soir", "times": times}]


def test_the_joining_instructions_and_the_calendar_file_end_on_the_next_day(
    cast: Cast, night: Session, settle: Callable[[], None]
) -> None:
    enrol(cast, night, "Ana")
    settle()
    message = last("ana@valmont.example")
    assert f"jeudi 14 janvier 2027, {THE_NEXT_DAY}" in message.text
    (event,) = events(message)
    assert event["dtstart"].dt == datetime(2027, 1, 14, 21, tzinfo=UTC)
    assert event["dtend"].dt == datetime(2027, 1, 15, 0, tzinfo=UTC)


def _page_of(person: Any, ref: str, name: str = "session") -> Any:
    User.objects.filter(pk=person.user_id).update(language="en")
    client = Client()
    client.force_login(person.user)
    return client.get(reverse(name, args=[ref]))


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        ("2027-01-13 23:00", False),
        ("2027-01-14 08:00", True),
        ("2027-01-15 00:30", True),
        ("2027-01-15 23:00", True),
        ("2027-01-16 00:30", False),
    ],
)
def test_it_is_today_on_both_days(cast: Cast, night: Session, now: Any, moment: str, *, today: bool) -> None:
    now.move_to(moment)
    answer = _page_of(cast.noor, night.ref)
    assert answer.context["today"] is today
    assert "Thursday 14 January 2027, 22:00 – Friday 15 January 2027, 1:00" in answer.content.decode()


def test_what_ends_at_midnight_is_over_the_next_day(cast: Cast, now: Any) -> None:
    (session,) = plan(cast, cast.noor, starts="21:00", ends="00:00")
    now.move_to("2027-01-15 08:00")
    assert _page_of(cast.noor, session.ref).context["today"] is False


def test_presence_is_recorded_after_midnight_on_its_one_half_day(
    cast: Cast, night: Session, now: Any
) -> None:
    (ana,) = enrol(cast, night, "Ana")
    now.move_to("2027-01-15 00:30")
    (column,) = _page_of(cast.noor, night.ref, "presence").context["half_days"]
    assert column.label == "22:00 – 1:00 (the\u00a0next\u00a0day)"
    assert column.begun
    attendance.record_presence(
        half_day_id=night.half_days.get().pk, states={ana.pk: PresenceState.PRESENT}, by=cast.actor(cast.noor)
    )
    assert [r.present for r in presence.records(night.pk).values()] == [1]
