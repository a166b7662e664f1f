"""Facilitators are asked, told of changes, and their refusals reach the coordinator."""

from django.utils.translation import gettext_lazy as _

from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.notifications import staff
from cordee.planning.facts import AssignmentChanged, FacilitatorPutOn, SessionCancelled, SessionChanged
from cordee.planning.states import AssignmentStatus


def subscribe() -> None:
    journal.subscribe(
        "staffing-mail",
        (FacilitatorPutOn, AssignmentChanged),
        _tell_one,
        follows=_("The message to the facilitator"),
    )
    journal.subscribe(
        "staffing-mail-all",
        (SessionChanged, SessionCancelled),
        _tell_all,
        follows=_("The messages to the facilitators"),
    )
    journal.subscribe(
        "declined-mail",
        (AssignmentChanged,),
        _tell_coordinator,
        follows=_("The message that somebody declined"),
    )


def _tell_one(entry: Recorded[FacilitatorPutOn | AssignmentChanged]) -> None:
    staff.reconcile(entry.fact.assignment_id)


def _tell_all(entry: Recorded[SessionChanged | SessionCancelled]) -> None:
    staff.reconcile_session(entry.fact.session_id)


def _tell_coordinator(entry: Recorded[AssignmentChanged]) -> None:
    if AssignmentStatus.DECLINED in {entry.fact.before, entry.fact.after}:
        staff.declined(entry.fact.assignment_id, noted_by=entry.user_id)
