"""Who was there, who ran it and who ordered it are asked how it was."""

from django.utils.translation import gettext_lazy as _

from cordee.attendance.facts import HeadcountRecorded
from cordee.catalogue.states import QuestionnaireKind
from cordee.certificates.facts import ParticipationCertified
from cordee.clients.facts import ContactChanged
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.notifications import surveys as notifications
from cordee.surveys import actions, queries
from cordee.surveys.facts import ResponseGiven, SurveyOpened


def subscribe() -> None:
    journal.subscribe(
        "surveys",
        (ParticipationCertified, HeadcountRecorded),
        _ask,
        follows=_("The surveys of who was there, who ran it and the client"),
    )
    journal.subscribe(
        "survey-mails", (SurveyOpened, ResponseGiven), _write, follows=_("The messages that ask how it was")
    )
    journal.subscribe(
        "survey-links", (ContactChanged,), _write_anew, follows=_("The messages that ask how it was")
    )


def _ask(entry: Recorded[ParticipationCertified | HeadcountRecorded]) -> None:
    """Presence says who was there: what is certified is what was recorded of a session that is over."""
    session_id = entry.fact.session_id
    if queries.is_over(session_id):
        for kind in (QuestionnaireKind.CHECK, QuestionnaireKind.HOT):
            actions.ask_participants(session_id=session_id, kind=kind)
        actions.ask_facilitators(session_id=session_id)
        if entry.mission_id:
            actions.ask_contact(mission_id=entry.mission_id)


def _write(entry: Recorded[SurveyOpened | ResponseGiven]) -> None:
    notifications.reconcile(entry.fact.survey_id)


def _write_anew(entry: Recorded[ContactChanged]) -> None:
    """A link opens for the address it was sent to: who has another one gets one of their own."""
    for survey_id in queries.open_for_contact(entry.fact.contact_id):
        notifications.reconcile(survey_id)
