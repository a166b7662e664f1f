"""The way of a sheet: submitted by itself or by hand, accepted, refused, sent back."""

import random
from datetime import timedelta
from typing import Any

import pytest

from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.conformity import actions, queries, rules, tasks
from cordee.conformity.facts import SheetAccepted, SheetRefused, SheetSentBack, SheetSubmitted
from cordee.conformity.models import Decision, SheetReview
from cordee.conformity.states import MACHINE, Cause, Reason, SheetState
from cordee.enrolment import queries as lists
from cordee.kernel.actor import COMMAND, SYSTEM
from cordee.kernel.refusals import Refused, Turn
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.planning.states import AssignmentStatus
from tests.cast import Cast
from tests.conformity.sheets import countersign, everybody_is_here, people_sign, sign_all
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import AFTER, DURING, confirm, enrol, last_entry, place_of, plan, told


@pytest.fixture
def session(cast: Cast) -> Session:
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    return session


def state(session: Session) -> str:
    return queries.review_of(session.pk).state


def refuse(cast: Cast, session: Session, *reasons: Reason, note: str = "") -> Decision:
    return actions.refuse(
        session_id=session.pk,
        reasons=reasons or (Reason.UNREADABLE,),
        note=note,
        by=cast.actor(cast.quitterie),
    )


def accept(cast: Cast, session: Session, note: str = "") -> Decision:
    return actions.accept(session_id=session.pk, note=note, by=cast.actor(cast.quitterie))


