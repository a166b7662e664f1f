"""The client's contact keeps the list: what is right is on it at once, what is not waits, nothing is lost."""

from itertools import product
from typing import Any

import pytest

from cordee.enrolment import actions, queries
from cordee.enrolment.actions import GivenList, Wish
from cordee.enrolment.facts import (
    AddressesGiven,
    EnrolmentCancelled,
    ParticipantCorrected,
    ParticipantsEnrolled,
)
from cordee.enrolment.models import Enrolment, ListRow, Participant
from cordee.enrolment.queries import NameRow
from cordee.enrolment.rules import Person
from cordee.enrolment.states import Source
from cordee.journal.models import Entry
from cordee.kernel.actor import COMMAND, Actor
from cordee.lists.reader import read_text
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import ask_client, enrol, plan, told


def person(email: str = "", first_name: str = "", last_name: str = "") -> Person:
    return Person(email=email, first_name=first_name, last_name=last_name)


ANA = person("ana@x.fr", "Ana", "Ba")


@pytest.fixture
def session(cast: Cast) -> Session:
    return plan(cast, cast.noor)[0]


@pytest.fixture
def sophie(cast: Cast, session: Session) -> Actor:
    """The contact, through her link."""
    return ask_client(cast)


def give(session: Session, by: Actor, *people: Person) -> list[Any]:
    return [actions.give_person(session_id=session.pk, person=p, by=by) for p in people]


def paste(session: Session, by: Actor, text: str) -> GivenList:
    return actions.give_list(session_id=session.pk, rows=read_text(text).rows, by=by)


def on_list(session: Session) -> list[str]:
    return [e.participant.full_name for e in queries.enrolments(session.pk)]


def waiting(session: Session) -> list[NameRow]:
    return queries.names_of(session).waiting


def codes(row: NameRow) -> list[str]:
    return [b.code for b in row.hindrances]


# --- row by row -------------------------------------------------------------------------------------------


def test_an_address_and_a_name_are_on_the_list_at_once(session: Session, sophie: Actor) -> None:
    (given,) = give(session, sophie, person(" ANA@x.fr", " Ana ", "Ba"))
    assert given.source == Source.CONTACT
    assert on_list(session) == ["Ana Ba"]
    (entry,) = Entry.objects.filter(fact="ParticipantsEnrolled")
    assert (entry.actor_kind, entry.link_id) == ("link", sophie.link_id)


@pytest.mark.parametrize(
    ("typed", "lacks"),
    [
        (person("", "Ana", "Ba"), ["no_email"]),
        (person("ana@x.fr"), ["no_name"]),
        (person("ana@gmial.com", "Ana", "Ba"), ["typed_domain"]),
        (person("ana@@x.fr", "Ana", "Ba"), ["bad_email"]),
        (person("", "=1+1", "Ba"), ["formula", "no_email"]),
    ],
)
def test_what_is_incomplete_or_wrong_waits_and_says_why(
    session: Session, sophie: Actor, typed: Person, lacks: list[str]
) -> None:
    (given,) = give(session, sophie, typed)
    assert isinstance(given, ListRow)
    assert on_list(session) == []
    (row,) = waiting(session)
    assert codes(row) == lacks
    assert row.may_be_waved == (not {"bad_email", "formula"} & set(lacks)), "what cannot be taken is not"
    assert (row.email or row.first_name) in {typed.email, typed.first_name}


def test_a_row_completed_goes_on_the_list(session: Session, sophie: Actor) -> None:
    (row,) = give(session, sophie, person("", "Ana", "Ba"))
    done = actions.change_waiting(row_id=row.pk, person=ANA, seen="1", by=sophie)
    assert isinstance(done, Enrolment)
    assert (on_list(session), waiting(session)) == (["Ana Ba"], [])


def test_without_an_address_anyway(session: Session, sophie: Actor) -> None:
    (row,) = give(session, sophie, person("", "Ana", "Ba"))
    actions.change_waiting(
        row_id=row.pk, person=person("", "Ana", "Ba"), seen="1", wish=Wish(waved=True), by=sophie
    )
    assert (on_list(session), waiting(session)) == (["Ana Ba"], [])


