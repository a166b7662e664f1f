"""The life of a mission."""

from datetime import date
from enum import StrEnum

from cordee.kernel.states import Machine, Move

NOTHING_DUE = date(9999, 12, 31)
"""Sorts after every real deadline, on every database."""


class MissionStatus(StrEnum):
    RUNNING = "running"
    CLOSED = "closed"


MACHINE = Machine(
    field="status",
    initial=MissionStatus.RUNNING,
    moves=(
        Move("close", frozenset({MissionStatus.RUNNING}), MissionStatus.CLOSED),
        Move("reopen", frozenset({MissionStatus.CLOSED}), MissionStatus.RUNNING),
    ),
)
