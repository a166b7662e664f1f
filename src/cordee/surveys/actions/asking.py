"""Beginning surveys: who was there, the client's contact and those who ran it are asked, each once."""

from collections.abc import Iterable

from django.db import transaction

from cordee.attendance import queries as attendance
from cordee.catalogue import queries as catalogue
from cordee.catalogue.states import QuestionnaireKind
from cordee.enrolment.models import Enrolment
from cordee.journal import actions as journal
from cordee.journal.states import ERASED
from cordee.kernel import clock
from cordee.kernel.actor import SYSTEM
from cordee.missions import queries as missions
from cordee.missions.models import Mission
from cordee.planning import queries as planning
from cordee.planning.actions.holding import hold
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from cordee.surveys import queries
from cordee.surveys.facts import SurveyOpened
from cordee.surveys.models import Addressee, Survey
from cordee.surveys.states import OPEN_FOR


@transaction.atomic
def ask_participants(*, session_id: int, kind: QuestionnaireKind) -> None:
    """Ask each who was on a session, by what presence says now; who turns out to have been absent is not asked any
    more, unless they have answered. Safe to run twice.

    What they answered in the room, before presence said that they were not there, stays counted. Of an anonymous survey
    nothing leads back from somebody to their answer, and nothing may.
    """
    session = _held(session_id)
    survey = _survey_of(session, kind) if session else None
    if session is None or survey is None or survey.closed_at:
        return
    on_list = (
        Enrolment.objects.filter(session=session, cancelled_at=None)
        .exclude(participant__last_name=ERASED, participant__email="")
        .values_list("pk", flat=True)
    )
    stays = attendance.stays(session_id)
    there = {enrolment_id for (enrolment_id, _half_day), stay in stays.items() if stay.minutes} & set(on_list)
    survey.asked.filter(answered=False).exclude(enrolment_id__in=there).delete()
    _ask(survey, "enrolment_id", there)


def ask_cold_due() -> None:
    """Ask who was on sessions so many days ago, as their service says, how it was. Safe to run twice."""
    for session_id in queries.cold_due(clock.now()):
        ask_participants(session_id=session_id, kind=QuestionnaireKind.COLD)


@transaction.atomic
def ask_one(*, enrolment_id: int, kind: QuestionnaireKind = QuestionnaireKind.HOT) -> Addressee | None:
    """Ask somebody in the room, before presence is recorded; nothing where nothing is asked, or any more."""
    session = _held(Enrolment.objects.values_list("session_id", flat=True).get(pk=enrolment_id))
    if session is None or not queries.opens_in_room(session, [kind]):
        return None
    survey = _survey_of(session, kind)
    if survey is None or survey.closed_at:
        return None
    _ask(survey, "enrolment_id", [enrolment_id])
    return survey.asked.get(enrolment_id=enrolment_id)


@transaction.atomic
def ask_facilitators(*, session_id: int) -> None:
    """Ask each who ran a session how it was for them. Safe to run twice."""
    session = _held(session_id)
    survey = _survey_of(session, QuestionnaireKind.FACILITATOR) if session else None
    if survey is None or survey.closed_at:
        return
    ran = {place.facilitator_id for place in planning.running([session_id])[session_id]}
    survey.asked.filter(answered=False).exclude(facilitator_id__in=ran).delete()
    _ask(survey, "facilitator_id", ran)


@transaction.atomic
def ask_contact(*, mission_id: int) -> None:
    """Ask the client's contact how the mission was, once its last session is over and recorded. Safe to run twice."""
    mission = missions.locked(mission_id)
    contact_id = mission.order.contact_id
    last = queries.last_session(mission_id)
    if contact_id is None or last is None:
        return
    questionnaire_id = catalogue.asked_by(last.line.service_type, QuestionnaireKind.CLIENT)
    if questionnaire_id is None:
        return
    survey = _open(QuestionnaireKind.CLIENT, questionnaire_id, mission, last, about_session=False)
    if not survey.closed_at:
        survey.asked.filter(answered=False).exclude(contact_id=contact_id).delete()
        _ask(survey, "contact_id", [contact_id])


def _held(session_id: int) -> Session | None:
    """Return a session that takes place, its mission held."""
    hold([session_id])
    session = planning.session(session_id)
    return session if session and session.status == SessionStatus.PLANNED else None


def _survey_of(session: Session, kind: QuestionnaireKind) -> Survey | None:
    """Return the survey about a session, begun now if it was not; nothing where its service asks nothing."""
    found = Survey.objects.filter(session=session, kind=kind).first()
    if found:
        return found
    questionnaire_id = catalogue.asked_by(session.line.service_type, kind)
    if questionnaire_id is None:
        return None
    return _open(kind, questionnaire_id, session.mission, session)


def _open(
    kind: QuestionnaireKind,
    questionnaire_id: int,
    mission: Mission,
    session: Session,
    *,
    about_session: bool = True,
) -> Survey:
    """Return the survey about a session, or about its mission as a whole; begun now if it was not."""
    now = clock.now()
    begins = {
        "service_type": session.line.service_type,
        "month": session.ends.date().replace(day=1),
        "client": mission.order.client,
        "questionnaire_id": questionnaire_id,
        "anonymous": catalogue.is_anonymous(questionnaire_id),
        "opened_at": now,
        "closes_at": max(now, session.ends_at) + OPEN_FOR[kind],
    }
    survey, new = Survey.objects.get_or_create(
        kind=kind, mission=mission, session=session if about_session else None, defaults=begins
    )
    if new:
        fact = SurveyOpened(survey_id=survey.pk, kind=kind, anonymous=survey.anonymous)
        journal.record(fact, by=SYSTEM, mission_id=survey.mission_id)
    return survey


def _ask(survey: Survey, who: str, ids: Iterable[int]) -> None:
    known = set(survey.asked.values_list(who, flat=True))
    Addressee.objects.bulk_create(Addressee(survey=survey, **{who: pk}) for pk in sorted(set(ids) - known))
    survey.people = survey.asked.count()
    survey.save(update_fields=["people"])
