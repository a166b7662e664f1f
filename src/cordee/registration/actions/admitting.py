"""From a registration to the list: at once when there is room, else in the order of the waiting list."""

from collections.abc import Sequence

from django.db import transaction

from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as lists
from cordee.enrolment.rules import Person
from cordee.enrolment.states import Source
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import SYSTEM, Actor
from cordee.kernel.refusals import refuse_if
from cordee.missions.models import Mission
from cordee.missions.rules import is_running, may_run
from cordee.planning.actions.holding import held
from cordee.planning.models import Session
from cordee.planning.rules import is_planned
from cordee.registration import queries, rules
from cordee.registration.actions.holding import held_registration
from cordee.registration.facts import MovedUp, PutOnWaitingList
from cordee.registration.models import Registration
from cordee.registration.states import MACHINE


@transaction.atomic
def confirm(*, registration_id: int, by: Actor) -> Registration:
    """Confirm a registration: on the list when there is room and nobody waits, else on the waiting list.
    Safe to repeat. Raises Refused.
    """
    registration, session, mission = held_registration(registration_id)
    if not MACHINE.allows("wait", registration):
        return registration
    refuse_if([*is_running(mission), *is_planned(session), *rules.not_started(session)])
    refuse_if(rules.can_still_confirm(registration, registration.invitation))
    _let_in_who_waits(session, mission)
    MACHINE.move(registration, "wait")
    registration.confirmed_at = clock.now()
    registration.save(update_fields=["state", "confirmed_at"])
    if _room(session) > 0 or _are_on_list(session, [registration]) == [True]:
        _admit(session, [registration], by)
    else:
        fact = PutOnWaitingList(session_id=session.pk, registration_id=registration.pk)
        journal.record(fact, by=by, mission_id=mission.pk)
    return registration


@transaction.atomic
def move_up(*, session_id: int) -> None:
    """Let in those who wait, first come first served, as far as there is room. Safe to run twice."""
    if not queries.waiting(session_id):
        return
    session, mission = held(session_id)
    if rules.takes_place(session, mission) and not list(rules.not_started(session)):
        _let_in_who_waits(session, mission)


@transaction.atomic
def admit_by_hand(*, registration_id: int, by: Actor) -> Registration:
    """Let somebody in whose turn it is not yet, or who has not confirmed. Raises Refused, also without room."""
    registration, session, mission = held_registration(registration_id)
    refuse_if([*may_run(mission, by), *is_running(mission), *is_planned(session)])
    refuse_if([*rules.is_pending(registration), *rules.not_started(session)])
    _move_up(session, mission, [registration], by=by, by_hand=True)
    return registration


def _let_in_who_waits(session: Session, mission: Mission) -> None:
    waiting = queries.waiting(session.pk)
    on_list = dict(zip(waiting, _are_on_list(session, waiting), strict=True))
    # Somebody put them on the list meanwhile: they take no place of those who wait.
    _admit(session, [r for r in waiting if on_list[r]], SYSTEM)
    first = [r for r in waiting if not on_list[r]][: max(0, _room(session))]
    if first:
        _move_up(session, mission, first, by=SYSTEM)


def _move_up(
    session: Session,
    mission: Mission,
    registrations: Sequence[Registration],
    *,
    by: Actor,
    by_hand: bool = False,
) -> None:
    for registration in registrations:
        registration.moved_up_at = clock.now()
    _admit(session, registrations, by)
    fact = MovedUp(session_id=session.pk, registration_ids=[r.pk for r in registrations], by_hand=by_hand)
    journal.record(fact, by=by, mission_id=mission.pk)


def _admit(session: Session, registrations: Sequence[Registration], by: Actor) -> None:
    if not registrations:
        return
    people = [person_of(r) for r in registrations]
    done = enrolment.admit(session_id=session.pk, people=people, source=Source.REGISTRATION, by=by)
    for registration, outcome in zip(registrations, done.outcomes, strict=True):
        MACHINE.move(registration, "admit")
        registration.enrolment_id = outcome.enrolment.pk if outcome.enrolment else None
    Registration.objects.bulk_update(registrations, ["state", "enrolment_id", "moved_up_at"], batch_size=500)


def person_of(registration: Registration) -> Person:
    """Return who registered, to be enrolled: they speak for themselves, nobody has to ask who they are."""
    return Person(
        email=registration.email,
        first_name=registration.first_name,
        last_name=registration.last_name,
        details=registration.details,
        sure=True,
    )


def _are_on_list(session: Session, registrations: Sequence[Registration]) -> list[bool]:
    """Tell of each of these who registered whether they stand on the list already."""
    return lists.are_on_list(session, [person_of(r) for r in registrations])


def _room(session: Session) -> int:
    return session.capacity - lists.counts([session.pk]).get(session.pk, 0)
