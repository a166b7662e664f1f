"""Which messages must exist for the people on the list of a session."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment, Participant
from cordee.enrolment.states import ENROLMENT, Source
from cordee.kernel import clock
from cordee.kernel.periods import HalfDaySlot
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.mail.actions import Wanted
from cordee.mail.queries import Known
from cordee.mail.states import About
from cordee.notifications import calendars, compose, own_pages, queries
from cordee.notifications.mails import TO_PARTICIPANTS, Mail, Purpose
from cordee.notifications.queries import Wordbook
from cordee.notifications.states import MailRule
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.planning.actions.holding import hold
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from cordee.registration import queries as registrations
from cordee.surveys import queries as surveys

_SOMEBODY = "somebody"
"""Stands in a calendar file for whose it is: written once for all, then made out to each."""


@dataclass(frozen=True)
class _About:
    """What every message about one session needs."""

    session: Session
    slots: Sequence[HalfDaySlot]
    organisation: Organisation
    to_ask: AbstractSet[int]
    """Enrolments of those who are asked questions before the session and have not answered."""
    calendars: Mapping[str, str]
    """The calendar files that people have, by the key of the message that brought them."""
    words: Wordbook
    joining: MailRule
    moved_up: AbstractSet[int]
    """Enrolments of those who had waited for a place: what they read first tells that it is theirs."""
    pages: Mapping[int, str]
    """The addresses of people's own pages, by enrolment."""

    told: Mapping[str, Any]
    """When and where, as the messages tell it."""
    changes_wait: timedelta
    """How long news of a change wait: until then it can be undone, and nobody hears of it."""

    others: dict[int, Session | None] = field(default_factory=dict)

    def calendar(self, person: Enrolment, last: Known | None, *, cancelled: bool) -> str:
        """Return the calendar file that comes after the one somebody has."""
        known = self.calendars.get(last.key, "") if last else ""
        if cancelled:
            return calendars.withdrawing(known)
        own = self._calendar_of_all.replace(f"UID:{_SOMEBODY}", f"UID:{_whose(person)}")
        return calendars.following(own, known)

    @cached_property
    def _calendar_of_all(self) -> str:
        return compose.calendar_file(self.session, self.slots, self.organisation, whose=_SOMEBODY)

    def known_to(self, last: Known) -> Session:
        """Return the session that somebody was told of: another one when the news of their move had not left."""
        told_of = last.session_id
        if told_of is None or told_of == self.session.pk:
            return self.session
        if told_of not in self.others:
            self.others[told_of] = planning.session(told_of)
        return self.others[told_of] or self.session


def _whose(person: Enrolment) -> str:
    """Return by what somebody's events are known in their calendar, also once they are moved.

    Numbers of places are small: the house makes them its own in calendars that several houses fill.
    """
    return f"{person.pk}-{mark(settings.BASE_URL)}"


def calendar_of(person: Enrolment, slots: Sequence[HalfDaySlot], organisation: Organisation) -> str:
    """Return somebody's session as a calendar file: the events that their mails bring."""
    return compose.calendar_file(person.session, slots, organisation, whose=_whose(person))


@transaction.atomic
def reconcile(session_id: int, enrolment_ids: Iterable[int] | None = None) -> None:
    """Make the right messages exist for those on the list of a session (or
    for some of them). Safe to run twice.

    Joining instructions once (to who had waited, with the word that a place is theirs); an update for each change of
    date, place or link, and for who was moved from another session; a cancellation for who was told. Who was moved
    on since is not spoken of: another fact tells of that. What waits for a place that is gone altogether is not sent.
    """
    hold([session_id])  # else what was true when it was read is written over what is true now
    session = planning.session(session_id)
    if session is None:
        return
    people = enrolment.told_about(session_id) if enrolment_ids is None else enrolment.by_ids(enrolment_ids)
    ids = [e.pk for e in people] if enrolment_ids is None else list(enrolment_ids)
    messages = _messages_about(ids)
    slots, rules = planning.slots(planning.half_days(session_id)), queries.rules()
    about = _About(
        session,
        slots,
        the_organisation(),
        surveys.unanswered(ids) if surveys.placement_wanted(session) else frozenset(),
        mail_queries.calendars(m.key for known in messages.values() for m in known if m.left),
        queries.wordbook(),
        rules[Purpose.JOINING],
        registrations.moved_up(e.pk for e in people if e.source == Source.REGISTRATION),
        own_pages.addresses({e: session.ends_at for e in people if _is_expected(e, session)}),
        compose.told_now(session, slots),
        rules[Purpose.JOINING_CHANGED].delay,
    )
    here = {e.pk: e for e in people if e.session_id == session_id}
    elsewhere = {e.pk for e in people} - set(here)
    found = (_wanted(person, messages[pk], about) for pk, person in here.items())
    wanted = {message.key: message for message in found if message}
    waiting = [m.key for pk, known in messages.items() if pk not in elsewhere for m in known if m.waits]
    as_wanted = mail.reconcile(wanted.values(), obsolete=[key for key in waiting if key not in wanted])
    if not as_wanted:  # one left meanwhile: they know something else now
        reconcile(session_id, ids)


def _messages_about(enrolment_ids: Sequence[int]) -> dict[int, list[Known]]:
    """Return what was written to each about coming or not, oldest first."""
    found: dict[int, list[Known]] = {pk: [] for pk in enrolment_ids}
    for message in mail_queries.of(ENROLMENT, enrolment_ids):
        if message.purpose in TO_PARTICIPANTS:
            found[message.about.id].append(message)
    return found


