"""What the orders say of missions: how much was ordered, who is in charge."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cordee.kernel.refusals import Turn
from cordee.kernel.steps import Count, Look, Step, StepCode, Told
from cordee.missions import queries
from cordee.missions.models import Mission, OrderLine

ORDERED = Count("ordered")
"""Prestations, after amendments."""
EXPECTED = Count("expected")
"""Participants that the client announced."""


def tell(look: Look) -> dict[int, Told]:
    """Say of each mission what was ordered, and whether somebody is in charge."""
    lines = look.at(lines_of)
    return {
        pk: Told(
            steps=[*_reopened(mission, look), *_coordinator(mission, look)],
            counts={
                line.pk: {ORDERED: line.quantity, EXPECTED: line.expected_participants} for line in lines[pk]
            },
        )
        for pk, mission in look.at(missions).items()
    }


def missions(look: Look) -> dict[int, Mission]:
    """Return the missions with order, client and coordinator, by id."""
    return queries.by_ids(look.mission_ids)


def lines_of(look: Look) -> dict[int, list[OrderLine]]:
    """Return the lines of each mission's order with their services, in order."""
    by_order = {mission.order_id: pk for pk, mission in look.at(missions).items()}
    found: dict[int, list[OrderLine]] = defaultdict(list)
    for line in queries.lines_of_orders(by_order):
        found[by_order[line.order_id]].append(line)
    return found


def _reopened(mission: Mission, look: Look) -> Iterator[Step]:
    if mission.reopened_because:
        yield Step(
            code=StepCode.REOPENED,
            message=_("The mission was reopened: %(reason)s") % {"reason": mission.reopened_because},
            fix=_("Put it right, then say that the correction is finished."),
            turn=Turn.COORDINATOR,
            due_on=look.today,
        )


def _coordinator(mission: Mission, look: Look) -> Iterator[Step]:
    if mission.coordinator_id is None:
        yield Step(
            code=StepCode.NO_COORDINATOR,
            message=_("Nobody is in charge of this mission yet."),
            fix=_("Name its coordinator."),
            turn=Turn.OPERATIONS,
            due_on=look.day(mission.opened_at),
        )
