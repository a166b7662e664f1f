"""Changing how much was ordered."""

from django.db import transaction

from cordee.kernel.actor import Actor
from cordee.missions import actions as missions_actions
from cordee.missions import queries as missions
from cordee.missions.models import Amendment
from cordee.planning import queries


@transaction.atomic
def amend_order_line(
    *, line_id: int, quantity: int, reason: str, expected_version: int | None = None, by: Actor
) -> Amendment:
    """Change how many prestations of a line are ordered, as agreed with the client; never below what is
    planned.

    It stands in this room because only here is it known what is planned. `expected_version` is that of the
    order. Raises Refused.
    """
    missions.locked_order(missions.line(line_id).order_id)
    planned = queries.committed(line_id)
    return missions_actions.record_amendment(
        line_id=line_id,
        quantity=quantity,
        reason=reason,
        planned=planned,
        expected_version=expected_version,
        by=by,
    )
