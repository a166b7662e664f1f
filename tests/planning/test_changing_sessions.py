"""Changing and cancelling sessions, and what a closed mission refuses."""

from datetime import UTC, date, datetime

from cordee.enrolment import actions as enrolment
from cordee.enrolment.queries import counts
from cordee.kernel.actor import COMMAND, SYSTEM
from cordee.kernel.refusals import Turn
from cordee.planning import actions, queries
from cordee.planning.facts import SessionCancelled, SessionChanged
from cordee.planning.models import HalfDay, Session
from cordee.planning.rules import SessionDraft
from cordee.planning.states import AssignmentStatus, StaffRole
from cordee.planning.steps import CONFIRMED, HELD, PLANNED
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.planning.drafts import half_days
from tests.refusals import refused
from tests.steps import (
    AFTER,
    DURING,
    all_present,
    closed,
    confirm,
    counted,
    enrol,
    hold,
    place_of,
    plan,
    reason_of,
    request_fees,
    told,
)


def change(
    cast: Cast, session: Session, wanted: SessionDraft, by: object = None, **values: object
) -> Session:
    return actions.change_session(
        session_id=session.pk,
        draft=wanted,
        expected_version=values.pop("version", None),  # type: ignore[arg-type]
        by=cast.actor(by or cast.camille),  # type: ignore[arg-type]
        **values,  # type: ignore[arg-type]
    )


def enrolled_on(session: Session) -> int:
    return counts([session.pk])[session.pk]


def test_a_change_says_what_changed_and_whether_people_must_be_told(cast: Cast) -> None:
    (session,) = plan(cast)
    session = change(cast, session, draft(title="Atelier du matin"))
    session = change(cast, session, draft(title="Atelier du matin", place="Gymnase"))
    session = change(cast, session, draft(date(2027, 1, 15), title="Atelier du matin", place="Gymnase"))
    assert [(e["fields"], e["informs"]) for e in told(SessionChanged)] == [
        (["title"], False),
        (["place"], True),
        (["half_days"], True),
    ]
    assert (session.version, session.schedule_version) == (4, 3)
    assert session.starts_at == datetime(2027, 1, 15, 8, tzinfo=UTC)


def test_the_same_again_is_no_change(cast: Cast) -> None:
    (session,) = plan(cast)
    again = draft(place="  Hôtel de ville, salle des mariages ", title="Atelier ")
    assert change(cast, session, again).version == 1
    assert told(SessionChanged) == []


def test_an_empty_title_keeps_the_one_it_had(cast: Cast) -> None:
    (session,) = plan(cast, title="Atelier du matin")
    assert change(cast, session, draft(title="")).title == "Atelier du matin"


def test_half_days_are_added_and_taken_away(cast: Cast) -> None:
    (session,) = plan(cast)
    change(cast, session, half_days("09:00-12:00", "13:00-17:00"))
    assert session.half_days.count() == 2
    change(cast, session, half_days("10:00-12:00"))
    assert [f"{h.starts:%H:%M}" for h in session.half_days.order_by("position")] == ["10:00"]


def test_the_second_of_two_who_edit_is_told(cast: Cast) -> None:
    (session,) = plan(cast)
    change(cast, session, draft(place="Gymnase"), version=1)
    with refused("changed_meanwhile"):
        change(cast, session, draft(place="Piscine"), version=1)
    session.refresh_from_db()
    assert session.place == "Gymnase"


def test_only_those_who_run_the_mission_change_or_cancel(cast: Cast) -> None:
    (session,) = plan(cast, cast.noor)
    for person in (cast.dan, cast.noor, cast.farid):
        with refused("not_coordinator"):
            change(cast, session, draft(place="Gymnase"), by=person)
        with refused("not_coordinator"):
            actions.cancel_session(session_id=session.pk, reason="x", by=cast.actor(person))


def test_a_session_is_not_moved_to_the_past(cast: Cast) -> None:
    (session,) = plan(cast)
    with refused("in_the_past"):
        change(cast, session, draft(date(2027, 1, 3)))


