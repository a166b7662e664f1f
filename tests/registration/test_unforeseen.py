"""What happens while somebody registers: the session shrinks, the link is switched off, presence is recorded."""

from collections.abc import Callable
from datetime import date, timedelta

from cordee.attendance.models import HalfDayRecord, Presence
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.enrolment.states import PAGE_LASTS, PARTICIPANT_LINK
from cordee.kernel.actor import COMMAND
from cordee.links.models import PersonalLink
from cordee.mail.models import Message
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.registration import actions
from cordee.registration.models import Invitation
from cordee.registration.states import RegistrationState
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.registration.conftest import BY_LINK, Ask
from tests.steps import all_present, enrol

type Settle = Callable[[], None]


def _places(session: Session, capacity: int) -> None:
    planning.change_session(
        session_id=session.pk,
        draft=draft(capacity=capacity),
        expected_version=None,
        despite_enrolled=True,
        by=COMMAND,
    )


def test_who_is_on_the_list_of_an_overfull_session_can_confirm(
    cast: Cast, session: Session, ask: Ask, settle: Settle
) -> None:
    enrol(cast, session, "Ana", "Bob")
    registration = ask("Ana")
    _places(session, 1)
    settle()
    assert actions.confirm(registration_id=registration.pk, by=BY_LINK).state == RegistrationState.ADMITTED


def test_who_waits_and_is_put_on_the_list_by_hand_waits_no_more(
    cast: Cast, session: Session, ask: Ask, settle: Settle
) -> None:
    enrol(cast, session, "Ana", "Cy")
    registration = actions.confirm(registration_id=ask("Bob").pk, by=BY_LINK)
    settle()
    _places(session, 4)
    enrol(cast, session, "Bob", "Dov")
    _places(session, 3)
    settle()
    registration.refresh_from_db()
    assert registration.state == RegistrationState.ADMITTED


def test_nobody_confirms_once_the_coordinator_switched_it_off(cast: Cast, session: Session, ask: Ask) -> None:
    registration = ask("Ana")
    actions.close_registration(session_id=session.pk, by=cast.actor(cast.camille))
    with refused("registration_closed"):
        actions.confirm(registration_id=registration.pk, by=BY_LINK)


def test_who_asked_in_time_may_confirm_after_the_closing_date(
    cast: Cast, session: Session, ask: Ask, now: MovableClock
) -> None:
    actions.open_registration(
        session_id=session.pk, closes_at=now.at + timedelta(hours=1), by=cast.actor(cast.camille)
    )
    registration = ask("Ana")
    now.at += timedelta(hours=2)
    assert actions.confirm(registration_id=registration.pk, by=BY_LINK).state == RegistrationState.ADMITTED


def test_an_address_that_others_give_again_and_again_gets_few_mails(
    ask: Ask, now: MovableClock, settle: Settle
) -> None:
    def mails() -> int:
        return Message.objects.filter(to_email="victim@valmont.example").count()

    for _again in range(8):
        ask("Victim")
        settle()
        now.at += timedelta(minutes=11)
    assert mails() == 3
    now.at += timedelta(days=1)
    ask("Victim")
    settle()
    assert mails() == 4, "who did lose the mail gets another the next day"


def test_who_comes_by_the_link_after_presence_was_recorded_is_present(
    cast: Cast, session: Session, invitation: Invitation, now: MovableClock, settle: Settle
) -> None:
    enrol(cast, session, "Ana")
    now.move_to("2027-01-14 10:00")
    all_present(cast, session)
    for email in ("zoe@x.example", ""):
        person = Person(email=email, first_name="Zoe", last_name="I" if email else "Without")
        actions.walk_in(invitation_id=invitation.pk, person=person, by=BY_LINK)
    settle()
    settle()
    zoe = Enrolment.objects.filter(participant__first_name="Zoe")
    assert zoe.count() == 2
    assert set(Presence.objects.filter(enrolment__in=zoe).values_list("state", flat=True)) == {"present"}
    records = HalfDayRecord.objects.order_by("pk").values_list("present", flat=True)
    assert list(records) == [1, 2, 3], "each one who walks in is counted beside what was said before"
    with refused("no_name"):
        actions.walk_in(invitation_id=invitation.pk, person=Person(), by=BY_LINK)


def test_the_own_page_lasts_with_the_later_session_one_was_moved_to(
    cast: Cast, session: Session, settle: Settle
) -> None:
    (later,) = planning.plan_sessions(
        mission_id=cast.mission.pk, line_id=cast.line.pk, draft=draft(day=date(2027, 3, 11)), by=COMMAND
    )
    (ana,) = enrol(cast, session, "Ana")
    settle()
    enrolment.move(enrolment_ids=[ana.pk], session_id=later.pk, by=COMMAND)
    settle()
    (link,) = PersonalLink.objects.filter(purpose=PARTICIPANT_LINK)
    assert link.expires_at == later.ends_at + PAGE_LASTS
