"""Reminders to those who come."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.kernel.periods import HalfDaySlot
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.notifications import compose, own_pages
from cordee.notifications.mails import Mail, Purpose
from cordee.notifications.participants import mark, values_for
from cordee.notifications.reminders.desk import Desk, Nearby
from cordee.notifications.reminders.messages import before_session
from cordee.notifications.reminders.moments import Due, Reminder, before, day_of
from cordee.notifications.states import MailRule
from cordee.planning import queries as planning
from cordee.planning.models import Session

PURPOSES = (Purpose.REMINDER, Purpose.REMINDER_LAST)
FRESH = timedelta(days=1)
"""Who was enrolled less than this before has just read the joining instructions."""


def due(rules: Mapping[Mail, MailRule], nearby: Nearby) -> Iterator[Due]:
    """Give what is near for sessions on whose list there is somebody."""
    for purpose in PURPOSES:
        rule = rules[purpose]
        for one in nearby[rule.amount] if rule.enabled else ():
            if one.has_list:
                session = one.session
                about = _about(session.session_id, day_of(session.starts_at, session.time_zone))
                yield Due(mission_id=session.mission_id, purpose=purpose, about=about)


def reminders(sessions: Sequence[Session], desk: Desk) -> Iterator[Reminder]:
    """Give the reminders of these sessions that are near, or should have left."""
    for session in sessions:
        moments = {
            purpose: moment
            for purpose in PURPOSES
            if desk.rules[purpose].enabled
            and (moment := before(session.starts_at, session.time_zone, desk.rules[purpose].amount))
            <= desk.until
        }
        if not moments:
            continue
        slots = planning.slots(planning.half_days(session.pk))
        day = day_of(session.starts_at, session.time_zone).isoformat()
        listed = enrolment.enrolments(session.pk)
        pages = own_pages.addresses(dict.fromkeys(listed, session.ends_at))
        for person in listed:
            person.session = session
            for purpose, moment in moments.items():
                if person.participant.email and moment - person.enrolled_at >= FRESH:
                    key = f"{purpose}:{session.pk}:{day}:{person.pk}:{mark(person.participant.email)}"
                    write = partial(
                        _message, person, purpose, slots, desk, url=pages[person.pk], key=key, moment=moment
                    )
                    yield Reminder(key=key, moment=moment, compose=write)


def _message(
    person: Enrolment,
    purpose: Mail,
    slots: Sequence[HalfDaySlot],
    desk: Desk,
    *,
    url: str,
    key: str,
    moment: datetime,
) -> Wanted:
    session, participant = person.session, person.participant
    language = compose.written_in(session.language)
    letter = compose.write(
        purpose,
        organisation=desk.organisation,
        language=language,
        values=values_for(participant, session, language),
        details=compose.session_details(session, slots, language),
        url=url,
        words=desk.words.words(purpose, language),
    )
    return before_session(
        session,
        letter,
        key=key,
        purpose=purpose,
        about=_about(session.pk, day_of(session.starts_at, session.time_zone)),
        to=participant,
        reply_to=desk.organisation.reply_to,
        language=language,
        moment=moment,
    )


def _about(session_id: int, day: date) -> About:
    """Name a session on a day: moved to another, it has reminders of its own."""
    return About("reminder", session_id, day=day)
