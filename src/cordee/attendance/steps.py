"""What presence says of missions: where it is missing."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from cordee.attendance import queries
from cordee.kernel.refusals import Turn
from cordee.kernel.steps import Look, Step, StepCode, Told
from cordee.organisation.queries import policy
from cordee.planning.steps import Standing, standing


def tell(look: Look) -> dict[int, Told]:
    """Say of each mission where presence is missing. What is proven by it, `conformity` counts."""
    return {pk: _told(look.at(standing)[pk], look) for pk in look.mission_ids}


def recorded(look: Look) -> set[int]:
    """Return the sessions with presence recorded on every half-day."""
    begun = [
        s.pk
        for found in look.at(standing).values()
        for at in found
        if (s := at.session).starts_at <= look.now
    ]
    return queries.proven_sessions(begun) if begun else set()


def _told(sessions: list[Standing], look: Look) -> Told:
    return Told(steps=[step for at in sessions for step in _missing(at, look)])


def _missing(at: Standing, look: Look) -> Iterator[Step]:
    if at.has_ended and at.session.pk not in look.at(recorded):
        yield Step(
            code=StepCode.PRESENCE_MISSING,
            message=_("Presence is not recorded for %(session)s.") % {"session": at.session.title},
            fix=_("Record it for every half-day: without it nothing proves the session."),
            turn=Turn.COORDINATOR,
            due_on=at.last_day + timedelta(days=look.at(policy).presence_within_days),
            subject=at.session.ref,
        )
