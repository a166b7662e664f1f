"""Asking every room below how far a mission has come."""

from datetime import datetime

from cordee.attendance import queries as attendance
from cordee.closure.steps import LineProgress, Progress, SessionProgress, Step, steps
from cordee.enrolment import queries as enrolment
from cordee.fees import queries as fees
from cordee.fees.models import FeeLine
from cordee.fees.states import RequestKind, RequestStatus
from cordee.kernel import clock
from cordee.kernel.refusals import Blocker
from cordee.missions import queries as missions
from cordee.missions.models import Mission, OrderLine
from cordee.missions.states import MissionStatus
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.planning.states import AssignmentStatus, SessionStatus


def progress(mission: Mission, *, policy: Organisation | None = None) -> Progress:
    """Return how far a mission has come, in six queries whatever its size (seven without `policy`)."""
    now = clock.now()
    order_lines = missions.lines(mission.order_id)
    found = planning.sessions_of(mission.pk, order_lines)
    for session in found:
        session.mission = mission
    sessions = [s for s in found if s.status == SessionStatus.PLANNED]
    ids = [s.pk for s in sessions]
    enrolled = enrolment.counts(ids)
    records = attendance.recorded_half_days(ids)
    fee_lines = list(fees.all_lines(mission.pk))
    at = [
        SessionProgress(
            session=s,
            people=s.people,
            enrolled=enrolled.get(s.pk, 0),
            proven=records.get(s.pk, (0, 0))[0] >= s.half_day_count,
            present=records.get(s.pk, (0, 0))[1],
        )
        for s in sessions
    ]
    lines = [_line(line, at, fee_lines, now) for line in order_lines]
    ready = all(line.ordered == line.held == line.requested for line in lines)
    return Progress(
        mission=mission,
        unrated=_unrated(mission, lines) if ready and mission.coordinator_id else (),
        policy=policy or the_organisation(),
        lines=lines,
        sessions=at,
        fees_to_request=sum(line.held - line.requested for line in lines),
        fees_returned=_last_was_returned(fee_lines),
        now=now,
        cancelled=[s for s in found if s.status == SessionStatus.CANCELLED],
        fee_lines=fee_lines,
    )


def _line(
    line: OrderLine, sessions: list[SessionProgress], fee_lines: list[FeeLine], now: datetime
) -> LineProgress:
    on_line = [s for s in sessions if s.session.line_id == line.pk]
    confirmed = [(s, a) for s in on_line for a in s.counted if a.status == AssignmentStatus.CONFIRMED]
    held = [(s, a) for s, a in confirmed if s.session.ends_at <= now]
    return LineProgress(
        line=line,
        ordered=line.quantity,
        planned=sum(len(s.counted) for s in on_line),
        confirmed=len(confirmed),
        held=len(held),
        proven=sum(s.proven for s, _ in held),
        requested=sum(
            f.line_id == line.pk and not f.released and f.session_id is not None for f in fee_lines
        ),
    )


def _unrated(mission: Mission, lines: list[LineProgress]) -> list[OrderLine]:
    """Return the delivered lines for which nobody said what coordination pays: asked last, for two queries."""
    delivered = [line.line for line in lines if line.held]
    rates = fees.coordination_rates(mission, delivered)
    return [line for line in delivered if line.pk not in rates]


def _last_was_returned(fee_lines: list[FeeLine]) -> bool:
    requests = [f.request for f in fee_lines if f.request.kind == RequestKind.FACILITATION]
    return bool(requests) and max(requests, key=lambda r: r.pk).status == RequestStatus.RETURNED


def lacks_fees(mission: Mission) -> bool:
    """Tell whether a fee of the mission came back from finance and was not asked for again."""
    return progress(mission).fees_to_request > 0 or fees.coordination_came_back(mission.pk)


def steps_of(mission: Mission) -> list[Step]:
    """Return what a running mission still lacks; nothing for a closed one."""
    return [] if mission.status == MissionStatus.CLOSED else steps(progress(mission))


def blockers(mission: Mission) -> list[Blocker]:
    """Return what is missing before the mission can close, and whose turn it is."""
    return [step.as_blocker() for step in steps_of(mission) if step.blocks_closure]