def test_operations_may_move_it_there_with_a_reason_on_record(cast: Cast) -> None:
    (session,) = plan(cast)
    moved = change(cast, session, draft(date(2027, 1, 3)), by=cast.olga, regularised_because="Tenue dimanche")
    assert moved.regularised_because == "Tenue dimanche"
    assert reason_of(SessionChanged) == "Tenue dimanche"


def test_once_begun_its_times_are_corrected_by_operations_only(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast)
    now.move_to(DURING)
    later = draft(starts="09:30", ends="12:30")
    with refused("already_started", turn=Turn.OPERATIONS):
        change(cast, session, later)
    with refused("already_started") as blockers:
        change(cast, session, later, by=cast.olga)
    assert blockers[0].field == "regularised_because"
    moved = change(cast, session, later, by=cast.olga, regularised_because="Retard du train")
    assert moved.ends_at == datetime(2027, 1, 14, 11, 30, tzinfo=UTC)
    change(cast, session, draft(starts="09:30", ends="12:30", place="Gymnase"))


def test_once_begun_it_is_not_moved_to_a_time_to_come_nor_given_other_half_days(
    cast: Cast, now: MovableClock
) -> None:
    (session,) = plan(cast)
    enrol(cast, session, "Ana")
    now.move_to(AFTER)
    all_present(cast, session)
    with refused("not_to_the_future"):
        change(cast, session, draft(date(2027, 2, 1)), by=cast.olga, regularised_because="x")
    with refused("half_days_fixed"):
        change(cast, session, half_days("09:00-10:00", "10:30-12:00"), by=cast.olga, regularised_because="x")


def test_a_change_that_makes_somebody_be_in_two_places_is_shown_first(cast: Cast) -> None:
    (morning,) = plan(cast, cast.noor)
    (afternoon,) = plan(cast, cast.noor, starts="14:00", ends="17:00")
    wanted = draft(starts="11:00", ends="14:30")
    with refused("clash") as blockers:
        change(cast, afternoon, wanted)
    assert morning.ref in blockers[0].message
    assert blockers[0].field == "despite_clash"
    change(cast, afternoon, wanted, despite_clash=True)
    change(cast, afternoon, draft(starts="11:00", ends="14:30", place="Gymnase"))


def test_fewer_places_than_people_enrolled_is_asked_with_their_number(cast: Cast) -> None:
    (session,) = plan(cast, capacity=4)
    enrol(cast, session, "Ana", "Bo", "Lou")
    with refused("below_enrolled") as blockers:
        change(cast, session, draft(capacity=2))
    assert "3 people" in blockers[0].message
    assert "capacity of 2" in blockers[0].message
    assert blockers[0].field == "despite_enrolled"
    session = change(cast, session, draft(capacity=2), despite_enrolled=True)
    assert (session.capacity, enrolled_on(session)) == (2, 3)


def test_places_that_nobody_has_are_taken_away_without_a_question(cast: Cast) -> None:
    (session,) = plan(cast, capacity=4)
    ana, _bo, _lou = enrol(cast, session, "Ana", "Bo", "Lou")
    assert change(cast, session, draft(capacity=3)).capacity == 3
    enrolment.cancel_enrolment(enrolment_id=ana.pk, by=COMMAND)
    assert change(cast, session, draft(capacity=2)).capacity == 2


def test_what_was_lowered_knowingly_is_not_asked_again(cast: Cast) -> None:
    (session,) = plan(cast, capacity=4)
    enrol(cast, session, "Ana", "Bo", "Lou", "Dov")
    change(cast, session, draft(capacity=2), despite_enrolled=True)
    assert change(cast, session, draft(capacity=2, place="Gymnase")).place == "Gymnase"
    assert change(cast, session, draft(capacity=3)).capacity == 3


