"""What lies on the desk of whoever writes reminders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cordee.enrolment import queries as enrolment
from cordee.notifications import queries
from cordee.notifications.mails import Mail
from cordee.notifications.queries import Wordbook
from cordee.notifications.reminders.moments import AHEAD, before, is_near, window_before
from cordee.notifications.states import MailRule
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.planning.queries import Starting


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The rules, the words, and the last moment that is looked at: read once for all reminders of a mission."""

    rules: Mapping[Mail, MailRule]
    words: Wordbook
    organisation: Organisation
    until: datetime


def desk(now: datetime) -> Desk:
    return Desk(
        rules=queries.rules(), words=queries.wordbook(), organisation=the_organisation(), until=now + AHEAD
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Approaching:
    """A session that has a reminder soon, and whether there is somebody on its list."""

    session: Starting
    moment: datetime
    has_list: bool


type Nearby = Mapping[int, list[Approaching]]
"""By number of days before: the sessions whose reminder, that many days before, is to be written now."""


def nearby(days: set[int], now: datetime) -> Nearby:
    """Return what approaches: two queries for each number of days."""
    return {number: _approaching(number, now) for number in days}


def _approaching(days: int, now: datetime) -> list[Approaching]:
    sessions = planning.starting_between(*window_before(now, days))
    listed = enrolment.counts(s.session_id for s in sessions)
    found = [
        Approaching(session=s, moment=before(s.starts_at, s.time_zone, days), has_list=s.session_id in listed)
        for s in sessions
    ]
    return [one for one in found if is_near(one.moment, now)]
