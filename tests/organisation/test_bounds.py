"""Numbers and days beyond what means something are refused by the actions too, whatever door they come through."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cordee.accounts import actions as accounts
from cordee.catalogue import actions as catalogue
from cordee.catalogue.models import FeeSchedule
from cordee.catalogue.rules import ServiceChanges
from cordee.clients.states import Sector
from cordee.kernel.actor import COMMAND
from cordee.kernel.permissions import Role
from cordee.missions import actions as missions
from cordee.missions.rules import LineChanges, LineDraft
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.planning import actions as planning
from tests.cast import Cast, draft
from tests.refusals import refused

HUGE = 10**30


def _order(cast: Cast, agreed_on: date = date(2026, 12, 12), **line: Any) -> None:
    lines = [LineDraft(**{"service_type_id": cast.workshop.pk, "quantity": 1, **line})]
    missions.record_order(
        client_id=cast.valmont.pk,
        sector=Sector.COMPANY,
        title="x",
        agreed_on=agreed_on,
        lines=lines,
        by=COMMAND,
    )


def _service(cast: Cast, **changes: Any) -> None:
    catalogue.change_service_type(
        service_type_id=cast.workshop.pk, changes=ServiceChanges(**changes), expected_version=None, by=COMMAND
    )


def _rate(cast: Cast, amount: Decimal) -> None:
    cell = (cast.workshop.pk, Sector.COMPANY, "facilitation")
    catalogue.set_rates(schedule_id=FeeSchedule.objects.get().pk, rates={cell: amount}, by=COMMAND)


def _policy(**changes: Any) -> None:
    organisation.update(changes=OrganisationChanges(**changes), expected_version=None, by=COMMAND)


def _plan(cast: Cast, capacity: int) -> None:
    wanted = draft(capacity=capacity)
    planning.plan_sessions(mission_id=cast.mission.pk, line_id=cast.line.pk, draft=wanted, by=COMMAND)


def _colleague(ends_on: date) -> None:
    accounts.invite_colleague(
        email="a@b.example", first_name="A", last_name="B", roles=[Role.QUALITY], ends_on=ends_on, by=COMMAND
    )


def _line(cast: Cast, **changes: Any) -> None:
    missions.change_line(line_id=cast.line.pk, changes=LineChanges(**changes), by=COMMAND)


NUMBERS: list[Callable[[Cast], None]] = [
    lambda cast: _order(cast, quantity=10_000),
    lambda cast: _order(cast, quantity=HUGE),
    lambda cast: _order(cast, expected_participants=100_001),
    lambda cast: _order(cast, expected_participants=-1),
    lambda cast: _order(cast, unit_price=Decimal(1_000_001)),
    lambda cast: _order(cast, facilitation_fee=Decimal("1e30")),
    lambda cast: _order(cast, unit_price=Decimal("NaN")),
    lambda cast: _line(cast, coordination_fee=Decimal("Infinity")),
    lambda cast: _line(cast, expected_participants=HUGE),
    lambda cast: _rate(cast, Decimal(-1)),
    lambda cast: _rate(cast, Decimal("NaN")),
    lambda cast: _rate(cast, Decimal(100_001)),
    lambda cast: _service(cast, minutes=0),
    lambda cast: _service(cast, half_days=7),
    lambda cast: _service(cast, capacity=HUGE),
    lambda cast: _plan(cast, 0),
    lambda cast: _plan(cast, 501),
    lambda cast: _policy(enrol_before_days=91),
    lambda cast: _policy(answer_within_days=0),
    lambda cast: _policy(presence_within_days=-1),
    lambda cast: _policy(list_closes_days_before=HUGE),
]
DAYS: list[Callable[[Cast, date], None]] = [
    lambda cast, day: catalogue.add_fee_schedule(name="x", valid_from=day, by=COMMAND) and None,
    lambda cast, day: _colleague(day),
]


@pytest.mark.parametrize("do", NUMBERS)
def test_a_number_beyond_bounds_is_refused(cast: Cast, do: Callable[[Cast], None]) -> None:
    with refused("out_of_bounds"):
        do(cast)


@pytest.mark.parametrize("do", DAYS)
@pytest.mark.parametrize("day", [date(9999, 12, 31), date(2032, 1, 5), date(1, 1, 1)])
def test_a_day_of_another_age_is_refused(cast: Cast, do: Callable[[Cast, date], None], day: date) -> None:
    with refused("too_far_away"):
        do(cast, day)


def test_an_order_was_agreed_in_these_years(cast: Cast) -> None:
    with refused("too_far_away"):
        _order(cast, agreed_on=date(2022, 1, 3))
    with refused("agreed_in_the_future"):
        _order(cast, agreed_on=date(9999, 12, 31))
