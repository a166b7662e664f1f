"""Facilitators on sessions: answers, statuses, roles, clashes."""

import pytest

from cordee.accounts.models import User
from cordee.kernel.actor import Actor, ActorKind
from cordee.kernel.refusals import Turn
from cordee.network.models import Facilitator
from cordee.planning import actions, queries
from cordee.planning.facts import AssignmentChanged, FacilitatorPutOn, RoleChanged
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus, StaffRole
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import AFTER, DURING, amend, confirm, hold, place_of, plan, request_fees, told

INVITED, CONFIRMED, DECLINED, WITHDRAWN = AssignmentStatus


def put_on(cast: Cast, session: Session, facilitator: Facilitator, **values: object) -> Assignment:
    return actions.put_on(
        session_id=session.pk,
        facilitator_id=facilitator.pk,
        by=cast.actor(cast.camille),
        **values,  # type: ignore[arg-type]
    )


def set_status(
    cast: Cast, place: Assignment, status: AssignmentStatus, by: User | Facilitator, reason: str = ""
) -> Assignment:
    return actions.set_status(assignment_id=place.pk, status=status, reason=reason, by=cast.actor(by))


def test_others_are_invited_coordinators_confirm_themselves(cast: Cast) -> None:
    (session,) = plan(cast)
    invited, own = put_on(cast, session, cast.noor), put_on(cast, session, cast.camille)
    assert (invited.status, invited.answered_at) == (INVITED, None)
    assert own.status == CONFIRMED
    assert own.answered_at is not None
    assert [e["status"] for e in told(FacilitatorPutOn)] == ["invited", "confirmed"]


def test_putting_somebody_on_twice_is_one_place(cast: Cast) -> None:
    (session,) = plan(cast, cast.noor)
    assert put_on(cast, session, cast.noor).pk == place_of(session, cast.noor).pk
    assert len(told(FacilitatorPutOn)) == 1


def test_only_those_who_run_the_mission_staff_it(cast: Cast) -> None:
    (session,) = plan(cast)
    for person in (cast.dan, cast.noor, cast.farid):
        with refused("not_coordinator"):
            actions.put_on(session_id=session.pk, facilitator_id=cast.noor.pk, by=cast.actor(person))
        with refused("not_coordinator"):
            actions.set_role(
                assignment_id=put_on(cast, session, cast.elodie).pk,
                role=StaffRole.OBSERVER,
                by=cast.actor(person),
            )


def test_co_facilitators_count_observers_do_not(cast: Cast) -> None:
    (session,) = plan(cast, count=1)
    plan(cast, count=3, starts="14:00", ends="17:00")
    put_on(cast, session, cast.noor)
    with refused("beyond_order", turn=Turn.OPERATIONS) as blockers:
        put_on(cast, session, cast.elodie)
    assert "observer" in blockers[0].fix
    place = put_on(cast, session, cast.elodie, role=StaffRole.OBSERVER)
    with refused("beyond_order"):
        actions.set_role(assignment_id=place.pk, role=StaffRole.FACILITATOR, by=cast.actor(cast.camille))
    amend(cast, 5)
    for _ in range(2):
        actions.set_role(assignment_id=place.pk, role=StaffRole.FACILITATOR, by=cast.actor(cast.camille))
    assert [e["role"] for e in told(RoleChanged)] == ["facilitator"]
    assert queries.committed(cast.line.pk) == 5


def test_an_observer_may_take_the_place_that_nobody_has(cast: Cast) -> None:
    (session,) = plan(cast, count=1)
    plan(cast, count=3, starts="14:00", ends="17:00")
    place = put_on(cast, session, cast.noor, role=StaffRole.OBSERVER)
    actions.set_role(assignment_id=place.pk, role=StaffRole.FACILITATOR, by=cast.actor(cast.camille))
    assert queries.committed(cast.line.pk) == 4


