"""Moving people between sessions, alone or in groups, and taking groups back."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from cordee.enrolment import actions, queries
from cordee.enrolment.facts import EnrolmentCancelled, ParticipantsEnrolled, ParticipantsMoved
from cordee.enrolment.models import Enrolment, Split
from cordee.enrolment.rules import Person, Wishes
from cordee.kernel.actor import COMMAND
from cordee.planning import actions as planning
from cordee.planning import queries as planning_queries
from cordee.planning.models import Session
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import DURING, closed, enrol, plan, told


@pytest.fixture
def groups(cast: Cast) -> list[Session]:
    """Return three workshops in parallel with three places each."""
    return plan(cast, count=3, capacity=3)


def move(cast: Cast, session: Session, *people: Enrolment) -> int:
    return actions.move(
        enrolment_ids=[e.pk for e in people], session_id=session.pk, by=cast.actor(cast.camille)
    )


def names(session: Session) -> list[str]:
    return [e.participant.first_name for e in queries.enrolments(session.pk)]


# --- which sessions -------------------------------------------------------------------------------
def test_parallel_are_the_sessions_of_one_service_at_one_time(
    cast: Cast, groups: list[Session], now: MovableClock
) -> None:
    a, b, c = groups
    (later,) = plan(cast, starts="14:00", ends="17:00")
    assert list(planning_queries.parallel(later)) == [later]
    planning.cancel_session(session_id=b.pk, reason="Grève", by=COMMAND)
    assert list(planning_queries.parallel(c)) == [a, c]
    now.move_to(DURING)
    assert list(planning_queries.parallel(c)) == []
    assert list(planning_queries.parallel(c, begun=True)) == [a, c]


def test_two_sessions_that_only_touch_or_overlap(cast: Cast) -> None:
    first, after, across = (
        plan(cast, starts=s, ends=e)[0]
        for s, e in (("09:00", "11:00"), ("11:00", "12:00"), ("10:30", "11:30"))
    )
    assert list(planning_queries.parallel(first)) == [first, across]
    assert list(planning_queries.parallel(across)) == [first, after, across]


# --- one by one -----------------------------------------------------------------------------------
def test_who_is_moved_keeps_their_place_and_what_the_list_said(cast: Cast, groups: list[Session]) -> None:
    a, b, _ = groups
    person = Person(email="ana@x.fr", first_name="Ana", group="Bleu", details={"Langue": "fr"})
    (ana,) = actions.enrol(session_id=a.pk, people=[person], by=COMMAND).new
    bo, cy = enrol(cast, a, "Bo", "Cy")
    assert move(cast, b, ana, bo) == 2
    assert (names(a), names(b)) == (["Cy"], ["Ana", "Bo"])
    ana.refresh_from_db()
    assert (ana.session_id, ana.group, ana.details) == (b.pk, "Bleu", {"Langue": "fr"})
    (fact,) = told(ParticipantsMoved)
    assert fact == {
        "session_id": b.pk,
        "from_session_id": a.pk,
        "enrolment_ids": [ana.pk, bo.pk],
        "replaced_ids": [],
        "split_id": None,
        "undone": False,
    }
    assert move(cast, a, cy) == 0, "who is there already is not moved"
    assert not told(EnrolmentCancelled)
    assert len(told(ParticipantsMoved)) == 1


def test_moving_is_refused_with_its_reason(cast: Cast, groups: list[Session], now: MovableClock) -> None:
    a, b, c = groups
    people = enrol(cast, a, "Ana", "Bo", "Cy")
    enrol(cast, b, "Di", "Ed")
    with refused("no_room") as blockers:
        move(cast, b, *people)
    assert "1 place is left for 3" in blockers[0].message
    assert len(names(a)) == 3, "then nobody moves"
    for somebody in (cast.dan, cast.noor, cast.farid):
        with refused("not_coordinator"):
            actions.move(enrolment_ids=[people[0].pk], session_id=b.pk, by=cast.actor(somebody))
    actions.cancel_enrolment(enrolment_id=people[2].pk, by=COMMAND)
    with refused("not_on_list"):
        move(cast, b, people[2])
    enrol(cast, b, "Ana")
    with refused("no_room", "on_list_already"):
        move(cast, b, people[0])
    planning.cancel_session(session_id=c.pk, reason="Grève", by=COMMAND)
    with refused("session_cancelled"):
        move(cast, c, people[1])
    (tomorrow,) = plan(cast, day=date(2027, 1, 15), capacity=9)
    now.move_to(DURING)
    with refused("already_started", "already_begun", "no_room"):
        move(cast, b, people[1])
    with refused("already_begun"):
        move(cast, tomorrow, people[1])


def test_people_stay_within_their_mission_and_its_service(cast: Cast, groups: list[Session]) -> None:
    (other,) = planning.plan_sessions(
        mission_id=cast.other_mission.pk,
        line_id=cast.other_mission.order.lines.get().pk,
        draft=draft(),
        by=COMMAND,
    )
    (ana,) = enrol(cast, groups[0], "Ana")
    with refused("other_service"):
        actions.move(enrolment_ids=[ana.pk], session_id=other.pk, by=COMMAND)


def test_nobody_moves_in_a_closed_mission(cast: Cast, now: MovableClock, settle: Any) -> None:
    mission = closed(cast, now, settle)
    a, b = Session.objects.filter(mission=mission).order_by("position")[:2]
    with refused("mission_closed"):
        move(cast, b, *queries.enrolments(a.pk))


def test_a_place_given_up_before_is_taken_again(cast: Cast, groups: list[Session]) -> None:
    a, b, _ = groups
    (before,) = enrol(cast, b, "Ana")
    actions.cancel_enrolment(enrolment_id=before.pk, by=COMMAND)
    (ana,) = enrol(cast, a, "Ana")
    move(cast, b, ana)
    assert (names(a), names(b)) == ([], ["Ana"])
    assert told(ParticipantsMoved)[0]["replaced_ids"] == [before.pk]
    assert not Enrolment.objects.filter(pk=before.pk).exists()


# --- all in one go --------------------------------------------------------------------------------
def split(cast: Cast, placement: dict[int, int], **wishes: Any) -> Split:
    return actions.split(
        mission_id=cast.mission.pk, placement=placement, wishes=Wishes(**wishes), by=cast.actor(cast.camille)
    )


def test_full_sessions_exchange_people_in_one_go(cast: Cast, groups: list[Session]) -> None:
    a, b, c = groups
    ana, bo, cy = enrol(cast, a, "Ana", "Bo", "Cy")
    di, ed, fa = enrol(cast, b, "Di", "Ed", "Fa")
    made = split(cast, {ana.pk: b.pk, bo.pk: a.pk, cy.pk: c.pk, di.pk: a.pk, ed.pk: c.pk})
    assert (names(a), names(b), names(c)) == (["Bo", "Di"], ["Ana", "Fa"], ["Cy", "Ed"])
    assert sorted(made.moves) == sorted(
        [[ana.pk, a.pk, b.pk], [cy.pk, a.pk, c.pk], [di.pk, b.pk, a.pk], [ed.pk, b.pk, c.pk]]
    )
    facts = told(ParticipantsMoved)
    assert {fact["split_id"] for fact in facts} == {made.pk}
    assert {(f["from_session_id"], f["session_id"]) for f in facts} == {
        (a.pk, b.pk),
        (a.pk, c.pk),
        (b.pk, a.pk),
        (b.pk, c.pk),
    }
    assert fa.session_id == b.pk


def test_groups_keep_to_places_and_wishes_and_change_something(cast: Cast, groups: list[Session]) -> None:
    a, b, _ = groups
    ana, bo = enrol(cast, a, "Ana", "Bo")
    enrol(cast, b, "Di", "Ed")
    with refused("no_room"):
        split(cast, {ana.pk: b.pk, bo.pk: b.pk})
    with refused("nobody_moves"):
        split(cast, {ana.pk: a.pk, bo.pk: a.pk})
    with refused("not_together"):
        split(cast, {ana.pk: b.pk, bo.pk: a.pk}, together=(frozenset({ana.pk, bo.pk}),))
    with refused("not_coordinator"):
        actions.split(mission_id=cast.mission.pk, placement={ana.pk: b.pk}, by=cast.actor(cast.noor))
    assert Split.objects.count() == 0


def test_groups_are_undone_but_for_those_who_moved_on(cast: Cast, groups: list[Session]) -> None:
    a, b, c = groups
    ana, bo, cy = enrol(cast, a, "Ana", "Bo", "Cy")
    made = split(cast, {ana.pk: b.pk, bo.pk: b.pk, cy.pk: c.pk})
    move(cast, c, bo)
    actions.cancel_enrolment(enrolment_id=cy.pk, by=COMMAND)
    assert actions.undo_split(split_id=made.pk, by=cast.actor(cast.camille)) == 1
    assert (names(a), names(b), names(c)) == (["Ana"], [], ["Bo"])
    assert told(ParticipantsMoved)[-1]["undone"] is True
    assert queries.last_split(cast.mission.pk) is None
    with refused("undone_already"):
        actions.undo_split(split_id=made.pk, by=cast.actor(cast.camille))


def test_the_last_groups_are_undone_first(cast: Cast, groups: list[Session]) -> None:
    a, b, c = groups
    (ana,) = enrol(cast, a, "Ana")
    first, second = split(cast, {ana.pk: b.pk}), split(cast, {ana.pk: c.pk})
    with refused("not_coordinator"):
        actions.undo_split(split_id=second.pk, by=cast.actor(cast.noor))
    with refused("not_the_last"):
        actions.undo_split(split_id=first.pk, by=COMMAND)
    actions.undo_split(split_id=second.pk, by=COMMAND)
    actions.undo_split(split_id=first.pk, by=COMMAND)
    assert names(a) == ["Ana"]


def test_groups_people_were_told_of_are_not_undone(
    cast: Cast, groups: list[Session], settle: Any, settings: Any
) -> None:
    a, b, _ = groups
    (ana,) = enrol(cast, a, "Ana")
    made = split(cast, {ana.pk: b.pk})
    settings.DEMO = True  # mail leaves
    settle()
    with refused("already_told"):
        actions.undo_split(split_id=made.pk, by=COMMAND)


def test_a_place_taken_since_is_not_taken_back(cast: Cast, groups: list[Session]) -> None:
    a, b, _ = groups
    (ana,) = enrol(cast, a, "Ana")
    made = split(cast, {ana.pk: b.pk})
    enrol(cast, a, "Di", "Ed", "Fa")
    with refused("no_room"):
        actions.undo_split(split_id=made.pk, by=COMMAND)
    assert names(b) == ["Ana"]


# --- who comes late -------------------------------------------------------------------------------
def people(*first_names: str) -> list[Person]:
    return [Person(email=f"{n.lower()}@valmont.example", first_name=n, last_name="N") for n in first_names]


def test_late_arrivals_go_to_the_smallest_groups(cast: Cast, groups: list[Session]) -> None:
    a, b, c = groups
    enrol(cast, a, "Ana", "Bo")
    enrol(cast, b, "Cy")
    smallest = queries.smallest_group(a)
    assert smallest == c
    by = cast.actor(cast.camille)
    done = actions.enrol_smallest(session_id=a.pk, people=people("Ana", "Di", "Ed", "Fa"), by=by)
    assert {s.title: (len(found.new), found.already) for s, found in done.items()} == {
        a.title: (0, 1),
        b.title: (1, 0),
        c.title: (2, 0),
    }
    assert [len(names(s)) for s in groups] == [2, 2, 2]
    assert len(told(ParticipantsEnrolled)) == 4
    with refused("no_room") as blockers:
        actions.enrol_smallest(session_id=b.pk, people=people("G", "H", "I", "J"), by=by)
    assert blockers[0].message == "These sessions have 3 places (people: 4)."
    with refused("not_coordinator"):
        actions.enrol_smallest(session_id=b.pk, people=people("G"), by=cast.actor(cast.noor))


def test_who_is_at_the_door_goes_to_a_group_that_has_begun(
    cast: Cast, groups: list[Session], now: MovableClock
) -> None:
    a, b, c = groups
    enrol(cast, a, "Ana")
    enrol(cast, b, "Bo", "Cy")
    enrol(cast, c, "Di", "Ed", "Fa")
    now.move_to(DURING)
    assert queries.smallest_group(c) is None
    assert queries.smallest_group(c, begun=True) == a


# --- by what --------------------------------------------------------------------------------------
def test_groups_can_be_made_by_what_some_people_share(cast: Cast, groups: list[Session]) -> None:
    rows = (("Bleu", "Français", "01"), ("Bleu", "FRANCAIS", "02"), ("Vert", "Anglais", "03"))
    people = [
        Person(email=f"p{n}@x.fr", group=group, details={"Langue": language, "Téléphone": phone, "Site": "A"})
        for n, (group, language, phone) in enumerate(rows)
    ]
    actions.enrol(session_id=groups[0].pk, people=people, by=COMMAND)
    on_it = queries.on_sessions([groups[0].pk])
    with translation.override("en"):
        found = {column.label: column.values for column in queries.columns(on_it)}
    assert found == {
        "Group": [("Bleu", 2), ("Vert", 1)],
        "Langue": [("Français", 2), ("Anglais", 1)],
    }
    assert [m.value for m in queries.members(on_it, "detail:Langue")] == ["Français", "Français", "Anglais"]
