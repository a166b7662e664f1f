"""What all reminders about one session have in common."""

from datetime import datetime

from cordee.accounts.models import User
from cordee.enrolment.models import Participant
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.notifications.compose import Letter
from cordee.notifications.mails import Mail
from cordee.planning.models import Session


def before_session(
    session: Session,
    letter: Letter,
    *,
    key: str,
    purpose: Mail,
    about: About,
    to: Participant | User,
    reply_to: str,
    language: str,
    moment: datetime,
) -> Wanted:
    """Return the message that leaves at `moment` (UTC); once the session has begun it would say nothing any more."""
    return Wanted(
        key=key,
        purpose=purpose,
        about=about,
        to_email=to.email,
        to_name=to.full_name,
        reply_to=reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language=language,
        mission_id=session.mission_id,
        session_id=session.pk,
        due_at=moment,
        until=session.starts_at,
    )
