"""A mission closes by itself when nothing is missing; its board follows everything that happens to it."""

from typing import Any

from cordee.attendance.facts import HeadcountRecorded, PresenceCorrected, PresenceRecorded
from cordee.catalogue.facts import FeeRatesChanged
from cordee.closure import actions
from cordee.enrolment.facts import EnrolmentCancelled, ParticipantsEnrolled, ParticipantsMoved
from cordee.fees.facts import (
    CoordinationFeeVoided,
    FeeRequestApproved,
    FeeRequestReturned,
    FeesRequested,
)
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.kernel.facts import Fact
from cordee.missions import queries as missions
from cordee.missions.facts import (
    CoordinatorNamed,
    CorrectionFinished,
    MissionClosed,
    MissionOpened,
    MissionReopened,
    OrderAmended,
    OrderChanged,
)
from cordee.planning.facts import (
    AssignmentChanged,
    FacilitatorPutOn,
    RoleChanged,
    SessionCancelled,
    SessionChanged,
    SessionPlanned,
)

MOVES: tuple[type[Fact], ...] = (
    AssignmentChanged,
    CoordinatorNamed,
    CorrectionFinished,
    EnrolmentCancelled,
    FacilitatorPutOn,
    FeesRequested,
    HeadcountRecorded,
    MissionOpened,
    OrderAmended,
    OrderChanged,
    ParticipantsEnrolled,
    ParticipantsMoved,
    PresenceCorrected,
    PresenceRecorded,
    RoleChanged,
    SessionCancelled,
    SessionChanged,
    SessionPlanned,
)
"""Facts after which a mission may be complete."""
SHOWS: tuple[type[Fact], ...] = (
    *MOVES,
    CoordinationFeeVoided,
    FeeRequestApproved,
    FeeRequestReturned,
    MissionClosed,
    MissionReopened,
)
"""Facts after which lists show something else."""


def subscribe() -> None:
    journal.subscribe("closure", MOVES, _close)
    journal.subscribe("board", SHOWS, _refresh)
    journal.subscribe("closure-after-rates", (FeeRatesChanged,), _look_again)


def _close(entry: Recorded[Any]) -> None:
    if entry.mission_id:
        actions.close_if_complete(mission_id=entry.mission_id)


def _look_again(_entry: Recorded[FeeRatesChanged]) -> None:
    """Look again at the missions that only waited for the fee schedule to be completed."""
    for mission_id in missions.waiting_for("no_coordination_fee"):
        actions.close_if_complete(mission_id=mission_id)
        actions.refresh_board(mission_id=mission_id)


def _refresh(entry: Recorded[Any]) -> None:
    if entry.mission_id:
        actions.refresh_board(mission_id=entry.mission_id)
