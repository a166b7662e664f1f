"""Asking for fees: amounts, blockers, once a month, approving and returning."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cordee.catalogue import actions as catalogue
from cordee.catalogue.models import FeeRate
from cordee.catalogue.states import PaidRole
from cordee.clients.states import Sector
from cordee.fees import actions, queries
from cordee.fees.facts import ExtraRequestAllowed, FeeRequestApproved, FeeRequestReturned, FeesRequested
from cordee.fees.models import ExtraRequest, FeeLine, FeeRequest
from cordee.fees.states import RequestKind, RequestStatus
from cordee.fees.steps import REQUESTED, TO_REQUEST
from cordee.kernel.actor import COMMAND
from cordee.kernel.money import Money
from cordee.kernel.refusals import Turn
from cordee.missions import actions as missions
from cordee.missions.models import Mission
from cordee.missions.rules import LineChanges
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.planning.states import AssignmentStatus, StaffRole
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import AFTER, confirm, counted, enrol, hold, place_of, plan, reason_of, request_fees, told


def mission(cast: Cast) -> Mission:
    return Mission.objects.select_related("order").get(pk=cast.mission.pk)


def two_weeks(cast: Cast, now: MovableClock) -> list[Session]:
    """Plan a session on the usual day, held, and one a week later, to come."""
    first, second = plan(cast, cast.camille), plan(cast, cast.camille, day=date(2027, 1, 21))
    hold(cast, now, *first)
    return [*first, *second]


def test_the_coordinator_asks_for_what_has_ended(cast: Cast, now: MovableClock) -> None:
    sessions = plan(cast, cast.camille, cast.noor, count=2)
    hold(cast, now, *sessions)
    request = request_fees(cast)
    assert (request.ref, request.early, request.month) == ("R-2027-0001-A", False, date(2027, 1, 1))
    lines = request.lines.order_by("pk")
    assert [(row.session_id, row.facilitator_id, row.amount) for row in lines] == [
        (sessions[0].pk, cast.camille.pk, Decimal(250)),
        (sessions[1].pk, cast.noor.pk, Decimal(250)),
    ]
    assert told(FeesRequested)[-1]["lines"] == 2
    assert counted(cast.mission, REQUESTED, TO_REQUEST) == (2, 0)


def test_only_those_who_run_the_mission_ask(cast: Cast, now: MovableClock) -> None:
    hold(cast, now, *plan(cast, cast.noor))
    for person in (cast.noor, cast.dan, cast.farid, cast.quitterie):
        with refused("not_coordinator"):
            actions.request_fees(mission_id=cast.mission.pk, by=cast.actor(person))
    actions.request_fees(mission_id=cast.mission.pk, by=cast.actor(cast.olga))


def test_with_sessions_still_to_come_the_request_is_early(cast: Cast, now: MovableClock) -> None:
    two_weeks(cast, now)
    preview = queries.preview(mission(cast))
    assert (len(preview.ready), len(preview.held), preview.early) == (1, 1, True)
    assert [b.code for b in preview.held[0].blockers] == ["session_to_come"]
    assert preview.held[0].blockers[0].turn == Turn.TIME
    assert request_fees(cast).early is True


def test_a_session_to_come_that_nobody_runs_yet_makes_it_early_too(cast: Cast, now: MovableClock) -> None:
    plan(cast, day=date(2027, 1, 21))
    hold(cast, now, *plan(cast, cast.camille))
    assert request_fees(cast).early is True


def test_what_stands_in_the_way_of_a_fee_is_said_on_its_line(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.noor)
    FeeRate.objects.all().delete()
    now.move_to(AFTER)
    (held,) = queries.preview(mission(cast)).held
    assert [(b.code, b.turn) for b in held.blockers] == [
        ("not_confirmed", Turn.COORDINATOR),
        ("no_rate", Turn.OPERATIONS),
    ]
    assert {b.subject for b in held.blockers} == {session.ref}
    with refused("nothing_to_request"):
        request_fees(cast)


def test_observers_cancelled_sessions_and_those_who_left_are_not_paid(cast: Cast, now: MovableClock) -> None:
    sessions = plan(cast, cast.camille, cast.noor, cast.elodie, count=3)
    planning.cancel_session(session_id=sessions[1].pk, reason="Grève", by=COMMAND)
    planning.set_status(
        assignment_id=place_of(sessions[2], cast.elodie).pk, status=AssignmentStatus.WITHDRAWN, by=COMMAND
    )
    planning.put_on(
        session_id=sessions[0].pk, facilitator_id=cast.idris.pk, role=StaffRole.OBSERVER, by=COMMAND
    )
    hold(cast, now, sessions[0])
    assert [row.facilitator_id for row in request_fees(cast).lines.all()] == [cast.camille.pk]


# --- amounts ------------------------------------------------------------------------------------
def test_the_amount_is_that_in_force_on_the_day_of_the_session(cast: Cast, now: MovableClock) -> None:
    later = catalogue.add_fee_schedule(name="Grille 2027", valid_from=date(2027, 1, 18), by=COMMAND)
    cell = (cast.workshop.pk, Sector.PUBLIC_BODY, PaidRole.FACILITATION)
    catalogue.set_rates(schedule_id=later.pk, rates={cell: Decimal(300)}, by=COMMAND)
    two_weeks(cast, now)
    now.move_to("2027-01-21 12:30")
    assert [row.amount for row in request_fees(cast).lines.order_by("pk")] == [Decimal(250), Decimal(300)]


def test_the_day_of_the_session_is_its_own_local_day(cast: Cast, now: MovableClock) -> None:
    later = catalogue.add_fee_schedule(name="Grille 2027", valid_from=date(2027, 1, 15), by=COMMAND)
    cell = (cast.workshop.pk, Sector.PUBLIC_BODY, PaidRole.FACILITATION)
    catalogue.set_rates(schedule_id=later.pk, rates={cell: Decimal(300)}, by=COMMAND)
    plan(
        cast, cast.camille, day=date(2027, 1, 14), starts="19:00", ends="21:00", time_zone="America/New_York"
    )
    now.move_to("2027-01-20 12:00")
    assert queries.preview(mission(cast)).total == Money(Decimal(250))


def test_an_order_line_may_override_the_schedule_even_with_zero(cast: Cast, now: MovableClock) -> None:
    hold(cast, now, *plan(cast, cast.camille))
    for fee in (Decimal("320.50"), Decimal(0)):
        missions.change_line(line_id=cast.line.pk, changes=LineChanges(facilitation_fee=fee), by=COMMAND)
        (candidate,) = queries.preview(mission(cast)).ready
        assert (candidate.amount, candidate.from_order) == (Money(fee), True)
    (line,) = request_fees(cast).lines.all()
    assert (line.amount, line.from_order) == (Decimal(0), True)


def test_a_fee_once_requested_keeps_its_amount(cast: Cast, now: MovableClock) -> None:
    hold(cast, now, *plan(cast, cast.camille))
    request = request_fees(cast)
    missions.change_line(line_id=cast.line.pk, changes=LineChanges(facilitation_fee=Decimal(1)), by=COMMAND)
    assert request.lines.get().amount == Decimal(250)


def test_facilitators_see_what_they_would_be_paid(cast: Cast) -> None:
    (session,) = plan(cast, cast.noor)
    place = place_of(session, cast.noor)
    assert queries.expected_fees([place]) == {place.pk: Money(Decimal(250))}
    place.role = StaffRole.OBSERVER
    assert queries.expected_fees([place]) == {}


# --- once a month -------------------------------------------------------------------------------
def test_once_a_calendar_month(cast: Cast, now: MovableClock) -> None:
    two_weeks(cast, now)
    request = request_fees(cast)
    now.move_to("2027-01-31 23:59")
    with refused("once_a_month", turn=Turn.FINANCE) as blockers:
        request_fees(cast)
    assert request.ref in blockers[0].message
    now.move_to("2027-02-01 00:00")
    assert request_fees(cast).month == date(2027, 2, 1)


def test_the_rule_is_a_setting(cast: Cast, now: MovableClock) -> None:
    two_weeks(cast, now)
    request_fees(cast)
    now.move_to("2027-01-22 09:00")
    organisation.update(changes=OrganisationChanges(once_a_month=False), expected_version=None, by=COMMAND)
    assert request_fees(cast).extra is True


def test_finance_may_allow_one_more_and_it_is_used_once(cast: Cast, now: MovableClock) -> None:
    two_weeks(cast, now)
    plan(cast, cast.camille, day=date(2027, 1, 28))
    request_fees(cast)
    by = cast.actor(cast.farid)
    with refused("no_reason"):
        actions.allow_extra_request(mission_id=cast.mission.pk, reason=" ", by=by)
    for person in (cast.camille, cast.olga, cast.ada):
        with refused("not_finance", turn=Turn.FINANCE):
            actions.allow_extra_request(mission_id=cast.mission.pk, reason="x", by=cast.actor(person))
    leave = actions.allow_extra_request(mission_id=cast.mission.pk, reason=" Départ ", by=by)
    again = actions.allow_extra_request(mission_id=cast.mission.pk, reason="Départ", by=by)
    assert leave.pk == again.pk
    (allowed,) = told(ExtraRequestAllowed)
    assert (allowed["mission_id"], allowed["month"]) == (cast.mission.pk, "2027-01-01")
    assert reason_of(ExtraRequestAllowed) == "Départ"
    now.move_to("2027-01-22 09:00")
    request = request_fees(cast)
    assert request.extra is True
    assert ExtraRequest.objects.get().used_by == request
    now.move_to("2027-01-28 18:00")
    with refused("once_a_month"):
        request_fees(cast)


def test_leave_not_used_ends_with_its_month(cast: Cast, now: MovableClock) -> None:
    two_weeks(cast, now)
    actions.allow_extra_request(mission_id=cast.mission.pk, reason="x", by=cast.actor(cast.farid))
    now.move_to("2027-02-01 09:00")
    plan(cast, cast.camille, day=date(2027, 2, 8))
    request_fees(cast)
    now.move_to("2027-02-09 09:00")
    with refused("once_a_month"):
        request_fees(cast)


def test_leave_is_given_back_with_the_request_that_used_it(cast: Cast, now: MovableClock) -> None:
    two_weeks(cast, now)
    request_fees(cast)
    by = cast.actor(cast.farid)
    actions.allow_extra_request(mission_id=cast.mission.pk, reason="x", by=by)
    now.move_to("2027-01-22 09:00")
    actions.return_request(request_id=request_fees(cast).pk, reason="Montant", by=by)
    assert request_fees(cast).extra is True


# --- approving and returning --------------------------------------------------------------------
@pytest.fixture
def request_(cast: Cast, now: MovableClock) -> FeeRequest:
    two_weeks(cast, now)
    return request_fees(cast)


def test_finance_approves_once(cast: Cast, request_: FeeRequest) -> None:
    by = cast.actor(cast.farid)
    approved = actions.approve(request_id=request_.pk, by=by)
    assert (approved.status, approved.decided_by) == (RequestStatus.APPROVED, cast.farid.pk)
    assert len(told(FeeRequestApproved)) == 1
    with refused("already_decided"):
        actions.approve(request_id=request_.pk, by=by)
    with refused("already_decided"):
        actions.return_request(request_id=request_.pk, reason="x", by=by)
    assert [row.amount for row in queries.approved_lines()] == [Decimal(250)]
    assert queries.to_approve_count() == 0


def test_nobody_but_finance_decides(cast: Cast, request_: FeeRequest) -> None:
    for person in (cast.camille, cast.olga, cast.ada, cast.quitterie):
        with refused("not_finance", turn=Turn.FINANCE):
            actions.approve(request_id=request_.pk, by=cast.actor(person))
        with refused("not_finance"):
            actions.return_request(request_id=request_.pk, reason="x", by=cast.actor(person))


def test_what_is_returned_has_a_reason_and_can_be_asked_for_again(cast: Cast, request_: FeeRequest) -> None:
    by = cast.actor(cast.farid)
    with refused("no_reason") as blockers:
        actions.return_request(request_id=request_.pk, reason="  ", by=by)
    assert blockers[0].field == "reason"
    actions.return_request(request_id=request_.pk, reason=" Mauvaise date ", by=by)
    assert reason_of(FeeRequestReturned) == "Mauvaise date"
    assert counted(cast.mission, REQUESTED, TO_REQUEST) == (0, 1)
    again = request_fees(cast)
    assert (again.ref, again.extra) == ("R-2027-0001-B", False)
    assert [row.released for row in FeeLine.objects.order_by("pk")] == [True, False]


def test_what_was_returned_can_be_put_right(cast: Cast, request_: FeeRequest) -> None:
    actions.return_request(request_id=request_.pk, reason="Pas venue", by=cast.actor(cast.farid))
    place = place_of(Session.objects.order_by("pk")[0], cast.camille)
    planning.set_status(assignment_id=place.pk, status=AssignmentStatus.WITHDRAWN, by=cast.actor(cast.olga))
    with refused("nothing_to_request"):
        request_fees(cast)


def test_the_database_itself_refuses_a_fee_paid_twice(cast: Cast, request_: FeeRequest) -> None:
    line = request_.lines.get()
    line.pk = None
    with pytest.raises(IntegrityError, match=r"one_fee_per_prestation|UNIQUE"), transaction.atomic():
        line.save(force_insert=True)


def test_people_see_their_own_fees(cast: Cast, request_: FeeRequest) -> None:
    assert [row.request_id for row in queries.fees_of(cast.camille.pk)] == [request_.pk]
    assert list(queries.fees_of(cast.noor.pk)) == []


def test_requests_are_listed_with_totals(cast: Cast, request_: FeeRequest) -> None:
    (listed,) = queries.requests(RequestStatus.SENT)
    assert (listed.total, listed.people) == (Decimal(250), 1)
    assert [r.pk for r in queries.requests_of(cast.mission.pk)] == [request_.pk]
    found = queries.request_by_ref(request_.ref)
    assert found is not None
    assert found.kind == RequestKind.FACILITATION
    assert queries.request_by_ref("R-0000-0000-A") is None


def test_a_request_names_each_of_its_sessions_once_enrolment_or_not(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.camille, cast.noor)
    enrol(cast, session, "Ana")
    confirm(cast, session, cast.noor)
    now.move_to(AFTER)
    assert [row.session_id for row in request_fees(cast).lines.all()] == [session.pk] * 2
