"""Many sessions whose sheets are signed and accepted. Read once Django is set up.

They are copies of one, with rows of their own: one half-day, twelve people who signed on a screen, and who ran it.
"""

import datetime as dt
from collections.abc import Iterator
from copy import copy
from typing import Any
from uuid import uuid4

from benchmarks.first_session import people, session
from cordee.attendance.models import HalfDayRecord, Presence, Signature, Statement
from cordee.conformity import actions as conformity
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.journal.models import Delivery
from cordee.journal.states import DeliveryState
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.network import actions as network
from cordee.planning import actions as planning
from cordee.planning.models import Assignment, HalfDay, Session
from cordee.planning.states import AssignmentStatus

PEOPLE = 12
STROKES = [[[10 * n, 50 + 37 * (n % 3), 12 * n] for n in range(60)]]


def accept_sheets(how_many: int) -> None:
    """Make the sessions and have their sheets accepted: what follows from that alone is left to the worker."""
    with clock.frozen_at(clock.now() - dt.timedelta(days=50)):
        first = session(PEOPLE)
        listed = enrolment.enrol(session_id=first.pk, people=people(PEOPLE), by=COMMAND).new
        noor = network.invite_facilitator(
            email="noor@reseau.example", first_name="Noor", last_name="van den Berg", by=COMMAND
        )
        place = planning.put_on(session_id=first.pk, facilitator_id=noor.pk, by=COMMAND)
        planning.set_status(assignment_id=place.pk, status=AssignmentStatus.CONFIRMED, by=COMMAND)
        place.refresh_from_db()
    statement = Statement.objects.create(digest="0" * 64, content={"wording": 1, "title": "Atelier"})
    sessions = [_copied(first, number, listed, place, statement) for number in range(how_many)]
    for each in sessions:
        conformity.submit(session_id=each.pk, note="Banc d’essai", by=COMMAND)
    Delivery.objects.update(state=DeliveryState.DONE)
    for each in sessions:
        conformity.accept(session_id=each.pk, note="Banc d’essai", by=COMMAND)


def _copied(
    first: Session, number: int, listed: list[Enrolment], place: Assignment, statement: Statement
) -> Session:
    """Return another session, with the same people signed."""
    made = as_new(first, ref=f"S-2026-9{number:03}-Z", position=number + 2)
    half_day = as_new(first.half_days.get(), session=made)
    staff = as_new(place, session=made)
    people = [as_new(person, session=made) for person in listed]
    HalfDayRecord.objects.create(half_day=half_day, present=PEOPLE, recorded_at=half_day.ends_at)
    Presence.objects.bulk_create(
        Presence(enrolment=person, half_day=half_day, state="present", recorded_at=half_day.ends_at)
        for person in people
    )
    Signature.objects.bulk_create(_signatures(half_day, people, staff, statement))
    return made


def _signatures(
    half_day: HalfDay, people: list[Enrolment], staff: Assignment, statement: Statement
) -> Iterator[Signature]:
    for number, person in enumerate([*people, None]):
        who = {"enrolment": person} if person else {"assignment": staff}
        yield Signature(
            half_day=half_day,
            key=uuid4(),
            way="own_link" if person else "account",
            signed_at=half_day.starts_at,
            strokes=[[[x, y + number, ms] for x, y, ms in stroke] for stroke in STROKES],
            statement=statement,
            device="Mozilla/5.0 (iPhone; CPU iPhone OS 19_2 like Mac OS X)",
            address="198.51.100.7",
            **who,
        )


def as_new[M: Any](row: M, **changes: object) -> M:
    """Keep a row once more, with other values."""
    made = copy(row)
    made._state = copy(row._state)
    made.pk, made._state.adding = None, True
    for name, value in changes.items():
        setattr(made, name, value)
    made.save()
    return made
