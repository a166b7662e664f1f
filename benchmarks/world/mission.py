"""The rows of one mission: order, sessions, people, presence, words to find it by."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from benchmarks.world import names
from benchmarks.world.people import Client, People
from benchmarks.world.rows import Rows
from cordee.attendance.models import HalfDayRecord, Presence
from cordee.attendance.states import HERE, PresenceState
from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.conformity.models import Decision, SheetReview
from cordee.conformity.states import Reason, SheetState
from cordee.enrolment.models import Enrolment
from cordee.kernel.identifiers import numbered, session_ref
from cordee.kernel.periods import HalfDaySlot
from cordee.missions import queries as missions
from cordee.missions.models import Mission, Order, OrderLine, SearchWord
from cordee.missions.states import MissionStatus
from cordee.network.models import Facilitator
from cordee.planning.models import Assignment, HalfDay, Session
from cordee.planning.states import AssignmentStatus

PARIS = "Europe/Paris"
MORNING, AFTERNOON = (time(9), time(12, 30)), (time(13, 30), time(17))
REFUSED_FIRST = 30
STATES = (*[PresenceState.PRESENT] * 8, PresenceState.LATE, PresenceState.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """One session as it should be: a training has two half-days, a workshop one."""

    day: date
    training: bool
    facilitators: Sequence[Facilitator]
    people: Sequence[int]
    """Ids of participants."""
    confirmed: bool = True
    recorded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionPlan:
    """One mission as it should be."""

    number: int
    client: Client
    coordinator: Facilitator
    title: str
    opened_at: datetime
    sessions: Sequence[SessionPlan]
    closed: bool
    to_plan: int = 0
    """Prestations ordered and not planned yet."""
    early_fees: bool = False
    """Fees of what has ended are asked for though the mission runs."""
    tell_everybody: bool = False
    """With the mail that each participant got."""


@dataclass(slots=True)
class WrittenSession:
    """The rows of one session."""

    row: Session
    half_days: list[HalfDay]
    assignments: list[Assignment] = field(default_factory=list)
    enrolments: list[Enrolment] = field(default_factory=list)
    here: list[int] = field(default_factory=list)
    """How many were there on each half-day recorded."""


@dataclass(slots=True)
class WrittenMission:
    """The rows of one mission, for those who tell what happened to it."""

    plan: MissionPlan
    row: Mission
    lines: dict[bool, OrderLine]
    """By whether it is of trainings."""
    sessions: list[WrittenSession]
    closed_at: datetime | None


def write(rows: Rows, people: People, plan: MissionPlan) -> WrittenMission:
    """Add the rows of a mission, its fees and its story apart."""
    lines = _order(rows, people, plan)
    order = lines[min(lines)].order
    last = max(s.day for s in plan.sessions)
    closed_at = _at(last, time(18)) + timedelta(days=15) if plan.closed else None
    mission = rows.add(
        Mission(
            ref=f"M{order.ref[1:]}",
            order=order,
            coordinator=plan.coordinator,
            status=MissionStatus.CLOSED if plan.closed else MissionStatus.RUNNING,
            opened_at=plan.opened_at,
            closed_at=closed_at,
        )
    )
    _words(rows, plan, mission)
    written = [
        _session(rows, plan, mission, lines[numbered_plan[1].training], numbered_plan)
        for numbered_plan in enumerate(plan.sessions, start=1)
    ]
    return WrittenMission(plan, mission, lines, written, closed_at)


def _at(day: date, at: time) -> datetime:
    return HalfDaySlot(day, at, time(23)).starts_at(PARIS)


def _order(rows: Rows, people: People, plan: MissionPlan) -> dict[bool, OrderLine]:
    order = rows.add(
        Order(
            ref=numbered("C", plan.opened_at.year, plan.number),
            client=plan.client.organisation,
            sector=plan.client.organisation.sector,
            contact=plan.client.contact,
            title=plan.title,
            agreed_on=plan.opened_at.date(),
            practical_information="Entrée par la cour, badge à l’accueil.",
            recorded_at=plan.opened_at,
        )
    )
    lines = {}
    for position, training in enumerate(sorted({s.training for s in plan.sessions}), start=1):
        sessions = [s for s in plan.sessions if s.training == training]
        lines[training] = rows.add(
            OrderLine(
                order=order,
                position=position,
                service_type=people.training if training else people.workshop,
                quantity=sum(len(s.facilitators) for s in sessions) + (plan.to_plan if position == 1 else 0),
                expected_participants=sum(len(s.people) for s in sessions),
                unit_price=1500 if training else 900,
            )
        )
    return lines


def _words(rows: Rows, plan: MissionPlan, mission: Mission) -> None:
    client = plan.client.organisation
    text = f"{mission.ref} {plan.title} {client.name} {client.city} {plan.coordinator.full_name}"
    for word in sorted({*missions.search_words(text), mission.ref.lower()}):
        rows.add(SearchWord(mission=mission, word=word))


def _session(
    rows: Rows, plan: MissionPlan, mission: Mission, line: OrderLine, wanted: tuple[int, SessionPlan]
) -> WrittenSession:
    position, planned = wanted
    hours = (MORNING, AFTERNOON) if planned.training else (MORNING if position % 2 else AFTERNOON,)
    slots = [HalfDaySlot(planned.day, *times) for times in hours]
    session = rows.add(
        Session(
            mission=mission,
            line=line,
            ref=session_ref(mission.ref, position),
            position=position,
            title=f"{line.service_type.name} {position}",
            starts_at=slots[0].starts_at(PARIS),
            ends_at=slots[-1].ends_at(PARIS),
            place=names.PLACES[position % len(names.PLACES)],
            address=f"{plan.client.organisation.address}, {plan.client.organisation.city}",
            capacity=max(14, len(planned.people)),
        )
    )
    half_days = [
        rows.add(
            HalfDay(
                session=session,
                position=number,
                day=slot.day,
                starts=slot.starts,
                ends=slot.ends,
                starts_at=slot.starts_at(PARIS),
                ends_at=slot.ends_at(PARIS),
            )
        )
        for number, slot in enumerate(slots, start=1)
    ]
    written = WrittenSession(session, half_days)
    _people(rows, plan, planned, written)
    if planned.recorded:
        _presence(rows, plan, written)
        if plan.client.organisation.sector not in ENROLMENT_OPTIONAL:
            _sheet(rows, written)
    return written


def _people(rows: Rows, plan: MissionPlan, wanted: SessionPlan, written: WrittenSession) -> None:
    invited_at = plan.opened_at + timedelta(days=1)
    written.assignments = [
        rows.add(
            Assignment(
                session=written.row,
                facilitator=facilitator,
                status=AssignmentStatus.CONFIRMED if wanted.confirmed else AssignmentStatus.INVITED,
                invited_at=invited_at,
                answered_at=invited_at + timedelta(hours=5) if wanted.confirmed else None,
            )
        )
        for facilitator in wanted.facilitators
    ]
    written.enrolments = [
        rows.add(
            Enrolment(
                session=written.row, participant_id=person, enrolled_at=plan.opened_at + timedelta(days=3)
            )
        )
        for person in wanted.people
    ]


def _sheet(rows: Rows, written: WrittenSession) -> None:
    """Accepted, some days after the session; one in thirty was refused first."""
    given, decided = (written.row.ends_at + timedelta(days=days) for days in (2, 4))
    review = rows.add(SheetReview(session=written.row, state=SheetState.ACCEPTED, since=decided))
    if review.pk % REFUSED_FIRST == 0:
        reasons = [tuple(Reason)[review.pk // REFUSED_FIRST % len(Reason)]]
        rows.add(Decision(review=review, round=1, move="refuse", reasons=reasons, note="À revoir", at=given))
    for move, at in (("submit", given), ("accept", decided)):
        rows.add(Decision(review=review, round=1, move=move, note="Feuille papier au dossier", at=at))


def _presence(rows: Rows, plan: MissionPlan, written: WrittenSession) -> None:
    recorded_at = written.row.ends_at + timedelta(hours=1)
    by = plan.coordinator.user_id
    for half_day in written.half_days:
        here = 0
        for enrolment in written.enrolments:
            state = STATES[(enrolment.pk + half_day.pk) % len(STATES)]
            here += state in HERE
            rows.add(
                Presence(
                    enrolment=enrolment, half_day=half_day, state=state, recorded_at=recorded_at, user_id=by
                )
            )
        written.here.append(here)
        rows.add(HalfDayRecord(half_day=half_day, present=here, recorded_at=recorded_at, user_id=by))
