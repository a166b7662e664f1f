"""What people do for themselves before they are on the list, and what the coordinator does about it."""

from django.db import transaction

from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as lists
from cordee.enrolment.rules import Person
from cordee.enrolment.states import Source
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.names import normal_email, tidy
from cordee.kernel.refusals import refuse_if
from cordee.missions.rules import may_run
from cordee.registration import rules
from cordee.registration.actions.holding import held_invitation, held_registration
from cordee.registration.facts import RegistrationAsked, RegistrationRemoved, WaitingListLeft
from cordee.registration.models import Registration
from cordee.registration.states import (
    ASK_AGAIN_AFTER,
    ASK_OFTEN_AGAIN_AFTER,
    MACHINE,
    OFTEN,
    RegistrationState,
)


@transaction.atomic
def ask(*, invitation_id: int, person: Person, by: Actor) -> None:
    """Note that somebody wants to come: a mail follows. Nothing that is answered tells whether the address is
    known: the same address twice is one registration. Raises Refused.
    """
    invitation, session, mission = held_invitation(invitation_id)
    person = _tidied(person)
    refuse_if(rules.is_open(invitation, session, mission))
    refuse_if(rules.is_a_registration(person))
    now = clock.now()
    registration, new = Registration.objects.get_or_create(
        invitation=invitation,
        email=person.email,
        defaults={
            "first_name": person.first_name,
            "last_name": person.last_name,
            "details": dict(person.details),
            "asked_at": now,
        },
    )
    if not new:
        often = registration.times_asked >= OFTEN
        quiet = ASK_OFTEN_AGAIN_AFTER if often else ASK_AGAIN_AFTER
        if now - registration.asked_at < quiet and _is_settled(registration):
            return
        _ask_again(registration, person)
    fact = RegistrationAsked(
        registration_id=registration.pk, session_id=session.pk, time=registration.times_asked
    )
    journal.record(fact, by=by)


def _is_settled(registration: Registration) -> bool:
    """Tell whether the mail of the last time still says what is true."""
    return registration.state != RegistrationState.LEFT


def _ask_again(registration: Registration, person: Person) -> None:
    starts_anew = registration.state == RegistrationState.LEFT or (
        registration.state == RegistrationState.ADMITTED and not _is_on_list(registration)
    )
    if starts_anew:
        MACHINE.move(registration, "ask_again")
        registration.confirmed_at = None
    if registration.state == RegistrationState.UNCONFIRMED:
        registration.first_name, registration.last_name = person.first_name, person.last_name
        registration.details = dict(person.details)
    registration.asked_at = clock.now()
    registration.times_asked += 1
    registration.save()


def _is_on_list(registration: Registration) -> bool:
    found = lists.by_ids([registration.enrolment_id] if registration.enrolment_id else [])
    return any(e.cancelled_at is None for e in found)


def _tidied(person: Person) -> Person:
    return Person(
        email=normal_email(person.email),
        first_name=tidy(person.first_name),
        last_name=tidy(person.last_name),
        details={tidy(label): tidy(value) for label, value in person.details.items() if value.strip()},
    )


@transaction.atomic
def walk_in(*, invitation_id: int, person: Person, by: Actor) -> None:
    """Put somebody who is there on the list at once, with an address or without one. An address that is on it
    already changes nothing. Raises Refused.
    """
    invitation, session, mission = held_invitation(invitation_id)
    person = _tidied(person)
    refuse_if(rules.door_is_open(invitation, session, mission))
    refuse_if(rules.is_a_registration(person) if person.email else rules.has_a_name(person))
    enrolment.admit(session_id=session.pk, people=[person], source=Source.WALK_IN, by=by)


@transaction.atomic
def leave(*, registration_id: int, by: Actor) -> None:
    """Have somebody give up their registration or their place on the waiting list. Safe to repeat."""
    registration, session, mission = held_registration(registration_id)
    if not MACHINE.allows("leave", registration):
        return
    waited = _end(registration, "leave")
    if waited:
        fact = WaitingListLeft(session_id=session.pk, registration_id=registration.pk)
        journal.record(fact, by=by, mission_id=mission.pk)


@transaction.atomic
def remove(*, registration_id: int, by: Actor) -> None:
    """Take off a registration that is not on the list yet; who waited is told. Raises Refused."""
    registration, session, mission = held_registration(registration_id)
    refuse_if([*may_run(mission, by), *rules.is_pending(registration)])
    waited = _end(registration, "remove")
    fact = RegistrationRemoved(session_id=session.pk, registration_id=registration.pk, waited=waited)
    journal.record(fact, by=by, mission_id=mission.pk)


def _end(registration: Registration, move: str) -> bool:
    """End a registration. Return whether it stood on the waiting list."""
    before = MACHINE.move(registration, move)
    registration.save(update_fields=["state"])
    return before == RegistrationState.WAITING
