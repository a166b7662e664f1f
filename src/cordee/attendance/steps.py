"""What presence says of missions: how much of what was held is proven."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from cordee.attendance import queries
from cordee.kernel.refusals import Turn
from cordee.kernel.steps import Count, Look, Step, StepCode, Told
from cordee.organisation.queries import policy
from cordee.planning.steps import Standing, standing

PROVEN = Count("proven")
"""Prestations held whose session has presence recorded on every half-day."""


def tell(look: Look) -> dict[int, Told]:
    """Say of each mission what is proven, and where presence is missing."""
    return {pk: _told(look.at(standing)[pk], look) for pk in look.mission_ids}


def proven(look: Look) -> set[int]:
    """Return the sessions with presence recorded on every half-day."""
    begun = [
        s.pk
        for found in look.at(standing).values()
        for at in found
        if (s := at.session).starts_at <= look.now
    ]
    return queries.proven_sessions(begun) if begun else set()


def _told(sessions: list[Standing], look: Look) -> Told:
    counts: Counter[int] = Counter()
    for at in sessions:
        if at.session.pk in look.at(proven):
            counts[at.session.line_id] += len(at.held)
    return Told(
        steps=[step for at in sessions for step in _missing(at, look)],
        counts={line_id: {PROVEN: n} for line_id, n in counts.items()},
    )


def _missing(at: Standing, look: Look) -> Iterator[Step]:
    if at.has_ended and at.session.pk not in look.at(proven):
        yield Step(
            code=StepCode.PRESENCE_MISSING,
            message=_("Presence is not recorded for %(session)s.") % {"session": at.session.title},
            fix=_("Record it for every half-day: without it nothing proves the session."),
            turn=Turn.COORDINATOR,
            due_on=at.last_day + timedelta(days=look.at(policy).presence_within_days),
            subject=at.session.ref,
        )
