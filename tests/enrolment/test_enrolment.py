"""Putting people on the list of a session."""

from typing import Any

import pytest

from cordee.clients.models import ClientOrganisation
from cordee.clients.states import Sector
from cordee.enrolment import actions, queries
from cordee.enrolment.facts import (
    AddressesGiven,
    EnrolmentCancelled,
    ParticipantCorrected,
    ParticipantsEnrolled,
)
from cordee.enrolment.models import Enrolment, Participant
from cordee.enrolment.rules import Person
from cordee.enrolment.states import Source
from cordee.kernel.actor import COMMAND, SYSTEM
from cordee.kernel.refusals import Turn
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import AFTER, DURING, closed, enrol, plan, told


def person(email: str = "", first_name: str = "", last_name: str = "") -> Person:
    return Person(email=email, first_name=first_name, last_name=last_name)


def enrol_all(cast: Cast, session: Session, *people: Person) -> actions.Enrolled:
    return actions.enrol(session_id=session.pk, people=people, by=cast.actor(cast.camille))


def on_list(session: Session) -> list[tuple[str, str, str]]:
    return [
        (e.participant.first_name, e.participant.last_name, e.participant.email)
        for e in queries.enrolments(session.pk)
    ]


@pytest.fixture
def session(cast: Cast) -> Session:
    return plan(cast, cast.noor)[0]


def test_people_are_enrolled_by_address_and_name(cast: Cast, session: Session) -> None:
    done = enrol_all(cast, session, person(" ANA@x.fr", " Ana ", "Ba"), person("", "Léo", "Caron"))
    assert (len(done.new), done.already, done.twice) == (2, 0, 0)
    assert on_list(session) == [("Ana", "Ba", "ana@x.fr"), ("Léo", "Caron", "")]
    (fact,) = told(ParticipantsEnrolled)
    assert fact["enrolment_ids"] == [e.pk for e in done.new]
    assert fact["walk_in"] is False


def test_the_same_person_twice_is_one_enrolment(cast: Cast, session: Session) -> None:
    done = enrol_all(
        cast,
        session,
        person("ana@x.fr"),
        person("Ana@X.fr", "Ana", "Ba"),
        person("", "Léo", "CARON"),
        person("", "Leo", "Caron"),
    )
    assert (len(done.new), done.twice) == (2, 2)
    again = enrol_all(cast, session, person("ana@x.fr", "BA", "ana"), person("", "léo", "caron"))
    assert (len(again.new), again.already) == (0, 2)
    assert on_list(session) == [("Ana", "Ba", "ana@x.fr"), ("Léo", "CARON", "")], "names given are not lost"
    assert len(told(ParticipantsEnrolled)) == 1


def test_a_name_given_later_completes_an_address(cast: Cast, session: Session) -> None:
    enrol_all(cast, session, person("ana@x.fr"))
    enrol_all(cast, session, person("ana@x.fr", "Ana", "Ba"))
    assert on_list(session) == [("Ana", "Ba", "ana@x.fr")]


def test_an_address_given_later_completes_a_name_on_the_list(cast: Cast, session: Session) -> None:
    enrol_all(cast, session, person("", "Ana", "Ba"))
    done = enrol_all(cast, session, person("ana@x.fr", "ANA", "Ba"))
    assert (len(done.new), done.already) == (0, 1)
    assert on_list(session) == [("Ana", "Ba", "ana@x.fr")]
    assert told(AddressesGiven)[-1]["enrolment_ids"] == [e.pk for e in queries.enrolments(session.pk)]


def test_a_person_is_the_same_on_all_sessions_of_the_client(cast: Cast, session: Session) -> None:
    (other,) = plan(cast, starts="14:00", ends="17:00")
    enrol_all(cast, session, person("ana@x.fr", "Ana", "Ba"))
    enrol_all(cast, other, person("ana@x.fr"))
    assert Participant.objects.count() == 1
    assert on_list(other) == [("Ana", "Ba", "ana@x.fr")]
    assert queries.counts([session.pk, other.pk]) == {session.pk: 1, other.pk: 1}


def test_people_of_two_clients_are_not_mixed(cast: Cast, session: Session) -> None:
    other = ClientOrganisation.objects.create(name="Autre", sector=Sector.COMPANY)
    Participant.objects.create(client=other, email="ana@x.fr", first_name="Anouk", last_name="X")
    enrol_all(cast, session, person("ana@x.fr", "Ana", "Ba"))
    assert on_list(session) == [("Ana", "Ba", "ana@x.fr")]


