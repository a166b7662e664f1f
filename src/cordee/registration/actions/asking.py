"""What people do for themselves before they are on the list, and what the coordinator does about it."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as lists
from cordee.enrolment.rules import Person, identity
from cordee.enrolment.states import Source
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.names import name_key, normal_email, tidy
from cordee.kernel.refusals import refuse_if
from cordee.missions.rules import may_run
from cordee.registration import queries, rules
from cordee.registration.actions.holding import held_invitation, held_registration
from cordee.registration.facts import RegistrationAsked, RegistrationRemoved, WaitingListLeft
from cordee.registration.models import Invitation, Registration
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
    known. The same person twice is one registration; another name at the same address is another person.
    Raises Refused.
    """
    invitation, session, mission = held_invitation(invitation_id)
    person = _tidied(person)
    refuse_if(rules.is_open(invitation, session, mission))
    refuse_if(rules.is_a_registration(person))
    mailbox = queries.of_mailbox(invitation, person.email)
    registration = queries.who_registered(person, mailbox)
    if registration is None:
        registration = _new(invitation, person)
        if _is_written_to_often(mailbox):
            return  # whoever reads this mailbox finds them beside those who registered before, and confirms there
    elif _was_answered(registration, mailbox):
        if identity.fuller(registration, person) is person:
            _complete(registration, person)
        return
    else:
        _ask_again(registration, person)
    fact = RegistrationAsked(
        registration_id=registration.pk, session_id=session.pk, time=registration.times_asked
    )
    journal.record(fact, by=by)


def _new(invitation: Invitation, person: Person) -> Registration:
    registration = Registration(invitation=invitation, email=person.email, asked_at=clock.now())
    _write(registration, person)
    registration.save()
    return registration


def _write(registration: Registration, person: Person) -> None:
    registration.first_name, registration.last_name = person.first_name, person.last_name
    registration.name_key = name_key(person.first_name, person.last_name)
    registration.details = dict(person.details)


def _is_written_to_often(mailbox: Sequence[Registration]) -> bool:
    """Tell whether an address was written to so often, without anybody confirming, that it gets a mail a day."""
    unconfirmed = [r for r in mailbox if r.state == RegistrationState.UNCONFIRMED]
    often = sum(r.times_asked for r in unconfirmed) >= OFTEN
    return often and clock.now() - max(r.asked_at for r in unconfirmed) < ASK_OFTEN_AGAIN_AFTER


def _was_answered(registration: Registration, mailbox: Sequence[Registration]) -> bool:
    """Tell whether the mail of the last time still says what is true, and is not long ago."""
    often = registration.times_asked >= OFTEN
    quiet = ASK_OFTEN_AGAIN_AFTER if often else ASK_AGAIN_AFTER
    lately = clock.now() - registration.asked_at < quiet or _is_written_to_often(mailbox)
    return lately and _is_settled(registration)


def _is_settled(registration: Registration) -> bool:
    """Tell whether the mail of the last time still says what is true."""
    return registration.state != RegistrationState.LEFT


def _ask_again(registration: Registration, person: Person) -> None:
    starts_anew = registration.state == RegistrationState.LEFT or (
        registration.state == RegistrationState.ADMITTED and not _is_on_list(registration)
    )
    if starts_anew:
        MACHINE.move(registration, "ask_again")
        registration.confirmed_at = registration.moved_up_at = None
    _complete(registration, person)
    registration.asked_at = clock.now()
    registration.times_asked += 1
    registration.save()


def _complete(registration: Registration, person: Person) -> None:
    """Take what is said now as long as nobody has confirmed it; a name that says less is not taken."""
    if registration.state == RegistrationState.UNCONFIRMED:
        named = identity.fuller(person, registration)
        _write(registration, replace(person, first_name=named.first_name, last_name=named.last_name))
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
        sure=True,
    )


@transaction.atomic
def walk_in(*, invitation_id: int, person: Person, by: Actor) -> None:
    """Put somebody who is there on the list at once, with an address or without one. Who is on it
    already stays as they are. Raises Refused.
    """
    invitation, session, mission = held_invitation(invitation_id)
    person = _tidied(person)
    refuse_if(rules.door_is_open(invitation, session, mission))
    refuse_if(rules.is_a_registration(person) if person.email else rules.has_a_name(person))
    enrolment.admit(session_id=session.pk, people=[person], source=Source.WALK_IN, by=by)


@transaction.atomic
def leave(*, registration_id: int, by: Actor) -> None:
    """Have somebody give up their registration, their place on the waiting list or on the list. Safe to repeat.
    Raises Refused for a place on the list once the session has started.
    """
    registration, session, mission = held_registration(registration_id)
    if not MACHINE.allows("leave", registration):
        return
    if _is_on_list(registration) and registration.enrolment_id:
        enrolment.give_up_place(enrolment_id=registration.enrolment_id, by=by)
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
