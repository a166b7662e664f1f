"""Who registers themselves is asked to confirm; who waits is let in as soon as there is room."""

from django.utils.translation import gettext_lazy as _

from cordee.attendance import actions as attendance
from cordee.certificates import actions as certificates
from cordee.enrolment.facts import EnrolmentCancelled, ParticipantsEnrolled, ParticipantsMoved
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.kernel.actor import SYSTEM
from cordee.notifications import registrations
from cordee.planning.facts import SessionCancelled, SessionChanged, SessionRestored
from cordee.registration import actions
from cordee.registration.facts import RegistrationAsked, RegistrationRemoved


def subscribe() -> None:
    journal.subscribe(
        "registration-mail",
        (RegistrationAsked,),
        _ask_to_confirm,
        follows=_("The confirmation asked of who registered"),
    )
    journal.subscribe(
        "waiting-list",
        (EnrolmentCancelled, ParticipantsEnrolled, SessionChanged, SessionRestored),
        _move_up,
        follows=_("Letting those who wait in"),
    )
    journal.subscribe(
        "waiting-list-moved",
        (ParticipantsMoved,),
        _move_up_behind,
        follows=_("Letting those who wait in after somebody was moved"),
    )
    journal.subscribe(
        "walk-ins-present",
        (ParticipantsEnrolled,),
        _count_in,
        follows=_("The presence of those who put themselves on the list"),
    )
    journal.subscribe(
        "waiting-list-mail",
        (RegistrationRemoved, SessionCancelled),
        _tell,
        follows=_("The message to those who wait"),
    )


def _ask_to_confirm(entry: Recorded[RegistrationAsked]) -> None:
    registrations.asked(entry.fact.registration_id, time=entry.fact.time)


def _move_up(
    entry: Recorded[EnrolmentCancelled | ParticipantsEnrolled | SessionChanged | SessionRestored],
) -> None:
    actions.move_up(session_id=entry.fact.session_id)


def _count_in(entry: Recorded[ParticipantsEnrolled]) -> None:
    """Who comes after presence was recorded is present on what was recorded, and certified with the others."""
    if entry.fact.walk_in:
        attendance.count_in(session_id=entry.fact.session_id, enrolment_ids=entry.fact.enrolment_ids)
        certificates.issue_for_session(session_id=entry.fact.session_id, by=SYSTEM)


def _move_up_behind(entry: Recorded[ParticipantsMoved]) -> None:
    actions.move_up(session_id=entry.fact.from_session_id)
    actions.move_up(session_id=entry.fact.session_id)


def _tell(entry: Recorded[RegistrationRemoved | SessionCancelled]) -> None:
    match entry.fact:
        case RegistrationRemoved(registration_id=registration_id, waited=True):
            registrations.removed(registration_id)
        case SessionCancelled(session_id=session_id):
            registrations.session_cancelled(session_id)
