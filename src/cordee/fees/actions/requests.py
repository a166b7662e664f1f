"""Asking for fees, approving and returning them; the coordination fee."""

from collections.abc import Mapping

from django.db import transaction

from cordee.fees import queries, rules
from cordee.fees.facts import (
    CoordinationFeeCreated,
    CoordinationFeeVoided,
    ExtraRequestAllowed,
    FeeRequestApproved,
    FeeRequestReturned,
    FeesRequested,
)
from cordee.fees.models import ExtraRequest, FeeLine, FeeRequest
from cordee.fees.queries import FeeCandidate
from cordee.fees.states import MACHINE, RequestKind
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.identifiers import letter
from cordee.kernel.money import Money
from cordee.kernel.refusals import refuse_if
from cordee.missions import queries as missions
from cordee.missions.models import Mission, OrderLine
from cordee.missions.rules import is_running, may_run
from cordee.missions.states import MissionStatus


@transaction.atomic
def request_fees(*, mission_id: int, expected_total: Money | None = None, by: Actor) -> FeeRequest:
    """Ask for the fees of every session that ended and is not asked for yet. Raises Refused.

    With sessions still to come the request is an early one. At most one per mission and calendar month
    (a policy of the organisation), unless finance gave leave for one more. When the total is not the
    `expected_total` that the person saw, nothing is sent.
    """
    mission = missions.locked(mission_id)
    refuse_if([*may_run(mission, by), *is_running(mission)])
    preview = queries.preview(mission)
    refuse_if([*preview.blockers, *rules.total_is_as_shown(preview.total, expected_total)])
    over_the_limit = queries.standing_this_month([mission.pk]).exists()
    leave = queries.unused_leave(mission.pk) if over_the_limit else None
    request = _new_request(mission, RequestKind.FACILITATION, early=preview.early, by=by)
    request.extra = over_the_limit
    request.save()
    FeeLine.objects.bulk_create(_facilitation_line(request, candidate) for candidate in preview.ready)
    if leave:
        leave.used_by = request
        leave.save(update_fields=["used_by"])
    journal.record(
        FeesRequested(
            fee_request_id=request.pk, ref=request.ref, early=request.early, lines=len(preview.ready)
        ),
        by=by,
        mission_id=mission.pk,
    )
    return request


@transaction.atomic
def allow_extra_request(*, mission_id: int, reason: str, by: Actor) -> ExtraRequest:
    """Allow one more request on a mission this month, for a reason that stays on record. Raises Refused."""
    mission = missions.locked(mission_id)
    refuse_if([*rules.may_decide(by), *is_running(mission), *rules.has_a_reason(reason)])
    unused = queries.unused_leave(mission.pk)
    if unused:
        return unused
    month = queries.this_month().first_day
    leave = ExtraRequest.objects.create(
        mission=mission, month=month, reason=reason.strip(), at=clock.now(), user_id=by.user_id
    )
    fact = ExtraRequestAllowed(
        mission_id=mission.pk, month=month.isoformat(), reason_id=journal.keep_reason(leave.reason)
    )
    journal.record(fact, by=by, mission_id=mission.pk)
    return leave


@transaction.atomic
def approve(*, request_id: int, by: Actor) -> FeeRequest:
    """Approve a request: its fees go to payment. Raises Refused."""
    request = _locked(request_id)
    refuse_if([*rules.may_decide(by), *rules.can_move(request, "approve")])
    _decide(request, "approve", by)
    journal.record(
        FeeRequestApproved(fee_request_id=request.pk, ref=request.ref), by=by, mission_id=request.mission_id
    )
    return request


@transaction.atomic
def return_request(*, request_id: int, reason: str, by: Actor) -> FeeRequest:
    """Return a request to the coordinator with a reason; its fees can be asked for again. Raises Refused."""
    request = _locked(request_id)
    refuse_if([*rules.may_decide(by), *rules.can_move(request, "return"), *rules.has_a_reason(reason)])
    if request.mission.status == MissionStatus.CLOSED:
        # Returning reopens the mission: that must still be possible.
        refuse_if(rules.coordination_is_not_paid(queries.coordination_request(request.mission_id)))
    request.return_reason = reason.strip()
    _decide(request, "return", by)
    FeeLine.objects.filter(request=request).update(released=True)
    ExtraRequest.objects.filter(used_by=request).update(used_by=None)  # the leave was for what comes back
    reason_id = journal.keep_reason(request.return_reason)
    fact = FeeRequestReturned(fee_request_id=request.pk, ref=request.ref, reason_id=reason_id)
    journal.record(fact, by=by, mission_id=request.mission_id)
    return request


