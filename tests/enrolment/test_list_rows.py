"""The rows of a list while they are corrected: what each means for the session, and who may change them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.clients.models import ClientOrganisation
from cordee.enrolment import actions, queries
from cordee.enrolment.models import ListRow, Participant
from cordee.enrolment.queries import judged
from cordee.enrolment.rules import Person
from cordee.enrolment.states import RowStatus
from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Turn
from cordee.lists.reader import read_text
from cordee.missions.models import Mission, Order
from cordee.planning.models import Session
from cordee.planning.queries import session_by_ref
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import AFTER, closed, enrol, people_in, plan


@pytest.fixture
def session(cast: Cast) -> Session:
    found = session_by_ref(plan(cast, cast.noor)[0].ref)
    assert found
    return found


def keep(session: Session, text: str) -> list[ListRow]:
    actions.keep_rows(session_id=session.pk, rows=read_text(text).rows, by=COMMAND)
    return list(ListRow.objects.order_by("pk"))


def statuses(session: Session, text: str) -> list[str]:
    return [str(row.status) for row in judged(session, read_text(text).rows)]


def test_a_row_is_new_known_enrolled_twice_or_invalid(cast: Cast, session: Session) -> None:
    Participant.objects.create(client=cast.valmont, email="old@x.fr")
    enrol(cast, session, "Ana")
    text = "ana@valmont.example\nnew@x.fr;Zoé;Roux\nold@x.fr\nNEW@x.fr;Zoé;Roux\nbad@@x"
    assert statuses(session, text) == ["enrolled", "new", "known", "duplicate", "invalid"]


def test_a_name_alone_is_who_has_that_name(cast: Cast, session: Session) -> None:
    enrol(cast, session, "Ana")
    assert statuses(session, "N Ana\nZoé Roux <zoe@x.fr>\nzoe roux") == ["enrolled", "new", "duplicate"]
    people = people_in("N Ana\nzoe roux\nZoé Roux <zoe@x.fr>")
    done = actions.enrol(session_id=session.pk, people=people, by=COMMAND)
    assert [e.participant.email for e in done.new] == ["zoe@x.fr"]
    assert (done.already, done.twice) == (1, 1)


def test_who_had_no_address_is_on_the_session_when_it_comes(cast: Cast, session: Session) -> None:
    actions.enrol(session_id=session.pk, people=people_in("Zoé Roux"), by=COMMAND)
    assert statuses(session, "zoe@x.fr;Zoé;Roux") == ["completes"]


def test_the_group_and_the_other_columns_stay_with_the_enrolment(cast: Cast, session: Session) -> None:
    keep(
        session,
        "Nom;Prénom;Courriel;Groupe;Langue\nRoux;Zoé;zoe@x.fr;B;anglais\nPetit;Léo;leo@x.fr;A;français",
    )
    actions.enrol_rows(session_id=session.pk, by=COMMAND)
    told = {(e.participant.first_name, e.group, *e.details.values()) for e in queries.enrolments(session.pk)}
    assert told == {("Zoé", "B", "anglais"), ("Léo", "A", "français")}


def test_a_name_that_no_font_draws_is_said_before_it_is_printed(session: Session) -> None:
    hao, zoe = judged(session, read_text("Hao 郝 <hao@x.example>\nZoé Œuvré <zoe@x.example>").rows)
    assert hao.status == RowStatus.NEW, "said, and enrolled all the same"
    assert "郝" in " ".join(hao.remarks)
    assert zoe.remarks == []


def test_a_changed_row_is_looked_at_again(session: Session) -> None:
    (row,) = keep(session, "bad@@x;Zoé;Roux")
    assert row.problems
    person = Person(email="zoe@x.fr", first_name="Zoé", last_name="Roux")
    this = {"session_id": session.pk, "row_id": row.pk, "person": person, "by": COMMAND}
    changed = actions.change_row(**this, expected_version=row.version)
    assert (changed.problems, changed.version) == ([], 2)
    with refused("changed_meanwhile"):
        actions.change_row(**this, expected_version=1)
    actions.drop_rows(session_id=session.pk, row_ids=[row.pk], by=COMMAND)
    with refused("row_gone"):
        actions.change_row(**this, expected_version=None)


def test_a_proposal_that_was_a_doubt_may_be_refused(session: Session) -> None:
    (row,) = keep(session, "zoe@gmial.com;Zoé;Roux")
    assert queries.waiting_rows(session)[0].judged.status == RowStatus.INVALID
    actions.take_as_it_is(session_id=session.pk, row_ids=[row.pk], by=COMMAND)
    assert queries.waiting_rows(session)[0].judged.status == RowStatus.NEW


def test_a_list_is_spread_over_the_sessions_at_that_time(cast: Cast) -> None:
    sessions = plan(cast, cast.noor, cast.elodie, count=2)
    Session.objects.update(capacity=12)
    enrol(cast, sessions[0], "Ana", "Bo")
    keep(sessions[0], "\n".join(f"p{n}@x.fr;P{n};N" for n in range(20)) + "\nbad@@x")
    done = actions.enrol_rows(session_id=sessions[0].pk, spread=True, by=COMMAND)
    assert sorted(len(enrolled.new) for enrolled in done.values()) == [9, 11]
    assert set(queries.counts(s.pk for s in sessions).values()) == {11}
    assert queries.row_count(sessions[0].pk) == 1


def test_nobody_is_enrolled_when_there_is_no_room_and_every_row_stays(session: Session) -> None:
    keep(session, "\n".join(f"p{n}@x.fr" for n in range(session.capacity + 1)))
    with refused("no_room"):
        actions.enrol_rows(session_id=session.pk, by=COMMAND)
    assert queries.row_count(session.pk) == session.capacity + 1


def test_only_those_who_run_the_mission_keep_rows(cast: Cast, session: Session) -> None:
    (row,) = keep(session, "zoe@x.fr")
    by = cast.actor(cast.dan)
    nobody = Person(email="x@x.fr")
    for attempt in (
        lambda: actions.keep_rows(session_id=session.pk, rows=read_text("a@x.fr").rows, by=by),
        lambda: actions.change_row(
            session_id=session.pk, row_id=row.pk, person=nobody, expected_version=None, by=by
        ),
        lambda: actions.take_proposals(session_id=session.pk, row_ids=[row.pk], by=by),
        lambda: actions.take_as_it_is(session_id=session.pk, row_ids=[row.pk], by=by),
        lambda: actions.drop_rows(session_id=session.pk, row_ids=[row.pk], by=by),
        lambda: actions.enrol_rows(session_id=session.pk, by=by),
    ):
        with refused("not_coordinator", turn=Turn.COORDINATOR):
            attempt()
    assert queries.row_count(session.pk) == 1


def test_no_row_is_kept_once_the_list_is_closed(session: Session, now: MovableClock) -> None:
    now.move_to(AFTER)
    with refused("already_ended"):
        keep(session, "zoe@x.fr")


def test_no_row_is_kept_on_a_closed_mission(cast: Cast, now: MovableClock, settle: Any) -> None:
    session = Session.objects.filter(mission=closed(cast, now, settle))[0]
    with refused("mission_closed", "already_ended"):
        keep(session, "zoe@x.fr")


def test_no_more_rows_wait_than_a_list_may_hold(session: Session) -> None:
    keep(session, "\n".join(f"p{n}@x.fr" for n in range(4_000)))
    with refused("too_many_people"):
        keep(session, "\n".join(f"q{n}@x.fr" for n in range(1_001)))


def test_a_long_list_costs_as_many_queries_as_a_short_one(
    session: Session, django_assert_max_num_queries: Any
) -> None:
    rows = read_text("\n".join(f"P{n};N;p{n}@gmial.com" for n in range(900))).rows
    with django_assert_max_num_queries(12):
        actions.keep_rows(session_id=session.pk, rows=rows, by=COMMAND)
    with django_assert_max_num_queries(4):
        queries.waiting_rows(session)
    with django_assert_max_num_queries(14):
        actions.take_proposals(session_id=session.pk, row_ids=queries.row_ids(session.pk), by=COMMAND)


LINES = st.lists(
    st.sampled_from(
        ["a@x.fr", "b@x.fr;Zoé;Roux", "Zoé Roux", "bad@@x", "c@gmial.com", "Léo Petit", "A@X.FR"]
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.django_db
@given(LINES)
def test_every_row_that_goes_in_is_told(lines: list[str]) -> None:
    rows = read_text("\n".join(lines)).rows
    told = judged(_nowhere(), rows)
    assert [t.row for t in told] == list(rows)
    first = {row.row.line for row in told if row.status in {RowStatus.NEW, RowStatus.KNOWN}}
    assert {row.first_line for row in told if row.status == RowStatus.DUPLICATE} <= first


def _nowhere() -> Session:
    """A session of a client without anybody."""
    return Session(pk=0, mission=Mission(order=Order(client=ClientOrganisation(pk=0))))
