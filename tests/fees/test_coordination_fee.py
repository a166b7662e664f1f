"""The coordination fee: per prestation delivered, at closure, once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cordee.closure import actions as closure
from cordee.fees import actions, queries
from cordee.fees.facts import CoordinationFeeCreated, CoordinationFeeVoided
from cordee.fees.models import FeeLine, FeeRequest
from cordee.fees.states import RequestKind, RequestStatus
from cordee.kernel.actor import COMMAND, SYSTEM
from cordee.kernel.refusals import Turn
from cordee.missions import actions as missions
from cordee.missions.rules import LineChanges
from cordee.missions.states import MissionStatus
from cordee.planning import actions as planning
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import amend, closed, hold, plan, request_fees, told


def coordination(cast: Cast) -> FeeRequest:
    found = queries.coordination_request(cast.mission.pk)
    assert found is not None
    return found


def test_it_is_paid_per_prestation_delivered(cast: Cast, now: MovableClock, settle: object) -> None:
    closed(cast, now, settle)
    request = coordination(cast)
    (line,) = request.lines.all()
    assert (line.facilitator_id, line.quantity, line.unit_amount, line.amount) == (
        cast.camille.pk,
        4,
        Decimal(100),
        Decimal(400),
    )
    assert (request.ref, request.sent_by) == ("R-2027-0001-B", None)
    assert len(told(CoordinationFeeCreated)) == 1


def test_what_was_given_up_is_not_paid(cast: Cast, now: MovableClock, settle: object) -> None:
    hold(cast, now, *plan(cast, cast.camille))
    amend(cast, 1)
    request_fees(cast)
    settle()  # type: ignore[operator]
    assert coordination(cast).lines.get().quantity == 1


def test_the_order_line_may_override_it(cast: Cast, now: MovableClock, settle: object) -> None:
    missions.change_line(
        line_id=cast.line.pk, changes=LineChanges(coordination_fee=Decimal("120.50")), by=COMMAND
    )
    closed(cast, now, settle)
    line = coordination(cast).lines.get()
    assert (line.amount, line.from_order) == (Decimal(482), True)


def test_where_nothing_is_due_nothing_is_made(cast: Cast, now: MovableClock, settle: object) -> None:
    missions.change_line(line_id=cast.line.pk, changes=LineChanges(coordination_fee=Decimal(0)), by=COMMAND)
    assert closed(cast, now, settle).status == MissionStatus.CLOSED
    assert queries.coordination_request(cast.mission.pk) is None


def test_it_is_made_once_however_often_it_is_asked_for(cast: Cast, now: MovableClock, settle: object) -> None:
    closed(cast, now, settle)
    first = coordination(cast)
    for _ in range(2):
        again = actions.create_coordination_fee(
            mission_id=cast.mission.pk, delivered={cast.line.pk: 4}, by=SYSTEM
        )
        assert again == first
    copy = FeeRequest.objects.get(pk=first.pk)
    copy.pk, copy.ref = None, "R-2027-0001-Z"
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_it_does_not_count_as_the_request_of_the_month(cast: Cast, now: MovableClock, settle: object) -> None:
    closed(cast, now, settle)
    closure.reopen(mission_id=cast.mission.pk, reason="Un atelier de plus", by=cast.actor(cast.olga))
    amend(cast, 5)
    now.move_to("2027-02-01 09:00")
    (session,) = plan(cast, cast.camille, day=date(2027, 2, 10))
    now.move_to("2027-02-10 18:00")
    assert request_fees(cast).lines.get().session_id == session.pk


def test_reopening_voids_it_and_closing_again_makes_it_anew(
    cast: Cast, now: MovableClock, settle: object
) -> None:
    closed(cast, now, settle)
    first = coordination(cast)
    closure.reopen(mission_id=cast.mission.pk, reason="Présence à corriger", by=cast.actor(cast.olga))
    first.refresh_from_db()
    assert first.status == RequestStatus.VOIDED
    assert FeeLine.objects.get(request=first).released
    assert len(told(CoordinationFeeVoided)) == 1
    missions.finish_correction(mission_id=cast.mission.pk, by=cast.actor(cast.camille))
    settle()  # type: ignore[operator]
    again = coordination(cast)
    assert again.pk != first.pk
    assert again.lines.get().amount == Decimal(400)
    live = FeeRequest.objects.filter(kind=RequestKind.COORDINATION, status=RequestStatus.SENT)
    assert live.count() == 1


def test_once_approved_the_mission_stays_closed(cast: Cast, now: MovableClock, settle: object) -> None:
    closed(cast, now, settle)
    actions.approve(request_id=coordination(cast).pk, by=cast.actor(cast.farid))
    with refused("coordination_approved", turn=Turn.FINANCE):
        closure.reopen(mission_id=cast.mission.pk, reason="x", by=cast.actor(cast.olga))
    facilitation = FeeRequest.objects.get(kind=RequestKind.FACILITATION)
    with refused("coordination_approved"):
        actions.return_request(request_id=facilitation.pk, reason="x", by=cast.actor(cast.farid))
    cast.mission.refresh_from_db()
    assert cast.mission.status == MissionStatus.CLOSED


def test_finance_may_return_it_with_a_reason(cast: Cast, now: MovableClock, settle: object) -> None:
    closed(cast, now, settle)
    actions.return_request(
        request_id=coordination(cast).pk, reason="Mauvais tarif", by=cast.actor(cast.farid)
    )
    settle()  # type: ignore[operator]
    cast.mission.refresh_from_db()
    assert cast.mission.status == MissionStatus.RUNNING
    assert "Mauvais tarif" in cast.mission.reopened_because
    missions.finish_correction(mission_id=cast.mission.pk, by=cast.actor(cast.olga))
    settle()  # type: ignore[operator]
    assert coordination(cast).status == RequestStatus.SENT


def test_a_mission_without_coordinator_has_none(cast: Cast) -> None:
    mission = cast.other_mission
    mission.coordinator = None
    mission.save()
    line = mission.order.lines.get()
    assert actions.create_coordination_fee(mission_id=mission.pk, delivered={line.pk: 2}, by=SYSTEM) is None
    assert planning.amend_order_line(line_id=line.pk, quantity=3, reason="x", by=COMMAND)
