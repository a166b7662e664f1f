"""Which messages must exist for the client's contacts who are asked for names."""

from collections.abc import Sequence

from cordee.enrolment import queries as enrolment
from cordee.enrolment.queries import Asked
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.mail.actions import Wanted
from cordee.missions.models import Mission
from cordee.notifications import compose
from cordee.notifications.pages import address_of
from cordee.notifications.texts import Purpose
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.planning.models import Session

MOST_SESSIONS = 6
"""Listed in a mail; the page has all of them."""


def list_request(invitation_id: int, entry_id: int) -> None:
    """Make the mail exist that gives a contact the link to their page; each time they are asked is another.
    Safe to run twice.
    """
    invitation = enrolment.invitation(invitation_id)
    if invitation is None:
        return
    asked = next(a for a in enrolment.asked(invitation.mission_id) if a.invitation.pk == invitation_id)
    sessions = [s for s in planning.sessions_of(invitation.mission_id) if enrolment.something_to_come([s])]
    if asked.is_live and sessions:
        key = f"{_ref(invitation_id)}:{entry_id}"
        wanted = _request(invitation.mission, asked, sessions, key=key)
        mail.reconcile([wanted], obsolete=_waiting(invitation_id, before=entry_id))


def withdraw_list_request(invitation_id: int, entry_id: int) -> None:
    """Take back what has not left: the link was ended. Safe to run twice."""
    mail.reconcile([], obsolete=_waiting(invitation_id, before=entry_id))


def _waiting(invitation_id: int, *, before: int) -> list[str]:
    """Return the requests to a contact that have not left, made before an entry of the journal."""
    known = mail_queries.of_subjects([_ref(invitation_id)])
    return [m.key for m in known if m.waits and int(m.key.rpartition(":")[2]) < before]


def _request(mission: Mission, asked: Asked, sessions: Sequence[Session], *, key: str) -> Wanted:
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
        key=key,
        purpose=Purpose.LIST_REQUEST,
        subject_ref=_ref(asked.invitation.pk),
        to_email=contact.email,
        to_name=contact.full_name,
        reply_to=coordinator.user.email if coordinator else organisation.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language=language,
        mission_id=mission.pk,
    )


def _ref(invitation_id: int) -> str:
    return f"list_invitation:{invitation_id}"
