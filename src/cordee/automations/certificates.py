"""Who was there gets a certificate once presence is recorded; corrected, it is replaced or revoked."""

from django.utils.translation import gettext_lazy as _

from cordee.attendance.facts import HalfDayCountersigned, PresenceCorrected, PresenceRecorded, TimesTold
from cordee.catalogue.states import QuestionnaireKind
from cordee.certificates import actions
from cordee.certificates.facts import ParticipationCertified
from cordee.enrolment.facts import EnrolmentCancelled, ParticipantCorrected
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.kernel.actor import SYSTEM
from cordee.notifications import certificates as notifications
from cordee.planning.facts import SessionCancelled, SessionRestored
from cordee.surveys.facts import SurveyAnswered

type Moves = (
    EnrolmentCancelled
    | HalfDayCountersigned
    | ParticipantCorrected
    | PresenceCorrected
    | PresenceRecorded
    | SessionCancelled
    | SessionRestored
    | SurveyAnswered
    | TimesTold
)
"""Facts after which what a certificate says may be something else."""


def subscribe() -> None:
    journal.subscribe(
        "certificate-mail",
        (ParticipationCertified, ParticipantCorrected),
        _tell,
        follows=_("The message that a certificate is ready"),
    )
    journal.subscribe(
        "certificates", Moves.__value__.__args__, _issue, follows=_("The certificates of who was there")
    )


def _issue(entry: Recorded[Moves]) -> None:
    if isinstance(entry.fact, SurveyAnswered) and entry.fact.kind != QuestionnaireKind.CHECK:
        return
    actions.issue_for_session(session_id=entry.fact.session_id, by=SYSTEM)


def _tell(entry: Recorded[ParticipationCertified | ParticipantCorrected]) -> None:
    notifications.reconcile(entry.fact.session_id)
