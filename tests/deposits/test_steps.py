"""Signed pages that wait for somebody are something to do on their mission, and in lists of missions."""

from collections.abc import Callable

import pytest

from cordee.closure import queries as closure
from cordee.deposits import actions, queries
from cordee.deposits.facts import SheetPagesRead
from cordee.documents.models import PrintedSheet
from cordee.kernel.steps import Step
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.deposits.paper import Reader, Seen, as_read, code_of, deposit_and_read, printed
from tests.steps import AFTER, board_of, confirm, enrol, plan, told


@pytest.fixture
def session(cast: Cast) -> Session:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    return session


@pytest.fixture
def sheet(session: Session, now: MovableClock) -> PrintedSheet:
    made = printed(session)
    now.move_to(AFTER)
    return made


def waiting(cast: Cast) -> list[Step]:
    cast.mission.refresh_from_db()
    return [step for step in closure.steps_of(cast.mission) if step.code == "pages_to_confirm"]


def test_a_page_that_was_read_is_to_be_confirmed(
    cast: Cast, session: Session, sheet: PrintedSheet, reader: Reader, settle: Callable[[], None]
) -> None:
    (page,) = deposit_and_read([reader.given(Seen(code_of(sheet), signed=(1,)))], cast.actor(cast.noor))
    (step,) = waiting(cast)
    assert (step.subject, step.turn, step.blocks_closure) == (session.ref, "coordinator", False)
    assert step.due_on
    assert "1 signed page" in step.message or "1 page signée" in step.message
    assert [(f["session_id"], f["pages"]) for f in told(SheetPagesRead)] == [(session.pk, 1)]
    settle()
    first = [step.code for step in closure.steps_of(cast.mission)]
    assert board_of(cast.mission).next_step in first
    actions.confirm(page_id=page.pk, said=as_read(page), seen=page.seen, by=cast.actor(cast.noor))
    assert waiting(cast) == []
    actions.reopen(page_id=page.pk, by=cast.actor(cast.noor))
    assert len(waiting(cast)) == 1


def test_a_page_without_code_waits_on_the_session_where_it_was_given(
    cast: Cast, session: Session, sheet: PrintedSheet, reader: Reader
) -> None:
    (page,) = deposit_and_read([reader.given(Seen(None))], cast.actor(cast.noor), session)
    (step,) = waiting(cast)
    assert step.subject == session.ref
    actions.set_aside(page_id=page.pk, by=cast.actor(cast.noor))
    assert waiting(cast) == []


def test_a_page_of_nobody_s_mission_is_no_step(
    cast: Cast, session: Session, sheet: PrintedSheet, reader: Reader
) -> None:
    deposit_and_read([reader.given(Seen(None))], cast.actor(cast.noor))
    assert waiting(cast) == []
    assert queries.waiting_pages([cast.mission.pk]) == []


def test_many_pages_are_one_thing_to_do(
    cast: Cast, session: Session, sheet: PrintedSheet, reader: Reader
) -> None:
    code = code_of(sheet)
    deposit_and_read([reader.given(Seen(code), Seen(code))], cast.actor(cast.noor))
    assert len(waiting(cast)) == 1
    assert [f["pages"] for f in told(SheetPagesRead)] == [2]