def test_the_proposal_in_one_click(session: Session, sophie: Actor) -> None:
    (row,) = give(session, sophie, person("ana@gmial.com", "Ana", "Ba"))
    assert waiting(session)[0].proposal == "ana@gmail.com"
    actions.change_waiting(
        row_id=row.pk,
        person=person("ana@gmial.com", "Ana", "Ba"),
        seen="1",
        wish=Wish(mended=True),
        by=sophie,
    )
    assert [e.participant.email for e in queries.enrolments(session.pk)] == ["ana@gmail.com"]


def test_what_the_reader_of_a_list_proposed_is_not_forgotten(session: Session, sophie: Actor) -> None:
    paste(session, sophie, "E-mail\tPrénom\tNom\nBa\tana@x.fr\tAna\nbo@x.fr\tBo\tCy")
    (row,) = waiting(session)
    assert row.proposal
    typed = person(row.email, row.first_name, row.last_name)
    actions.change_waiting(row_id=row.id, person=typed, seen=row.seen, wish=Wish(mended=True), by=sophie)
    assert "ana@x.fr" in [e.participant.email for e in queries.enrolments(session.pk)]


def test_who_is_on_the_list_already_is_not_given_twice(session: Session, sophie: Actor) -> None:
    assert give(session, sophie, ANA, ANA, person("", "BA", "ana"))[1:] == [None, None]
    assert (on_list(session), waiting(session)) == (["Ana Ba"], [])


def test_an_address_completes_who_was_put_on_the_list_without(
    cast: Cast, session: Session, sophie: Actor
) -> None:
    actions.enrol(session_id=session.pk, people=[person("", "Ana", "Ba")], by=cast.actor(cast.camille))
    (given,) = give(session, sophie, ANA)
    assert [e.participant.email for e in queries.enrolments(session.pk)] == ["ana@x.fr"]
    assert told(AddressesGiven)[-1]["enrolment_ids"] == [given.pk]


def test_two_people_with_one_address_are_not_taken_for_one(session: Session, sophie: Actor) -> None:
    give(session, sophie, ANA, person("ana@x.fr", "Bo", "Cy"))
    assert (on_list(session), waiting(session)) == (["Ana Ba", "Bo Cy"], [])


def test_an_address_of_somebody_sent_before_may_be_somebody_elses(
    cast: Cast, session: Session, sophie: Actor
) -> None:
    Participant.objects.create(client=cast.valmont, email="ana@x.fr", first_name="Anne", last_name="Bé")
    give(session, sophie, ANA)
    assert on_list(session) == ["Ana Ba"]
    assert Participant.objects.count() == 2


def test_an_address_alone_that_several_have_is_asked_about(session: Session, sophie: Actor) -> None:
    give(session, sophie, ANA, person("ana@x.fr", "Bo", "Cy"))
    (row,) = give(session, sophie, person("ana@x.fr"))
    assert isinstance(row, ListRow)
    (shown,) = waiting(session)
    assert codes(shown) == ["no_name", "unsure"]
    assert "Ana Ba, Bo Cy" in shown.hindrances[1].message
    actions.change_waiting(
        row_id=row.pk, person=person("ana@x.fr"), seen="1", wish=Wish(waved=True), by=sophie
    )
    assert on_list(session) == ["ana@x.fr", "Ana Ba", "Bo Cy"]


def test_a_full_session_keeps_the_row_until_a_place_is_free(cast: Cast) -> None:
    (session,) = plan(cast, capacity=1)
    by = ask_client(cast)
    ana, row = give(session, by, ANA, person("bo@x.fr", "Bo", "Cy"))
    assert (on_list(session), codes(waiting(session)[0])) == (["Ana Ba"], ["full"])
    actions.take_off(enrolment_id=ana.pk, seen=None, by=by)
    assert codes(waiting(session)[0]) == []
    actions.change_waiting(row_id=row.pk, person=person("bo@x.fr", "Bo", "Cy"), seen="1", by=by)
    assert on_list(session) == ["Bo Cy"]


