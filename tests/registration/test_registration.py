"""People register themselves: confirmation, capacity, the waiting list, walk-ins."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as lists
from cordee.enrolment.facts import ParticipantsEnrolled
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.enrolment.states import Source
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.registration import actions, queries
from cordee.registration.facts import MovedUp, PutOnWaitingList, RegistrationAsked, RegistrationOpened
from cordee.registration.models import Invitation, Registration
from tests.cast import Cast, draft
from tests.conftest import PARIS, MovableClock
from tests.refusals import refused
from tests.registration.conftest import BY_LINK, Ask
from tests.steps import closed, enrol, plan, told

type Come = Callable[..., list[Registration]]


def states(*registrations: Registration) -> list[str]:
    for registration in registrations:
        registration.refresh_from_db()
    return [r.state for r in registrations]


def on_list(session: Session) -> list[str]:
    return sorted(e.participant.first_name for e in lists.enrolments(session.pk))


# --- opening ---------------------------------------------------------------------------------------------


def test_the_link_stays_the_same_however_often_it_is_switched(
    cast: Cast, session: Session, invitation: Invitation
) -> None:
    by = cast.actor(cast.camille)
    actions.close_registration(session_id=session.pk, by=by)
    actions.close_registration(session_id=session.pk, by=by)
    until = session.starts_at - timedelta(days=1)
    again = actions.open_registration(session_id=session.pk, closes_at=until, by=by)
    actions.open_registration(session_id=session.pk, closes_at=until, by=by)
    assert (again.pk, again.token) == (invitation.pk, invitation.token)
    assert [f["closes_at"] for f in told(RegistrationOpened)] == ["", until.isoformat()]


def test_who_may_open_it_and_until_when(cast: Cast, session: Session, now: MovableClock) -> None:
    with refused("not_coordinator"):
        actions.open_registration(session_id=session.pk, by=cast.actor(cast.noor))

    def open_until(at: datetime | None) -> None:
        actions.open_registration(session_id=session.pk, closes_at=at, by=cast.actor(cast.camille))

    with refused("closes_in_the_past"):
        open_until(clock.now())
    with refused("closes_after_start"):
        open_until(session.starts_at + timedelta(minutes=1))
    now.move_to("2027-01-14 09:00")
    with refused("already_started"):
        open_until(None)
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    with refused("session_cancelled"):
        open_until(None)


def test_registration_closes_by_itself_or_by_hand(
    cast: Cast, session: Session, ask: Ask, now: MovableClock
) -> None:
    until = datetime(2027, 1, 10, 18, 0, tzinfo=PARIS)
    actions.open_registration(session_id=session.pk, closes_at=until, by=COMMAND)
    now.move_to("2027-01-10 17:59")
    ana = ask("Ana")
    now.move_to("2027-01-10 18:00")
    with refused("registration_closed"):
        ask("Bo")
    assert states(actions.confirm(registration_id=ana.pk, by=BY_LINK)) == ["admitted"], "asked in time"
    actions.open_registration(session_id=session.pk, by=COMMAND)
    ask("Cleo")
    actions.close_registration(session_id=session.pk, by=COMMAND)
    with refused("registration_closed"):
        ask("Dov")
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    with refused("session_off"):
        ask("Eve")


# --- registering -----------------------------------------------------------------------------------------


def test_nobody_is_enrolled_before_they_confirm(session: Session, ask: Ask) -> None:
    registration = ask("Ana", Service=" Voirie ", Rien="  ")
    assert registration.details == {"Service": "Voirie"}
    assert on_list(session) == []
    actions.confirm(registration_id=registration.pk, by=BY_LINK)
    actions.confirm(registration_id=registration.pk, by=BY_LINK)
    enrolled = Enrolment.objects.get(session=session)
    assert (enrolled.source, enrolled.details) == (Source.REGISTRATION, {"Service": "Voirie"})
    registration.refresh_from_db()
    assert registration.enrolment_id == enrolled.pk
    assert len(told(ParticipantsEnrolled)) == 1


def test_what_cannot_be_a_registration_is_refused(invitation: Invitation) -> None:
    for person, codes in (
        (Person(first_name="Ana", last_name="N"), ["bad_email"]),
        (Person(email="ana@@x", first_name="Ana", last_name="N"), ["bad_email"]),
        (Person(email="ana@x.example", first_name=" ", last_name="\u200b"), ["no_name"]),
    ):
        with refused(*codes):
            actions.ask(invitation_id=invitation.pk, person=person, by=BY_LINK)


def test_the_same_address_is_one_registration_and_a_mail_now_and_then(
    ask: Ask, invitation: Invitation, now: MovableClock
) -> None:
    first = ask("Ana")
    ask("ANA")
    assert [f["time"] for f in told(RegistrationAsked)] == [1], "at once again: no second mail"
    now.move_to("2027-01-04 12:11")
    person = Person(email="Ana@Valmont.example", first_name="Ána", last_name="N")
    actions.ask(invitation_id=invitation.pk, person=person, by=BY_LINK)
    assert [f["time"] for f in told(RegistrationAsked)] == [1, 2]
    assert Registration.objects.get() == first
    assert Registration.objects.get().full_name == "Ána N"


def test_once_confirmed_nobody_else_changes_it(ask: Ask, come: Come, now: MovableClock) -> None:
    (ana,) = come("Ana")
    now.move_to("2027-01-05 12:00")
    ask("Ana", Service="Autre")
    ana.refresh_from_db()
    assert (ana.state, ana.details) == ("admitted", {})


def test_unconfirmed_for_two_days_it_is_over_until_asked_again(ask: Ask, now: MovableClock) -> None:
    ana = ask("Ana")
    now.move_to("2027-01-06 12:00")
    with refused("expired"):
        actions.confirm(registration_id=ana.pk, by=BY_LINK)
    ask("Ana")
    assert states(actions.confirm(registration_id=ana.pk, by=BY_LINK)) == ["admitted"]


def test_who_was_enrolled_by_the_coordinator_is_not_enrolled_twice(
    cast: Cast, session: Session, come: Come
) -> None:
    enrol(cast, session, "Ana", "Bo")
    (ana,) = come("Ana")
    assert states(ana) == ["admitted"], "no place is taken: the list is full"
    assert Enrolment.objects.count() == 2


def test_after_the_start_nothing_is_confirmed(session: Session, ask: Ask, now: MovableClock) -> None:
    now.move_to("2027-01-13 12:00")
    ana = ask("Ana")
    now.move_to("2027-01-14 09:00")
    with refused("already_started"):
        actions.confirm(registration_id=ana.pk, by=BY_LINK)


# --- the waiting list ------------------------------------------------------------------------------------


def test_who_comes_late_waits_and_moves_up_in_order(
    session: Session, come: Come, now: MovableClock, settle: Callable[[], None]
) -> None:
    _ana, bo, cleo, dov = come("Ana", "Bo", "Cleo", "Dov")
    assert states(bo, cleo, dov) == ["admitted", "waiting", "waiting"]
    assert [queries.position(r) for r in (cleo, dov)] == [1, 2]
    assert len(told(PutOnWaitingList)) == 2
    enrolment.cancel_enrolment(enrolment_id=bo.enrolment_id or 0, by=COMMAND)
    settle()
    assert on_list(session) == ["Ana", "Cleo"]
    assert states(cleo, dov) == ["admitted", "waiting"]
    assert told(MovedUp) == [{"session_id": session.pk, "registration_ids": [cleo.pk], "by_hand": False}]


def test_a_larger_room_lets_in_as_many_as_it_takes(
    session: Session, come: Come, settle: Callable[[], None]
) -> None:
    waiting = come("Ana", "Bo", "Cleo", "Dov", "Eve")[2:]
    planning.change_session(session_id=session.pk, draft=draft(capacity=4), expected_version=None, by=COMMAND)
    settle()
    assert states(*waiting) == ["admitted", "admitted", "waiting"]
    assert len(told(MovedUp)) == 1


def test_a_place_left_for_another_session_is_given_too(
    cast: Cast, session: Session, come: Come, settle: Callable[[], None]
) -> None:
    ana, _bo, cleo = come("Ana", "Bo", "Cleo")
    (other,) = plan(cast)
    enrolment.move(enrolment_ids=[ana.enrolment_id or 0], session_id=other.pk, by=cast.actor(cast.camille))
    settle()
    assert states(cleo) == ["admitted"]
    assert on_list(session) == ["Bo", "Cleo"]


def test_nobody_overtakes_who_waits(session: Session, come: Come) -> None:
    ana, _bo, cleo = come("Ana", "Bo", "Cleo")
    enrolment.cancel_enrolment(enrolment_id=ana.enrolment_id or 0, by=COMMAND)  # nothing followed it yet
    (dov,) = come("Dov")
    assert states(cleo, dov) == ["admitted", "waiting"]


def test_who_is_enrolled_meanwhile_waits_no_more(
    cast: Cast, session: Session, come: Come, settle: Callable[[], None]
) -> None:
    _ana, bo, cleo = come("Ana", "Bo", "Cleo")
    enrolment.cancel_enrolment(enrolment_id=bo.enrolment_id or 0, by=COMMAND)
    enrol(cast, session, "Cleo")
    settle()
    assert states(cleo) == ["admitted"]
    assert told(MovedUp) == []
    assert on_list(session) == ["Ana", "Cleo"]


def test_once_it_starts_the_waiting_list_simply_ends(session: Session, come: Come, now: MovableClock) -> None:
    _ana, bo, cleo = come("Ana", "Bo", "Cleo")
    now.move_to("2027-01-14 09:00")
    enrolment.cancel_enrolment(enrolment_id=bo.enrolment_id or 0, by=COMMAND)
    actions.move_up(session_id=session.pk)
    assert states(cleo) == ["waiting"]


def test_leaving_the_waiting_list_and_coming_back_last(ask: Ask, come: Come, now: MovableClock) -> None:
    _ana, _bo, cleo, dov = come("Ana", "Bo", "Cleo", "Dov")
    actions.leave(registration_id=cleo.pk, by=BY_LINK)
    actions.leave(registration_id=cleo.pk, by=BY_LINK)
    assert states(cleo) == ["left"]
    assert queries.position(dov) == 1
    now.move_to("2027-01-05 12:00")
    actions.confirm(registration_id=ask("Cleo").pk, by=BY_LINK)
    cleo.refresh_from_db()
    assert (cleo.state, queries.position(cleo)) == ("waiting", 2)


def test_who_was_taken_off_the_list_may_register_again(ask: Ask, come: Come, now: MovableClock) -> None:
    (ana,) = come("Ana")
    enrolment.cancel_enrolment(enrolment_id=ana.enrolment_id or 0, by=COMMAND)
    now.move_to("2027-01-05 12:00")
    assert states(ask("Ana")) == ["unconfirmed"]
    assert states(actions.confirm(registration_id=ana.pk, by=BY_LINK)) == ["admitted"]


def test_the_coordinator_lets_in_before_the_turn_or_takes_off(
    cast: Cast, session: Session, ask: Ask, come: Come
) -> None:
    by = cast.actor(cast.camille)
    ana, _bo, cleo, dov = come("Ana", "Bo", "Cleo", "Dov")
    for act in (actions.admit_by_hand, actions.remove):
        with refused("not_coordinator"):
            act(registration_id=dov.pk, by=cast.actor(cast.noor))
    with refused("no_room"):
        actions.admit_by_hand(registration_id=dov.pk, by=by)
    enrolment.cancel_enrolment(enrolment_id=ana.enrolment_id or 0, by=COMMAND)
    actions.admit_by_hand(registration_id=dov.pk, by=by)
    assert states(cleo, dov) == ["waiting", "admitted"]
    actions.remove(registration_id=cleo.pk, by=by)
    assert states(cleo) == ["removed"]
    with refused("not_pending"):
        actions.remove(registration_id=cleo.pk, by=by)
    with refused("not_pending"):
        actions.admit_by_hand(registration_id=dov.pk, by=by)
    unconfirmed = ask("Eve")
    actions.remove(registration_id=unconfirmed.pk, by=by)
    actions.ask(
        invitation_id=unconfirmed.invitation_id,
        person=Person(email="eve@valmont.example", first_name="Eve", last_name="N"),
        by=BY_LINK,
    )
    assert states(unconfirmed) == ["removed"]


# --- on the day ------------------------------------------------------------------------------------------


def walk_in(invitation: Invitation, name: str = "Zoe") -> None:
    person = Person(email=f"{name.lower()}@x.example", first_name=name, last_name="N")
    actions.walk_in(invitation_id=invitation.pk, person=person, by=BY_LINK)


def test_walk_ins_are_on_the_list_at_once_from_an_hour_before_until_the_end(
    session: Session, invitation: Invitation, now: MovableClock
) -> None:
    now.move_to("2027-01-14 07:59")
    with refused("too_early"):
        walk_in(invitation)
    for at, name in (("08:00", "Ana"), ("09:30", "Bo"), ("11:59", "Cleo")):
        now.move_to(f"2027-01-14 {at}")
        walk_in(invitation, name)
        walk_in(invitation, name)
    assert on_list(session) == ["Ana", "Bo", "Cleo"], "the room holds who stands in it"
    assert set(Enrolment.objects.values_list("source", flat=True)) == {Source.WALK_IN}
    now.move_to("2027-01-14 12:00")
    with refused("too_late"):
        walk_in(invitation)


def test_the_door_is_shut_when_registration_is_switched_off(
    cast: Cast, invitation: Invitation, now: MovableClock
) -> None:
    actions.close_registration(session_id=invitation.session_id, by=COMMAND)
    now.move_to("2027-01-14 09:30")
    with refused("registration_closed"):
        walk_in(invitation)


def test_a_walk_in_who_waited_waits_no_more(
    invitation: Invitation, come: Come, now: MovableClock, settle: Callable[[], None]
) -> None:
    *_others, cleo = come("Ana", "Bo", "Cleo")
    now.move_to("2027-01-14 08:30")
    person = Person(email=cleo.email, first_name="Cleo", last_name="N")
    actions.walk_in(invitation_id=invitation.pk, person=person, by=BY_LINK)
    settle()
    assert states(cleo) == ["admitted"]


# --- afterwards ------------------------------------------------------------------------------------------


def test_what_was_never_confirmed_and_what_is_long_over_is_forgotten(
    session: Session, ask: Ask, come: Come, now: MovableClock
) -> None:
    come("Ana", "Bo", "Cleo")
    ask("Dov")
    now.move_to("2027-01-06 11:59")
    actions.forget_old()
    assert Registration.objects.count() == 4
    now.move_to("2027-01-06 12:00")
    actions.forget_old()
    assert Registration.objects.count() == 3
    now.move_to("2027-02-13 12:01")
    actions.forget_old()
    assert not Registration.objects.exists()
    assert on_list(session) == ["Ana", "Bo"]


def test_a_closed_mission_takes_nobody_any_more(cast: Cast, now: MovableClock, settle: Any) -> None:
    (session,) = plan(cast, cast.noor, capacity=1, day=datetime(2027, 3, 1, tzinfo=PARIS).date())
    invitation = actions.open_registration(session_id=session.pk, by=COMMAND)
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    closed(cast, now, settle)
    with refused("session_off"):
        actions.ask(
            invitation_id=invitation.pk,
            person=Person(email="a@x.example", first_name="A", last_name="B"),
            by=BY_LINK,
        )


@pytest.mark.parametrize("count", [1, 30])
def test_moving_up_costs_the_same_for_one_and_for_thirty(
    session: Session, come: Come, count: int, django_assert_max_num_queries: Any
) -> None:
    come("Ana", "Bo", *(f"P{n}" for n in range(count)))
    Session.objects.filter(pk=session.pk).update(capacity=60)
    with django_assert_max_num_queries(36):
        actions.move_up(session_id=session.pk)
    assert len(on_list(session)) == 2 + count
