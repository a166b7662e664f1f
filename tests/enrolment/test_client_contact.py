"""A contact of the client is asked for the names, through a link of their own."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.clients import actions as clients
from cordee.clients.models import Contact
from cordee.enrolment import actions, queries
from cordee.enrolment.facts import EnrolmentCancelled, ListAsked, ListLinkRevoked, ListLinkUsed
from cordee.enrolment.models import Enrolment, ListInvitation
from cordee.enrolment.queries import expected
from cordee.enrolment.rules import Person, closes_to_contact_at
from cordee.kernel.actor import COMMAND
from cordee.missions.models import OrderLine
from cordee.planning.models import Session
from cordee.planning.queries import sessions_of
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import AFTER, ask_client, closed, enrol, plan, told

ANA = Person(email="ana@x.fr", first_name="Ana", last_name="Ba")


@pytest.fixture
def session(cast: Cast) -> Session:
    return plan(cast, cast.noor)[0]


def contact(cast: Cast, **changes: str) -> Contact:
    values = {"first_name": "Paul", "last_name": "Roux", "phone": "01", **changes}
    return clients.add_contact(client_id=cast.valmont.pk, **values, by=COMMAND)


def ask(cast: Cast, contact: Contact, by: Any = None) -> ListInvitation:
    by = cast.actor(by or cast.camille)
    return actions.ask_contact(mission_id=cast.mission.pk, contact_id=contact.pk, by=by)


def test_a_contact_asked_again_keeps_the_link(cast: Cast, session: Session) -> None:
    ask(cast, cast.contact)
    (first,) = queries.asked(cast.mission.pk)
    ask(cast, cast.contact, by=cast.olga)
    (again,) = queries.asked(cast.mission.pk)
    assert (first.token, first.contact) == (again.token, cast.contact)
    assert [f["contact_id"] for f in told(ListAsked)] == [cast.contact.pk] * 2


def test_a_revoked_link_is_dead_and_another_may_be_given(cast: Cast, session: Session) -> None:
    by = ask_client(cast)
    (before,) = queries.asked(cast.mission.pk)
    for _ in range(2):
        actions.revoke_link(invitation_id=before.invitation.pk, by=cast.actor(cast.camille))
    assert len(told(ListLinkRevoked)) == 1
    (revoked,) = queries.asked(cast.mission.pk)
    assert not revoked.is_live
    with refused("link_revoked"):
        actions.give_person(session_id=session.pk, person=ANA, by=by)
    ask_client(cast)
    (after,) = queries.asked(cast.mission.pk)
    assert after.token not in {"", before.token}
    with refused("link_revoked"):
        actions.give_person(
            session_id=session.pk, person=ANA, by=cast.actor(cast.camille)
        )  # through a link, or not at all


def test_who_cannot_be_asked(cast: Cast, session: Session) -> None:
    other = clients.add_client(name="Autre", sector="company", by=COMMAND)
    stranger = clients.add_contact(
        client_id=other.pk, first_name="X", last_name="Y", email="x@y.example", by=COMMAND
    )
    with refused("not_their_contact"):
        ask(cast, stranger)
    with refused("contact_without_email"):
        ask(cast, contact(cast))
    for somebody in (cast.noor, cast.dan, cast.farid):
        with refused("not_coordinator"):
            ask(cast, cast.contact, by=somebody)


def test_nobody_is_asked_when_no_session_is_to_come(cast: Cast, now: MovableClock, settle: object) -> None:
    with refused("nothing_to_list"):
        ask(cast, cast.contact)
    plan(cast)
    now.move_to(AFTER)
    with refused("nothing_to_list"):
        ask(cast, cast.contact)


def test_a_closed_mission_asks_for_nothing(cast: Cast, now: MovableClock, settle: object) -> None:
    closed(cast, now, settle)
    with refused("mission_closed", "nothing_to_list"):
        ask(cast, cast.contact)


def test_a_visit_after_half_an_hour_is_another_use(cast: Cast, session: Session, now: MovableClock) -> None:
    by = ask_client(cast)
    for minutes, uses in (("00", 1), ("20", 1), ("49", 1), ("59", 1)):
        now.move_to(f"2027-01-04 12:{minutes}")
        actions.note_visit(by=by)
        assert len(told(ListLinkUsed)) == uses
    now.move_to("2027-01-04 13:29")
    actions.note_visit(by=by)
    assert [f["contact_id"] for f in told(ListLinkUsed)] == [cast.contact.pk] * 2
    (asked,) = queries.asked(cast.mission.pk)
    assert asked.last_used_at == now.at


def test_the_page_ends_with_the_mission(
    cast: Cast, session: Session, now: MovableClock, settle: object
) -> None:
    assert not queries.link_is_over(cast.mission, [])
    now.move_to("2027-01-21 11:59")
    assert not queries.link_is_over(cast.mission, [session])
    now.move_to("2027-01-21 12:00")
    assert queries.link_is_over(cast.mission, [session])


@pytest.mark.parametrize(
    ("days_before", "zone", "day", "closes"),
    [
        (1, "Europe/Paris", date(2027, 1, 14), "2027-01-12T23:00"),
        (0, "Europe/Paris", date(2027, 1, 14), "2027-01-14T08:00"),
        (1, "Indian/Reunion", date(2027, 1, 14), "2027-01-12T20:00"),
        (3, "Europe/Paris", date(2027, 3, 29), "2027-03-25T23:00"),
        # The clocks of Cairo jump over that midnight.
        (1, "Africa/Cairo", date(2027, 5, 1), "2027-04-29T22:00"),
    ],
)
def test_the_list_closes_at_midnight_where_the_session_takes_place(
    cast: Cast, days_before: int, zone: str, day: date, closes: str
) -> None:
    (session,) = plan(cast, day=day, time_zone=zone)
    found = closes_to_contact_at(session, days_before=days_before)
    assert found.isoformat() == f"{closes}:00+00:00"


def test_somebody_the_client_gave_is_refused_with_a_reason(cast: Cast, session: Session) -> None:
    by = ask_client(cast)
    given = actions.give_person(session_id=session.pk, person=ANA, by=by)
    assert isinstance(given, Enrolment)
    with refused("no_reason") as blockers:
        actions.refuse(enrolment_id=given.pk, reason=" ", by=cast.actor(cast.camille))
    assert blockers[0].field == "reason"
    for somebody in (cast.noor, cast.dan, cast.farid):
        with refused("not_coordinator"):
            actions.refuse(enrolment_id=given.pk, reason="x", by=cast.actor(somebody))
    with refused("not_coordinator"):
        actions.refuse(enrolment_id=given.pk, reason="x", by=by)
    actions.refuse(enrolment_id=given.pk, reason=" Pas du service ", by=cast.actor(cast.camille))
    assert told(EnrolmentCancelled)[-1]["refused"] is True
    names = queries.names_of(session)
    assert (names.rows, names.refused) == ([], [("Ana Ba", "Pas du service")])


def test_whom_the_coordinator_put_on_the_list_is_taken_off_not_refused(cast: Cast, session: Session) -> None:
    (enrolment,) = enrol(cast, session, "Ana")
    with refused("not_given_by_client"):
        actions.refuse(enrolment_id=enrolment.pk, reason="x", by=cast.actor(cast.camille))


# --- how many names are expected -----------------------------------------------------------------------------


def test_the_names_expected_are_spread_over_what_was_ordered(cast: Cast) -> None:
    OrderLine.objects.filter(pk=cast.line.pk).update(expected_participants=50)
    cast.line.refresh_from_db()
    plan(cast, cast.camille, cast.noor, count=2)
    sessions = sessions_of(cast.mission.pk)
    assert sorted(expected(sessions, [cast.line]).values()) == [12, 13], "two of four are planned so far"
    OrderLine.objects.filter(pk=cast.line.pk).update(expected_participants=100)
    cast.line.refresh_from_db()
    assert set(expected(sessions, [cast.line]).values()) == {14}, "no more than there are places"
    cast.line.expected_participants = 0
    assert expected(sessions, [cast.line]) == {}


@given(
    people=st.integers(0, 400),
    quantity=st.integers(1, 12),
    staffed=st.lists(st.integers(0, 4), min_size=1, max_size=8),
)
def test_shares_are_fair_and_add_up(people: int, quantity: int, staffed: list[int]) -> None:
    places = [SimpleNamespace(role="facilitator", status="confirmed")] * 4
    sessions: list[Any] = [
        SimpleNamespace(pk=n, line_id=1, capacity=999, people=places[:s]) for n, s in enumerate(staffed)
    ]
    line: Any = SimpleNamespace(pk=1, quantity=quantity, expected_participants=people)
    found = expected(sessions, [line])
    taken = sum(max(1, s) for s in staffed)
    assert sum(found.values()) <= people
    if taken >= quantity:
        assert sum(found.values()) == people
    for n, s in enumerate(staffed):
        fair = people * max(1, s) / max(quantity, taken)
        assert abs(found.get(n, 0) - fair) < 1
