"""Sheets as plain data, and people who sign."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from cordee.attendance import actions as attendance
from cordee.attendance.actions import Device, Given
from cordee.attendance.models import Signature
from cordee.attendance.queries import print_of
from cordee.attendance.rules import Ink
from cordee.attendance.states import PresenceState, Way
from cordee.conformity.rules import Half, Person, Sheet, Signed
from cordee.enrolment import queries as lists
from cordee.kernel.actor import Actor, ActorKind
from cordee.network.models import Facilitator
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import AFTER, DURING, confirm

BEGINS = datetime(2027, 1, 14, 8, tzinfo=UTC)
MORNING = Half(
    id=1,
    position=1,
    day=date(2027, 1, 14),
    starts=time(9),
    ends=time(12),
    starts_at=BEGINS,
    ends_at=BEGINS + timedelta(hours=3),
    headcount=2,
)
ANA = Person(key=11, who="participant 1", name="Ana N", enrolled_at=BEGINS - timedelta(days=9))
BO = Person(key=12, who="participant 2", name="Bo N", enrolled_at=BEGINS - timedelta(days=9))
NOOR = Person(key=21, who="facilitator 1", name="Noor van den Berg")


def strokes(seed: object) -> tuple[tuple[tuple[int, int, int], ...], ...]:
    """Return a signature of its own for each seed: two strokes, of a form people have."""
    chance = random.Random(f"ink {seed}")  # noqa: S311 - the same each time
    x, y, drawn = 100, 200, []
    for part in range(2):
        points = []
        for i in range(20):
            x, y = x + chance.randint(4, 24), 200 + chance.randint(-70, 70)
            points.append((x, y, 20 * i + 500 * part))
        drawn.append(tuple(points))
    return tuple(drawn)


def signed(person: Person, half: Half = MORNING, **changes: Any) -> Signed:
    ink = strokes(person.who)
    plain = Signed(
        id=person.key * 100 + half.id,
        half_day_id=half.id,
        key=person.key,
        at=half.starts_at + timedelta(minutes=5),
        print=print_of(ink),
        strokes=ink,
        content={
            "title": "Atelier",
            "day": half.day.isoformat(),
            "starts": half.starts.isoformat("minutes"),
            "ends": half.ends.isoformat("minutes"),
            "time_zone": "Europe/Paris",
        },
    )
    return replace(plain, **changes)


def sheet(**changes: Any) -> Sheet:
    """Return a sheet on which all is right, with these changes: Ana and Bo were there, Noor ran it."""
    whole = Sheet(
        session_id=1,
        title="Atelier",
        time_zone="Europe/Paris",
        address="Hôtel de ville, 75001 Paris",
        remote=False,
        capacity=14,
        agreed_on=date(2026, 12, 12),
        minutes_ordered=180,
        halves=[MORNING],
        people=[ANA, BO],
        facilitators=[NOOR],
        marks={(ANA.key, MORNING.id): PresenceState.PRESENT, (BO.key, MORNING.id): PresenceState.LATE},
        signed=[signed(ANA), signed(BO)],
        countersigned=[signed(NOOR)],
    )
    return replace(whole, **changes)


# --- through the actions people use ---------------------------------------------------------------
def given(seed: object, way: Way = Way.OWN_LINK, **changes: Any) -> Given:
    return Given(key=uuid4(), ink=Ink(strokes=strokes(seed)), way=way, device=Device(), **changes)


def people_sign(session: Session) -> list[Signature]:
    """Have everybody on the list sign every half-day; the clock stands within it."""
    by = Actor(ActorKind.LINK, link_id=1)
    return [
        attendance.sign(
            half_day_id=half_day.pk, enrolment_id=person.pk, given=given(person.participant_id), by=by
        )
        for half_day in session.half_days.order_by("position")
        for person in lists.enrolments(session.pk)
    ]


def everybody_is_here(cast: Cast, session: Session, *absent: int) -> None:
    """Record presence on every half-day: all but these enrolments."""
    for half_day in session.half_days.all():
        states = {
            e.pk: PresenceState.ABSENT if e.pk in absent else PresenceState.PRESENT
            for e in lists.enrolments(session.pk)
        }
        attendance.record_presence(half_day_id=half_day.pk, states=states, by=cast.actor(cast.camille))


def countersign(cast: Cast, session: Session, *facilitators: Facilitator) -> None:
    for half_day in session.half_days.order_by("position"):
        for person in facilitators:
            attendance.countersign(
                half_day_id=half_day.pk,
                given=given(f"facilitator {person.pk}", Way.ACCOUNT),
                despite_unsigned=True,
                by=cast.actor(person),
            )


def sign_all(cast: Cast, now: MovableClock, session: Session, *facilitators: Facilitator) -> None:
    """Sign a session on the usual day from beginning to end: nothing is missing on its sheet afterwards."""
    confirm(cast, session, *facilitators)
    now.move_to(DURING)
    people_sign(session)
    everybody_is_here(cast, session)
    now.move_to(AFTER)
    countersign(cast, session, *facilitators)
