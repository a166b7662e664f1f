"""Closing missions by themselves, reopening them, and keeping their boards."""

from datetime import datetime

from django.db import transaction

from cordee.closure import queries
from cordee.closure.steps import steps
from cordee.fees import actions as fees
from cordee.kernel.actor import SYSTEM, Actor
from cordee.kernel.periods import local
from cordee.kernel.refusals import Turn, refuse_if
from cordee.missions import actions as missions_actions
from cordee.missions import queries as missions
from cordee.missions import rules as missions_rules
from cordee.missions.actions import Board
from cordee.missions.models import Mission
from cordee.missions.states import MissionStatus
from cordee.planning import queries as planning


@transaction.atomic
def close_if_complete(*, mission_id: int) -> bool:
    """Close the mission when nothing is missing any more,
    and create its coordination fee. Safe to run twice.
    """
    mission = missions.locked(mission_id)
    if mission.status == MissionStatus.CLOSED:
        return False
    progress = queries.progress(mission)
    if any(step.blocks_closure for step in steps(progress)):
        return False
    missions_actions.close(mission_id=mission_id, by=SYSTEM)
    delivered = {line.line.pk: line.held for line in progress.lines}
    fees.create_coordination_fee(mission_id=mission_id, delivered=delivered, by=SYSTEM)
    return True


@transaction.atomic
def reopen(*, mission_id: int, reason: str, by: Actor) -> Mission:
    """Open a closed mission again, as long as its coordination fee was not approved. Raises Refused."""
    mission = missions.locked(mission_id)
    refuse_if([*missions_rules.may_reopen(mission, by), *missions_rules.reopening_has_a_reason(reason)])
    fees.void_coordination_fee(mission_id=mission_id, by=by)
    return missions_actions.reopen(mission_id=mission_id, reason=reason, by=by)


def follow_time(*, after: datetime, until: datetime) -> None:
    """Look again at the missions with a session that ended between two moments (UTC). Safe to run twice."""
    for mission_id in sorted(planning.ended_between(after, until)):
        refresh_board(mission_id=mission_id)
        close_if_complete(mission_id=mission_id)


@transaction.atomic
def refresh_board(*, mission_id: int) -> None:
    """Copy how far the mission has come to where lists read it. Safe to run twice."""
    mission = missions.locked(mission_id)  # else what is read now may be written after what came later
    progress = queries.progress(mission)
    running = mission.status == MissionStatus.RUNNING
    waiting = [s for s in steps(progress) if s.turn != Turn.TIME] if running else []
    first = waiting[0] if waiting else None  # the oldest deadline comes first
    days = [local(s.session.starts_at, s.session.time_zone).date() for s in progress.sessions]
    missions_actions.keep_board(
        mission_id,
        Board(
            due_on=first.due_on if first else None,
            next_step=first.code if first else "",
            first_day=min(days, default=None),
            last_day=max(days, default=None),
            ordered=sum(line.ordered for line in progress.lines),
            planned=sum(line.planned for line in progress.lines),
            held=sum(line.held for line in progress.lines),
            proven=sum(line.proven for line in progress.lines),
            requested=sum(line.requested for line in progress.lines),
        ),
    )
