"""Which messages must exist for the people on the list of a session."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.kernel import clock
from cordee.kernel.periods import HalfDaySlot
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.mail.actions import Wanted
from cordee.mail.queries import Known
from cordee.notifications import compose
from cordee.notifications.texts import Purpose
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus


@dataclass(frozen=True, slots=True)
class _About:
    """What every message about one session needs."""

    session: Session
    slots: Sequence[HalfDaySlot]
    organisation: Organisation
    _calendars: dict[tuple[int, bool], str] = field(default_factory=dict)

    def calendar(self, *, times_off: int, cancelled: bool) -> str:
        """Return the calendar file, written once for all: it is the slowest part of a message."""
        key = (times_off, cancelled)
        if key not in self._calendars:
            self._calendars[key] = compose.calendar_file(
                self.session, self.slots, self.organisation, times_off=times_off, cancelled=cancelled
            )
        return self._calendars[key]


def reconcile(session_id: int, enrolment_ids: Iterable[int] | None = None) -> None:
    """Make the right messages exist for those on the list of a session (or
    for some of them). Safe to run twice.

    Joining instructions once; an update for each change of date, place or link; a cancellation for who was
    told.
    """
    session = planning.session(session_id)
    if session is None:
        return
    about = _About(session, planning.slots(planning.half_days(session_id)), the_organisation())
    people = enrolment.told_about(session_id) if enrolment_ids is None else enrolment.by_ids(enrolment_ids)
    messages: dict[str, list[Known]] = {}
    for known_message in mail_queries.of_subjects([_ref(e) for e in people]):
        messages.setdefault(known_message.subject_ref, []).append(known_message)
    wanted: list[Wanted] = []
    obsolete: list[str] = []
    for person in people:
        known = messages.get(_ref(person), [])
        message = _wanted(person, known, about)
        waiting = [m.key for m in known if m.waits]
        obsolete += [key for key in waiting if message is None or key != message.key]
        if message:
            wanted.append(message)
    mail.reconcile(wanted, obsolete=obsolete)


def _wanted(person: Enrolment, known: list[Known], about: _About) -> Wanted | None:
    """Return the one message that must exist now for this person, if any."""
    session = about.session
    if not person.participant.email or session.starts_at <= clock.now():
        return None
    # What went to an address that was wrong has told nobody.
    left = [m for m in known if m.left and m.to_email == person.participant.email]
    times_off = sum(m.purpose == Purpose.JOINING_CANCELLED for m in left)
    told = bool(left) and left[-1].purpose != Purpose.JOINING_CANCELLED
    who = f"{person.pk}:{_mark(person.participant.email)}"
    expected = person.cancelled_at is None and session.status == SessionStatus.PLANNED
    if expected:
        key = f"joining:{who}:{session.schedule_version}:{times_off}"
        if any(m.key == key for m in left):
            return None
        purpose = Purpose.JOINING_CHANGED if told else Purpose.JOINING
        return _message(person, about, purpose, key=key, times_off=times_off)
    if told:
        key = f"joining-off:{who}:{times_off}"
        return _message(person, about, Purpose.JOINING_CANCELLED, key=key, times_off=times_off)
    return None


def _mark(email: str) -> str:
    """Return a short mark of an address: corrected, it is another message."""
    return sha256(email.encode()).hexdigest()[:8]


def _message(person: Enrolment, about: _About, purpose: Purpose, *, key: str, times_off: int) -> Wanted:
    session, participant = about.session, person.participant
    language = compose.written_in(session.language)
    cancelled = purpose == Purpose.JOINING_CANCELLED
    letter = compose.write(
        purpose,
        organisation=about.organisation,
        language=language,
        values={
            "first_name": participant.first_name or participant.last_name,
            "session": session.title,
            "day": compose.day_label(session, language),
            "client": session.mission.order.client.name,
            "instructions": "\n\n".join(
                part for part in (session.instructions, session.mission.order.practical_information) if part
            ),
            "reason": session.cancelled_because,
        },
        details=() if cancelled else compose.session_details(session, about.slots, language),
    )
    return Wanted(
        key=key,
        purpose=purpose,
        subject_ref=_ref(person),
        to_email=participant.email,
        to_name=participant.full_name,
        reply_to=about.organisation.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        calendar=about.calendar(times_off=times_off, cancelled=cancelled),
        language=language,
        mission_id=session.mission_id,
        session_id=session.pk,
    )


def _ref(person: Enrolment) -> str:
    return f"enrolment:{person.pk}"
