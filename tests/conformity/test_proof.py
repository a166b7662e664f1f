"""What sheets say of missions, and whose payment waits for them."""

from collections.abc import Collection
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cordee.clients.states import Sector
from cordee.closure import queries as closure
from cordee.conformity import actions, queries
from cordee.conformity.states import Proof, Reason
from cordee.conformity.steps import PROVEN
from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Turn
from cordee.missions import queries as missions
from cordee.missions.models import Order
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conformity.sheets import sign_all
from tests.conftest import MovableClock
from tests.steps import AFTER, accept_sheets, all_present, confirm, counted, enrol, figures, hold, plan


def change(**changes: Any) -> None:
    organisation.update(changes=OrganisationChanges(**changes), expected_version=None, by=COMMAND)


def codes(cast: Cast) -> list[str]:
    mission = missions.mission(cast.mission.pk)
    assert mission is not None
    return [step.code for step in closure.steps_of(mission)]


def proof(session: Session) -> Proof | None:
    return queries.proofs([Session.objects.select_related("mission__order").get(pk=session.pk)])[session.pk]


def test_a_session_is_proven_by_presence_and_its_sheet(cast: Cast, now: MovableClock, settle: Any) -> None:
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana")
    sign_all(cast, now, session, cast.noor)
    assert (proof(session), counted(cast.mission, PROVEN)) == (Proof.NO_SHEET, (0,))
    assert "sheet_missing" in codes(cast)
    settle()
    assert (proof(session), counted(cast.mission, PROVEN)) == (Proof.PROVEN, (1,)), "fully signed is enough"
    assert "sheet_missing" not in codes(cast)
    actions.refuse(session_id=session.pk, reasons=[Reason.COPIED], by=cast.actor(cast.quitterie))
    assert (proof(session), counted(cast.mission, PROVEN)) == (Proof.REFUSED, (0,))
    assert "sheet_refused" in codes(cast)
    actions.submit(session_id=session.pk, by=cast.actor(cast.camille))
    assert proof(session) == Proof.PROVEN


def test_without_presence_a_session_is_not_proven_and_its_sheet_not_asked_for_yet(
    cast: Cast, now: MovableClock
) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    now.move_to(AFTER)
    assert proof(session) == Proof.NO_PRESENCE
    found = codes(cast)
    assert "presence_missing" in found
    assert "sheet_missing" not in found, "one thing to do, not two"


def test_a_sheet_taken_as_it_is_proves_once_it_is_accepted(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.noor)
    hold(cast, now, session)
    actions.submit(session_id=session.pk, note="Papier", by=cast.actor(cast.quitterie))
    assert (proof(session), counted(cast.mission, PROVEN)) == (Proof.AT_QUALITY, (0,))
    assert not {"sheet_missing", "sheet_refused"} & set(codes(cast)), "it is quality’s turn"
    actions.accept(session_id=session.pk, note="Papier", by=cast.actor(cast.quitterie))
    assert counted(cast.mission, PROVEN) == (1,)


def test_a_missing_sheet_does_not_hold_closure(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.noor)
    hold(cast, now, session)
    mission = missions.mission(cast.mission.pk)
    assert mission is not None
    (step,) = [s for s in closure.steps_of(mission) if s.code == "sheet_missing"]
    assert (step.blocks_closure, step.turn, step.subject) == (False, Turn.COORDINATOR, session.ref)
    assert step.due_on == date(2027, 1, 19), "five days after the session"
    assert "sheet_missing" not in {b.code for b in closure.blockers(mission)}


@pytest.mark.parametrize(
    ("sectors", "proven"), [(["public_body"], 0), (["company", "association"], 1), ([], 1)]
)
def test_the_organisation_says_which_sectors_need_a_sheet(
    cast: Cast, now: MovableClock, settle: Any, sectors: Collection[str], proven: int
) -> None:
    change(sheet_sectors=sectors)
    (session,) = plan(cast, cast.noor)
    hold(cast, now, session)
    settle()
    assert figures(cast.mission, PROVEN) == (proven,)


