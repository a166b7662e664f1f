"""Opening, closing and reopening missions together with their boards."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import batched

from django.db import transaction

from cordee.closure import queries
from cordee.closure.models import Board
from cordee.closure.queries import Progress
from cordee.closure.states import NOTHING_DUE
from cordee.fees import actions as fees
from cordee.kernel.actor import SYSTEM, Actor
from cordee.kernel.refusals import Turn, refuse_if
from cordee.missions import actions as missions_actions
from cordee.missions import queries as missions
from cordee.missions import rules as missions_rules
from cordee.missions.models import Mission
from cordee.missions.states import MissionStatus
from cordee.planning import queries as planning
from cordee.planning.steps import HELD, days

_AT_ONCE = 500
"""Missions looked at together."""


@transaction.atomic
def open_mission(*, order_id: int, coordinator_id: int | None = None, by: Actor) -> Mission:
    """Open the mission that delivers an order, with its board, so that lists show it at once. Raises Refused."""
    mission = missions_actions.open_mission(order_id=order_id, coordinator_id=coordinator_id, by=by)
    refresh_board(mission_id=mission.pk)
    return mission


@transaction.atomic
def close_if_complete(*, mission_id: int) -> bool:
    """Close the mission when nothing is missing any more, and create its coordination fee; either way, write down
    for lists how far it has come. Return whether it was closed now. Safe to run twice.
    """
    progress = queries.progress(missions.locked(mission_id))
    closes = progress.mission.status == MissionStatus.RUNNING and not any(
        step.blocks_closure for step in progress.steps
    )
    if closes:
        missions_actions.close(mission_id=mission_id, by=SYSTEM)
        delivered = {line.line.pk: line.of(HELD) for line in progress.lines}
        fees.create_coordination_fee(mission_id=mission_id, delivered=delivered, by=SYSTEM)
    _keep_boards([replace(progress, steps=()) if closes else progress])
    return closes


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
        close_if_complete(mission_id=mission_id)


def refresh_board(*, mission_id: int) -> None:
    """Copy how far a mission has come to where lists read it. Safe to run twice."""
    refresh_boards(mission_ids=[mission_id])


def refresh_boards(*, mission_ids: Iterable[int]) -> None:
    """Do the same for many missions, some hundred at a time. Safe to run twice."""
    for some in batched(sorted(mission_ids), _AT_ONCE):
        with transaction.atomic():
            missions.lock(some)  # else what is read now may be written after what came later
            _keep_boards(queries.progress_of(some).values())


def _keep_boards(told: Iterable[Progress]) -> None:
    Board.objects.bulk_create(
        [_board(progress) for progress in told],
        update_conflicts=True,
        unique_fields=["mission"],
        update_fields=["due_on", "next_step", "first_day", "last_day", "counts"],
    )


def _board(progress: Progress) -> Board:
    first = next((step for step in progress.steps if step.turn != Turn.TIME), None)  # the oldest deadline
    first_day, last_day = progress.look.at(days).get(progress.mission.pk, (None, None))
    counts = {count for line in progress.lines for count in line.counts}
    return Board(
        mission_id=progress.mission.pk,
        due_on=(first.due_on if first else None) or NOTHING_DUE,
        next_step=first.code if first else "",
        first_day=first_day,
        last_day=last_day,
        counts={count: progress.total(count) for count in sorted(counts)},
    )
