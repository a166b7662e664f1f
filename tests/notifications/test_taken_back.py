"""A session that was cancelled by mistake is taken back: until the first word of it has left, nobody hears of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cordee.enrolment import actions as lists
from cordee.enrolment import queries as enrolment
from cordee.enrolment.rules import Person
from cordee.journal import actions as journal
from cordee.journal.models import Delivery
from cordee.kernel.actor import COMMAND
from cordee.mail import actions as mail
from cordee.mail.models import Message
from cordee.mail.states import MessageState
from cordee.notifications import actions, reminders
from cordee.notifications.mails import TELLS_CANCELLATION, Purpose
from cordee.notifications.states import MailRule, Timing
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.planning.states import AssignmentStatus
from cordee.registration import actions as registration
from cordee.registration.models import Registration
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import confirm, enrol, place_of, plan

type Settle = Callable[[], None]
type Act = Callable[[], object]


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def session(cast: Cast, settle: Settle) -> Session:
    """Return a session of which Ana was told; Noor said yes, Elodie has not answered; Bo waits for a place."""
    (session,) = plan(cast, cast.noor, cast.elodie, capacity=1)
    settle()
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana")
    invitation = registration.open_registration(session_id=session.pk, by=COMMAND)
    person = Person(email="bo@x.fr", first_name="Bo", last_name="N")
    registration.ask(invitation_id=invitation.pk, person=person, by=COMMAND)
    registration.confirm(registration_id=Registration.objects.get().pk, by=COMMAND)
    settle()
    return session


def cancel(session: Session) -> None:
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)


def restore(session: Session) -> None:
    planning.restore_session(session_id=session.pk, by=COMMAND)


def work() -> None:
    """Do what the worker does, without letting the minutes pass that news wait."""
    while journal.deliver_due():
        pass
    assert not Delivery.objects.exclude(error="").exists()
    mail.send_due()


def queued() -> set[str]:
    return set(Message.objects.filter(state=MessageState.QUEUED).values_list("purpose", flat=True))


def sent() -> list[int]:
    return list(Message.objects.filter(state=MessageState.SENT).order_by("pk").values_list("pk", flat=True))


def test_taken_back_in_time_nothing_leaves_and_all_is_as_it_was(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    before = sent()
    cancel(session)
    work()
    assert queued() == TELLS_CANCELLATION - {Purpose.CERTIFICATE_REVOKED}, "nobody is certified yet"
    now.at += timedelta(minutes=9)
    restore(session)
    work()
    now.at += timedelta(hours=1)
    work()
    assert sent() == before
    assert queued() == set()
    session.refresh_from_db()
    assert (session.status, session.cancelled_because, session.cancelled_at) == ("planned", "", None)
    assert place_of(session, cast.noor).status == "confirmed"
    assert place_of(session, cast.elodie).status == "invited"
    assert [e.participant.first_name for e in enrolment.enrolments(session.pk)] == ["Ana"]
    assert Registration.objects.get().state == "waiting"


def test_once_the_first_word_of_it_has_left_it_stays_cancelled(session: Session, now: MovableClock) -> None:
    cancel(session)
    work()
    now.at += timedelta(minutes=10)
    work()
    with refused("already_told") as blockers:
        restore(session)
    assert "Plan a new session" in blockers[0].fix


def test_what_left_before_it_was_cancelled_is_no_word_of_it(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    """Somebody who was taken off the list was told so, an hour before."""
    registration.remove(registration_id=Registration.objects.get().pk, by=COMMAND)
    work()
    now.at += timedelta(hours=1)
    work()
    now.at += timedelta(hours=1)
    cancel(session)
    work()
    restore(session)


def test_cancelled_and_taken_back_before_anybody_was_at_work_nothing_is_written(session: Session) -> None:
    before = Message.objects.count()
    cancel(session)
    restore(session)
    work()
    assert Message.objects.count() == before


def test_facts_that_are_delivered_late_take_nothing_back(cast: Cast, session: Session) -> None:
    """The worker hears of the cancellation when the session takes place again, and somebody was enrolled since."""
    cancel(session)
    Delivery.objects.filter(state="pending").update(state="failed")
    restore(session)
    work()
    planning.put_on(session_id=session.pk, facilitator_id=cast.idris.pk, by=COMMAND)
    while journal.deliver_due():
        pass
    Delivery.objects.filter(state="failed").update(state="pending")
    work()
    assert not Message.objects.filter(state=MessageState.CANCELLED).exists()


def test_what_waited_when_it_was_cancelled_waits_again(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to("2027-01-06 10:00")
    reminders.write_due()
    before = queued()
    assert before == {Purpose.REMINDER, Purpose.STAFFING_REMINDER}
    cancel(session)
    work()
    restore(session)
    work()
    assert queued() == before


def test_cancelled_again_they_are_told(session: Session, now: MovableClock) -> None:
    cancel(session)
    work()
    restore(session)
    work()
    cancel(session)
    work()
    now.at += timedelta(minutes=10)
    work()
    told = Message.objects.filter(purpose__in=TELLS_CANCELLATION, state=MessageState.SENT)
    assert sorted(told.values_list("to_email", flat=True)) == [
        "ana@valmont.example",
        "bo@x.fr",
        "elodie@reseau.example",
        "noor@reseau.example",
    ]


def test_without_minutes_to_wait_there_is_no_way_back(cast: Cast, session: Session) -> None:
    at_once = MailRule(amount=0, timing=Timing.AFTER_CHANGE)
    actions.set_rules(
        wanted=dict.fromkeys(TELLS_CANCELLATION, at_once), expected_version=None, by=cast.actor(cast.olga)
    )
    cancel(session)
    work()
    with refused("already_told"):
        restore(session)


def _taken_off_the_list(cast: Cast, session: Session) -> tuple[Act, Act]:
    (ana,) = enrolment.enrolments(session.pk)
    return (
        lambda: lists.cancel_enrolment(enrolment_id=ana.pk, by=COMMAND),
        lambda: enrol(cast, session, "Ana"),
    )


def _taken_off_the_session(cast: Cast, session: Session) -> tuple[Act, Act]:
    place = place_of(session, cast.noor)

    def to(status: AssignmentStatus) -> Act:
        return lambda: planning.set_status(assignment_id=place.pk, status=status, by=COMMAND)

    return to(AssignmentStatus.WITHDRAWN), to(AssignmentStatus.CONFIRMED)


def _moved_to_another_place(cast: Cast, session: Session) -> tuple[Act, Act]:
    def to(place: str) -> Act:
        return lambda: planning.change_session(
            session_id=session.pk, draft=draft(place=place, capacity=1), expected_version=None, by=COMMAND
        )

    return to("Gymnase"), to(session.place)


@pytest.mark.parametrize("story", [_taken_off_the_list, _taken_off_the_session, _moved_to_another_place])
def test_what_is_easily_done_by_mistake_is_undone_unheard(
    story: Callable[[Cast, Session], tuple[Act, Act]], cast: Cast, session: Session, now: MovableClock
) -> None:
    """Each is undone as it was done; for the cancelled session there is an action of its own."""
    registration.remove(registration_id=Registration.objects.get().pk, by=COMMAND)
    work()
    now.at += timedelta(hours=1)
    work()
    before = sent()
    do, undo = story(cast, session)
    do()
    work()
    assert queued() != set()
    now.at += timedelta(minutes=9)
    undo()
    work()
    now.at += timedelta(hours=1)
    work()
    assert (sent(), queued()) == (before, set())
