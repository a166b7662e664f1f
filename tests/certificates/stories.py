"""Steps that the tests of certificates share."""

from collections.abc import Callable

from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.certificates.models import Certificate
from cordee.enrolment import queries as lists
from cordee.kernel.actor import COMMAND
from cordee.network.models import Facilitator
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import enrol, hold, plan

type Settle = Callable[[], None]


def certified(
    cast: Cast, now: MovableClock, settle: Settle, *names: str, led_by: Facilitator | None = None
) -> Session:
    """Hold a session of these people to its end, everybody present, and let what follows follow."""
    (session,) = plan(cast, led_by or cast.noor, capacity=40)
    enrol(cast, session, *names)
    hold(cast, now, session)
    settle()
    return session


def record(cast: Cast, session: Session, **states: PresenceState) -> None:
    """Record, or correct, the presence of people by first name on every half-day; others are present."""
    for half_day in session.half_days.order_by("position"):
        attendance.record_presence(
            half_day_id=half_day.pk,
            states={
                e.pk: states.get(e.participant.first_name, PresenceState.PRESENT)
                for e in lists.enrolments(session.pk)
            },
            by=cast.actor(cast.camille),
        )


def of(first_name: str) -> list[Certificate]:
    """Return every certificate of participation that somebody ever had, oldest first."""
    found = Certificate.objects.filter(kind="participation", participant__first_name=first_name)
    return list(found.order_by("pk"))


def name_who_signs() -> None:
    signs = OrganisationChanges(
        representative="Hélène Marchand", representative_role="directrice", city="Paris"
    )
    organisation.update(changes=signs, expected_version=None, by=COMMAND)