def test_who_was_refused_is_not_given_again(cast: Cast, session: Session, sophie: Actor) -> None:
    (ana,) = give(session, sophie, ANA)
    actions.refuse(enrolment_id=ana.pk, reason="Pas du service", by=cast.actor(cast.camille))
    give(session, sophie, ANA)
    (row,) = waiting(session)
    assert codes(row) == ["refused"]
    assert "Pas du service" in row.hindrances[0].message
    assert not row.may_be_waved
    with refused("refused"):
        actions.put_back(enrolment_id=ana.pk, by=sophie)
    enrol(cast, session, "Bo")
    actions.enrol(session_id=session.pk, people=[ANA], by=cast.actor(cast.camille))
    assert queries.names_of(session).refused == [], "the coordinator changed their mind"


def test_a_row_nobody_wants_goes(session: Session, sophie: Actor) -> None:
    (row,) = give(session, sophie, person("", "Ana", "Ba"))
    with refused("changed_meanwhile"):
        actions.drop_waiting(row_id=row.pk, seen="7", by=sophie)
    actions.drop_waiting(row_id=row.pk, seen="1", by=sophie)
    assert waiting(session) == []


def test_what_the_coordinator_enrols_of_it_stays_given_by_the_client(
    cast: Cast, session: Session, sophie: Actor
) -> None:
    give(session, sophie, person("", "Ana", "Ba"), person("bo@@x.fr", "Bo", "Cy"))
    by = cast.actor(cast.camille)
    actions.keep_rows(session_id=session.pk, rows=read_text("Dan Em <dan@x.fr>").rows, by=by)
    (done,) = actions.enrol_rows(session_id=session.pk, by=by).values()
    assert {e.participant.full_name: e.source for e in done.new} == {
        "Ana Ba": "contact",
        "Dan Em": "coordinator",
    }
    assert [row.name for row in waiting(session)] == ["Bo Cy"]


# --- a whole list -----------------------------------------------------------------------------------------


def test_a_list_goes_on_the_list_but_for_what_is_to_be_corrected(session: Session, sophie: Actor) -> None:
    text = "Ana Ba <ana@x.fr>\nBo Cy <bo@@x.fr>\nDan Em\nAna Ba <ana@x.fr>\nEva Li <eva@x.fr>"
    assert paste(session, sophie, text) == GivenList(new=2, already=1, waiting=2)
    assert on_list(session) == ["Ana Ba", "Eva Li"]
    assert [codes(row) for row in waiting(session)] == [["bad_email"], ["no_email"]]
    assert paste(session, sophie, text) == GivenList(new=0, already=5, waiting=0), "the same list again"
    assert len(waiting(session)) == 2


def test_a_list_longer_than_the_room_fills_it_and_the_others_wait(cast: Cast) -> None:
    (session,) = plan(cast, capacity=2)
    by = ask_client(cast)
    text = "Ana Ba <ana@x.fr>\nBo Cy <bo@x.fr>\nEva Li <eva@x.fr>"
    assert paste(session, by, text) == GivenList(new=2, already=0, waiting=1)
    assert [(row.name, codes(row)) for row in waiting(session)] == [("Eva Li", ["full"])]


def test_a_long_list_costs_as_many_queries_as_a_short_one(
    cast: Cast, session: Session, sophie: Actor, django_assert_max_num_queries: Any
) -> None:
    Session.objects.filter(pk=session.pk).update(capacity=400)
    names = ["".join(pair) for pair in product("BCDFGHJKLM", "aeiou", "lmnrtv")][:300]
    lines = [f"{n} Ro <{n}@x.fr>" if i % 3 else f"{n} Ro" for i, n in enumerate(names)]
    with django_assert_max_num_queries(40):
        done = paste(session, sophie, "\n".join(lines))
    assert (done.new, done.waiting) == (200, 100)
    session.refresh_from_db()
    with django_assert_max_num_queries(6):
        assert len(queries.names_of(Session.objects.select_related("mission__order").get()).rows) == 300


# --- correcting and taking off -------------------------------------------------------------------------------


