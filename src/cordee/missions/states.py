"""The life of a mission."""

from enum import StrEnum

from cordee.kernel.states import Machine, Move


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
