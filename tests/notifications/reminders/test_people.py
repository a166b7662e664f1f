"""Reminders to participants: once each, for who is expected, at the right morning, and never too late."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as lists
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.notifications import reminders
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.planning.rules import SessionDraft
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.notifications.letters import last, letters
from tests.notifications.reminders.conftest import Pass
from tests.steps import enrol, plan

ANA = "ana@valmont.example"
LATER = date(2027, 1, 25)
JOINING = ("joining", "sent")
WEEK, DAY = ("reminder", "sent"), ("reminder_last", "sent")


@pytest.fixture
def session(cast: Cast) -> Session:
    """Return a session on Thursday 14 January, ten days from now, with Ana on its list."""
    (planned,) = plan(cast, instructions="Badge à l’accueil.")
    enrol(cast, planned, "Ana")
    return planned


def change(session: Session, wanted: SessionDraft) -> None:
    planning.change_session(session_id=session.pk, draft=wanted, expected_version=None, by=COMMAND)


def test_two_reminders_leave_at_nine_a_week_and_a_day_before(session: Session, until: Pass) -> None:
    until("2027-01-14 12:30")
    assert letters(ANA) == [JOINING, WEEK, DAY]
    sent = Message.objects.filter(to_email=ANA, purpose__startswith="reminder").order_by("pk")
    assert [m.sent_at.isoformat() for m in sent if m.sent_at] == [
        "2027-01-07T08:00:00+00:00",
        "2027-01-13T08:00:00+00:00",
    ]
    for told in ("Ana", "Atelier", "jeudi 14 janvier 2027", "salle des mariages", "Badge à l’accueil."):
        assert told in last(ANA).text
    assert last(ANA).calendar == ""
    assert last(ANA).session_id == session.pk


def test_a_reminder_is_written_two_days_ahead_to_be_seen_and_stopped(
    session: Session, until: Pass, now: MovableClock
) -> None:
    until("2027-01-05 08:00")
    assert letters(ANA) == [JOINING]
    until("2027-01-05 10:00")
    assert letters(ANA) == [JOINING, ("reminder", "queued")]
    waiting = last(ANA)
    assert waiting.due_at.isoformat() == "2027-01-07T08:00:00+00:00"
    assert waiting.until == session.starts_at


def test_it_leaves_in_the_morning_of_where_the_session_is(cast: Cast, until: Pass) -> None:
    (far,) = plan(cast, time_zone="Indian/Reunion", place="Saint-Denis")
    enrol(cast, far, "Ana")
    until("2027-01-08 08:00")
    assert last(ANA).sent_at is not None
    assert last(ANA).due_at.isoformat() == "2027-01-07T05:00:00+00:00"
    assert "9\u00a0h – 12\u00a0h\n(heure de La Réunion)" in last(ANA).text


def test_what_would_come_too_late_is_not_written(cast: Cast, until: Pass, now: MovableClock) -> None:
    now.move_to("2027-01-12 12:00")
    (session,) = plan(cast)
    enrol(cast, session, "Ana")
    until("2027-01-14 12:30")
    assert letters(ANA) == [JOINING], "who was told the day before needs no reminder"


def test_who_comes_late_on_the_list_is_reminded_with_the_others(
    cast: Cast, session: Session, until: Pass
) -> None:
    until("2027-01-05 12:00")
    enrol(cast, session, "Bo")
    until("2027-01-07 09:00")
    assert sorted(letters("bo@valmont.example")) == [JOINING, WEEK]


def test_a_session_that_moves_takes_its_reminders_along(session: Session, until: Pass) -> None:
    until("2027-01-06 12:00")
    assert letters(ANA)[1:] == [("reminder", "queued")]
    change(session, draft(LATER))
    until("2027-01-17 12:00")
    assert letters(ANA) == [
        JOINING,
        ("reminder", "cancelled"),
        ("joining_changed", "sent"),
        ("reminder", "queued"),
    ]
    until("2027-01-25 08:00")
    assert letters(ANA)[3:] == [WEEK, DAY]
    assert "lundi 25 janvier 2027" in last(ANA).text


def test_moved_and_back_again_it_is_one_reminder_for_each_day(session: Session, until: Pass) -> None:
    until("2027-01-07 12:00")
    change(session, draft(LATER))
    until("2027-01-08 12:00")
    change(session, draft())
    until("2027-01-14 08:00")
    reminded = [m for m in letters(ANA) if m[0].startswith("reminder")]
    assert reminded == [WEEK, DAY]


def test_moved_by_an_hour_what_waits_says_so(session: Session, until: Pass) -> None:
    until("2027-01-06 12:00")
    change(session, draft(starts="14:00", ends="17:00"))
    until("2027-01-07 12:00")
    assert letters(ANA) == [JOINING, WEEK, ("joining_changed", "sent")]
    assert "14\u00a0h" in Message.objects.get(purpose="reminder").text


def test_nobody_is_reminded_of_a_session_that_was_cancelled(session: Session, until: Pass) -> None:
    until("2027-01-06 12:00")
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    until("2027-01-14 12:00")
    assert letters(ANA) == [JOINING, ("reminder", "cancelled"), ("joining_cancelled", "sent")]


def test_who_is_taken_off_is_not_reminded_and_who_is_put_back_is(
    cast: Cast, session: Session, until: Pass
) -> None:
    until("2027-01-06 12:00")
    (row,) = enrol(cast, session, "Bo")
    until("2027-01-11 12:00")
    assert letters("bo@valmont.example") == [JOINING, ("reminder_last", "queued")]
    enrolment.cancel_enrolment(enrolment_id=row.pk, by=COMMAND)
    until("2027-01-11 13:00")
    assert ("reminder_last", "cancelled") in letters("bo@valmont.example")
    enrol(cast, session, "Bo")
    until("2027-01-13 12:00")
    assert letters("bo@valmont.example")[-1] == JOINING
    assert ("reminder_last", "sent") in letters("bo@valmont.example")


def test_who_is_moved_to_another_session_is_reminded_of_that_one(
    cast: Cast, session: Session, until: Pass
) -> None:
    (other,) = plan(cast, title="Autre atelier", starts="14:00", ends="17:00")
    until("2027-01-06 12:00")
    (row,) = lists.enrolments(session.pk)
    enrolment.move(enrolment_ids=[row.pk], session_id=other.pk, by=COMMAND)
    until("2027-01-07 12:00")
    reminded = Message.objects.filter(to_email=ANA, purpose="reminder").order_by("pk")
    assert [(m.session_id, m.state) for m in reminded] == [(session.pk, "cancelled"), (other.pk, "sent")]


def test_a_corrected_address_gets_the_reminder_and_the_wrong_one_does_not(
    cast: Cast, session: Session, until: Pass
) -> None:
    until("2027-01-06 12:00")
    (row,) = lists.enrolments(session.pk)
    right = Person(email="anna@valmont.example", first_name="Anna", last_name="N")
    enrolment.correct(enrolment_id=row.pk, person=right, by=COMMAND)
    until("2027-01-07 12:00")
    assert letters(ANA) == [JOINING, ("reminder", "cancelled")]
    assert sorted(letters("anna@valmont.example")) == [JOINING, WEEK]


def test_who_has_no_address_is_not_written_to(cast: Cast, until: Pass) -> None:
    (session,) = plan(cast)
    enrolment.enrol(session_id=session.pk, people=[Person(first_name="Ana")], by=COMMAND)
    until("2027-01-14 12:00")
    assert letters() == []


def test_reminders_change_nothing_about_who_was_told(
    cast: Cast, session: Session, until: Pass, settle: Callable[[], None]
) -> None:
    until("2027-01-07 12:00")
    change(session, draft(place="Gymnase"))
    settle()
    assert letters(ANA) == [JOINING, WEEK, ("joining_changed", "sent")]
    until("2027-01-12 12:00")
    change(session, draft(title="Autre titre", place="Gymnase"))
    settle()
    assert letters(ANA)[3:] == [("reminder_last", "queued")], "what waits is not taken for an old message"
    assert "Autre titre" in last(ANA).subject


def test_a_server_that_comes_back_too_late_sends_no_stale_reminder(
    session: Session, until: Pass, settings: Any, settle: Callable[[], None]
) -> None:
    until("2027-01-12 12:00")
    settings.DEMO = False
    until("2027-01-14 09:30")
    settings.DEMO = True
    settle()
    assert letters(ANA) == [JOINING, WEEK, ("reminder_last", "cancelled")]


def test_looking_for_what_is_due_costs_the_same_with_many_sessions(
    cast: Cast, session: Session, until: Pass, django_assert_max_num_queries: Any, settle: Callable[[], None]
) -> None:
    sessions = [session, *plan(cast, count=3)]
    for planned in sessions[1:]:
        enrol(cast, planned, "Bo", "Cy")
    settle()
    until("2027-01-06 12:00")
    with django_assert_max_num_queries(14):
        reminders.write_due()
    assert letters().count(("reminder", "queued")) == 7
