"""Finding what is to be written now, and bringing what is written in line with what is true now."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from cordee.kernel import clock
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.missions import queries as missions
from cordee.missions.states import MissionStatus
from cordee.notifications import queries
from cordee.notifications.mails import REMINDERS
from cordee.notifications.reminders import answers, lists, people, placement
from cordee.notifications.reminders.desk import desk, nearby
from cordee.notifications.reminders.moments import Reminder, is_near
from cordee.notifications.states import Timing
from cordee.planning import queries as planning


def write_due() -> None:
    """Write the reminders that leave soon and are not written yet. Safe to run twice.

    A dozen small queries when there is nothing to do, however many sessions there are: each looks at a few days.
    """
    rules, now = queries.rules(), clock.now()
    days = {rule.amount for rule in rules.values() if rule.enabled and rule.timing == Timing.DAYS_BEFORE}
    approaching = nearby(days, now)
    found = [
        *people.due(rules, approaching),
        *lists.due(rules, approaching),
        *placement.due(rules, approaching),
        *answers.due(rules, now),
    ]
    written = mail_queries.written_about(due.about for due in found)
    for mission_id in sorted({due.mission_id for due in found if (due.about, due.purpose) not in written}):
        renew(mission_id)


def follow(mission_id: int) -> None:
    """Bring the reminders of a mission that wait in line with what is true now. Safe to run twice.

    What is not written yet is for `write_due`: where nothing waits, this is one query.
    """
    if mail_queries.waiting_of(mission_id, REMINDERS):
        renew(mission_id)


@transaction.atomic
def renew(mission_id: int) -> None:
    """Write what is near for a mission, renew what waits, take back what is no longer true. Safe to run twice."""
    locked = missions.locked(
        mission_id
    )  # else who is taken off the list now might be written to all the same
    now = clock.now()
    waiting = {m.key for m in mail_queries.waiting_of(mission_id, REMINDERS)}
    found = list(_reminders(mission_id, now)) if locked.status == MissionStatus.RUNNING else []
    mail.reconcile(
        [reminder.compose() for reminder in found if is_near(reminder.moment, now)],
        obsolete=waiting - {reminder.key for reminder in found},
    )


def _reminders(mission_id: int, now: datetime) -> Iterator[Reminder]:
    """Give every reminder of a mission that is near or should have left, whether it is written or not."""
    sessions = planning.to_come(mission_id)
    if sessions:
        on_desk = desk(now)
        yield from people.reminders(sessions, on_desk)
        yield from lists.reminders(sessions, on_desk)
        yield from placement.reminders(sessions, on_desk)
        yield from answers.reminders(sessions[0].mission, on_desk)
