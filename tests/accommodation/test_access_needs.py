"""Access needs: told by the participant, read by the disability officer alone, adapted by a date, kept."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cordee.accommodation import actions, queries, rules, tasks
from cordee.accommodation.facts import (
    AccommodationAsked,
    AccommodationMoved,
    AdaptationPrepared,
    NeedErased,
)
from cordee.accommodation.models import AccommodationRequest
from cordee.accommodation.states import NEED_KEPT
from cordee.accounts.models import User
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.journal.models import Delivery, Entry
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.kernel.refusals import Turn
from cordee.mail.models import Message
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import DURING, closed, disability_officer, enrol, plan, told

PARTICIPANT = Actor(ActorKind.LINK, link_id=1)
NEED = "Je suis malentendante : une boucle magnétique, s’il vous plaît."
ADAPTATION = "Salle équipée d’une boucle magnétique."
type Settle = Callable[[], None]


@pytest.fixture
def session(cast: Cast) -> Session:
    return plan(cast, cast.noor)[0]


@pytest.fixture
def ana(cast: Cast, session: Session) -> Enrolment:
    return enrol(cast, session, "Ana")[0]


@pytest.fixture
def asked(ana: Enrolment) -> AccommodationRequest:
    return actions.ask(enrolment_id=ana.pk, need=f"  {NEED} ", by=PARTICIPANT)


@pytest.fixture
def hanae(cast: Cast) -> Actor:
    return cast.actor(disability_officer())


def prepare(request: AccommodationRequest, by: Actor, adaptation: str = ADAPTATION) -> AccommodationRequest:
    return actions.prepare(
        request_id=request.pk, adaptation=adaptation, due_on=request.due_on, expected_version=None, by=by
    )


# --- telling --------------------------------------------------------------------------------------
def test_a_participant_tells_and_it_is_due_a_week_of_work_before(
    ana: Enrolment, asked: AccommodationRequest
) -> None:
    assert asked.need == NEED
    assert asked.due_on == date(2027, 1, 7), "five working days before Thursday 14 January"
    assert [r.pk for r in queries.of_enrolment(ana.pk)] == [asked.pk]
    assert told(AccommodationAsked) == [{"request_id": asked.pk, "again": False}]


def test_told_again_it_is_the_same_request_with_the_new_words(
    ana: Enrolment, asked: AccommodationRequest
) -> None:
    again = actions.ask(enrolment_id=ana.pk, need="Et une place devant.", by=PARTICIPANT)
    actions.ask(enrolment_id=ana.pk, need="Et une place devant.", by=PARTICIPANT)
    assert again.pk == asked.pk
    assert [r.need for r in queries.of_enrolment(ana.pk)] == ["Et une place devant."]
    assert [f["again"] for f in told(AccommodationAsked)] == [False, True]


def test_close_to_the_session_it_is_due_today(cast: Cast, now: MovableClock) -> None:
    (soon,) = plan(cast, day=date(2027, 1, 6))
    assert rules.default_due(soon, now.at) == date(2027, 1, 4)


def test_telling_is_refused_with_its_reason(
    cast: Cast, session: Session, ana: Enrolment, now: MovableClock
) -> None:
    for nobody in (cast.camille, cast.noor, cast.olga, cast.quitterie, cast.ada):
        with refused("not_disability_officer", turn=Turn.DISABILITY_OFFICER):
            actions.ask(enrolment_id=ana.pk, need=NEED, by=cast.actor(nobody))
    with refused("nothing_said"):
        actions.ask(enrolment_id=ana.pk, need="  ", by=PARTICIPANT)
    with refused("too_long"):
        actions.ask(enrolment_id=ana.pk, need="x" * 2_001, by=PARTICIPANT)
    (bo,) = enrol(cast, session, "Bo")
    enrolment.cancel_enrolment(enrolment_id=bo.pk, by=COMMAND)
    with refused("not_on_list"):
        actions.ask(enrolment_id=bo.pk, need=NEED, by=PARTICIPANT)
    now.move_to(DURING)
    with refused("already_started"):
        actions.ask(enrolment_id=ana.pk, need=NEED, by=PARTICIPANT)


def test_nothing_is_told_on_a_session_that_is_cancelled_or_a_mission_that_is_closed(
    cast: Cast, session: Session, ana: Enrolment, now: MovableClock, settle: Settle
) -> None:
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    with refused("session_cancelled"):
        actions.ask(enrolment_id=ana.pk, need=NEED, by=PARTICIPANT)
    mission = closed(cast, now, settle)
    held = Enrolment.objects.filter(session__mission=mission, session__status="planned").order_by("pk")[0]
    with refused("mission_closed", "already_started"):
        actions.ask(enrolment_id=held.pk, need=NEED, by=PARTICIPANT)


# --- seeing to it ---------------------------------------------------------------------------------
def test_the_adaptation_is_what_who_runs_it_reads(
    session: Session, asked: AccommodationRequest, hanae: Actor
) -> None:
    assert queries.adaptations(session.pk) == [], "that there is a need tells nothing yet"
    prepare(asked, hanae)
    assert queries.adaptations(session.pk) == [queries.Adaptation("Ana N", ADAPTATION, in_place=False)]
    actions.finish(request_id=asked.pk, by=hanae)
    assert queries.adaptations(session.pk) == [queries.Adaptation("Ana N", ADAPTATION, in_place=True)]
    asked.refresh_from_db()
    assert (asked.state, asked.user_id, asked.settled_at) == ("done", hanae.user_id, clock.now())
    assert told(AdaptationPrepared) == [{"request_id": asked.pk, "fields": ["adaptation"]}]
    assert told(AccommodationMoved) == [{"request_id": asked.pk, "before": "open", "after": "done"}]


def test_declining_has_a_reason_and_can_be_taken_back(
    session: Session, ana: Enrolment, asked: AccommodationRequest, hanae: Actor
) -> None:
    prepare(asked, hanae)
    with refused("nothing_said"):
        actions.decline(request_id=asked.pk, reason=" ", by=hanae)
    actions.decline(request_id=asked.pk, reason="Aucune salle équipée.", by=hanae)
    assert queries.adaptations(session.pk) == []
    (seen,) = queries.of_enrolment(ana.pk)
    assert seen.declined_because == "Aucune salle équipée."
    actions.reopen(request_id=asked.pk, by=hanae)
    asked.refresh_from_db()
    assert (asked.state, asked.declined_because, asked.settled_at) == ("open", "", None)


def test_seeing_to_it_is_refused_with_its_reason(
    cast: Cast, ana: Enrolment, asked: AccommodationRequest, hanae: Actor
) -> None:
    for nobody in (cast.camille, cast.noor, cast.olga, cast.quitterie, cast.ada):
        by = cast.actor(nobody)
        for act in (actions.finish, actions.reopen, actions.withdraw):
            with refused("not_disability_officer"):
                act(request_id=asked.pk, by=by)
        with refused("not_disability_officer"):
            prepare(asked, by)
        with refused("not_disability_officer"):
            actions.decline(request_id=asked.pk, reason="Non", by=by)
    with refused("not_disability_officer"):
        prepare(asked, PARTICIPANT)
    with refused("nothing_said"):
        actions.finish(request_id=asked.pk, by=hanae)
    prepare(asked, hanae)
    with refused("changed_meanwhile"):
        actions.prepare(
            request_id=asked.pk, adaptation="x", due_on=asked.due_on, expected_version=1, by=hanae
        )
    actions.finish(request_id=asked.pk, by=hanae)
    for move in (lambda: prepare(asked, hanae, "x"), lambda: actions.finish(request_id=asked.pk, by=hanae)):
        with refused("no_such_move"):
            move()
    actions.ask(enrolment_id=ana.pk, need="Autre chose", by=PARTICIPANT)
    with refused("another_open"):
        actions.reopen(request_id=asked.pk, by=hanae)


def test_the_database_keeps_one_open_request_per_person(asked: AccommodationRequest) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AccommodationRequest.objects.create(
            enrolment_id=asked.enrolment_id, asked_at=clock.now(), due_on=asked.due_on
        )


# --- what waits, and until when -------------------------------------------------------------------
def test_what_is_due_first_comes_first_and_who_does_not_come_is_left_out(
    cast: Cast, session: Session, asked: AccommodationRequest, now: MovableClock
) -> None:
    (sooner,) = plan(cast, day=date(2027, 1, 13))
    bo, cy = enrol(cast, sooner, "Bo", "Cy")
    requests = [actions.ask(enrolment_id=e.pk, need=NEED, by=PARTICIPANT) for e in (bo, cy)]
    assert [r.pk for r in queries.requests("open")] == [*(r.pk for r in requests), asked.pk]
    enrolment.cancel_enrolment(enrolment_id=cy.pk, by=COMMAND)
    assert (queries.waiting_count(), queries.late_count()) == (2, 0)
    now.move_to("2027-01-08 09:00")
    assert queries.late_count() == 2
    planning.cancel_session(session_id=sooner.pk, reason="Grève", by=COMMAND)
    assert [r.pk for r in queries.requests("open")] == [asked.pk]
    assert queries.requests().count() == 3, "none is lost"


def test_the_day_follows_the_session_unless_somebody_chose_it(
    cast: Cast, session: Session, asked: AccommodationRequest, hanae: Actor, settle: Settle
) -> None:
    def move_to(day: date) -> date:
        planning.change_session(session_id=session.pk, draft=draft(day), expected_version=None, by=COMMAND)
        settle()
        asked.refresh_from_db()
        return asked.due_on

    assert move_to(date(2027, 1, 21)) == date(2027, 1, 14)
    actions.prepare(
        request_id=asked.pk,
        adaptation="",
        due_on=date(2027, 1, 11),
        expected_version=None,
        by=hanae,
    )
    assert move_to(date(2027, 1, 28)) == date(2027, 1, 11)


def test_it_follows_who_is_moved_to_another_session(
    cast: Cast, session: Session, asked: AccommodationRequest, hanae: Actor, settle: Settle
) -> None:
    (later,) = plan(cast, day=date(2027, 1, 21))
    prepare(asked, hanae)
    enrolment.move(enrolment_ids=[asked.enrolment_id], session_id=later.pk, by=COMMAND)
    settle()
    asked.refresh_from_db()
    assert asked.due_on == date(2027, 1, 14)
    assert queries.adaptations(session.pk) == []
    assert [a.name for a in queries.adaptations(later.pk)] == ["Ana N"]


def test_a_place_given_up_with_a_request_is_not_lost_by_a_move(
    cast: Cast, session: Session, ana: Enrolment, asked: AccommodationRequest
) -> None:
    (other,) = plan(cast)
    enrolment.cancel_enrolment(enrolment_id=ana.pk, by=COMMAND)
    (elsewhere,) = enrol(cast, other, "Ana")
    with refused("kept_on_record"):
        enrolment.move(enrolment_ids=[elsewhere.pk], session_id=session.pk, by=COMMAND)


# --- what is told to whom, and for how long -------------------------------------------------------
def test_the_officers_get_a_mail_that_says_neither_who_nor_what(
    cast: Cast, ana: Enrolment, hanae: Actor, settle: Settle
) -> None:
    asked = actions.ask(enrolment_id=ana.pk, need=NEED, by=PARTICIPANT)
    settle()
    message = Message.objects.get(purpose="access_need_told")
    assert message.to_email == "hanae@cordee-formation.example"
    assert f"/access/{asked.pk}/" in message.text
    assert "jeudi 7 janvier 2027" in message.subject
    for secret in ("Ana", "malentendante", "boucle"):
        assert secret not in message.subject + message.text + message.html
    assert message.session_id is None, "not among what was sent about the session"


def test_without_an_officer_the_administrators_learn_that_nobody_sees_to_it(
    cast: Cast, asked: AccommodationRequest, settle: Settle
) -> None:
    settle()
    (message,) = Message.objects.filter(purpose__startswith="access_need")
    assert (message.purpose, message.to_email) == ("access_need_for_nobody", cast.ada.email)
    assert "/people/" in message.text


def test_nothing_of_the_need_is_in_the_journal_nor_on_a_mission(
    asked: AccommodationRequest, hanae: Actor, settle: Settle
) -> None:
    prepare(asked, hanae)
    actions.decline(request_id=asked.pk, reason="Pas de boucle magnétique ici.", by=hanae)
    settle()
    entries = Entry.objects.filter(
        fact__in=["AccommodationAsked", "AdaptationPrepared", "AccommodationMoved"]
    )
    assert entries.count() == 3
    for entry in entries:
        assert entry.mission_id is None
        assert "magnétique" not in json.dumps(entry.payload, ensure_ascii=False)
    assert not Delivery.objects.exclude(error="").exists()


def test_taken_back_it_is_forgotten_at_once(ana: Enrolment, asked: AccommodationRequest) -> None:
    actions.withdraw(request_id=asked.pk, by=PARTICIPANT)
    (seen,) = queries.of_enrolment(ana.pk)
    assert (seen.state, seen.need, seen.need_erased_at) == ("withdrawn", "", clock.now())
    with refused("no_such_move"):
        actions.withdraw(request_id=asked.pk, by=PARTICIPANT)
    assert actions.ask(enrolment_id=ana.pk, need=NEED, by=PARTICIPANT).pk != asked.pk


def test_three_months_later_the_need_is_erased_and_the_rest_stays(
    session: Session, asked: AccommodationRequest, hanae: Actor, now: MovableClock
) -> None:
    prepare(asked, hanae)
    actions.finish(request_id=asked.pk, by=hanae)
    now.at = session.ends_at + NEED_KEPT
    tasks.erase_old_needs.func()
    asked.refresh_from_db()
    assert asked.need == NEED
    now.at += timedelta(minutes=1)
    tasks.erase_old_needs.func()
    tasks.erase_old_needs.func()
    asked.refresh_from_db()
    assert (asked.need, asked.need_erased_at) == ("", clock.now())
    assert (asked.adaptation, asked.state) == (ADAPTATION, "done")
    assert told(NeedErased) == [{"request_id": asked.pk}]


def test_lists_do_not_read_what_was_told(asked: AccommodationRequest) -> None:
    assert "need" in queries.requests()[0].get_deferred_fields()


def test_the_role_gives_the_needs_and_the_missions_alone(cast: Cast) -> None:
    officer: User = disability_officer()
    assert sorted(cast.actor(officer).permissions) == [
        "handle_access_needs",
        "view_access_needs",
        "view_missions",
    ]
