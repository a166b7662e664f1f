"""Which messages must exist for who is asked how it was; hot surveys are asked with the certificate (`certificates`).

Nothing in them, nor in their keys, says what somebody answers; who has not answered is reminded once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from cordee.accounts.models import User
from cordee.catalogue.states import QuestionnaireKind
from cordee.clients.models import Contact
from cordee.kernel import clock, zones
from cordee.kernel.periods import local
from cordee.links import actions as links
from cordee.links.queries import token
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.missions import queries as missions
from cordee.notifications import compose, own_pages, queries
from cordee.notifications.mails import Mail, Purpose
from cordee.notifications.participants import mark
from cordee.notifications.queries import Wordbook
from cordee.notifications.reminders.moments import after
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.surveys import queries as surveys
from cordee.surveys.models import Addressee, Survey
from cordee.surveys.states import SURVEY_LINK

SURVEY = "survey"
"""What these messages are about: one survey."""
_K = QuestionnaireKind
_ASKS = {
    _K.COLD: Purpose.COLD_SURVEY,
    _K.CLIENT: Purpose.CONTACT_SURVEY,
    _K.FACILITATOR: Purpose.FACILITATOR_SURVEY,
}
_REMINDS = {
    _K.CHECK: Purpose.CHECK_REMINDER,
    _K.HOT: Purpose.SURVEY_REMINDER,
    _K.COLD: Purpose.SURVEY_REMINDER,
    _K.CLIENT: Purpose.CONTACT_SURVEY_REMINDER,
    _K.FACILITATOR: Purpose.FACILITATOR_SURVEY_REMINDER,
}
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _About:
    """What every message about a survey needs."""

    purpose: Mail
    survey: Survey
    organisation: Organisation
    words: Wordbook


@dataclass(frozen=True, slots=True)
class _Reader:
    """Somebody who is written to."""

    who: str
    first_name: str
    name: str
    email: str
    language: str
    url: str


@transaction.atomic
def reconcile(survey_id: int) -> None:
    """Have each who is asked by a survey written to once; what waits for who has answered is taken back.
    Safe to run twice.
    """
    survey = _held(survey_id)
    purpose = _ASKS.get(QuestionnaireKind(survey.kind))
    if purpose is None:
        return
    silent = surveys.silent_in([survey_id]) if _is_open(survey) and queries.rule_of(purpose).enabled else []
    _write(purpose, survey, silent)


def write_due() -> None:
    """Remind those who have not answered, once for each survey, on the morning so many days after it began.

    Unlike other reminders these are not written ahead: that somebody has answered is told nowhere. Safe to run twice.
    """
    now, rules = clock.now(), queries.rules()
    due: list[tuple[Survey, Mail]] = []
    for kind, purpose in _REMINDS.items():
        if rules[purpose].enabled:
            days = rules[purpose].amount
            opened = surveys.opened_between(
                kind, now - timedelta(days=days + 2), now - timedelta(days=days - 1)
            )
            due += [(s, purpose) for s in opened if _is_morning(after(s.opened_at, days), now)]
    written = mail_queries.written_about(_about(survey) for survey, _purpose in due)
    for survey, purpose in due:
        if (_about(survey), purpose) not in written:
            _remind(survey.pk, purpose)


def _is_morning(moment: datetime, now: datetime) -> bool:
    return moment <= now < moment + _A_DAY


@transaction.atomic
def _remind(survey_id: int, purpose: Mail) -> None:
    survey = _held(survey_id)
    if _is_open(survey):
        _write(purpose, survey, surveys.silent_in([survey_id]))


def _held(survey_id: int) -> Survey:
    missions.locked(surveys.survey(survey_id).mission_id or 0)
    return surveys.survey(survey_id)


def _is_open(survey: Survey) -> bool:
    return survey.closed_at is None and clock.now() < survey.closes_at


def _about(survey: Survey) -> About:
    return About(SURVEY, survey.pk)


def _write(purpose: Mail, survey: Survey, silent: Iterable[Addressee]) -> None:
    about = _About(purpose, survey, the_organisation(), queries.wordbook())
    wanted = [_message(reader, about) for reader in _readers(survey, list(silent)) if reader.email]
    keys = {message.key for message in wanted}
    known = mail_queries.of(SURVEY, [survey.pk])
    mail.reconcile(
        wanted, obsolete=[m.key for m in known if m.waits and m.purpose == purpose and m.key not in keys]
    )


def _readers(survey: Survey, silent: list[Addressee]) -> Iterator[_Reader]:
    spoken = survey.session.language if survey.session else "fr"
    people = {asked.enrolment: asked for asked in silent if asked.enrolment}
    ends = survey.session.ends_at if survey.session else clock.now()
    pages = own_pages.paths(dict.fromkeys(people, ends))
    for person in people:
        if person.pk in pages:
            path = f"{pages[person.pk]}survey/{survey.kind}/"
            who = person.participant
            yield _Reader(
                who=f"p{person.pk}",
                first_name=who.first_name or who.last_name,
                name=who.full_name,
                email=who.email,
                language=compose.written_in(spoken),
                url=compose.address(path),
            )
    for asked in silent:
        if asked.contact:
            yield _of_link(asked, f"c{asked.contact_id}", asked.contact, spoken)
        elif asked.facilitator:
            user = asked.facilitator.user
            yield _of_link(asked, f"f{asked.facilitator_id}", user, user.language)


def _of_link(asked: Addressee, who: str, person: Contact | User, language: str) -> _Reader:
    url = ""
    if person.email:
        link = links.give(
            purpose=SURVEY_LINK, subject_id=asked.pk, to=person.email, until=asked.survey.closes_at
        )
        url = compose.address(reverse("survey", args=[token(link)]))
    return _Reader(
        who=who,
        first_name=person.first_name or person.last_name,
        name=person.full_name,
        email=person.email,
        language=compose.written_in(language),
        url=url,
    )


def _message(reader: _Reader, about: _About) -> Wanted:
    survey, session = about.survey, about.survey.session
    mission = survey.mission
    letter = compose.write(
        about.purpose,
        organisation=about.organisation,
        language=reader.language,
        values={
            "first_name": reader.first_name,
            "session": session.title if session else "",
            "day": compose.day_label(session, reader.language) if session else "",
            "title": mission.order.title if mission else "",
            "client": mission.order.client.name if mission else "",
            "until": compose.day_words(local(survey.closes_at, zones.home()).date(), reader.language),
        },
        words=about.words.words(about.purpose, reader.language),
        url=reader.url,
    )
    return Wanted(
        key=f"{about.purpose}:{survey.pk}:{reader.who}:{mark(reader.email)}",
        purpose=about.purpose,
        about=_about(survey),
        to_email=reader.email,
        to_name=reader.name,
        reply_to=about.organisation.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language=reader.language,
        mission_id=survey.mission_id,
        session_id=survey.session_id,
        until=survey.closes_at,
    )
