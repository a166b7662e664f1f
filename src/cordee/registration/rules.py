"""When people may register themselves, confirm, wait and walk in."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.accounts.rules import names_lead_nowhere
from cordee.enrolment.rules import Person
from cordee.kernel import clock
from cordee.kernel.names import is_email
from cordee.kernel.refusals import Blocker, Turn
from cordee.missions.models import Mission
from cordee.missions.states import MissionStatus
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from cordee.registration.models import Invitation, Registration
from cordee.registration.states import CONFIRM_WITHIN, DOOR_OPENS_BEFORE, PENDING, RegistrationState


def closing(invitation: Invitation, session: Session) -> datetime:
    """Return when registration closes (UTC): never after the session has started."""
    return min(invitation.closes_at or session.starts_at, session.starts_at)


def takes_place(session: Session, mission: Mission) -> bool:
    return session.status == SessionStatus.PLANNED and mission.status == MissionStatus.RUNNING


def is_open(invitation: Invitation, session: Session, mission: Mission) -> Iterator[Blocker]:
    """Registration is open until it closes, or is switched off."""
    if not takes_place(session, mission):
        yield Blocker("session_off", _("This session does not take place."))
    elif invitation.switched_off_at is not None or closing(invitation, session) <= clock.now():
        yield Blocker(
            "registration_closed",
            _("Registration is closed."),
            _("Write to the organiser: there may still be a way."),
        )


def door_is_open(invitation: Invitation, session: Session, mission: Mission) -> Iterator[Blocker]:
    """On the day people are put on the list on the spot, by the same link."""
    now = clock.now()
    if not takes_place(session, mission) or invitation.switched_off_at is not None:
        yield Blocker("registration_closed", _("Registration is closed."), _("Tell who runs the session."))
    elif now < session.starts_at - DOOR_OPENS_BEFORE:
        yield Blocker(
            "too_early",
            _("People are put on the list on the spot from one hour before the session."),
            _("Register by e-mail until then."),
            Turn.TIME,
        )
    elif session.ends_at <= now:
        yield Blocker(
            "too_late", _("This session is over."), _("Tell who runs the session that you were there.")
        )


def is_a_registration(person: Person) -> Iterator[Blocker]:
    """Who registers gives an address that a mail can reach, and a name."""
    if not is_email(person.email):
        yield Blocker(
            "bad_email",
            _("“%(email)s” is not an e-mail address.") % {"email": person.email},
            _("We write to it: check it."),
            field="email",
        )
    yield from has_a_name(person)


def has_a_name(person: Person) -> Iterator[Blocker]:
    """Some people have one name only; it may stand in either field."""
    if not (person.first_name or person.last_name):
        yield Blocker("no_name", _("Give your first name and your last name."), field="first_name")
    yield from names_lead_nowhere(first_name=person.first_name, last_name=person.last_name)


def not_started(session: Session) -> Iterator[Blocker]:
    if session.starts_at <= clock.now():
        yield Blocker(
            "already_started",
            _("The session has started: nobody is let in from the waiting list any more."),
            _("If you are there, tell who runs the session."),
        )


def can_still_confirm(registration: Registration, invitation: Invitation) -> Iterator[Blocker]:
    """A registration that is not confirmed in time is as if it had never been; one that was asked for in time may
    be confirmed after registration has closed, not after the coordinator has switched it off.
    """
    if invitation.switched_off_at is not None:
        yield Blocker(
            "registration_closed",
            _("Registration is closed."),
            _("Write to the organiser: there may still be a way."),
        )
    yield from not_expired(registration)


def not_expired(registration: Registration) -> Iterator[Blocker]:
    if registration.asked_at + CONFIRM_WITHIN <= clock.now():
        yield Blocker(
            "expired",
            _("This registration was not confirmed within two days."),
            _("Register again: it takes a minute."),
        )


def is_pending(registration: Registration) -> Iterator[Blocker]:
    if registration.state not in PENDING:
        yield Blocker(
            "not_pending",
            _("This registration does not wait for anything any more."),
            _("Load the page again: somebody may have changed it meanwhile."),
        )


def closing_makes_sense(closes_at: datetime | None, session: Session) -> Iterator[Blocker]:
    """Registration closes in time to come, and not after the start."""
    if closes_at is not None and closes_at <= clock.now():
        yield Blocker(
            "closes_in_the_past",
            _("Registration would be closed already."),
            _("Give a time to come, or leave it empty to close when the session starts."),
            field="closes_at",
        )
    if closes_at is not None and closes_at > session.starts_at:
        yield Blocker(
            "closes_after_start",
            _("Registration would close after the session has started."),
            _(
                "Leave it empty: it closes when the session starts, and people who come are added on the spot."
            ),
            field="closes_at",
        )


def state_now(registration: Registration) -> RegistrationState | None:
    """Return the state that counts; none for one that was not confirmed in time."""
    if registration.state == RegistrationState.UNCONFIRMED and list(not_expired(registration)):
        return None
    return RegistrationState(registration.state)
