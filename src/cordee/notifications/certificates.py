"""Which messages must exist about the certificates of a session."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.catalogue.states import QuestionnaireKind
from cordee.certificates import queries as certificates
from cordee.certificates.models import Certificate
from cordee.certificates.states import Standing
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.kernel import clock
from cordee.kernel.periods import minutes_text
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.notifications import compose, own_pages, queries
from cordee.notifications.mails import Mail, Purpose
from cordee.notifications.participants import mark, values_for
from cordee.notifications.queries import Wordbook
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.planning.actions.holding import hold
from cordee.planning.models import Session
from cordee.surveys import queries as surveys

CERTIFICATE = "certificate"
"""What these messages are about: one certificate each."""


@dataclass(frozen=True, slots=True)
class _About:
    """What every message about the certificates of a session needs."""

    session: Session
    organisation: Organisation
    words: Wordbook
    delay: timedelta
    pages: Mapping[int, str]
    unchecked: Collection[int]
    """Who has not given the check, by enrolment."""
    told: frozenset[int]
    """The certificates of which a message has left."""


@transaction.atomic
def reconcile(session_id: int) -> None:
    """Have each who holds a certificate of a session know of it, once; of one that replaces or ends it, too.

    What waits for a certificate that stands no more is taken back. Who has no address is not written to: the
    coordinator hands the certificate over. Safe to run twice.
    """
    hold([session_id])
    session = planning.session(session_id)
    heads = certificates.heads_of_session(session_id)
    if session is None or not heads:
        return
    every = certificates.ids_of_session(session_id)
    known = mail_queries.of(CERTIFICATE, every)
    people = {e.pk: e for e in enrolment.by_ids(heads) if e.participant.email}
    about = _About(
        session,
        the_organisation(),
        queries.wordbook(),
        queries.rule_of(Purpose.CERTIFICATE).delay,
        own_pages.addresses(dict.fromkeys(people.values(), session.ends_at)),
        surveys.unanswered(people, QuestionnaireKind.CHECK),
        frozenset(m.about.id for m in known if m.left and m.purpose == Purpose.CERTIFICATE),
    )
    found = [_wanted(person, heads[pk], about) for pk, person in people.items()]
    wanted = {message.key: message for message in found if message}
    mail.reconcile(wanted.values(), obsolete=[m.key for m in known if m.waits and m.key not in wanted])


def _wanted(person: Enrolment, certificate: Certificate, about: _About) -> Wanted | None:
    """Return the one message that must exist now for this person, if any."""
    if certificates.standing_of(certificate) == Standing.VALID:
        url = about.pages.get(person.pk, "")
        return _message(Purpose.CERTIFICATE, person, certificate, about, url) if url else None
    if certificate.pk in about.told:
        return _message(Purpose.CERTIFICATE_REVOKED, person, certificate, about, "")
    return None


def _message(purpose: Mail, person: Enrolment, certificate: Certificate, about: _About, url: str) -> Wanted:
    participant, session = person.participant, about.session
    language = compose.written_in(session.language)
    letter = compose.write(
        purpose,
        organisation=about.organisation,
        language=language,
        values=values_for(participant, session, language)
        | {
            "participant": certificate.content["person"],
            "hours": minutes_text(certificate.minutes),
            "replaces": _replaced(certificate, about, language),
            "survey": survey(language, _asked(person, about)),
        },
        words=about.words.words(purpose, language),
        url=url,
    )
    return Wanted(
        key=f"{purpose}:{certificate.pk}:{mark(participant.email)}",
        purpose=purpose,
        about=About(CERTIFICATE, certificate.pk),
        to_email=participant.email,
        to_name=participant.full_name,
        reply_to=about.organisation.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language=language,
        mission_id=session.mission_id,
        session_id=session.pk,
        due_at=clock.now() + about.delay,
        keeps_time=True,
    )


def _asked(person: Enrolment, about: _About) -> list[QuestionnaireKind]:
    """Return what somebody is asked with their certificate: the check once only."""
    kinds = surveys.asked_after(about.session)
    return [kind for kind in kinds if kind != QuestionnaireKind.CHECK or person.pk in about.unchecked]


def survey(language: str, kinds: Collection[QuestionnaireKind]) -> str:
    """Return the words that ask where somebody is now and how it was: the certificate and both are on one page, and
    asked by one mail.
    """
    with translation.override(language):
        if QuestionnaireKind.CHECK not in kinds:
            asks = _(
                "How was it? Your page asks you, in less than two minutes: your answers help us do better."
            )
            return asks if kinds else ""
        if QuestionnaireKind.HOT not in kinds:
            return _(
                "Where are you now? Your page asks you, in less than two minutes, and shows what you have learned."
            )
        return _(
            "Where are you now, and how was it? Your page asks you, in two minutes, and shows what you have learned."
        )


def _replaced(certificate: Certificate, about: _About, language: str) -> str:
    """Say which certificate no longer is valid, to who had read of it."""
    if certificate.replaces_id not in about.told:
        return ""
    with translation.override(language):
        words = _("It replaces the certificate %(number)s, which is no longer valid.")
    return words % {"number": certificate.content["replaces"]}