def test_lists_follow_when_the_setting_is_changed(cast: Cast, now: MovableClock, settle: Any) -> None:
    (session,) = plan(cast, cast.noor)
    hold(cast, now, session)
    settle()
    assert figures(cast.mission, PROVEN) == (0,)
    change(sheet_sectors=["company"])
    settle()
    assert figures(cast.mission, PROVEN) == (1,)


def test_in_education_no_sheet_is_needed_unless_somebody_says_so(cast: Cast, now: MovableClock) -> None:
    Order.objects.filter(pk=cast.mission.order_id).update(sector=Sector.EDUCATION)
    (session,) = plan(cast, cast.noor)
    hold(cast, now, session)
    assert proof(session) == Proof.PROVEN
    assert queries.holds([session.pk]) == {}
    change(sheet_sectors=[*Sector])
    assert proof(session) == Proof.NO_SHEET


# --- holds ------------------------------------------------------------------------------------------
def test_what_holds_the_pay_says_why_since_when_and_whose_turn(
    cast: Cast, now: MovableClock, settle: Any
) -> None:
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana")
    assert queries.holds([session.pk]) == {}, "nothing is due before it took place"
    now.move_to(AFTER)
    found = queries.holds([session.pk])[session.pk]
    assert (found.proof, found.since, found.turn) == (Proof.NO_PRESENCE, session.ends_at, Turn.COORDINATOR)
    assert found.session_ref == session.ref
    all_present(cast, session)
    assert queries.holds([session.pk])[session.pk].proof == Proof.NO_SHEET
    now.move_to("2027-01-15 09:00")
    quality = cast.actor(cast.quitterie)
    actions.submit(session_id=session.pk, note="Papier", by=quality)
    found = queries.holds([session.pk])[session.pk]
    assert (found.proof, found.since, found.turn) == (Proof.AT_QUALITY, now.at, Turn.QUALITY)
    now.move_to("2027-01-16 09:00")
    actions.refuse(session_id=session.pk, reasons=[Reason.UNREADABLE], by=quality)
    found = queries.holds([session.pk])[session.pk]
    assert (found.proof, found.since, found.turn) == (Proof.REFUSED, now.at, Turn.COORDINATOR)
    assert "it cannot be read" in found.why or "illisible" in found.why
    accept_sheets(cast, session)
    assert queries.holds([session.pk]) == {}


def test_coordination_waits_for_the_sheets_only_where_the_organisation_says_so(
    cast: Cast, now: MovableClock
) -> None:
    sessions = plan(cast, cast.noor, cast.camille, count=2)
    hold(cast, now, *sessions)
    accept_sheets(cast, sessions[0])
    assert queries.coordination_holds([cast.mission.pk]) == {}
    change(hold_coordination=True)
    found = queries.coordination_holds([cast.mission.pk, cast.other_mission.pk])
    assert [hold.session_ref for hold in found[cast.mission.pk]] == [sessions[1].ref]
    assert cast.other_mission.pk not in found


def test_twenty_sheets_cost_as_many_queries_as_one(cast: Cast, now: MovableClock) -> None:
    few = plan(cast, cast.noor, count=1)
    many = plan(cast, cast.camille, cast.noor, count=3, day=date(2027, 1, 13))
    hold(cast, now, *few, *many)
    actions.submit(session_id=few[0].pk, note="Papier", by=cast.actor(cast.quitterie))
    actions.refuse(session_id=few[0].pk, reasons=[Reason.COPIED], by=cast.actor(cast.quitterie))
    for read in (queries.findings_on, queries.holds):
        counts = []
        for ids in ([few[0].pk], [s.pk for s in (*few, *many)]):
            with CaptureQueriesContext(connection) as asked:
                assert set(read(ids)) == set(ids)
            counts.append(len(asked))
        assert counts[0] == counts[1] <= 9
