"""Which message must exist for the contact of a school who confirms that a session without a list took place."""

from django.db import transaction
from django.urls import reverse

from cordee.attendance import queries as attendance
from cordee.attendance.rules import is_confirmed_by_the_school
from cordee.attendance.states import CONFIRM_WITHIN, DELIVERY_LINK
from cordee.clients.models import Contact
from cordee.kernel import clock
from cordee.links import actions as links
from cordee.links.queries import address_mark, token
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.notifications import compose, queries
from cordee.notifications.mails import Purpose
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.planning.actions.holding import hold
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus

DELIVERY = "delivery"
"""What these messages are about: the session that is to be confirmed."""


@transaction.atomic
def reconcile(session_id: int) -> None:
    """Have the contact of a school asked once who was there, when the session is over; at another address once more.
    What waits and is not to be asked any more is taken back. Safe to run twice.
    """
    hold([session_id])
    session = planning.session(session_id)
    contact = session.mission.order.contact if session else None
    wanted = (
        [_letter(session, contact)] if session and contact and contact.email and _is_open(session) else []
    )
    keys = {message.key for message in wanted}
    known = mail_queries.of(DELIVERY, [session_id])
    mail.reconcile(wanted, obsolete=[m.key for m in known if m.waits and m.key not in keys])


def _is_open(session: Session) -> bool:
    return (
        queries.rule_of(Purpose.DELIVERY).enabled
        and session.status == SessionStatus.PLANNED
        and is_confirmed_by_the_school(session, enrolled=attendance.enrolled(session.pk))
        and attendance.delivery(session.pk) is None
        and clock.now() < session.ends_at + CONFIRM_WITHIN
    )


def _letter(session: Session, contact: Contact) -> Wanted:
    organisation, language = the_organisation(), compose.written_in(session.language)
    coordinator = session.mission.coordinator
    link = links.give(
        purpose=DELIVERY_LINK, subject_id=session.pk, to=contact.email, until=session.ends_at + CONFIRM_WITHIN
    )
    written = compose.write(
        Purpose.DELIVERY,
        organisation=organisation,
        language=language,
        values={
            "first_name": contact.first_name or contact.last_name,
            "session": session.title,
            "day": compose.day_label(session, language),
            "client": session.mission.order.client.name,
        },
        url=compose.address(reverse("delivery", args=[token(link)])),
    )
    return Wanted(
        key=f"delivery:{session.pk}:{address_mark(contact.email)[:16]}",
        purpose=Purpose.DELIVERY,
        about=About(DELIVERY, session.pk),
        to_email=contact.email,
        to_name=contact.full_name,
        reply_to=coordinator.user.email if coordinator else organisation.reply_to,
        subject=written.subject,
        text=written.text,
        html=written.html,
        language=language,
        mission_id=session.mission_id,
        session_id=session.pk,
        due_at=session.ends_at,
    )