def _wanted(person: Enrolment, known: list[Known], about: _About) -> Wanted | None:
    """Return the one message that must exist now for this person, if any."""
    session = about.session
    if not person.participant.email or session.starts_at <= clock.now():
        return None
    # What went to an address that was wrong has told nobody.
    left = [m for m in known if m.left and m.to_email == person.participant.email]
    last = left[-1] if left else None
    told = last is not None and last.purpose != Purpose.JOINING_CANCELLED
    who = f"{person.pk}:{mark(person.participant.email)}"
    if not _is_expected(person, session):
        key = f"joining-off:{who}:{len(left)}"
        return _message(person, about, Purpose.JOINING_CANCELLED, key=key, last=last) if told else None
    if told and last and last.session_id == session.pk and _knows(last, about):
        return None
    first = Purpose.REGISTRATION_ADMITTED if person.pk in about.moved_up else Purpose.JOINING
    purpose = Purpose.JOINING_CHANGED if told else first
    if purpose == Purpose.JOINING and not about.joining.enabled:
        return None
    # Numbered by how many left before: until this one leaves, its words follow whatever changes again.
    key = f"joining:{who}:{session.schedule_version}:{len(left)}"
    return _message(person, about, purpose, key=key, last=last)


def _knows(last: Known, about: _About) -> bool:
    """Tell whether what somebody read is what is true: also when a change was undone before they heard of it."""
    return last.told == about.told if last.told else last.version == about.session.schedule_version


def _is_expected(person: Enrolment, session: Session) -> bool:
    return person.cancelled_at is None and session.status == SessionStatus.PLANNED


def mark(email: str) -> str:
    """Return a short mark of an address: corrected, it is another message."""
    return sha256(email.encode()).hexdigest()[:8]


def _message(person: Enrolment, about: _About, purpose: Mail, *, key: str, last: Known | None) -> Wanted:
    participant, cancelled = person.participant, purpose == Purpose.JOINING_CANCELLED
    session = about.known_to(last) if cancelled and last else about.session
    language = compose.written_in(session.language)
    letter = compose.write(
        purpose,
        organisation=about.organisation,
        language=language,
        values=values_for(participant, session, language)
        | ({} if _is_confirmed(person) else {"first_name": ""})
        | {
            "reason": about.session.cancelled_because,
            "news": compose.end_told(session, language),
            "change": compose.change_told(session, language, before=about.known_to(last) if last else None),
            "questions": questions(language) if person.pk in about.to_ask else "",
        },
        details=_details(purpose, about, language, last),
        words=about.words.words(purpose, language),
        url="" if cancelled else about.pages.get(person.pk, ""),
    )
    return Wanted(
        key=key,
        purpose=purpose,
        about=About(ENROLMENT, person.pk),
        to_email=participant.email,
        to_name=participant.full_name if _is_confirmed(person) else "",
        reply_to=about.organisation.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        calendar=about.calendar(person, last, cancelled=cancelled),
        language=language,
        mission_id=session.mission_id,
        session_id=about.session.pk,
        version=0 if cancelled else about.session.schedule_version,
        told={} if cancelled else about.told,
        due_at=_leaves_at(purpose, person, about),
        keeps_time=purpose != Purpose.JOINING,
    )


def _is_confirmed(person: Enrolment) -> bool:
    """Tell whether the name is more than what a stranger typed at the door: it is not written to others' addresses."""
    return person.source != Source.WALK_IN


def _details(purpose: Mail, about: _About, language: str, last: Known | None) -> Sequence[tuple[str, str]]:
    if purpose == Purpose.JOINING_CANCELLED:
        return ()
    if last is None or purpose != Purpose.JOINING_CHANGED:
        return compose.session_details(about.session, about.slots, language)
    moved = compose.moved_details(about.known_to(last), about.session, language)
    return [
        *moved,
        *compose.changed_details(about.session, about.slots, language, before=last.told),
    ]


def _leaves_at(purpose: Mail, person: Enrolment, about: _About) -> datetime | None:
    if purpose == Purpose.REGISTRATION_ADMITTED:  # they have waited long enough
        return None
    return _later(person, about) if purpose == Purpose.JOINING else _after_a_while(about)


def _after_a_while(about: _About) -> datetime | None:
    """Return when news of a change may leave; at once when they would come after the session has begun."""
    later = clock.now() + about.changes_wait
    return later if later < about.session.starts_at else None


def questions(language: str) -> str:
    """Return the words that ask for answers before the session."""
    with translation.override(language):
        return _(
            "Before you come, please answer the few questions on your page: the session will start from where you are."
        )


def values_for(participant: Participant, session: Session, language: str) -> dict[str, str]:
    """Return what mails to participants can say of somebody and of a session."""
    return {
        "first_name": participant.first_name or participant.last_name,
        "session": session.title,
        "day": compose.day_label(session, language),
        "client": session.mission.order.client.name,
        "instructions": "\n\n".join(compose.what_to_know(session)),
        "reason": session.cancelled_because,
    }


def _later(person: Enrolment, about: _About) -> datetime | None:
    """Return when joining instructions may leave; at once when they would come after the session has begun."""
    later = person.enrolled_at + about.joining.delay
    return later if clock.now() < later < about.session.starts_at else None