def test_one_bad_line_and_nobody_is_enrolled_each_line_says_why(cast: Cast, session: Session) -> None:
    with refused("bad_email", "nobody", "name_too_long") as blockers:
        enrol_all(cast, session, person("ana@x.fr"), person("paul@@x.fr"), person(), person("", "x" * 101))
    assert [b.field for b in blockers] == ["line-2", "line-3", "line-4"]
    assert "Line 2" in blockers[0].message
    assert Participant.objects.count() == 0


def test_no_more_than_the_session_takes(cast: Cast) -> None:
    (session,) = plan(cast, capacity=2)
    enrol(cast, session, "Ana")
    with refused("no_room") as blockers:
        enrol(cast, session, "Ana", "Bo", "Cy")
    assert "1 place is left for 2" in blockers[0].message
    enrol(cast, session, "Ana", "Bo")


def test_no_more_than_a_paste_can_hold(cast: Cast, session: Session) -> None:
    with refused("too_many_people"):
        enrol_all(cast, session, *(person(f"p{n}@x.fr") for n in range(5_001)))


def test_only_those_who_run_the_mission_keep_the_list(cast: Cast, session: Session) -> None:
    (enrolment,) = enrol(cast, session, "Ana")
    for somebody in (cast.dan, cast.noor, cast.farid):
        by = cast.actor(somebody)
        with refused("not_coordinator", turn=Turn.COORDINATOR):
            actions.enrol(session_id=session.pk, people=[person("b@x.fr")], by=by)
        with refused("not_coordinator"):
            actions.cancel_enrolment(enrolment_id=enrolment.pk, by=by)
    for somebody in (cast.dan, cast.farid):
        with refused("not_coordinator"):
            actions.correct(enrolment_id=enrolment.pk, person=person("", "A"), by=cast.actor(somebody))
    actions.correct(enrolment_id=enrolment.pk, person=person("", "Anne", "N"), by=cast.actor(cast.noor))
    actions.enrol(session_id=session.pk, people=[person("b@x.fr")], by=cast.actor(cast.olga))


def test_the_list_closes_when_the_session_ends(cast: Cast, session: Session, now: MovableClock) -> None:
    (enrolment,) = enrol(cast, session, "Ana")
    now.move_to(AFTER)
    with refused("already_ended"):
        enrol(cast, session, "Bo")
    with refused("already_ended"):
        actions.cancel_enrolment(enrolment_id=enrolment.pk, by=cast.actor(cast.camille))


def test_who_is_taken_off_may_come_back_on_the_same_row(cast: Cast, session: Session) -> None:
    by = cast.actor(cast.camille)
    (enrolment,) = enrol(cast, session, "Ana")
    for _ in range(2):
        actions.cancel_enrolment(enrolment_id=enrolment.pk, by=by)
    assert len(told(EnrolmentCancelled)) == 1
    assert on_list(session) == []
    assert [e.pk for e in enrol(cast, session, "Ana")] == [enrolment.pk]
    assert len(on_list(session)) == 1
    assert [e["enrolment_ids"] for e in told(ParticipantsEnrolled)] == [[enrolment.pk]] * 2


def test_a_correction_says_what_changed(cast: Cast, session: Session) -> None:
    by = cast.actor(cast.camille)
    (enrolment,) = enrol(cast, session, "Ana")
    for _ in range(2):
        actions.correct(enrolment_id=enrolment.pk, person=person("ana@x.fr", "Ana", "Ba"), by=by)
    assert on_list(session) == [("Ana", "Ba", "ana@x.fr")]
    assert [e["fields"] for e in told(ParticipantCorrected)] == [["email", "last_name"]]


def test_a_correction_that_makes_no_sense_is_refused_beside_its_field(cast: Cast, session: Session) -> None:
    by = cast.actor(cast.camille)
    ana, _ = enrol(cast, session, "Ana", "Bo")
    for wrong, code in ((person("ana@"), "bad_email"), (person(), "nobody")):
        with refused(code) as blockers:
            actions.correct(enrolment_id=ana.pk, person=wrong, by=by)
        assert blockers[0].field == "email"
        assert "Line" not in blockers[0].message
    with refused("there_already"):
        actions.correct(enrolment_id=ana.pk, person=person("bo@valmont.example", "N", "Bo"), by=by)