# --- by itself --------------------------------------------------------------------------------------
def test_fully_signed_it_goes_to_quality_by_itself(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    sign_all(cast, now, session, cast.noor)
    assert state(session) == SheetState.IN_PROGRESS
    settle()
    review = queries.review_of(session.pk)
    assert (review.state, review.fully_signed, review.round, review.since) == ("submitted", True, 1, now.at)
    (fact,) = told(SheetSubmitted)
    assert (fact["by_itself"], fact["questions"]) == (True, [])
    assert Decision.objects.get().user_id is None


def test_as_long_as_a_signature_is_missing_it_does_not(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    confirm(cast, session, cast.noor)
    now.move_to(DURING)
    people_sign(session)
    enrol(cast, session, "Cyd")
    everybody_is_here(cast, session)
    now.move_to(AFTER)
    countersign(cast, session, cast.noor)
    settle()
    assert state(session) == SheetState.IN_PROGRESS


def test_what_is_to_be_asked_is_answered_by_somebody(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    Session.objects.filter(pk=session.pk).update(capacity=1)
    sign_all(cast, now, session, cast.noor)
    settle()
    assert state(session) == SheetState.IN_PROGRESS
    with refused("no_note") as blockers:
        actions.submit(session_id=session.pk, note=" ", by=cast.actor(cast.noor))
    assert blockers[0].field == "note"
    actions.submit(session_id=session.pk, note="Deux groupes", by=cast.actor(cast.noor))
    assert queries.review_of(session.pk).fully_signed, "a question is no error"
    assert told(SheetSubmitted)[0]["questions"] == ["over_capacity"]


def test_signed_and_countersigned_early_it_waits_for_the_end_of_the_session(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    confirm(cast, session, cast.noor)
    now.move_to(DURING)
    people_sign(session)
    everybody_is_here(cast, session)
    countersign(cast, session, cast.noor)
    settle()
    tasks.submit_due.call()
    assert state(session) == SheetState.IN_PROGRESS
    now.move_to(AFTER)
    tasks.submit_due.call()
    tasks.submit_due.call()
    assert state(session) == SheetState.SUBMITTED
    assert len(told(SheetSubmitted)) == 1


def test_where_no_sheet_is_needed_none_is_submitted_by_itself(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    organisation.update(
        changes=OrganisationChanges(sheet_sectors=["company"]), expected_version=None, by=COMMAND
    )
    sign_all(cast, now, session, cast.noor)
    settle()
    tasks.submit_due.call()
    assert state(session) == SheetState.IN_PROGRESS
    actions.submit(session_id=session.pk, by=cast.actor(cast.camille))
    assert state(session) == SheetState.SUBMITTED, "a client may want it all the same"


# --- by hand ----------------------------------------------------------------------------------------
def test_what_is_wrong_is_put_right_first(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(AFTER)
    with refused("presence_missing", "facilitator_missing") as blockers:
        actions.submit(session_id=session.pk, note="Tout va bien", by=cast.actor(cast.camille))
    assert all(b.fix and b.turn == Turn.FACILITATOR for b in blockers)


def test_quality_takes_a_sheet_as_it_is_and_says_why(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(AFTER)
    by = cast.actor(cast.quitterie)
    with refused("presence_missing", "facilitator_missing"):
        actions.submit(session_id=session.pk, by=by)
    actions.submit(session_id=session.pk, note="Feuille papier au dossier", by=by)
    review = queries.review_of(session.pk)
    assert (review.state, review.fully_signed) == ("submitted", False)
    assert Decision.objects.get().findings == ["presence_missing", "facilitator_missing"]
    with refused("no_note", turn=Turn.QUALITY):
        accept(cast, session)
    accept(cast, session, "Vue en original")
    assert state(session) == SheetState.ACCEPTED


@pytest.mark.parametrize("who", ["camille", "noor", "olga", "quitterie"])
def test_those_who_run_the_session_submit_its_sheet(
    cast: Cast, session: Session, now: MovableClock, who: str
) -> None:
    sign_all(cast, now, session, cast.noor)
    actions.submit(session_id=session.pk, by=cast.actor(getattr(cast, who)))
    assert state(session) == SheetState.SUBMITTED


@pytest.mark.parametrize("who", ["elodie", "dan", "farid"])
def test_nobody_else_does(cast: Cast, session: Session, now: MovableClock, who: str) -> None:
    sign_all(cast, now, session, cast.noor)
    with refused("not_on_session"):
        actions.submit(session_id=session.pk, by=cast.actor(getattr(cast, who)))


def test_before_its_end_a_session_has_no_sheet_to_submit(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to(DURING)
    with refused("session_to_come", turn=Turn.TIME):
        actions.submit(session_id=session.pk, note="Vite", by=cast.actor(cast.camille))


def test_a_cancelled_session_has_none_at_all(cast: Cast, session: Session, now: MovableClock) -> None:
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    now.move_to(AFTER)
    with refused("session_cancelled"):
        actions.submit(session_id=session.pk, note="Quand même", by=cast.actor(cast.quitterie))


# --- quality decides --------------------------------------------------------------------------------
def test_only_quality_decides(cast: Cast, session: Session, now: MovableClock, settle: Any) -> None:
    sign_all(cast, now, session, cast.noor)
    settle()
    for who in (cast.olga, cast.ada, cast.farid, cast.camille):
        with refused("not_quality", turn=Turn.QUALITY):
            actions.accept(session_id=session.pk, by=cast.actor(who))
        with refused("not_quality", turn=Turn.QUALITY):
            actions.refuse(session_id=session.pk, reasons=[Reason.COPIED], by=cast.actor(who))


def test_what_nobody_submitted_is_not_decided(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(AFTER)
    with refused("already_decided"):
        accept(cast, session, "Vue")
    with refused("already_decided"):
        refuse(cast, session)


def test_refused_for_several_reasons_it_is_put_right_and_submitted_again(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    sign_all(cast, now, session, cast.noor)
    settle()
    decision = refuse(cast, session, Reason.UNREADABLE, Reason.SIGNATURES_MISSING, note="Page 2")
    assert decision.reasons == ["signatures_missing", "unreadable"], "in the order of the list"
    assert told(SheetRefused)[0]["reasons"] == decision.reasons
    assert "Page 2" not in str(told(SheetRefused)), "words are not in the journal"
    settle()
    assert state(session) == SheetState.REFUSED, "people read why before it goes again"
    actions.submit(session_id=session.pk, by=cast.actor(cast.camille))
    accept(cast, session)
    assert [d.move for d in queries.decisions(queries.review_of(session.pk))] == [
        "accept",
        "submit",
        "refuse",
        "submit",
    ]


def test_a_refusal_says_what_is_wrong(cast: Cast, session: Session, now: MovableClock, settle: Any) -> None:
    sign_all(cast, now, session, cast.noor)
    settle()
    with refused("no_reason") as blockers:
        actions.refuse(session_id=session.pk, reasons=[], by=cast.actor(cast.quitterie))
    assert blockers[0].field == "reasons"
    with refused("no_note") as blockers:
        refuse(cast, session, Reason.OTHER)
    assert blockers[0].field == "note"
    refuse(cast, session, Reason.OTHER, note="Le tampon cache les noms")


def test_what_was_accepted_can_be_refused_later(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    sign_all(cast, now, session, cast.noor)
    settle()
    accept(cast, session)
    refuse(cast, session, Reason.COPIED)
    review = queries.review_of(session.pk)
    assert (review.state, review.fully_signed) == ("refused", False)


def test_who_decides_has_seen_the_sheet_as_it_is(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    sign_all(cast, now, session, cast.noor)
    settle()
    seen = rules.seen_of(queries.review_of(session.pk))
    accept(cast, session)
    with refused("changed_meanwhile", "already_decided"):
        actions.accept(session_id=session.pk, seen=seen, by=cast.actor(cast.quitterie))


# --- back again -------------------------------------------------------------------------------------
def reopen(cast: Cast, session: Session) -> None:
    attendance.reopen(
        half_day_id=session.half_days.get().pk, reason="Bo est parti avant la fin", by=cast.actor(cast.noor)
    )


@pytest.mark.parametrize("accepted", [False, True])
def test_opened_again_it_goes_back_and_begins_another_round(
    cast: Cast, session: Session, now: MovableClock, settle: Any, accepted: Any
) -> None:
    sign_all(cast, now, session, cast.noor)
    settle()
    if accepted:
        accept(cast, session)
    reopen(cast, session)
    settle()
    review = queries.review_of(session.pk)
    assert (review.state, review.round, review.fully_signed) == ("in_progress", 2, False)
    (fact,) = told(SheetSentBack)
    assert (fact["cause"], fact["was_accepted"], fact["round"]) == ("reopened", accepted, 2)
    countersign(cast, session, cast.noor)
    settle()
    assert state(session) == SheetState.SUBMITTED, "signed anew, it goes to quality by itself"


def test_presence_corrected_it_goes_back(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    confirm(cast, session, cast.noor)
    now.move_to(AFTER)
    everybody_is_here(cast, session)
    by = cast.actor(cast.quitterie)
    actions.submit(session_id=session.pk, note="Papier", by=by)
    accept(cast, session, "Papier")
    ana, bo = lists.enrolments(session.pk)
    states = {ana.pk: PresenceState.PRESENT, bo.pk: PresenceState.ABSENT}
    attendance.record_presence(
        half_day_id=session.half_days.get().pk, states=states, by=cast.actor(cast.noor)
    )
    settle()
    assert state(session) == SheetState.IN_PROGRESS
    assert told(SheetSentBack)[0]["cause"] == Cause.PRESENCE_CORRECTED


def test_somebody_else_confirmed_who_has_not_countersigned_sends_it_back(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    sign_all(cast, now, session, cast.noor)
    settle()
    accept(cast, session)
    planning.put_on(session_id=session.pk, facilitator_id=cast.elodie.pk, by=COMMAND)
    settle()
    assert state(session) == SheetState.ACCEPTED, "invited is not confirmed"
    planning.set_status(
        assignment_id=place_of(session, cast.elodie).pk,
        status=AssignmentStatus.CONFIRMED,
        by=cast.actor(cast.camille),
    )
    settle()
    assert state(session) == SheetState.IN_PROGRESS


def test_what_was_known_when_it_was_submitted_does_not_send_it_back(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    sign_all(cast, now, session, cast.noor)
    settle()
    reopen(cast, session)
    entry = last_entry()
    settle()
    countersign(cast, session, cast.noor)
    settle()
    assert not actions.send_back(session_id=session.pk, cause=Cause.REOPENED, entry_id=entry, by=SYSTEM), (
        "told twice"
    )
    assert state(session) == SheetState.SUBMITTED


def test_whatever_happens_the_state_is_what_the_decisions_say(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    """Random walks over everything that moves a sheet: nothing happens but what is declared, and all of it is kept."""
    sign_all(cast, now, session, cast.noor)
    settle()
    by = cast.actor(cast.quitterie)
    half_day = session.half_days.get().pk
    acts = {
        "submit": lambda: actions.submit(session_id=session.pk, note="Vu", by=by),
        "accept": lambda: actions.accept(session_id=session.pk, note="Vu", by=by),
        "refuse": lambda: actions.refuse(session_id=session.pk, reasons=[Reason.COPIED], by=by),
        "reopen": lambda: attendance.reopen(half_day_id=half_day, reason="Erreur", by=cast.actor(cast.noor)),
        "countersign": lambda: countersign(cast, session, cast.noor),
    }
    after = {"submit": "submitted", "accept": "accepted", "refuse": "refused", "send_back": "in_progress"}
    chance = random.Random(2026)  # noqa: S311 - the same walk each time
    done = set()
    for _ in range(60):
        now.at += timedelta(minutes=1)
        name = chance.choice(list(acts))
        before = Decision.objects.count()
        try:
            acts[name]()
        except Refused:
            assert Decision.objects.count() == before, "what is refused leaves nothing"
        settle()
        review = SheetReview.objects.get()
        last = review.decisions.order_by("-pk")[0]
        assert review.state == after[last.move]
        assert review.round == last.round == 1 + review.decisions.filter(move="send_back").count()
        assert review.since == last.at
        assert not review.fully_signed or review.state in {"submitted", "accepted"}
        done.add(last.move)
    assert done == set(after), "the walk came everywhere"
    assert len(told(SheetAccepted)) == review.decisions.filter(move="accept").count()


def test_the_machine_has_no_way_out_of_in_progress_but_by_submitting() -> None:
    review = SheetReview(session_id=1, since=None)
    assert [name for name in MACHINE.moves if MACHINE.allows(name, review)] == ["submit"]
