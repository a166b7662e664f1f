"""What happened to a mission: its fees, its journal, its mails."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from benchmarks.world.mission import WrittenMission, WrittenSession
from benchmarks.world.money import Billing
from benchmarks.world.people import FEES
from benchmarks.world.rows import Rows
from cordee.attendance.facts import PresenceRecorded
from cordee.catalogue.states import PaidRole
from cordee.enrolment.facts import ParticipantsEnrolled
from cordee.fees.facts import CoordinationFeeCreated, FeeRequestApproved, FeesRequested
from cordee.fees.models import FeeLine, FeeRequest
from cordee.fees.states import RequestKind, RequestStatus
from cordee.journal.models import Entry
from cordee.kernel.actor import ActorKind
from cordee.kernel.facts import Fact
from cordee.kernel.identifiers import letter
from cordee.mail.models import Message
from cordee.mail.states import MessageState
from cordee.missions.facts import CoordinatorNamed, MissionClosed, MissionOpened
from cordee.notifications.mails import Purpose
from cordee.planning.facts import FacilitatorPutOn, SessionPlanned
from cordee.planning.models import Assignment

DECIDED_WITHIN = timedelta(days=2)


def tell(rows: Rows, billing: Billing, written: WrittenMission) -> None:
    """Add the fees, the journal and the mails of a mission; what was approved is billed afterwards."""
    requests = _fees(rows, billing, written)
    facts = [*_facts(written), *_facts_of_fees(requests)]
    for at, user_id, fact in sorted(facts, key=lambda told: told[0]):
        payload = fact.payload()
        rows.add(
            Entry(
                at=at,
                fact=type(fact).__name__,
                subject=f"{fact.subject}:{payload[fact.subject]}" if fact.subject else "",
                mission_id=written.row.pk,
                actor_kind=ActorKind.USER if user_id else ActorKind.SYSTEM,
                user_id=user_id,
                payload=payload,
            )
        )
    for session in written.sessions:
        _mails(rows, written, session)


# --- fees ---------------------------------------------------------------------------------------
def _fees(rows: Rows, billing: Billing, written: WrittenMission) -> list[FeeRequest]:
    recorded = [s for s in written.sessions if s.here]
    if not recorded or not (written.closed_at or written.plan.early_fees):
        return []
    sent_at = max(s.row.ends_at for s in recorded) + timedelta(days=1)
    asked = _request(rows, billing, written, RequestKind.FACILITATION, sent_at)
    lines = [
        _fee(rows, written, asked, session, place) for session in recorded for place in session.assignments
    ]
    billing.approved(asked, lines)
    if written.closed_at is None:
        return [asked]
    asked_at = written.closed_at
    coordination = _request(rows, billing, written, RequestKind.COORDINATION, asked_at)
    lines = [_coordination_fee(rows, written, coordination, training) for training in written.lines]
    billing.approved(coordination, lines)
    return [asked, coordination]


def _fee(
    rows: Rows, written: WrittenMission, asked: FeeRequest, session: WrittenSession, place: Assignment
) -> FeeLine:
    amount = FEES[PaidRole.FACILITATION][session.row.line is written.lines.get(True)]
    return rows.add(
        FeeLine(
            request=asked,
            kind=RequestKind.FACILITATION,
            facilitator=place.facilitator,
            session=session.row,
            line=session.row.line,
            unit_amount=amount,
            amount=amount,
        )
    )


def _coordination_fee(rows: Rows, written: WrittenMission, asked: FeeRequest, training: bool) -> FeeLine:  # noqa: FBT001 - as lines are known by
    line, amount = written.lines[training], FEES[PaidRole.COORDINATION][training]
    return rows.add(
        FeeLine(
            request=asked,
            kind=RequestKind.COORDINATION,
            facilitator=written.plan.coordinator,
            line=line,
            quantity=line.quantity,
            unit_amount=amount,
            amount=amount * line.quantity,
        )
    )


def _request(
    rows: Rows, billing: Billing, written: WrittenMission, kind: RequestKind, sent_at: datetime
) -> FeeRequest:
    """One in ten still waits for finance, and what was sent just now."""
    mission = written.row
    decided = mission.pk % 10 > 0 and sent_at + DECIDED_WITHIN <= billing.anchor
    by_coordinator = kind == RequestKind.FACILITATION
    return rows.add(
        FeeRequest(
            mission=mission,
            ref=f"R{mission.ref[1:]}-{letter(1 if by_coordinator else 2)}",
            kind=kind,
            status=RequestStatus.APPROVED if decided else RequestStatus.SENT,
            early=not written.plan.closed,
            month=sent_at.date().replace(day=1),
            sent_at=sent_at,
            sent_by=written.plan.coordinator.user_id if by_coordinator else None,
            decided_at=sent_at + DECIDED_WITHIN if decided else None,
            decided_by=billing.approver if decided else None,
        )
    )


def _facts_of_fees(requests: list[FeeRequest]) -> Iterator[tuple[datetime, int | None, Fact]]:
    for request in requests:
        if request.kind == RequestKind.FACILITATION:
            fact: Fact = FeesRequested(
                fee_request_id=request.pk, ref=request.ref, early=request.early, lines=1
            )
        else:
            fact = CoordinationFeeCreated(fee_request_id=request.pk, ref=request.ref)
        yield request.sent_at, request.sent_by, fact
        if request.decided_at:
            approved = FeeRequestApproved(fee_request_id=request.pk, ref=request.ref)
            yield request.decided_at, request.decided_by, approved


# --- journal ------------------------------------------------------------------------------------
def _facts(written: WrittenMission) -> Iterator[tuple[datetime, int | None, Fact]]:
    plan, mission = written.plan, written.row
    opened, coordinator = plan.opened_at, plan.coordinator.user_id
    yield opened, None, MissionOpened(mission_id=mission.pk, order_id=mission.order_id)
    named = CoordinatorNamed(mission_id=mission.pk, facilitator_id=plan.coordinator.pk, before_id=None)
    yield opened, None, named
    for session in written.sessions:
        yield from _facts_of_session(session, opened, coordinator)
    if written.closed_at:
        yield written.closed_at, None, MissionClosed(mission_id=mission.pk)


def _facts_of_session(
    session: WrittenSession, opened: datetime, coordinator: int
) -> Iterator[tuple[datetime, int | None, Fact]]:
    row = session.row
    yield opened + timedelta(hours=20), coordinator, SessionPlanned(session_id=row.pk, ref=row.ref)
    for place in session.assignments:
        put_on = FacilitatorPutOn(
            session_id=row.pk,
            assignment_id=place.pk,
            facilitator_id=place.facilitator_id,
            role=place.role,
            status=place.status,
        )
        yield place.invited_at, coordinator, put_on
    if session.enrolments:
        ids = [enrolment.pk for enrolment in session.enrolments]
        enrolled = ParticipantsEnrolled(session_id=row.pk, enrolment_ids=ids)
        yield session.enrolments[0].enrolled_at, coordinator, enrolled
    for half_day, here in zip(session.half_days, session.here, strict=False):
        recorded = PresenceRecorded(
            session_id=row.pk, half_day_id=half_day.pk, present=here, people=len(session.enrolments)
        )
        yield row.ends_at + timedelta(hours=1), coordinator, recorded


# --- mails --------------------------------------------------------------------------------------
def _mails(rows: Rows, written: WrittenMission, session: WrittenSession) -> None:
    """Each facilitator was asked; each participant of a known mission was told."""
    for place in session.assignments:
        asked = _mail(session, place.facilitator.user.email, place.invited_at)
        asked.purpose, asked.key = Purpose.STAFFING_REQUEST, f"staffing:{place.pk}:1"
        asked.about_kind, asked.about_id, asked.occasion, asked.version = "assignment", place.pk, 1, 1
        rows.add(asked)
    if not written.plan.tell_everybody:
        return
    for enrolment in session.enrolments:
        address = f"personne.{enrolment.participant_id}@client.example"
        told = _mail(session, address, enrolment.enrolled_at)
        told.purpose, told.key = Purpose.JOINING, f"joining:{enrolment.pk}:1:0"
        told.about_kind, told.about_id, told.version = "enrolment", enrolment.pk, 1
        rows.add(told)


def _mail(session: WrittenSession, email: str, at: datetime) -> Message:
    return Message(
        mission_id=session.row.mission_id,
        session_id=session.row.pk,
        to_email=email,
        subject=session.row.title,
        text="Bonjour,\n\nVoici le lieu et l’heure de la session.\n",
        state=MessageState.SENT,
        attempts=1,
        due_at=at,
        queued_at=at,
        sent_at=at,
    )