def test_the_contact_corrects_whom_they_gave(session: Session, sophie: Actor) -> None:
    (ana,) = give(session, sophie, ANA)
    actions.change_given(enrolment_id=ana.pk, person=person("ana@x.fr", "Anna", "Ba"), seen=None, by=sophie)
    assert on_list(session) == ["Anna Ba"]
    assert told(ParticipantCorrected)[-1]["fields"] == ["first_name"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (person("ana@", "Ana", "Ba"), "bad_email"),
        (person("ana@gmial.com", "Ana", "Ba"), "typed_domain"),
        (person("bo@x.fr", "Bo", "Cy"), "there_already"),
        (person(), "nobody"),
    ],
)
def test_a_correction_that_looks_wrong_changes_nothing(
    session: Session, sophie: Actor, typed: Person, code: str
) -> None:
    ana, _bo = give(session, sophie, ANA, person("bo@x.fr", "Bo", "Cy"))
    with refused(code):
        actions.change_given(enrolment_id=ana.pk, person=typed, seen=None, by=sophie)
    assert on_list(session) == ["Ana Ba", "Bo Cy"]


def test_a_doubt_is_waved_or_mended(session: Session, sophie: Actor) -> None:
    ana, bo = give(session, sophie, ANA, person("bo@x.fr", "Bo", "Cy"))
    for who, typed, wish in (
        (ana, person("ana@gmial.com", "Ana", "Ba"), Wish(mended=True)),
        (bo, person("bo@gmial.com", "Bo", "Cy"), Wish(waved=True)),
    ):
        actions.change_given(enrolment_id=who.pk, person=typed, seen=None, wish=wish, by=sophie)
    emails = [e.participant.email for e in queries.enrolments(session.pk)]
    assert emails == ["ana@gmail.com", "bo@gmial.com"]


def test_of_others_the_contact_gives_what_is_missing_and_no_more(
    cast: Cast, session: Session, sophie: Actor
) -> None:
    by = cast.actor(cast.camille)
    people = [person("", "Ana", "Ba"), person("bo@x.fr"), person("cy@x.fr", "Cy", "Do")]
    ana, bo, cy = actions.enrol(session_id=session.pk, people=people, by=by).new
    rows = {row.id: row.may_write for row in queries.names_of(session).rows}
    assert rows == {ana.pk: ["email"], bo.pk: ["first_name", "last_name"], cy.pk: []}
    with refused("not_given_by_client"):
        actions.change_given(
            enrolment_id=ana.pk, person=person("ana@x.fr", "Anne", "Ba"), seen=None, by=sophie
        )
    with refused("not_given_by_client"):
        actions.take_off(enrolment_id=ana.pk, seen=None, by=sophie)
    actions.change_given(enrolment_id=ana.pk, person=ANA, seen=None, by=sophie)
    actions.change_given(enrolment_id=bo.pk, person=person("bo@x.fr", "Bo", "C"), seen=None, by=sophie)
    assert on_list(session) == ["Ana Ba", "Bo C", "Cy Do"]


def test_taken_off_and_back(cast: Cast, session: Session, sophie: Actor) -> None:
    (ana,) = give(session, sophie, ANA)
    actions.take_off(enrolment_id=ana.pk, seen=None, by=sophie)
    assert told(EnrolmentCancelled)[-1] == {
        "session_id": session.pk,
        "enrolment_id": ana.pk,
        "refused": False,
        "own": False,
    }
    assert queries.names_of(session).taken_off == [(ana.pk, "Ana Ba")]
    actions.put_back(enrolment_id=ana.pk, by=sophie)
    assert (on_list(session), len(told(ParticipantsEnrolled))) == (["Ana Ba"], 2)


def test_who_went_to_another_session_was_not_taken_off(cast: Cast, session: Session, sophie: Actor) -> None:
    (other,) = plan(cast, starts="14:00", ends="17:00")
    (ana,) = give(session, sophie, ANA)
    actions.cancel_enrolment(enrolment_id=ana.pk, by=COMMAND)
    actions.enrol(session_id=other.pk, people=[ANA], by=COMMAND)
    assert queries.names_of(session).taken_off == []


# --- several at once, and the end --------------------------------------------------------------------------


