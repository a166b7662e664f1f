"""A mail shown on a real session, as it would leave."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.accounts.models import User
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Participant
from cordee.kernel.periods import minutes_text
from cordee.notifications import certificates, compose, participants
from cordee.notifications.compose import Letter
from cordee.notifications.mails import Mail, Table
from cordee.notifications.reminders.placement import told_of
from cordee.notifications.rules import Words
from cordee.notifications.states import Reader
from cordee.organisation.models import Organisation
from cordee.planning import queries as planning
from cordee.planning.models import Assignment, Session
from cordee.surveys import queries as surveys
from cordee.surveys.queries import Group

_TOKEN = "TOKEN"  # noqa: S105 - where a secret would stand


def preview(
    purpose: Mail,
    *,
    words: Words,
    language: str,
    session: Session,
    organisation: Organisation,
    viewer: User,
) -> Letter:
    """Return the mail with these words about a real session; its personal links lead nowhere.

    It is written to the first person it concerns: on the list, on the session, in charge; else to the viewer.
    """
    places = planning.assignments(session.pk)
    return compose.write(
        purpose,
        organisation=organisation,
        language=language,
        values=_values(session, places, organisation, language)
        | {"first_name": _first_name(purpose, session, places, viewer), "email": viewer.email},
        details=_details(purpose, session, places, language),
        url=_address(purpose, session),
        words=words,
    )


def _values(
    session: Session, places: list[Assignment], organisation: Organisation, language: str
) -> dict[str, str]:
    names = list(dict.fromkeys(place.facilitator.full_name for place in places))
    group = surveys.group(session) or Group(people=0, answered=0, profiles=(), forgotten=False)
    with translation.override(language):
        return {
            **told_of(group, language),
            "questions": participants.questions(language) if surveys.placement_wanted(session) else "",
            **participants.values_for(Participant(), session, language),
            **compose.mission_values(session.mission, organisation),
            "change": compose.change_told(session, language),
            "news": compose.end_told(session, language),
            "due_on": compose.day_label(session, language),
            "reason": session.cancelled_because or _("(the reason that was given)"),
            "name": names[0] if names else _("(a name)"),
            "names": ", ".join(names) or _("(names)"),
            "participant": _("(a name)"),
            "hours": minutes_text(180),
            "supplier": _("(a name)"),
            "account": "FR76 •••• •••• 189",
            "code": "123 456",
            "paper": _("(a legal paper)"),
            "complaint": "Q-2027-7KX3M",
            "answer": _("(what quality wrote)"),
            "outcome": _("(what was decided)"),
            "improvement": "A-2027-0007",
            "owner": _("(a name)"),
            "what": _("(what quality wrote)"),
            "replaces": "",
            "survey": certificates.survey(language, surveys.IN_ROOM),
            "until": compose.day_label(session, language),
            "request": session.mission.ref.replace("M-", "R-", 1) + "-A",
        }


def _first_name(purpose: Mail, session: Session, places: list[Assignment], viewer: User) -> str:
    reader, contact = purpose.reader, session.mission.order.contact
    if reader == Reader.PARTICIPANT and (people := enrolment.enrolments(session.pk)):
        return people[0].participant.first_name or people[0].participant.last_name
    if reader == Reader.CONTACT and contact:
        return contact.first_name or contact.last_name
    if reader == Reader.FACILITATOR and places:
        return places[0].facilitator.user.first_name
    if reader == Reader.COORDINATOR and session.mission.coordinator:
        return session.mission.coordinator.user.first_name
    return viewer.first_name


def _details(
    purpose: Mail, session: Session, places: list[Assignment], language: str
) -> list[tuple[str, str]]:
    slots = planning.slots(planning.half_days(session.pk))
    match purpose.table:
        case Table.WHEN_AND_WHERE:
            return compose.session_details(session, slots, language)
        case Table.SESSIONS:
            return [(session.title, compose.times_label(session, slots, language))]
        case Table.PEOPLE:
            told = f"{session.title}, {compose.day_label(session, language)}"
            return [(place.facilitator.full_name, told) for place in places]
    return []


def _address(purpose: Mail, session: Session) -> str:
    match purpose.reader:
        case Reader.PARTICIPANT | Reader.CONTACT:
            path = "/…/"
        case _ if purpose.opens_session:
            path = reverse("session", args=[session.ref])
        case Reader.FACILITATOR:
            path = reverse("answer", args=[_TOKEN]).replace(_TOKEN, "…")
        case Reader.ANYBODY:
            path = reverse("account_login")
        case _:
            path = reverse("mission", args=[session.mission.ref])
    return compose.address(path)