def test_who_declined_frees_the_place_for_another(cast: Cast) -> None:
    sessions = plan(cast, cast.noor, cast.elodie, cast.idris, cast.camille, count=4)
    place = place_of(sessions[0], cast.noor)
    set_status(cast, place, DECLINED, cast.noor, reason=" Déjà pris ")
    place.refresh_from_db()
    assert place.reason == "Déjà pris"
    put_on(cast, sessions[0], cast.dan)
    with refused("beyond_order"):
        set_status(cast, place, INVITED, cast.camille)
    with refused("beyond_order"):
        put_on(cast, sessions[0], cast.noor)


def test_a_sheet_has_room_for_four_facilitators(cast: Cast) -> None:
    (session,) = plan(cast, cast.camille)
    for person in (cast.noor, cast.elodie, cast.idris):
        put_on(cast, session, person, role=StaffRole.OBSERVER)
    with refused("too_many_facilitators") as blockers:
        put_on(cast, session, cast.dan, role=StaffRole.OBSERVER)
    assert blockers[0].field == "facilitator"


def test_a_clash_is_shown_before_it_is_made(cast: Cast) -> None:
    (morning,) = plan(cast, cast.noor)
    (late,) = plan(cast, starts="11:30", ends="14:00")
    (afternoon,) = plan(cast, starts="12:00", ends="15:00")
    with refused("clash") as blockers:
        put_on(cast, late, cast.noor)
    assert morning.ref in blockers[0].message
    put_on(cast, late, cast.noor, despite_clash=True)
    with refused("clash"):
        put_on(cast, afternoon, cast.noor)


def test_one_session_right_after_the_other_is_no_clash(cast: Cast) -> None:
    plan(cast, cast.noor)
    (next_one,) = plan(cast, starts="12:00", ends="15:00")
    put_on(cast, next_one, cast.noor)


def test_declined_withdrawn_and_cancelled_places_do_not_clash(cast: Cast) -> None:
    first, second = plan(cast, cast.noor, cast.elodie, count=2)
    set_status(cast, place_of(first, cast.noor), DECLINED, cast.noor)
    actions.cancel_session(session_id=second.pk, reason="Grève", by=cast.actor(cast.camille))
    plan(cast, cast.noor, cast.elodie, count=2)


def test_what_was_taken_back_is_confirmed_by_who_runs_the_mission_alone(cast: Cast) -> None:
    (session,) = plan(cast, cast.noor, cast.camille)
    place, own = place_of(session, cast.noor), place_of(session, cast.camille)
    for taken_back in (place, own):
        set_status(cast, taken_back, WITHDRAWN, cast.camille)
    with refused("taken_back", turn=Turn.COORDINATOR):
        set_status(cast, place, CONFIRMED, cast.noor)
    assert set_status(cast, place, CONFIRMED, cast.camille).status == CONFIRMED
    assert put_on(cast, session, cast.camille).status == CONFIRMED


def test_facilitators_answer_for_themselves_only(cast: Cast) -> None:
    (session,) = plan(cast, cast.noor)
    place = place_of(session, cast.noor)
    for person in (cast.elodie, cast.dan, cast.farid):
        with refused("not_yours"):
            set_status(cast, place, CONFIRMED, person)
    with refused("not_yours"):
        set_status(cast, place, WITHDRAWN, cast.noor)
    set_status(cast, place, CONFIRMED, cast.noor)
    before = len(told(AssignmentChanged))
    set_status(cast, place, CONFIRMED, cast.noor)
    assert len(told(AssignmentChanged)) == before, "saying it twice changes nothing"
    with refused("no_such_move"):
        set_status(cast, place, DECLINED, cast.noor)


def test_a_personal_link_answers_for_its_person(cast: Cast) -> None:
    (session,) = plan(cast, cast.noor)
    place = place_of(session, cast.noor)
    stranger = Actor(ActorKind.LINK, facilitator_id=cast.elodie.pk, link_id=7)
    with refused("not_yours"):
        actions.set_status(assignment_id=place.pk, status=CONFIRMED, by=stranger)
    link = Actor(ActorKind.LINK, facilitator_id=cast.noor.pk, link_id=8)
    assert actions.set_status(assignment_id=place.pk, status=CONFIRMED, by=link).status == CONFIRMED
    with refused("not_coordinator"):
        actions.put_on(session_id=session.pk, facilitator_id=cast.noor.pk, by=link)


