"""Computing anew what waits, after somebody changed the words or the timing of mails."""

from collections.abc import Iterable

from django.db import transaction

from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.notifications import participants, registrations, reminders, staff
from cordee.notifications.mails import REMINDERS, TELLS_CANCELLATION, TO_PARTICIPANTS, TO_STAFF
from cordee.planning import queries as planning
from cordee.planning.actions.holding import hold
from cordee.planning.states import SessionStatus


def waiting(purposes: Iterable[str]) -> None:
    """Compute anew every message that waits for one of these purposes. Safe to run twice."""
    purposes = set(purposes)
    # Each holds its mission: in the order of their numbers, so that two never wait for each other.
    for mission_id, session_id in sorted(mail_queries.waiting_for(purposes), key=lambda m: (m[0], m[1] or 0)):
        one(mission_id, session_id, purposes)


def one(mission_id: int | None, session_id: int | None, purposes: Iterable[str]) -> None:
    """Compute anew what must exist for these purposes about a session or a mission. Safe to run twice."""
    wanted = set(purposes)
    if session_id and wanted & TO_PARTICIPANTS:
        participants.reconcile(session_id)
    if session_id and wanted & TO_STAFF:
        staff.reconcile_session(session_id)
    if mission_id and wanted & REMINDERS:
        reminders.renew(mission_id)


@transaction.atomic
def take_back_of_cancelled(session_id: int) -> None:
    """See to it that nothing about a cancelled session leaves any more, but for the word of it. Safe to run twice."""
    hold([session_id])
    session = planning.session(session_id)
    if session and session.status == SessionStatus.CANCELLED:
        mail.take_back_of_session(session_id, but=TELLS_CANCELLATION)


@transaction.atomic
def restored(session_id: int) -> None:
    """Write again what was taken back when a session was cancelled by mistake; the word of it does not leave.
    Safe to run twice.
    """
    hold([session_id])
    session = planning.session(session_id)
    if session and session.status == SessionStatus.PLANNED:
        participants.reconcile(session_id)
        staff.reconcile_session(session_id)
        registrations.session_restored(session_id)
        reminders.renew(session.mission_id)
