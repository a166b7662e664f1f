"""A sheet is submitted by itself once nothing is missing on it, and goes back when what was signed changed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cordee.attendance.facts import (
    HalfDayCountersigned,
    HalfDayReopened,
    HeadcountRecorded,
    PresenceCorrected,
)
from cordee.closure import actions as closure
from cordee.closure import queries as closure_queries
from cordee.conformity import actions
from cordee.conformity.facts import SheetAccepted, SheetRefused, SheetSentBack, SheetSubmitted
from cordee.conformity.states import Cause
from cordee.deposits.facts import SheetPageConfirmed, SheetPageReopened
from cordee.enrolment.facts import EnrolmentCancelled, ParticipantsEnrolled, ParticipantsMoved
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.kernel.actor import SYSTEM
from cordee.kernel.facts import Fact
from cordee.notifications import sheets as notifications
from cordee.organisation.facts import OrganisationChanged
from cordee.planning.facts import AssignmentChanged, FacilitatorPutOn, RoleChanged, SessionChanged

CAUSES: dict[type[Fact], Cause] = {
    HalfDayReopened: Cause.REOPENED,
    SheetPageReopened: Cause.REOPENED,
    PresenceCorrected: Cause.PRESENCE_CORRECTED,
    HeadcountRecorded: Cause.PRESENCE_CORRECTED,
    EnrolmentCancelled: Cause.LIST_CHANGED,
    ParticipantsEnrolled: Cause.LIST_CHANGED,
    ParticipantsMoved: Cause.LIST_CHANGED,
    AssignmentChanged: Cause.SESSION_CHANGED,
    FacilitatorPutOn: Cause.SESSION_CHANGED,
    RoleChanged: Cause.SESSION_CHANGED,
    SessionChanged: Cause.SESSION_CHANGED,
}
"""Facts after which a sheet that was submitted may no longer be what it was."""


def subscribe() -> None:
    journal.subscribe(
        "sheets",
        (HalfDayCountersigned, SheetPageConfirmed, *CAUSES),
        _follow,
        follows=_("Submitting the attendance sheet, or sending it back"),
    )
    journal.subscribe(
        "sheet-mails",
        (SheetAccepted, SheetRefused, SheetSentBack, SheetSubmitted),
        _tell,
        follows=_("The message that a sheet was refused, or went back"),
    )
    journal.subscribe(
        "boards-after-policies",
        (OrganisationChanged,),
        _count_again,
        follows=_("What lists say is proven, after it was changed which sectors need a sheet"),
    )


def _follow(entry: Recorded[Any]) -> None:
    session_ids = {entry.fact.session_id, getattr(entry.fact, "from_session_id", entry.fact.session_id)}
    cause = CAUSES.get(type(entry.fact))
    for session_id in sorted(session_ids):
        if cause:
            actions.send_back(session_id=session_id, cause=cause, entry_id=entry.entry_id, by=SYSTEM)
        actions.submit_if_complete(session_id=session_id)


def _tell(entry: Recorded[SheetAccepted | SheetRefused | SheetSentBack | SheetSubmitted]) -> None:
    notifications.reconcile(entry.fact.session_id)


def _count_again(entry: Recorded[OrganisationChanged]) -> None:
    if "sheet_sectors" in entry.fact.fields:
        closure.refresh_boards(mission_ids=closure_queries.with_boards())
