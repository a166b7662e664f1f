"""Computing anew what waits, after somebody changed the words or the timing of mails."""

from collections.abc import Iterable

from cordee.mail import queries as mail_queries
from cordee.notifications import participants, reminders, staff
from cordee.notifications.kinds import REMINDERS, TO_PARTICIPANTS, TO_STAFF


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
        staff.reconcile_session(session_id, changed=False)
    if mission_id and wanted & REMINDERS:
        reminders.renew(mission_id)
