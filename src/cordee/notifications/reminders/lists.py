"""Lists that are missing: asked from the client's contact, told to the coordinator.

One message for all that takes place on one day of a mission: four workshops in parallel are one list to ask for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.urls import reverse

from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.enrolment import queries as enrolment
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.missions.models import Mission
from cordee.notifications import compose
from cordee.notifications.mails import Mail, Purpose
from cordee.notifications.pages import contact_link
from cordee.notifications.participants import mark
from cordee.notifications.reminders.desk import Desk, Nearby
from cordee.notifications.reminders.moments import Due, Reminder, before, day_of
from cordee.notifications.states import MailRule
from cordee.organisation.models import Organisation
from cordee.planning import queries as planning
from cordee.planning.models import Session

ASKED = (Purpose.LIST_ASKED, Purpose.LIST_ASKED_LAST)
MISSING = (Purpose.LIST_MISSING, Purpose.LIST_MISSING_LAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """What takes place on one day of a mission without anybody on its lists."""

    mission: Mission
    day: date
    sessions: Sequence[Session]

    @property
    def first(self) -> Session:
        return self.sessions[0]

    @property
    def about(self) -> About:
        return _about(self.mission.pk, self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Who is written to."""

    email: str
    first_name: str
    full_name: str
    language: str
    reply_to: str
    url: str


def due(rules: Mapping[Mail, MailRule], nearby: Nearby) -> Iterator[Due]:
    """Give what is near for sessions on whose list there is nobody, where somebody should be."""
    for purpose in (*ASKED, *MISSING):
        rule = rules[purpose]
        for one in nearby[rule.amount] if rule.enabled else ():
            session = one.session
            if not one.has_list and session.sector not in ENROLMENT_OPTIONAL:
                about = _about(session.mission_id, day_of(session.starts_at, session.time_zone))
                yield Due(mission_id=session.mission_id, purpose=purpose, about=about)


def reminders(sessions: Sequence[Session], desk: Desk) -> Iterator[Reminder]:
    """Give what is to be said of the missing lists of these sessions, of one mission: near, or should have left."""
    for day in _days(sessions):
        readers = [
            *((purpose, _contact(day, desk.organisation)) for purpose in ASKED),
            *((purpose, _coordinator(day, desk.organisation)) for purpose in MISSING),
        ]
        for purpose, reader in readers:
            rule = desk.rules[purpose]
            moment = before(day.first.starts_at, day.first.time_zone, rule.amount)
            if reader and rule.enabled and moment <= desk.until:
                key = f"{purpose}:{day.mission.pk}:{day.day.isoformat()}:{mark(reader.email)}"
                write = partial(_message, day, reader, purpose, desk, key=key, moment=moment)
                yield Reminder(key=key, moment=moment, compose=write)


def _days(sessions: Sequence[Session]) -> Iterator[_Day]:
    enrolled = enrolment.counts(s.pk for s in sessions)
    days: dict[date, list[Session]] = {}
    for session in sessions:
        if session.pk not in enrolled and session.mission.order.sector not in ENROLMENT_OPTIONAL:
            days.setdefault(day_of(session.starts_at, session.time_zone), []).append(session)
    for day, found in days.items():
        yield _Day(mission=found[0].mission, day=day, sessions=found)


def _contact(day: _Day, organisation: Organisation) -> _Reader | None:
    contact, coordinator = day.mission.order.contact, day.mission.coordinator
    if contact is None or not contact.email:
        return None
    return _Reader(
        email=contact.email,
        first_name=contact.first_name or contact.last_name,
        full_name=contact.full_name,
        language=compose.written_in(day.first.language),
        reply_to=coordinator.user.email if coordinator else organisation.reply_to,
        url=contact_link(day.mission),
    )


def _coordinator(day: _Day, organisation: Organisation) -> _Reader | None:
    coordinator = day.mission.coordinator
    if coordinator is None:
        return None
    return _Reader(
        email=coordinator.user.email,
        first_name=coordinator.user.first_name,
        full_name=coordinator.full_name,
        language=compose.written_in(coordinator.user.language),
        reply_to=organisation.reply_to,
        url=compose.address(reverse("mission", args=[day.mission.ref])),
    )


def _message(day: _Day, reader: _Reader, purpose: Mail, desk: Desk, *, key: str, moment: datetime) -> Wanted:
    letter = compose.write(
        purpose,
        organisation=desk.organisation,
        language=reader.language,
        values={
            **compose.mission_values(day.mission, desk.organisation),
            "first_name": reader.first_name,
            "day": compose.day_label(day.first, reader.language),
        },
        details=[
            (s.title, compose.times_label(s, planning.slots(planning.half_days(s.pk)), reader.language))
            for s in day.sessions
        ],
        url=reader.url,
        words=desk.words.words(purpose, reader.language),
    )
    return Wanted(
        key=key,
        purpose=purpose,
        about=day.about,
        to_email=reader.email,
        to_name=reader.full_name,
        reply_to=reader.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language=reader.language,
        mission_id=day.mission.pk,
        session_id=day.first.pk if len(day.sessions) == 1 else None,
        due_at=moment,
        until=day.first.starts_at,
    )


def _about(mission_id: int, day: date) -> About:
    return About("lists", mission_id, day=day)
