"""Recording and correcting presence."""

import pytest

from cordee.accounts.models import User
from cordee.attendance import actions, queries
from cordee.attendance.facts import HeadcountRecorded, PresenceCorrected, PresenceRecorded
from cordee.attendance.models import HalfDayRecord
from cordee.attendance.states import PresenceState
from cordee.clients.states import Sector
from cordee.enrolment import actions as enrolment_actions
from cordee.enrolment import queries as enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Turn
from cordee.missions.models import Order
from cordee.network.models import Facilitator
from cordee.planning import actions as planning
from cordee.planning.models import HalfDay, Session
from cordee.planning.states import StaffRole
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.planning.drafts import two_half_days
from tests.refusals import refused
from tests.steps import AFTER, DURING, closed, enrol, plan, told

PRESENT, LATE, ABSENT, EXCUSED = PresenceState


@pytest.fixture
def session(cast: Cast) -> Session:
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    return session


def half_day(session: Session, position: int = 1) -> HalfDay:
    return session.half_days.get(position=position)


def record(
    cast: Cast,
    session: Session,
    *states: PresenceState,
    by: User | Facilitator | None = None,
    position: int = 1,
) -> None:
    """Record these states for those on the list, in the order of the list."""
    people = enrolment.enrolments(session.pk)
    actions.record_presence(
        half_day_id=half_day(session, position).pk,
        states={e.pk: state for e, state in zip(people, states, strict=False)},
        by=cast.actor(by or cast.camille),
    )