def test_a_corrected_address_that_the_client_knows_is_that_person(cast: Cast, session: Session) -> None:
    (other,) = plan(cast, starts="14:00", ends="17:00")
    enrol_all(cast, other, person("ana@x.fr", "Ana", "Ba"))
    (enrolment,) = enrol_all(cast, session, person("ana@x.rf", "Ana", "Ba")).new
    actions.correct(
        enrolment_id=enrolment.pk, person=person("ana@x.fr", "Ana", "Ba"), by=cast.actor(cast.camille)
    )
    assert on_list(session) == [("Ana", "Ba", "ana@x.fr")]
    assert Enrolment.objects.values("participant").distinct().count() == 1


def test_walk_ins_are_added_on_the_day_by_those_who_are_there(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    with refused("not_started"):
        actions.add_walk_in(session_id=session.pk, person=person("a@x.fr"), by=cast.actor(cast.noor))
    now.move_to(DURING)
    for somebody in (cast.dan, cast.elodie, cast.farid):
        with refused("not_on_session"):
            actions.add_walk_in(session_id=session.pk, person=person("a@x.fr"), by=cast.actor(somebody))
    actions.add_walk_in(session_id=session.pk, person=person("", "Ana", "Ba"), by=cast.actor(cast.noor))
    assert told(ParticipantsEnrolled)[-1]["walk_in"] is True


def test_a_full_room_takes_walk_ins(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.noor, capacity=1)
    enrol(cast, session, "Ana")
    now.move_to(DURING)
    actions.add_walk_in(session_id=session.pk, person=person("b@x.fr"), by=cast.actor(cast.noor))
    assert len(on_list(session)) == 2


def test_the_list_of_a_cancelled_session_is_closed(cast: Cast, session: Session) -> None:
    (enrolment,) = enrol(cast, session, "Ana")
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    with refused("session_cancelled"):
        enrol(cast, session, "Bo")
    with refused("session_cancelled"):
        actions.cancel_enrolment(enrolment_id=enrolment.pk, by=COMMAND)
    with refused("session_cancelled"):
        actions.correct(enrolment_id=enrolment.pk, person=person("", "A"), by=COMMAND)


def test_the_lists_of_a_closed_mission_are_closed(cast: Cast, now: MovableClock, settle: object) -> None:
    closed(cast, now, settle)
    enrolment = Enrolment.objects.order_by("pk")[0]
    with refused("mission_closed", "already_ended"):
        actions.enrol(session_id=enrolment.session_id, people=[person("b@x.fr")], by=COMMAND)
    with refused("mission_closed"):
        actions.add_walk_in(session_id=enrolment.session_id, person=person("b@x.fr"), by=COMMAND)
    with refused("mission_closed"):
        actions.correct(enrolment_id=enrolment.pk, person=person("b@x.fr"), by=COMMAND)
    with refused("mission_closed", "already_ended"):
        actions.cancel_enrolment(enrolment_id=enrolment.pk, by=COMMAND)


def test_enrolling_three_hundred_people_does_not_cost_queries_each(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    (session,) = plan(cast, capacity=400)
    people = [person(f"p{n}@x.fr", "P", str(n)) for n in range(300)]
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        enrol_all(cast, session, *people)


def test_who_came_in_by_another_door_is_told_apart(cast: Cast, session: Session) -> None:
    people = [Person(email="ana@x.fr", group="4e B", details={"Langue": " anglais ", "Vide": " "})]
    actions.admit(session_id=session.pk, people=people, source=Source.CONTACT, by=SYSTEM)
    (enrolment,) = queries.enrolments(session.pk)
    assert (enrolment.source, enrolment.group) == (Source.CONTACT, "4e B")
    assert enrolment.details == {"Langue": "anglais"}


def test_every_door_respects_the_room(cast: Cast, session: Session) -> None:
    people = [person(f"p{n}@x.fr") for n in range(session.capacity + 1)]
    with refused("no_room"):
        actions.admit(session_id=session.pk, people=people, source=Source.REGISTRATION, by=SYSTEM)


def test_a_long_list_costs_as_many_queries_as_a_short_one(
    cast: Cast, session: Session, django_assert_max_num_queries: Any
) -> None:
    Session.objects.filter(pk=session.pk).update(capacity=2_000)
    actions.enrol(session_id=session.pk, people=[person("", f"P{n}", "X") for n in range(50)], by=COMMAND)
    people = [person(f"p{n}@x.fr", f"P{n}", "X") for n in range(300)]
    people += [person("", f"Q{n}", "X") for n in range(100)]
    with django_assert_max_num_queries(30):
        done = actions.enrol(session_id=session.pk, people=people, by=COMMAND)
    assert (len(done.new), done.already) == (350, 50)