def test_the_second_editor_of_a_row_is_told(cast: Cast, session: Session, sophie: Actor) -> None:
    ana, row = give(session, sophie, ANA, person("", "Bo", "Cy"))
    names = {r.id: r.seen for r in queries.names_of(session).rows}
    mine, theirs = person("", "Bo", "Cyr"), person("", "Bob", "Cy")
    actions.change_waiting(row_id=row.pk, person=theirs, seen=names[row.pk], by=sophie)
    actions.change_waiting(row_id=row.pk, person=theirs, seen=names[row.pk], by=sophie)  # the same: no matter
    with refused("changed_meanwhile"):
        actions.change_waiting(row_id=row.pk, person=mine, seen=names[row.pk], by=sophie)
    anne, annie = person("ana@x.fr", "Anne", "Ba"), person("ana@x.fr", "Annie", "Ba")
    for _ in range(2):
        actions.change_given(enrolment_id=ana.pk, person=anne, seen=names[ana.pk], by=sophie)
    with refused("changed_meanwhile"):
        actions.change_given(enrolment_id=ana.pk, person=annie, seen=names[ana.pk], by=sophie)
    with refused("changed_meanwhile"):
        actions.take_off(enrolment_id=ana.pk, seen=names[ana.pk], by=sophie)
    assert on_list(session) == ["Anne Ba"]


def test_every_change_is_told_from_the_state_before(cast: Cast, session: Session, sophie: Actor) -> None:
    seen = {queries.fingerprint(session.pk)}
    ana, row = give(session, sophie, ANA, person("", "Bo", "Cy"))
    for change in (
        lambda: actions.change_waiting(row_id=row.pk, person=person("", "Bo", "C"), seen=None, by=sophie),
        lambda: actions.change_given(
            enrolment_id=ana.pk, person=person("ana@x.fr", "Anne", "Ba"), seen=None, by=sophie
        ),
        lambda: actions.take_off(enrolment_id=ana.pk, seen=None, by=sophie),
        lambda: actions.drop_waiting(row_id=row.pk, seen=None, by=sophie),
    ):
        change()
        assert queries.fingerprint(session.pk) not in seen
        assert queries.fingerprint(session.pk) == queries.fingerprint(session.pk)
        seen.add(queries.fingerprint(session.pk))


def test_the_list_closes_to_the_contact_not_to_the_coordinator(
    cast: Cast, session: Session, sophie: Actor, now: MovableClock
) -> None:
    ana, row = give(session, sophie, ANA, person("", "Bo", "Cy"))
    now.move_to("2027-01-12 23:59")
    give(session, sophie, person("eva@x.fr", "Eva", "Li"))
    now.move_to("2027-01-13 00:00")
    for late in (
        lambda: give(session, sophie, person("gus@x.fr", "Gus", "Ho")),
        lambda: paste(session, sophie, "Gus Ho <gus@x.fr>"),
        lambda: actions.change_waiting(row_id=row.pk, person=person("", "Bo"), seen=None, by=sophie),
        lambda: actions.drop_waiting(row_id=row.pk, seen=None, by=sophie),
        lambda: actions.change_given(enrolment_id=ana.pk, person=person("", "A"), seen=None, by=sophie),
        lambda: actions.take_off(enrolment_id=ana.pk, seen=None, by=sophie),
        lambda: actions.put_back(enrolment_id=ana.pk, by=sophie),
    ):
        with refused("closed_to_contact"):
            late()
    assert on_list(session) == ["Ana Ba", "Eva Li"]
    enrol(cast, session, "Gus")
    organisation.update(
        changes=OrganisationChanges(list_closes_days_before=0), expected_version=None, by=COMMAND
    )
    give(session, sophie, person("ida@x.fr", "Ida", "Ji"))


def test_a_link_opens_the_lists_of_its_mission_alone(cast: Cast, sophie: Actor) -> None:
    (there,) = planning.plan_sessions(
        mission_id=cast.other_mission.pk,
        line_id=cast.other_mission.order.lines.get().pk,
        draft=draft(),
        by=COMMAND,
    )
    (their_own,) = actions.enrol(session_id=there.pk, people=[ANA], by=COMMAND).new
    with refused("link_revoked"):
        give(there, sophie, ANA)
    with refused("link_revoked"):
        actions.take_off(enrolment_id=their_own.pk, seen=None, by=sophie)


def test_the_list_of_a_cancelled_session_takes_nobody(cast: Cast, session: Session, sophie: Actor) -> None:
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    with refused("session_cancelled"):
        give(session, sophie, ANA)