def test_presence_is_recorded_with_who_and_when(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(DURING)
    record(cast, session, PRESENT, ABSENT, by=cast.noor)
    recorded = queries.records(session.pk)[half_day(session).pk]
    assert (recorded.present, recorded.user_id, recorded.at) == (1, cast.noor.user_id, now.at)
    assert sorted(queries.grid(session.pk).values()) == ["absent", "present"]
    assert [(e["present"], e["people"]) for e in told(PresenceRecorded)] == [(1, 2)]


def test_who_is_late_is_there_who_is_excused_is_not(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(DURING)
    record(cast, session, LATE, EXCUSED)
    assert queries.records(session.pk)[half_day(session).pk].present == 1


def test_nobody_is_present_before_the_half_day_begins(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to("2027-01-14 08:59")
    with refused("not_started", turn=Turn.TIME):
        record(cast, session, PRESENT, PRESENT)
    now.move_to("2027-01-14 09:00")
    record(cast, session, PRESENT, PRESENT)


def test_each_half_day_begins_at_its_own_time(cast: Cast, now: MovableClock) -> None:
    (session,) = planning.plan_sessions(
        mission_id=cast.mission.pk, line_id=cast.line.pk, draft=two_half_days(), by=cast.actor(cast.camille)
    )
    enrol(cast, session, "Ana")
    now.move_to("2027-01-14 12:00")
    record(cast, session, PRESENT)
    with refused("not_started"):
        record(cast, session, PRESENT, position=2)
    assert queries.proven_sessions([session.pk]) == set()
    now.move_to("2027-01-14 18:00")
    record(cast, session, ABSENT, position=2)
    assert queries.proven_sessions([session.pk]) == {session.pk}


def test_everybody_on_the_list_is_accounted_for(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(DURING)
    with refused("presence_incomplete") as blockers:
        record(cast, session, PRESENT)
    assert "1 person on the list" in blockers[0].message
    stranger = {e.pk: PRESENT for e in enrolment.enrolments(session.pk)} | {0: PRESENT}
    with refused("not_on_list"):
        actions.record_presence(
            half_day_id=half_day(session).pk, states=stranger, by=cast.actor(cast.camille)
        )
    assert queries.grid(session.pk) == {}


def test_only_those_who_run_the_session_record(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(DURING)
    for person in (cast.dan, cast.elodie, cast.farid, cast.quitterie):
        with refused("not_on_session"):
            record(cast, session, PRESENT, PRESENT, by=person)
    planning.put_on(session_id=session.pk, facilitator_id=cast.elodie.pk, role=StaffRole.OBSERVER, by=COMMAND)
    for person in (cast.noor, cast.elodie, cast.camille, cast.olga):
        record(cast, session, PRESENT, PRESENT, by=person)


def test_each_correction_stands_in_the_timeline(cast: Cast, session: Session, now: MovableClock) -> None:
    ana, bo = (e.pk for e in enrolment.enrolments(session.pk))
    now.move_to(DURING)
    record(cast, session, PRESENT, PRESENT)
    record(cast, session, PRESENT, PRESENT)
    assert told(PresenceCorrected) == [], "the same again is no correction"
    now.move_to(AFTER)
    record(cast, session, PRESENT, EXCUSED)
    assert [e["changes"] for e in told(PresenceCorrected)] == [{str(bo): ["present", "excused"]}]
    assert queries.grid(session.pk)[ana, half_day(session).pk] == "present"
    assert queries.records(session.pk)[half_day(session).pk].present == 1
    assert len(told(PresenceRecorded)) == 1


def test_no_mark_is_lost_to_its_correction(cast: Cast, session: Session, now: MovableClock) -> None:
    ana, _bo = (e.pk for e in enrolment.enrolments(session.pk))
    at = half_day(session)
    now.move_to(DURING)
    record(cast, session, PRESENT, PRESENT, by=cast.noor)
    first = now.at
    now.move_to(AFTER)
    record(cast, session, LATE, PRESENT, by=cast.camille)
    record(cast, session, ABSENT, PRESENT, by=cast.camille)
    marks = list(queries.history(ana, at.pk))
    assert [mark.state for mark in marks] == ["present", "late", "absent"]
    assert [mark.replaces_id for mark in marks] == [None, marks[0].pk, marks[1].pk]
    assert (marks[0].recorded_at, marks[0].user_id) == (first, cast.noor.user_id), "as it was written"
    assert queries.grid(session.pk)[ana, at.pk] == "absent", "the last one counts"
    records = HalfDayRecord.objects.order_by("pk").values_list("present", flat=True)
    assert list(records) == [2, 2, 1], "how many were there is kept as it was said each time"
    assert queries.records(session.pk)[at.pk].present == 1


def test_the_second_of_two_who_record_is_told(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(DURING)
    states = {e.pk: PRESENT for e in enrolment.enrolments(session.pk)}
    pk, by = half_day(session).pk, cast.actor(cast.camille)
    actions.record_presence(half_day_id=pk, states=states, seen="", by=by)
    with refused("changed_meanwhile"):
        actions.record_presence(half_day_id=pk, states=states, seen="", by=by)
    actions.record_presence(half_day_id=pk, states=states, seen=queries.records(session.pk)[pk].seen, by=by)


def test_a_walk_in_is_present_where_presence_was_recorded(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to(DURING)
    record(cast, session, PRESENT, ABSENT)
    walk_in = Person(first_name="Zoé", last_name="Z")
    for _ in range(2):
        actions.add_walk_in(session_id=session.pk, person=walk_in, by=cast.actor(cast.noor))
    assert queries.records(session.pk)[half_day(session).pk].present == 2
    assert sorted(queries.grid(session.pk).values()) == ["absent", "present", "present"]


def test_who_was_taken_off_the_list_is_not_asked_for(cast: Cast, session: Session, now: MovableClock) -> None:
    ana = enrolment.enrolments(session.pk)[0]
    enrolment_actions.cancel_enrolment(enrolment_id=ana.pk, by=COMMAND)
    now.move_to(DURING)
    record(cast, session, PRESENT)
    assert queries.records(session.pk)[half_day(session).pk].present == 1


def test_without_a_list_there_is_no_proof_outside_education(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.noor)
    now.move_to(DURING)
    with refused("list_needed", "nobody_came"):
        record(cast, session)
    with refused("list_needed"):
        actions.record_headcount(half_day_id=half_day(session).pk, present=20, by=cast.actor(cast.noor))


def test_in_education_a_number_of_people_is_enough(cast: Cast, now: MovableClock) -> None:
    Order.objects.filter(pk=cast.mission.order_id).update(sector=Sector.EDUCATION)
    (session,) = plan(cast, cast.noor)
    pk, by = half_day(session).pk, cast.actor(cast.noor)
    with refused("not_started"):
        actions.record_headcount(half_day_id=pk, present=20, by=by)
    now.move_to(DURING)
    with refused("nobody_came"):
        record(cast, session)
    with refused("nobody_came") as blockers:
        actions.record_headcount(half_day_id=pk, present=0, by=by)
    assert blockers[0].field == "present"
    for present in (20, 20, 22):
        actions.record_headcount(half_day_id=pk, present=present, by=by)
    assert [r.present for r in HalfDayRecord.objects.order_by("pk")] == [20, 22]
    assert [(e["before"], e["present"]) for e in told(HeadcountRecorded)] == [(None, 20), (20, 22)]
    assert queries.proven_sessions([session.pk]) == {session.pk}


def test_a_cancelled_session_has_no_presence(cast: Cast, session: Session, now: MovableClock) -> None:
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    now.move_to(DURING)
    with refused("session_cancelled"):
        record(cast, session, PRESENT, PRESENT)


def test_a_closed_mission_is_not_corrected_any_more(cast: Cast, now: MovableClock, settle: object) -> None:
    closed(cast, now, settle)
    session = Session.objects.order_by("pk")[0]
    with refused("mission_closed", turn=Turn.OPERATIONS):
        record(cast, session, ABSENT, by=cast.olga)
    with refused("mission_closed"):
        actions.record_headcount(half_day_id=half_day(session).pk, present=3, by=COMMAND)
    with refused("mission_closed"):
        actions.add_walk_in(session_id=session.pk, person=Person(first_name="Zoé"), by=COMMAND)
