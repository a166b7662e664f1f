"""News of a change say what was and what is; they wait some minutes, and what is undone by then is no news."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cordee.journal import actions as journal
from cordee.kernel.actor import COMMAND
from cordee.mail import actions as mail
from cordee.mail.models import Message
from cordee.mail.states import MessageState
from cordee.notifications import actions, participants, queries, staff
from cordee.notifications.mails import Purpose
from cordee.notifications.states import MailRule, Timing
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import THURSDAY, Cast, draft
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import enrol, plan

type Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def session(cast: Cast, settle: Settle) -> Session:
    """Return a session of which Ana was told, and Noor was asked to run it."""
    cast.noor.user.language = "en"
    cast.noor.user.save()
    (session,) = plan(cast, cast.noor, language="en")
    enrol(cast, session, "Ana")
    settle()
    return session


def change(session: Session, **changes: object) -> None:
    planning.change_session(
        session_id=session.pk,
        draft=draft(THURSDAY, **changes, language="en"),  # type: ignore[arg-type]
        expected_version=None,
        by=COMMAND,
    )


def work() -> None:
    """Do what the worker does, without letting the minutes pass that news wait."""
    while journal.deliver_due():
        pass
    mail.send_due()


def news() -> list[Message]:
    """Return what waits."""
    return list(Message.objects.filter(state=MessageState.QUEUED).order_by("pk"))


def test_old_and_new_stand_side_by_side(session: Session) -> None:
    change(session, starts="10:00", place="Salle des fêtes")
    work()
    told = {m.purpose: m.text for m in news()}
    assert set(told) == {Purpose.JOINING_CHANGED, Purpose.STAFFING_CHANGED}
    for text in told.values():
        assert "Thursday, 14 January 2027, 9:00 – 12:00\n→ Thursday, 14 January 2027, 10:00 – 12:00" in text
        assert "Hôtel de ville, salle des mariages\n→ Salle des fêtes" in text


def test_old_and_new_stand_above_the_practical_notes(session: Session) -> None:
    change(session, place="Salle des fêtes", instructions="Ring at the desk.")
    work()
    (text,) = [m.text for m in news() if m.purpose == Purpose.JOINING_CHANGED]
    assert text.index("has changed") < text.index("→ Salle des fêtes") < text.index("Ring at the desk.")


def test_what_did_not_change_is_said_once(session: Session) -> None:
    change(session, place="Salle des fêtes")
    work()
    assert [m.text.count("9:00 – 12:00") for m in news()] == [1, 1]


def test_news_leave_after_some_minutes_and_not_before(session: Session, now: MovableClock) -> None:
    began = now.at
    change(session, starts="10:00")
    work()
    assert {m.due_at for m in news()} == {began + timedelta(minutes=10)}
    now.at = began + timedelta(minutes=9)
    work()
    assert len(news()) == 2
    now.at = began + timedelta(minutes=10)
    work()
    assert news() == []


def test_computed_again_news_do_not_wait_longer(session: Session, now: MovableClock) -> None:
    change(session, starts="10:00")
    work()
    due = {m.due_at for m in news()}
    now.at += timedelta(minutes=5)
    participants.reconcile(session.pk)
    staff.reconcile_session(session.pk)
    assert {m.due_at for m in news()} == due


def test_shortly_before_the_session_news_do_not_wait(session: Session, now: MovableClock) -> None:
    now.move_to("2027-01-14 08:55")
    change(session, place="Salle des fêtes")
    work()
    assert news() == []
    assert Message.objects.filter(purpose=Purpose.JOINING_CHANGED, state=MessageState.SENT).count() == 1


def test_a_change_that_is_undone_in_time_is_no_news(session: Session, now: MovableClock) -> None:
    change(session, starts="10:00", place="Salle des fêtes")
    work()
    assert len(news()) == 2
    change(session)
    work()
    now.at += timedelta(hours=1)
    work()
    left = Message.objects.filter(state=MessageState.SENT)
    assert set(left.values_list("purpose", flat=True)) & {"joining_changed", "staffing_changed"} == set()


def test_how_long_they_wait_is_for_the_office_to_say_and_that_they_leave_is_not(
    cast: Cast, session: Session
) -> None:
    rule = MailRule(amount=0, timing=Timing.AFTER_CHANGE)
    actions.set_rules(wanted={Purpose.JOINING_CHANGED: rule}, expected_version=None, by=cast.actor(cast.olga))
    assert queries.rule_of(Purpose.JOINING_CHANGED).delay == timedelta()
    change(session, starts="10:00")
    work()
    assert [m.purpose for m in news()] == [Purpose.STAFFING_CHANGED]
    off = MailRule(enabled=False, amount=10, timing=Timing.AFTER_CHANGE)
    with refused("always_leaves"):
        actions.set_rules(
            wanted={Purpose.JOINING_CHANGED: off}, expected_version=None, by=cast.actor(cast.olga)
        )


def test_a_cancellation_names_the_session_and_its_day(session: Session) -> None:
    planning.cancel_session(session_id=session.pk, reason="The room is flooded.", by=COMMAND)
    work()
    told = news()
    assert {m.purpose for m in told} == {Purpose.JOINING_CANCELLED, Purpose.STAFFING_CANCELLED}
    for message in told:
        assert "“Atelier” on Thursday, 14 January 2027 will not take place." in message.text
        assert "The room is flooded." in message.text
        assert "no longer expected" not in message.text


def test_a_calendar_file_says_when_it_was_written(session: Session, now: MovableClock) -> None:
    now.move_to("2027-01-05 10:00")
    change(session, starts="10:00")
    work()
    (changed,) = Message.objects.filter(purpose=Purpose.JOINING_CHANGED)
    assert "DTSTAMP:20270105T090000Z" in changed.calendar
    now.at += timedelta(hours=1)
    work()
    planning.cancel_session(session_id=session.pk, reason="x", by=COMMAND)
    work()
    (cancelled,) = Message.objects.filter(purpose=Purpose.JOINING_CANCELLED)
    assert "DTSTAMP:20270105T100000Z" in cancelled.calendar


def test_another_zone_is_told_with_the_one_before(session: Session) -> None:
    change(session, time_zone="Indian/Reunion")
    work()
    for message in news():
        assert "9:00 – 12:00\n→ Thursday, 14 January 2027, 9:00 – 12:00\n(" in message.text


@pytest.fixture
def run_unasked(cast: Cast, settle: Settle) -> Session:
    """Return a session that Camille put herself on: nothing ever left to her."""
    for person in (cast.camille, cast.noor):
        person.user.language = "en"
        person.user.save()
    (session,) = plan(cast, cast.camille, language="en")
    settle()
    return session


def test_undone_in_time_it_is_no_news_either_to_who_was_never_asked(
    run_unasked: Session, now: MovableClock
) -> None:
    change(run_unasked, starts="10:00", place="Salle des fêtes")
    work()
    assert [m.to_email for m in news()] == ["camille@reseau.example"]
    change(run_unasked)
    work()
    assert news() == []
    now.at += timedelta(hours=1)
    work()
    assert not Message.objects.filter(purpose=Purpose.STAFFING_CHANGED, state=MessageState.SENT).exists()


def test_who_was_never_asked_reads_old_and_new(run_unasked: Session) -> None:
    change(run_unasked, starts="10:00", place="Salle des fêtes")
    work()
    change(run_unasked, starts="10:30", place="Salle des fêtes")
    work()
    (message,) = news()
    assert (
        "Thursday, 14 January 2027, 9:00 – 12:00\n→ Thursday, 14 January 2027, 10:30 – 12:00" in message.text
    )
    assert "Hôtel de ville, salle des mariages\n→ Salle des fêtes" in message.text


def test_who_made_the_change_is_not_told_of_it(cast: Cast, run_unasked: Session, settle: Settle) -> None:
    planning.put_on(session_id=run_unasked.pk, facilitator_id=cast.noor.pk, by=cast.actor(cast.camille))
    settle()
    planning.change_session(
        session_id=run_unasked.pk,
        draft=draft(THURSDAY, starts="10:00", language="en"),
        expected_version=None,
        by=cast.actor(cast.camille),
    )
    work()
    assert [m.to_email for m in news()] == ["noor@reseau.example"]
    staff.reconcile_session(run_unasked.pk)
    assert len(news()) == 1, "nor later, for another reason"
    change(run_unasked, starts="10:30")
    work()
    told = {m.to_email: m.text for m in news()}
    assert "10:00 – 12:00\n→ Thursday, 14 January 2027, 10:30 – 12:00" in told["camille@reseau.example"]
    assert "9:00 – 12:00\n→ Thursday, 14 January 2027, 10:30 – 12:00" in told["noor@reseau.example"]
