"""Switches and delays: what leaves by itself, when, and what is taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cordee.enrolment import actions as enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.mail import actions as mail
from cordee.mail.states import About
from cordee.notifications import actions, queries, reminders
from cordee.notifications.facts import MailReleased, MailRulesChanged, MailSentAgain, MailStopped
from cordee.notifications.mails import Mail, Purpose
from cordee.notifications.models import MailSettings
from cordee.notifications.states import MailRule, Timing
from cordee.planning import actions as planning
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.notifications.letters import last, letters
from tests.refusals import refused
from tests.steps import enrol, plan, told

ANA = "ana@valmont.example"
type Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Any) -> None:
    settings.DEMO = True


def set_rule(purpose: Mail, *, enabled: bool = True, amount: int | None = None) -> None:
    usual = purpose.rule
    assert usual
    rule = MailRule(enabled=enabled, amount=usual.amount if amount is None else amount, timing=usual.timing)
    actions.set_rules(wanted={purpose: rule}, expected_version=None, by=COMMAND)


# --- joining instructions -------------------------------------------------------------------------
def test_joining_instructions_wait_so_that_a_list_can_be_corrected(
    cast: Cast, settle: Settle, now: MovableClock
) -> None:
    set_rule(Purpose.JOINING, amount=60)
    (session,) = plan(cast)
    (ana, bo) = enrol(cast, session, "Ana", "Bo")
    settle()
    assert letters(ANA) == [("joining", "queued")]
    assert last(ANA).due_at == now.at + timedelta(hours=1)
    now.at += timedelta(minutes=30)
    right = Person(email="anna@valmont.example", first_name="Anna", last_name="N")
    enrolment.correct(enrolment_id=ana.pk, person=right, by=COMMAND)
    enrolment.cancel_enrolment(enrolment_id=bo.pk, by=COMMAND)
    settle()
    now.at += timedelta(minutes=30)
    settle()
    assert letters(ANA) == [("joining", "cancelled")]
    assert letters("bo@valmont.example") == [("joining", "cancelled")]
    assert letters("anna@valmont.example") == [("joining", "sent")]


def test_a_session_cancelled_meanwhile_takes_them_back(cast: Cast, settle: Settle, now: MovableClock) -> None:
    set_rule(Purpose.JOINING, amount=60)
    (session,) = plan(cast)
    enrol(cast, session, "Ana")
    settle()
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    settle()
    now.at += timedelta(hours=2)
    settle()
    assert letters(ANA) == [("joining", "cancelled")]


def test_they_never_wait_beyond_the_beginning(cast: Cast, settle: Settle, now: MovableClock) -> None:
    set_rule(Purpose.JOINING, amount=60)
    (session,) = plan(cast)
    now.move_to("2027-01-14 08:30")
    enrol(cast, session, "Ana")
    settle()
    assert letters(ANA) == [("joining", "sent")]


def test_a_change_is_told_at_once_whatever_the_delay(cast: Cast, settle: Settle) -> None:
    (session,) = plan(cast)
    enrol(cast, session, "Ana")
    settle()
    set_rule(Purpose.JOINING, amount=60)
    planning.change_session(
        session_id=session.pk, draft=draft(place="Gymnase"), expected_version=None, by=COMMAND
    )
    settle()
    assert letters(ANA)[1:] == [("joining_changed", "sent")]


# --- switches -------------------------------------------------------------------------------------
def test_what_is_switched_off_does_not_leave_and_what_waits_is_taken_back(
    cast: Cast, settle: Settle, now: MovableClock
) -> None:
    set_rule(Purpose.JOINING, amount=60)
    (session,) = plan(cast)
    enrol(cast, session, "Ana")
    settle()
    set_rule(Purpose.JOINING, enabled=False, amount=60)
    assert letters(ANA) == [("joining", "cancelled")], "at once, in the same transaction"
    enrol(cast, session, "Bo")
    settle()
    assert letters("bo@valmont.example") == []
    assert told(MailRulesChanged)[-1]["purposes"] == ["joining"]


def test_a_reminder_switched_off_or_moved_follows(cast: Cast, settle: Settle, now: MovableClock) -> None:
    (session,) = plan(cast)
    enrol(cast, session, "Ana")
    settle()
    now.move_to("2027-01-06 12:00")
    reminders.write_due()
    assert letters(ANA)[1:] == [("reminder", "queued")]
    set_rule(Purpose.REMINDER, amount=5)
    settle()
    assert letters(ANA)[1:] == [("reminder", "cancelled")], "it is not its time yet"
    now.move_to("2027-01-08 12:00")
    reminders.write_due()
    assert letters(ANA)[1:] == [("reminder", "queued")]
    assert last(ANA).due_at.isoformat() == "2027-01-09T08:00:00+00:00"
    set_rule(Purpose.REMINDER, enabled=False, amount=5)
    settle()
    reminders.write_due()
    now.move_to("2027-01-14 08:00")
    settle()
    assert ("reminder", "sent") not in letters(ANA)


@pytest.mark.parametrize("purpose", [Purpose.COORDINATOR_NAMED, Purpose.STAFFING_DECLINED, Purpose.BILLABLE])
def test_a_word_to_colleagues_can_be_switched_off(db: None, purpose: Mail) -> None:
    set_rule(purpose, enabled=False)
    assert queries.rule_of(purpose) == MailRule(enabled=False)


def test_a_mission_is_given_without_a_word_when_that_is_switched_off(db: None, settle: Settle) -> None:
    from tests.cast import assemble  # noqa: PLC0415 - the switch comes before the story

    set_rule(Purpose.COORDINATOR_NAMED, enabled=False)
    assemble()
    settle()
    assert "coordinator_named" not in [purpose for purpose, _ in letters(but=())]


def test_what_somebody_counts_on_always_leaves(db: None) -> None:
    for purpose in (Purpose.STAFFING_REQUEST, Purpose.JOINING_CHANGED, Purpose.INVITATION):
        assert queries.rule_of(purpose).enabled
        with refused("always_leaves"):
            actions.set_rules(wanted={purpose: MailRule(enabled=False)}, expected_version=None, by=COMMAND)


@pytest.mark.parametrize(
    ("purpose", "amount"),
    [(Purpose.REMINDER, 0), (Purpose.REMINDER, 61), (Purpose.JOINING, 2881), (Purpose.STAFFING_DECLINED, 1)],
)
def test_a_delay_has_its_bounds(db: None, purpose: Mail, amount: int) -> None:
    with refused("bad_delay"):
        set_rule(purpose, amount=amount)


def test_the_second_editor_is_told_and_only_what_differs_is_kept(db: None) -> None:
    rule = MailRule(amount=9, timing=Timing.DAYS_BEFORE)
    actions.set_rules(wanted={Purpose.REMINDER: rule}, expected_version=1, by=COMMAND)
    with refused("changed_meanwhile"):
        actions.set_rules(wanted={Purpose.REMINDER: rule}, expected_version=1, by=COMMAND)
    assert MailSettings.objects.get().rules == {"reminder": {"enabled": True, "amount": 9}}
    set_rule(Purpose.REMINDER)
    assert MailSettings.objects.get().rules == {}
    assert told(MailRulesChanged) == [{"settings_id": 1, "purposes": ["reminder"]}] * 2


# --- by hand --------------------------------------------------------------------------------------
def test_a_message_is_sent_again_by_those_who_run_the_mission(cast: Cast, settle: Settle) -> None:
    (session,) = plan(cast)
    enrol(cast, session, "Ana")
    settle()
    message = last(ANA)
    for by in (cast.dan, cast.farid, cast.noor):
        with refused("not_coordinator"):
            actions.send_again(message_id=message.pk, copies=0, by=cast.actor(by))
    for _click in range(2):
        actions.send_again(message_id=message.pk, copies=0, by=cast.actor(cast.camille))
    settle()
    assert letters(ANA) == [("joining", "sent")] * 2
    assert told(MailSentAgain) == [{"message_id": message.pk, "purpose": "joining", "session_id": session.pk}]
    planning.change_session(
        session_id=session.pk, draft=draft(place="Gymnase"), expected_version=None, by=COMMAND
    )
    settle()
    assert letters(ANA)[2:] == [("joining_changed", "sent")], "a copy tells nothing new"


def test_nobody_is_told_again_to_come_to_what_is_cancelled(cast: Cast, settle: Settle) -> None:
    (session,) = plan(cast)
    enrol(cast, session, "Ana")
    settle()
    joining = last(ANA)
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    settle()
    with refused("session_cancelled"):
        actions.send_again(message_id=joining.pk, copies=0, by=COMMAND)
    actions.send_again(message_id=last(ANA).pk, copies=0, by=COMMAND)


def test_a_cancelled_session_takes_back_copies_too(cast: Cast, settle: Settle, settings: Any) -> None:
    (session,) = plan(cast)
    enrol(cast, session, "Ana")
    settle()
    settings.DEMO = False
    actions.send_again(message_id=last(ANA).pk, copies=0, by=COMMAND)
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    settle()
    settings.DEMO = True
    settle()
    assert letters(ANA) == [("joining", "sent"), ("joining", "cancelled"), ("joining_cancelled", "sent")]


def test_a_code_to_log_in_is_not_sent_again_by_others(cast: Cast) -> None:
    wanted = mail.Wanted(
        key="login_code:1",
        purpose="login_code",
        about=About("user", 1),
        to_email=ANA,
        subject="Code",
        text="1234",
    )
    mail.reconcile([wanted])
    mail.send_due()
    with refused("secret"):
        actions.send_again(message_id=last(ANA).pk, copies=0, by=COMMAND)


def test_what_is_stopped_stays_unless_it_is_let_go(cast: Cast, settle: Settle, now: MovableClock) -> None:
    set_rule(Purpose.JOINING, amount=60)
    (session,) = plan(cast)
    enrol(cast, session, "Ana")
    settle()
    waiting = last(ANA)
    with refused("not_coordinator"):
        actions.stop(message_id=waiting.pk, by=cast.actor(cast.dan))
    assert actions.stop(message_id=waiting.pk, by=cast.actor(cast.camille))
    assert not actions.stop(message_id=waiting.pk, by=cast.actor(cast.camille))
    enrol(cast, session, "Bo")
    now.at += timedelta(hours=2)
    settle()
    assert letters(ANA) == [("joining", "cancelled")]
    actions.release(message_id=waiting.pk, by=cast.actor(cast.camille))
    settle()
    assert letters(ANA) == [("joining", "sent")]
    assert [len(told(fact)) for fact in (MailStopped, MailReleased)] == [1, 1]


def test_let_go_it_leaves_only_if_it_is_still_true(cast: Cast, settle: Settle, now: MovableClock) -> None:
    set_rule(Purpose.JOINING, amount=60)
    (session,) = plan(cast)
    (ana,) = enrol(cast, session, "Ana")
    settle()
    waiting = last(ANA)
    actions.stop(message_id=waiting.pk, by=COMMAND)
    enrolment.cancel_enrolment(enrolment_id=ana.pk, by=COMMAND)
    settle()
    actions.release(message_id=waiting.pk, by=COMMAND)
    now.at += timedelta(hours=2)
    settle()
    assert letters(ANA) == [("joining", "cancelled")]