def test_it_is_too_late_to_answer_once_the_session_began(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.noor)
    place = place_of(session, cast.noor)
    now.move_to(DURING)
    with refused("too_late"):
        set_status(cast, place, CONFIRMED, cast.noor)
    set_status(cast, place, CONFIRMED, cast.camille)


@pytest.mark.parametrize(
    ("before", "after", "possible"),
    [
        (INVITED, CONFIRMED, True),
        (INVITED, DECLINED, True),
        (INVITED, WITHDRAWN, True),
        (CONFIRMED, WITHDRAWN, True),
        (CONFIRMED, DECLINED, False),
        (CONFIRMED, INVITED, False),
        (DECLINED, CONFIRMED, True),
        (DECLINED, INVITED, True),
        (DECLINED, WITHDRAWN, False),
        (WITHDRAWN, INVITED, True),
        (WITHDRAWN, CONFIRMED, True),
        (WITHDRAWN, DECLINED, False),
    ],
)
def test_the_menu_of_statuses(
    cast: Cast, before: AssignmentStatus, after: AssignmentStatus, *, possible: bool
) -> None:
    (session,) = plan(cast, cast.noor)
    place = place_of(session, cast.noor)
    Assignment.objects.filter(pk=place.pk).update(status=before)
    if possible:
        assert set_status(cast, place, after, cast.camille).status == after
        assert (told(AssignmentChanged)[-1]["before"], told(AssignmentChanged)[-1]["after"]) == (
            before,
            after,
        )
    else:
        with refused("no_such_move"):
            set_status(cast, place, after, cast.camille)


def test_each_invitation_is_a_new_round(cast: Cast) -> None:
    (session,) = plan(cast, cast.noor)
    place = place_of(session, cast.noor)
    set_status(cast, place, WITHDRAWN, cast.camille)
    assert set_status(cast, place, INVITED, cast.camille).round == 2
    set_status(cast, place, WITHDRAWN, cast.camille)
    assert put_on(cast, session, cast.noor).round == 3
    assert told(AssignmentChanged)[-1]["before"] == "withdrawn"


def test_after_the_end_who_ran_it_is_on_record(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    place = place_of(session, cast.noor)
    now.move_to(AFTER)
    with refused("already_ended", turn=Turn.OPERATIONS):
        set_status(cast, place, WITHDRAWN, cast.camille)
    set_status(cast, place, WITHDRAWN, cast.olga)


def test_after_the_end_who_did_not_answer_can_be_set_right(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.noor)
    now.move_to(AFTER)
    set_status(cast, place_of(session, cast.noor), WITHDRAWN, cast.camille)
    place = put_on(cast, session, cast.elodie)
    assert set_status(cast, place, CONFIRMED, cast.camille).status == CONFIRMED


def test_whose_fee_was_asked_for_stays_on_record(cast: Cast, now: MovableClock) -> None:
    sessions = plan(cast, cast.camille, cast.noor, count=2)
    hold(cast, now, *sessions)
    request_fees(cast)
    place = place_of(sessions[1], cast.noor)
    with refused("fee_requested", turn=Turn.FINANCE):
        set_status(cast, place, WITHDRAWN, cast.olga)
    with refused("fee_requested"):
        actions.set_role(assignment_id=place.pk, role=StaffRole.OBSERVER, by=cast.actor(cast.camille))


def test_own_clashes_are_found_for_the_page_of_a_facilitator(cast: Cast) -> None:
    (morning,) = plan(cast, cast.noor)
    (other,) = plan(cast)
    put_on(cast, other, cast.noor, despite_clash=True)
    (free,) = plan(cast, cast.noor, starts="14:00", ends="16:00")
    places = list(queries.assignments_of_facilitator(cast.noor.pk))
    found = queries.own_clashes(cast.noor.pk, places)
    assert {pk: [s.pk for s in sessions] for pk, sessions in found.items()} == {
        place_of(morning, cast.noor).pk: [other.pk],
        place_of(other, cast.noor).pk: [morning.pk],
    }
    assert place_of(free, cast.noor).pk not in found