@transaction.atomic
def create_coordination_fee(*, mission_id: int, delivered: Mapping[int, int], by: Actor) -> FeeRequest | None:
    """Create the coordination fee of a closed mission: per prestation delivered (by order line), once.

    Lines without a rate are left out; nothing is created when nothing is due. Safe to run twice.
    """
    mission = missions.locked(mission_id)
    known, coordinator_id = queries.coordination_request(mission.pk), mission.coordinator_id
    if known or coordinator_id is None:
        return known
    lines = [line for line in missions.lines(mission.order_id) if delivered.get(line.pk)]
    rates = queries.coordination_rates(mission, lines)
    due = [line for line in lines if rates.get(line.pk, Money.zero()) > Money.zero()]
    if not due:
        return None
    request = _new_request(mission, RequestKind.COORDINATION, early=False, by=by)
    request.save()
    FeeLine.objects.bulk_create(
        _coordination_line(request, coordinator_id, line, delivered[line.pk], rates[line.pk]) for line in due
    )
    fact = CoordinationFeeCreated(fee_request_id=request.pk, ref=request.ref)
    journal.record(fact, by=by, mission_id=mission.pk)
    return request


@transaction.atomic
def void_coordination_fee(*, mission_id: int, by: Actor) -> None:
    """Void the coordination fee of a mission that is reopened.
    Raises Refused when finance approved it already.
    """
    missions.locked(mission_id)
    request = queries.coordination_request(mission_id)
    refuse_if(rules.coordination_is_not_paid(request))
    if request:
        _decide(request, "void", by)
        FeeLine.objects.filter(request=request).update(released=True)
        fact = CoordinationFeeVoided(fee_request_id=request.pk, ref=request.ref)
        journal.record(fact, by=by, mission_id=mission_id)


def _new_request(mission: Mission, kind: RequestKind, *, early: bool, by: Actor) -> FeeRequest:
    position = FeeRequest.objects.filter(mission=mission).count() + 1
    return FeeRequest(
        mission=mission,
        ref=f"R{mission.ref[1:]}-{letter(position)}",
        kind=kind,
        early=early,
        month=queries.this_month().first_day,
        sent_at=clock.now(),
        sent_by=by.user_id,
    )


def _facilitation_line(request: FeeRequest, candidate: FeeCandidate) -> FeeLine:
    amount = (candidate.amount or Money.zero()).amount
    return FeeLine(
        request=request,
        kind=RequestKind.FACILITATION,
        facilitator_id=candidate.assignment.facilitator_id,
        session_id=candidate.assignment.session_id,
        line_id=candidate.assignment.session.line_id,
        unit_amount=amount,
        amount=amount,
        from_order=candidate.from_order,
    )


def _coordination_line(
    request: FeeRequest, coordinator_id: int, line: OrderLine, delivered: int, rate: Money
) -> FeeLine:
    return FeeLine(
        request=request,
        kind=RequestKind.COORDINATION,
        facilitator_id=coordinator_id,
        line=line,
        quantity=delivered,
        unit_amount=rate.amount,
        amount=(rate * delivered).amount,
        from_order=line.coordination_fee is not None,
    )


def _locked(request_id: int) -> FeeRequest:
    mission_id = FeeRequest.objects.values_list("mission_id", flat=True).get(pk=request_id)
    missions.locked(mission_id)
    return FeeRequest.objects.select_related("mission").get(pk=request_id)


def _decide(request: FeeRequest, move: str, by: Actor) -> None:
    MACHINE.move(request, move)
    request.decided_at, request.decided_by = clock.now(), by.user_id
    request.save(update_fields=["status", "decided_at", "decided_by", "return_reason"])
