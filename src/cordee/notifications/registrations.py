"""Which messages must exist for people who register themselves, until they are on the list."""

from datetime import datetime

from django.db import transaction

from cordee.kernel import clock
from cordee.mail import actions as mail
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.notifications import compose, own_pages
from cordee.notifications import queries as queries_of_mails
from cordee.notifications.mails import Mail, Purpose
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.planning.actions.holding import hold
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from cordee.registration import queries
from cordee.registration.models import Registration
from cordee.registration.states import RegistrationState


@transaction.atomic
def asked(registration_id: int, *, time: int) -> None:
    """Ask who registered to confirm, or tell who is known already where they stand: one mail for each `time`
    they registered. Safe to run twice.
    """
    registration = _as_it_stands(registration_id)
    if registration is None or registration.times_asked != time or _is_over(registration):
        return
    new = registration.state == RegistrationState.UNCONFIRMED
    purpose = Purpose.REGISTRATION_CONFIRM if new else Purpose.REGISTRATION_KNOWN
    mail.reconcile([_message(registration, purpose, key=f"registration:{registration.pk}:{time}")])


@transaction.atomic
def removed(registration_id: int) -> None:
    """Tell somebody who waited that the coordinator took them off. Safe to run twice."""
    registration = _as_it_stands(registration_id)
    if registration and registration.state == RegistrationState.REMOVED:
        mail.reconcile([_off(registration)])


@transaction.atomic
def session_cancelled(session_id: int) -> None:
    """Tell those who wait that there is nothing to wait for. Safe to run twice."""
    hold([session_id])
    session = planning.session(session_id)
    if session and session.status == SessionStatus.CANCELLED:
        found = (queries.registration(r.pk) for r in queries.waiting(session_id))
        mail.reconcile(_off(r) for r in found if r)


@transaction.atomic
def session_restored(session_id: int) -> None:
    """Leave those who wait in peace, and ask again those who had not been asked to confirm. Safe to run twice."""
    hold([session_id])
    mail.cancel([_off_key(r) for r in queries.waiting(session_id)])
    for registration in queries.unconfirmed(session_id):
        asked(registration.pk, time=registration.times_asked)


def _as_it_stands(registration_id: int) -> Registration | None:
    """Return a registration, its mission held: nobody is told what ends while it is written."""
    found = queries.registration(registration_id)
    if found:
        hold([found.invitation.session_id])
    return queries.registration(registration_id) if found else None


def _is_over(registration: Registration) -> bool:
    session = registration.invitation.session
    return session.status != SessionStatus.PLANNED or session.ends_at <= clock.now()


def _off(registration: Registration) -> Wanted:
    return _message(registration, Purpose.REGISTRATION_OFF, key=_off_key(registration))


def _off_key(registration: Registration) -> str:
    return f"registration-off:{registration.pk}:{registration.times_asked}"


def _message(registration: Registration, purpose: Mail, *, key: str) -> Wanted:
    session = registration.invitation.session
    # Until then the name may be anything that a stranger wants this address to read.
    confirmed = registration.confirmed_at is not None
    organisation, language = the_organisation(), compose.written_in(session.language)
    slots = planning.slots(planning.half_days(session.pk))
    letter = compose.write(
        purpose,
        organisation=organisation,
        language=language,
        values={
            "first_name": registration.first_name if confirmed else "",
            "session": session.title,
            "day": compose.day_label(session, language),
            "client": session.mission.order.client.name,
            "reason": session.cancelled_because,
            "news": compose.end_told(session, language, waiting=True),
        },
        details=compose.session_details(session, slots, language)
        if purpose == Purpose.REGISTRATION_CONFIRM
        else (),
        url="" if purpose == Purpose.REGISTRATION_OFF else own_pages.of_registration(registration, session),
    )
    return Wanted(
        key=key,
        purpose=purpose,
        about=About("registration", registration.pk, occasion=registration.times_asked),
        to_email=registration.email,
        to_name=registration.full_name if confirmed else "",
        reply_to=organisation.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language=language,
        mission_id=session.mission_id,
        session_id=session.pk,
        due_at=_after_a_while(session) if purpose == Purpose.REGISTRATION_OFF else None,
        keeps_time=True,
    )


def _after_a_while(session: Session) -> datetime | None:
    """Return when news of an end may leave; at once when they would come after the session has begun."""
    later = clock.now() + queries_of_mails.rule_of(Purpose.REGISTRATION_OFF).delay
    return later if later < session.starts_at else None
