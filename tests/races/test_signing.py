"""Signatures given at the same moment: none lost, none doubled."""

from uuid import UUID, uuid4

import pytest

from cordee.attendance import actions, queries
from cordee.attendance.actions import Device, Given
from cordee.attendance.models import Presence, Signature
from cordee.attendance.rules import Ink
from cordee.attendance.states import PresenceState, Way
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.races.conftest import Together
from tests.steps import AFTER, DURING, all_present, confirm, enrol, plan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def given(key: UUID | None = None, way: Way = Way.OWN_LINK) -> Given:
    ink = Ink(strokes=(((10, 10, 0), (200, 80, 40)),))
    return Given(key=key or uuid4(), ink=ink, way=way, device=Device())


def sign(session: Session, enrolment_id: int, key: UUID | None = None) -> int:
    by = Actor(ActorKind.LINK, link_id=1)
    half_day = session.half_days.get()
    return actions.sign(half_day_id=half_day.pk, enrolment_id=enrolment_id, given=given(key), by=by).pk


def test_a_whole_room_signs_while_the_facilitator_records(
    cast: Cast, now: MovableClock, together: Together
) -> None:
    (session,) = plan(cast, cast.noor)
    people = [e.pk for e in enrol(cast, session, "Ana", "Bo", "Cyd", "Dee", "Eli", "Fay")]
    now.move_to(DURING)
    states = dict.fromkeys(people, PresenceState.PRESENT)
    half_day = session.half_days.get()

    def record() -> int:
        return actions.record_presence(half_day_id=half_day.pk, states=states, by=COMMAND).pk

    together(record, *(lambda pk=pk: sign(session, pk) for pk in people))
    assert Signature.objects.count() == 6
    assert Presence.objects.count() == 6, "one mark each, whoever came first"
    assert set(queries.grid(session.pk).values()) == {"present"}


def test_one_person_on_two_phones_signs_once(cast: Cast, now: MovableClock, together: Together) -> None:
    (session,) = plan(cast, cast.noor)
    (ana,) = enrol(cast, session, "Ana")
    now.move_to(DURING)
    outcomes = together(*[lambda: sign(session, ana.pk)] * 3)
    assert outcomes.count(["already_signed"]) == 2


def test_what_a_phone_sends_three_times_is_one_signature(
    cast: Cast, now: MovableClock, together: Together
) -> None:
    (session,) = plan(cast, cast.noor)
    (ana,) = enrol(cast, session, "Ana")
    now.move_to(DURING)
    key = uuid4()
    outcomes = together(*[lambda: sign(session, ana.pk, key)] * 3)
    assert len(set(map(str, outcomes))) == 1
    assert Signature.objects.count() == 1


def test_two_facilitators_countersign_at_once(cast: Cast, now: MovableClock, together: Together) -> None:
    (session,) = plan(cast, cast.noor)
    planning.put_on(session_id=session.pk, facilitator_id=cast.elodie.pk, by=COMMAND)
    confirm(cast, session, cast.noor, cast.elodie)
    enrol(cast, session, "Ana")
    now.move_to(AFTER)
    all_present(cast, session)
    half_day = session.half_days.get()

    def countersign(who: object) -> int:
        by = cast.actor(who)  # type: ignore[arg-type]
        return actions.countersign(half_day_id=half_day.pk, given=given(way=Way.ACCOUNT), by=by).pk

    together(lambda: countersign(cast.noor), lambda: countersign(cast.elodie))
    assert len(queries.standing_countersignatures(session.pk)[half_day.pk]) == 2


def test_who_comes_in_by_the_door_signs_while_they_are_counted_in(
    cast: Cast, now: MovableClock, together: Together
) -> None:
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana")
    now.move_to(DURING)
    all_present(cast, session)
    people = [e.pk for e in enrol(cast, session, "Bo", "Cyd", "Dee", "Eli")]

    def count_in() -> None:
        actions.count_in(session_id=session.pk, enrolment_ids=people)

    together(count_in, *(lambda pk=pk: sign(session, pk) for pk in people))
    assert Signature.objects.count() == 4
    assert set(queries.grid(session.pk).values()) == {"present"}
