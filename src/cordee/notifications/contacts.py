"""Which messages must exist for the client's contacts who are asked for names."""

from collections.abc import Sequence

from django.db import transaction

from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import ListInvitation
from cordee.enrolment.queries import Asked
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.missions import queries as missions
from cordee.missions.models import Mission
from cordee.notifications import compose
from cordee.notifications.mails import Purpose
from cordee.notifications.pages import address_of
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.planning.models import Session

_INVITATION = "list_invitation"
MOST_SESSIONS = 6
"""Listed in a mail; the page has all of them."""


@transaction.atomic
def list_request(invitation_id: int, entry_id: int) -> None:
    """Make the mail exist that gives a contact the link to their page; each time they are asked is another.
    Safe to run twice.
    """
    invitation = _held(invitation_id)
    if invitation is None:
        return
    asked = next(a for a in enrolment.asked(invitation.mission_id) if a.invitation.pk == invitation_id)
    sessions = [s for s in planning.sessions_of(invitation.mission_id) if enrolment.something_to_come([s])]
    if asked.is_live and sessions:
        wanted = _request(invitation.mission, asked, sessions, entry_id=entry_id)
        mail.reconcile([wanted], obsolete=_waiting(invitation_id, before=entry_id))


@transaction.atomic
def withdraw_list_request(invitation_id: int, entry_id: int) -> None:
    """Take back what has not left: the link was ended. Safe to run twice."""
    _held(invitation_id)
    mail.reconcile([], obsolete=_waiting(invitation_id, before=entry_id))


def _held(invitation_id: int) -> ListInvitation | None:
    """Return who is asked, the mission held: nobody is given a link that ends while it is written."""
    found = enrolment.invitation(invitation_id)
    if found:
        missions.lock([found.mission_id])
    return enrolment.invitation(invitation_id) if found else None


def _waiting(invitation_id: int, *, before: int) -> list[str]:
    """Return the requests to a contact that have not left, made before an entry of the journal."""
    known = mail_queries.of(_INVITATION, [invitation_id])
    return [m.key for m in known if m.waits and m.about.occasion < before]


def _request(mission: Mission, asked: Asked, sessions: Sequence[Session], *, entry_id: int) -> Wanted:
    organisation, contact, coordinator = the_organisation(), asked.contact, mission.coordinator
    language = compose.written_in(sessions[0].language)
    letter = compose.write(
        Purpose.LIST_REQUEST,
        organisation=organisation,
        language=language,
        values={
            **compose.mission_values(mission, organisation),
            "first_name": contact.first_name or contact.last_name,
        },
        details=[
            (session.title, f"{compose.day_label(session, language)}\n{compose.place_label(session)}".strip())
            for session in sessions[:MOST_SESSIONS]
        ],
        url=address_of(asked),
    )
    return Wanted(
        key=f"list_invitation:{asked.invitation.pk}:{entry_id}",
        purpose=Purpose.LIST_REQUEST,
        about=About(_INVITATION, asked.invitation.pk, occasion=entry_id),
        to_email=contact.email,
        to_name=contact.full_name,
        reply_to=coordinator.user.email if coordinator else organisation.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language=language,
        mission_id=mission.pk,
    )