# --- cancelling ---------------------------------------------------------------------------------
def test_cancelling_needs_a_reason_and_frees_the_prestations(cast: Cast) -> None:
    sessions = plan(cast, count=4)
    by = cast.actor(cast.camille)
    with refused("no_reason") as blockers:
        actions.cancel_session(session_id=sessions[0].pk, reason=" ", by=by)
    assert blockers[0].field == "reason"
    actions.cancel_session(session_id=sessions[0].pk, reason=" Grève ", by=by)
    assert reason_of(SessionCancelled) == "Grève"
    assert queries.committed(cast.line.pk) == 3
    (replacement,) = plan(cast, day=date(2027, 1, 20))
    assert replacement.ref == "S-2027-0001-E", "a reference is given once"


def test_what_is_cancelled_is_not_changed_any_more(cast: Cast) -> None:
    (session,) = plan(cast, cast.noor)
    by = cast.actor(cast.camille)
    actions.cancel_session(session_id=session.pk, reason="Grève", by=by)
    with refused("session_cancelled"):
        actions.cancel_session(session_id=session.pk, reason="Grève", by=by)
    with refused("session_cancelled"):
        change(cast, session, draft(place="Gymnase"))
    with refused("session_cancelled"):
        actions.put_on(session_id=session.pk, facilitator_id=cast.elodie.pk, by=by)
    with refused("session_cancelled"):
        confirm(cast, session, cast.noor)


def test_what_has_ended_is_cancelled_by_operations_only(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast)
    now.move_to(AFTER)
    with refused("already_ended", turn=Turn.OPERATIONS):
        actions.cancel_session(session_id=session.pk, reason="Personne", by=cast.actor(cast.camille))
    actions.cancel_session(session_id=session.pk, reason="Personne", by=cast.actor(cast.olga))


def test_what_a_fee_was_asked_for_is_not_cancelled(cast: Cast, now: MovableClock) -> None:
    sessions = plan(cast, cast.camille, cast.noor, count=2)
    hold(cast, now, *sessions)
    request = request_fees(cast)
    with refused("fee_requested", turn=Turn.FINANCE) as blockers:
        actions.cancel_session(session_id=sessions[1].pk, reason="Erreur", by=cast.actor(cast.olga))
    assert request.ref in blockers[0].message
    assert cast.noor.full_name in blockers[0].message


# --- closed, and counted ------------------------------------------------------------------------
def test_a_closed_mission_refuses_everything(cast: Cast, now: MovableClock, settle: object) -> None:
    closed(cast, now, settle)
    session = Session.objects.order_by("pk")[0]
    place = place_of(session, cast.camille)
    later = date(2027, 2, 1)
    with refused("mission_closed", turn=Turn.OPERATIONS):
        plan(cast, day=later)
    for by in (cast.actor(cast.olga), SYSTEM):
        with refused("mission_closed"):
            actions.change_session(session_id=session.pk, draft=draft(later), expected_version=None, by=by)
        with refused("mission_closed"):
            actions.cancel_session(session_id=session.pk, reason="x", by=by)
        with refused("mission_closed"):
            actions.put_on(session_id=session.pk, facilitator_id=cast.dan.pk, by=by)
        with refused("mission_closed"):
            actions.set_status(assignment_id=place.pk, status=AssignmentStatus.WITHDRAWN, by=by)
        with refused("mission_closed"):
            actions.set_role(assignment_id=place.pk, role=StaffRole.OBSERVER, by=by)
        with refused("mission_closed"):
            actions.amend_order_line(line_id=cast.line.pk, quantity=9, reason="x", by=by)


def test_counts_tell_planned_confirmed_and_held_apart(cast: Cast, now: MovableClock) -> None:
    sessions = plan(cast, cast.camille, cast.noor, count=2)
    assert counted(cast.mission, PLANNED, CONFIRMED, HELD) == (2, 1, 0)
    confirm(cast, sessions[1], cast.noor)
    now.move_to(AFTER)
    assert counted(cast.mission, PLANNED, CONFIRMED, HELD) == (2, 2, 2)
    assert HalfDay.objects.count() == 2
    assert queries.ended_between(datetime(2027, 1, 14, 10, tzinfo=UTC), now.at) == {cast.mission.pk}
