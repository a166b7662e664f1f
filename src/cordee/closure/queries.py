"""Asking every room below what is missing on missions, and reading the boards that are kept of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count as Counted
from django.db.models import Min, Q, QuerySet

from cordee.accounts.models import full_name
from cordee.attendance import steps as attendance
from cordee.closure.models import Board
from cordee.conformity import steps as conformity
from cordee.deposits import steps as deposits
from cordee.enrolment import steps as enrolment
from cordee.fees import queries as fee_queries
from cordee.fees import steps as fees
from cordee.kernel import clock
from cordee.kernel.refusals import Blocker, Turn
from cordee.kernel.steps import Count, Look, Step, StepCode, Teller
from cordee.missions import queries as missions_queries
from cordee.missions import steps as missions
from cordee.missions.models import Mission, OrderLine
from cordee.missions.queries import MissionFilter
from cordee.missions.states import MissionStatus
from cordee.organisation.models import Organisation
from cordee.organisation.queries import policy as read_policy
from cordee.planning import steps as planning
from cordee.prepared import prepared

TELLERS: tuple[Teller, ...] = (
    missions.tell,
    planning.tell,
    enrolment.tell,
    conformity.tell,
    attendance.tell,
    deposits.tell,
    fees.tell,
)
"""Every room that knows of something missing; of two steps due on one day, that of the first comes first."""


class Listed(NamedTuple):
    """A mission as lists show it: its board, and what else they tell, without a model for each table."""

    ref: str
    status: str
    title: str
    client: str
    client_sector: str
    due_on: date
    next_step: str
    first_day: date | None
    last_day: date | None
    counts: dict[str, int]
    first_name: str | None
    last_name: str | None
    email: str | None

    @property
    def coordinator(self) -> str:
        """The name of the coordinator; nothing as long as there is none."""
        return full_name(self.first_name or "", self.last_name or "", self.email or "")

    def of(self, count: Count) -> int:
        """Return what the board says of a count; nothing yet of one that is newer than the board."""
        return int(self.counts.get(count, 0))


_COLUMNS = (
    *("mission__ref", "mission__status", "mission__order__title"),
    *("mission__order__client__name", "mission__order__client__sector"),
    *("due_on", "next_step", "first_day", "last_day", "counts"),
    *(f"mission__coordinator__user__{name}" for name in ("first_name", "last_name", "email")),
)
"""What is read for `Listed`, in its order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineProgress:
    """One order line with everything that is counted on it."""

    line: OrderLine
    counts: Mapping[Count, int]

    def of(self, count: Count) -> int:
        return self.counts.get(count, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a mission has come, as the rooms told it in one look."""

    mission: Mission
    lines: Sequence[LineProgress]
    steps: Sequence[Step]
    """What is missing, the oldest deadline first; nothing on a closed mission."""
    look: Look
    """What the rooms read for it, to be read there again at no cost."""

    def total(self, count: Count) -> int:
        """Return a count over all lines of the order."""
        return sum(line.of(count) for line in self.lines)


def progress(mission: Mission, *, policy: Organisation | None = None) -> Progress:
    """Return how far a mission has come, in a constant number of queries. `policy` when it was read already."""
    look = Look([mission.pk], now=clock.now())
    look.knows(missions.missions, {mission.pk: mission})
    if policy is not None:
        look.knows(read_policy, policy)
    return _progress(look)[mission.pk]


def progress_of(mission_ids: Iterable[int]) -> dict[int, Progress]:
    """Return how far missions have come, by id: as many queries for many as for one."""
    return _progress(Look(mission_ids, now=clock.now()))


def _progress(look: Look) -> dict[int, Progress]:
    told = [teller(look) for teller in TELLERS]
    found = {}
    for pk, mission in look.at(missions.missions).items():
        running = mission.status == MissionStatus.RUNNING
        steps = [step for room in told for step in room[pk].steps] if running else []
        found[pk] = Progress(
            mission=mission,
            lines=[
                LineProgress(
                    line=line,
                    counts={c: n for room in told for c, n in room[pk].counts.get(line.pk, {}).items()},
                )
                for line in look.at(missions.lines_of)[pk]
            ],
            steps=sorted(steps, key=lambda s: (s.turn == Turn.TIME, s.due_on or date.max)),
            look=look,
        )
    return found


def lacks_fees(mission: Mission) -> bool:
    """Tell whether a fee of the mission came back from finance and was not asked for again."""
    return progress(mission).total(fees.TO_REQUEST) > 0 or fee_queries.coordination_came_back(mission.pk)


def steps_of(mission: Mission) -> Sequence[Step]:
    """Return what a running mission still lacks; nothing for a closed one."""
    return progress(mission).steps


def blockers(mission: Mission) -> list[Blocker]:
    """Return what is missing before the mission can close, and whose turn it is."""
    return [step.as_blocker() for step in steps_of(mission) if step.blocks_closure]


def boards(wanted: MissionFilter, *, late_on: date | None = None, step: str | None = None) -> QuerySet[Board]:
    """Return the boards of missions, to be read by `listed`: what is late first, or the last closed where that is
    asked for. With `late_on`, only those with something due before this local day; with `step`, those of which this
    comes next ("": nothing).
    """
    found = Board.objects.filter(missions_queries.matching(wanted, path="mission__"))
    if late_on:
        found = found.filter(due_on__lt=late_on)
    if step is not None:
        found = found.filter(next_step=step)
    if wanted.closed_since:
        return found.order_by("-mission__closed_at", "-mission_id")
    if wanted.status == MissionStatus.CLOSED:  # nothing is due on any of them
        return found.order_by("-mission_id")
    return found.order_by("due_on", "-mission_id")


def listed(found: QuerySet[Board]) -> list[Listed]:
    """Read the missions of boards, one query."""
    return [Listed(*row) for row in found.values_list(*_COLUMNS)]


def led_by(coordinator_id: int, *, leave_out: StepCode, limit: int) -> list[Listed]:
    """Return the first running missions of a coordinator with something to do, this step left out."""
    return [Listed(*row) for row in _led_by(coordinator_id, leave_out=leave_out, limit=limit)]


@prepared
def _led_by(coordinator_id: int, *, leave_out: StepCode, limit: int) -> QuerySet[Board, tuple[Any, ...]]:
    return (
        boards(MissionFilter(coordinator_id=coordinator_id, status=MissionStatus.RUNNING))
        .exclude(next_step__in=("", leave_out))
        .values_list(*_COLUMNS)[:limit]
    )


class Waiting(NamedTuple):
    """Running missions that wait for the same step, or for the same coordinator: how many, how many of them are late,
    and the day on which the first of these was due.
    """

    missions: int
    late: int
    since: date | None


class Led(NamedTuple):
    """A coordinator with missions that are late; nobody in charge has no number."""

    coordinator_id: int | None
    name: str
    waiting: Waiting


def by_step(today: date) -> dict[str, Waiting]:
    """Return what running missions wait for, by the code of the step as their boards keep it: one query."""
    rows = _running().values("next_step").annotate(**_waiting(today))
    return {step: Waiting(*counted) for step, *counted in rows.values_list("next_step", *Waiting._fields)}


def late_by_coordinator(today: date, *, limit: int) -> list[Led]:
    """Return the coordinators with the most missions that are late: one query."""
    whose = "mission__coordinator_id"
    names = [f"mission__coordinator__user__{name}" for name in ("first_name", "last_name", "email")]
    late = _running().filter(due_on__lt=today).values(whose, *names).annotate(**_waiting(today))
    rows = late.order_by("-late", "since", whose).values_list(whose, *names, *Waiting._fields)[:limit]
    return [
        Led(pk, full_name(first or "", last or "", email or "") if pk else "", Waiting(*counted))
        for pk, first, last, email, *counted in rows
    ]


def _running() -> QuerySet[Board]:
    return boards(MissionFilter(status=MissionStatus.RUNNING)).order_by()


def _waiting(today: date) -> dict[str, Any]:
    late = Q(due_on__lt=today)
    return {
        "missions": Counted("pk"),
        "late": Counted("pk", filter=late),
        "since": Min("due_on", filter=late),
    }


def waiting_for(step: StepCode) -> list[int]:
    """Return the running missions of which this step is what comes next, as their boards know it."""
    found = Board.objects.filter(mission__status=MissionStatus.RUNNING, next_step=step)
    return list(found.order_by("pk").values_list("pk", flat=True))


def with_boards() -> list[int]:
    """Return the missions of which a board is kept, closed ones included."""
    return list(Board.objects.order_by("pk").values_list("pk", flat=True))
