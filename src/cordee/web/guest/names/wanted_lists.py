"""The sessions of a mission as their lists are asked for: how many names, and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cordee.enrolment import queries
from cordee.enrolment.queries import Given
from cordee.enrolment.rules import closes_to_contact_at
from cordee.kernel import clock
from cordee.kernel.periods import local
from cordee.missions import queries as missions
from cordee.planning.models import Session
from cordee.planning.states import DeliveryMode
from cordee.web.components import formatting
from cordee.web.guest.names.door import Door


@dataclass(frozen=True, slots=True)
class Closing:
    """Until when the contact may change a list, in words."""

    closed: bool
    words: str


def closing(session: Session, days_before: int) -> Closing:
    """Return until when the list of a session is open to the contact."""
    closes_at = closes_to_contact_at(session, days_before=days_before)
    closed = closes_at <= clock.now()
    here = local(closes_at, session.time_zone)
    if session.ends_at <= clock.now():
        return Closing(closed, _("This session is over."))
    if closes_at == session.starts_at:
        values = {"day": formatting.day(here), "hour": formatting.clock(here)}
        words = _("Closed since the session began.") if closed else _("Open until %(day)s, %(hour)s.")
        return Closing(closed, words % values)
    last_day = formatting.day(here - timedelta(minutes=1))
    words = _("Closed since the evening of %(day)s.") if closed else _("Open until the evening of %(day)s.")
    return Closing(closed, words % {"day": last_day})


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedList:
    """A session as its list is asked for: when, where, how many names, until when. Times carry its zone."""

    session: Session
    url: str
    starts: datetime
    ends: datetime
    where: str
    given: Given
    expected: int
    closing: Closing

    @property
    def full(self) -> bool:
        return self.given.people >= self.session.capacity

    @property
    def complete(self) -> bool:
        given = self.given
        enough = given.people >= self.expected if self.expected else bool(given.people)
        return enough and not (given.waiting or given.without_email or given.without_name)


def wanted_lists(door: Door, given: Mapping[int, Given], *, days_before: int) -> list[WantedList]:
    """Return the sessions of which it is known what was `given`."""
    lines = missions.lines(door.mission.order_id)
    expected = queries.expected(door.sessions, lines)
    return [
        WantedList(
            session=session,
            url=door.list_url(session),
            starts=session.starts,
            ends=session.ends,
            where=_where(session),
            given=given[session.pk],
            expected=expected.get(session.pk, 0),
            closing=closing(session, days_before),
        )
        for session in door.sessions
        if session.pk in given
    ]


def _where(session: Session) -> str:
    if session.mode == DeliveryMode.REMOTE:
        return _("Remote")
    return ", ".join(part for part in (session.place, session.address) if part)
