"""What two people, or two workers, do at the same moment happens once."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from decimal import Decimal
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from cordee.accounts import actions as accounts
from cordee.accounts.models import User
from cordee.attendance import actions as attendance
from cordee.attendance.models import HalfDayRecord
from cordee.attendance.states import PresenceState
from cordee.clients.states import Sector
from cordee.closure import actions as closure
from cordee.closure import queries as closure_queries
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as enrolment_queries
from cordee.enrolment.models import Enrolment, ListRow, Participant
from cordee.enrolment.rules import Person
from cordee.fees import actions as fees
from cordee.fees.models import FeeLine, FeeRequest
from cordee.journal import actions as journal
from cordee.journal import facts as journal_facts
from cordee.journal.models import Delivery
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND, Actor
from cordee.kernel.permissions import Role
from cordee.kernel.refusals import Refused
from cordee.lists.reader import read_text
from cordee.mail import actions as mail
from cordee.mail.models import Message
from cordee.missions import actions as missions
from cordee.missions.facts import MissionOpened
from cordee.missions.models import Mission
from cordee.missions.rules import LineChanges, LineDraft
from cordee.organisation.actions import next_number
from cordee.planning import actions as planning
from cordee.planning import queries as planning_queries
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus
from cordee.planning.steps import PLANNED
from cordee.registration import actions as registration
from cordee.registration.models import Registration
from cordee.submissions import actions as submissions
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.mail.post_office import open_for_business
from tests.races.conftest import Together
from tests.steps import AFTER, amend, ask_client, enrol, everything_held, figures, hold, place_of, plan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_two_plan_the_last_prestations_and_one_is_refused(cast: Cast, together: Together) -> None:
    outcomes = together(*[lambda: len(plan(cast, count=3))] * 2)
    assert sorted(outcomes, key=str) == [3, ["beyond_order"]]
    assert planning_queries.committed(cast.line.pk) == 3
    assert sorted(Session.objects.values_list("position", flat=True)) == [1, 2, 3]


def test_two_put_the_same_person_on_and_it_is_one_place(cast: Cast, together: Together) -> None:
    (session,) = plan(cast)

    def put_on() -> int:
        by = cast.actor(cast.camille)
        return planning.put_on(session_id=session.pk, facilitator_id=cast.noor.pk, by=by).pk

    first, second = together(put_on, put_on)
    assert first == second
    assert Assignment.objects.count() == 1


def test_a_facilitator_declines_while_the_coordinator_confirms(cast: Cast, together: Together) -> None:
    (session,) = plan(cast, cast.noor)
    place = place_of(session, cast.noor)

    def set_status(status: AssignmentStatus, by: Any) -> str:
        return planning.set_status(assignment_id=place.pk, status=status, by=cast.actor(by)).status

    together(
        lambda: set_status(AssignmentStatus.CONFIRMED, cast.camille),
        lambda: set_status(AssignmentStatus.DECLINED, cast.noor),
    )
    place.refresh_from_db()
    assert place.status == "confirmed", "said first it stays, declined first it may be confirmed"


def test_two_are_moved_to_the_last_place_and_one_is_refused(cast: Cast, together: Together) -> None:
    a, b = plan(cast, count=2, capacity=2)
    ana, bo = enrol(cast, a, "Ana", "Bo")
    enrol(cast, b, "Cy")
    by = cast.actor(cast.camille)
    outcomes = together(
        *[
            lambda e=e: enrolment.move(enrolment_ids=[e.pk], session_id=b.pk, by=by)  # type: ignore[misc]
            for e in (ana, bo)
        ]
    )
    assert sorted(outcomes, key=str) == [1, ["no_room"]]
    assert enrolment_queries.counts([a.pk, b.pk]) == {a.pk: 1, b.pk: 2}


def test_planning_and_amending_never_cross(cast: Cast, together: Together) -> None:
    plan(cast, count=2)
    outcomes = together(lambda: len(plan(cast, count=2)), lambda: amend(cast, 2))
    cast.line.refresh_from_db()
    assert planning_queries.committed(cast.line.pk) <= cast.line.quantity
    assert ["below_planned"] in outcomes or ["beyond_order"] in outcomes


def test_two_fee_requests_at_once_are_one(cast: Cast, now: MovableClock, together: Together) -> None:
    hold(cast, now, *plan(cast, cast.camille, cast.noor, count=2))

    def ask() -> str:
        return fees.request_fees(mission_id=cast.mission.pk, by=cast.actor(cast.camille)).ref

    outcomes = together(ask, ask)
    assert "R-2027-0001-A" in outcomes
    assert FeeRequest.objects.count() == 1
    assert FeeLine.objects.count() == 2


def test_finance_approves_and_returns_at_once_and_one_holds(
    cast: Cast, now: MovableClock, together: Together
) -> None:
    hold(cast, now, *plan(cast, cast.camille))
    request = fees.request_fees(mission_id=cast.mission.pk, by=cast.actor(cast.camille))
    by = cast.actor(cast.farid)
    outcomes = together(
        lambda: fees.approve(request_id=request.pk, by=by).status,
        lambda: fees.return_request(request_id=request.pk, reason="x", by=by).status,
    )
    assert outcomes.count(["already_decided"]) == 1
    request.refresh_from_db()
    assert request.status in outcomes
    assert FeeLine.objects.get().released == (request.status == "returned")


def test_the_same_form_submitted_twice_at_once_is_carried_out_once(cast: Cast, together: Together) -> None:
    token = uuid4()

    def submit() -> str:
        return submissions.once(token, user_id=1, do=lambda: plan(cast)[0].ref)

    assert together(submit, submit, submit) == ["S-2027-0001-A"] * 3
    assert Session.objects.count() == 1


def test_the_same_person_enrolled_twice_at_once_is_one(cast: Cast, together: Together) -> None:
    (session,) = plan(cast)
    together(*[lambda: enrol(cast, session, "Ana")] * 3)
    assert (Enrolment.objects.count(), Participant.objects.count()) == (1, 1)


def _who_registered(session: Session, *names: str) -> list[Registration]:
    invitation = registration.open_registration(session_id=session.pk, by=COMMAND)
    for name in names:
        person = Person(email=f"{name.lower()}@x.fr", first_name=name, last_name="N")
        registration.ask(invitation_id=invitation.pk, person=person, by=COMMAND)
    return list(Registration.objects.order_by("pk"))


def test_two_confirm_at_once_for_the_last_place_and_one_waits(cast: Cast, together: Together) -> None:
    (session,) = plan(cast, capacity=1)
    ids = [r.pk for r in _who_registered(session, "Ana", "Bo", "Cleo")]
    outcomes = together(
        *[lambda pk=pk: registration.confirm(registration_id=pk, by=COMMAND).state for pk in ids]
    )
    assert sorted(outcomes, key=str) == ["admitted", "waiting", "waiting"]
    assert Enrolment.objects.count() == 1


def test_a_place_that_becomes_free_is_given_once(cast: Cast, together: Together) -> None:
    (session,) = plan(cast, capacity=1)
    ana, bo, cleo = _who_registered(session, "Ana", "Bo", "Cleo")
    for one in (ana, bo):
        registration.confirm(registration_id=one.pk, by=COMMAND)
    place = Enrolment.objects.get()
    enrolment.cancel_enrolment(enrolment_id=place.pk, by=COMMAND)
    together(
        lambda: registration.move_up(session_id=session.pk),
        lambda: registration.move_up(session_id=session.pk),
        lambda: registration.confirm(registration_id=cleo.pk, by=COMMAND).state,
    )
    states = [r.state for r in Registration.objects.order_by("pk")]
    assert states == ["admitted", "admitted", "waiting"]
    assert Enrolment.objects.filter(cancelled_at=None).count() == 1


def test_the_same_address_registers_twice_at_once_and_is_one(cast: Cast, together: Together) -> None:
    (session,) = plan(cast)
    invitation = registration.open_registration(session_id=session.pk, by=COMMAND)
    person = Person(email="ana@x.fr", first_name="Ana", last_name="N")
    together(*[lambda: registration.ask(invitation_id=invitation.pk, person=person, by=COMMAND)] * 3)
    assert Registration.objects.get().times_asked == 1


def test_the_same_new_person_on_two_missions_of_the_client_at_once(cast: Cast, together: Together) -> None:
    (here,) = plan(cast)
    (there,) = planning.plan_sessions(
        mission_id=cast.other_mission.pk,
        line_id=cast.other_mission.order.lines.get().pk,
        draft=draft(),
        by=COMMAND,
    )
    people = [Person(email=f"p{n}@x.fr", first_name="P") for n in range(5)]

    def enrol_on(session: Session) -> int:
        return len(enrolment.enrol(session_id=session.pk, people=people, by=COMMAND).new)

    assert together(lambda: enrol_on(here), lambda: enrol_on(there)) == [5, 5]
    assert Participant.objects.count() == 5


def test_two_record_presence_at_once_and_one_is_told(
    cast: Cast, now: MovableClock, together: Together
) -> None:
    (session,) = plan(cast, cast.camille)
    enrol(cast, session, "Ana")
    now.move_to(AFTER)
    half_day = session.half_days.get()
    states = {e.pk: PresenceState.PRESENT for e in enrolment_queries.enrolments(session.pk)}

    def record() -> int:
        return attendance.record_presence(half_day_id=half_day.pk, states=states, seen="", by=COMMAND).pk

    outcomes = together(record, record)
    assert ["changed_meanwhile"] in outcomes
    assert HalfDayRecord.objects.count() == 1


def test_two_workers_deliver_each_fact_once(cast: Cast, together: Together) -> None:
    waiting = Delivery.objects.filter(state="pending").count()
    assert waiting > 5
    first, second = together(journal.deliver_due, journal.deliver_due)
    assert first + second >= waiting  # type: ignore[operator]  # what follows from what is delivered is delivered too
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}


def test_a_fact_in_slow_hands_is_not_handed_to_others(
    cast: Cast, now: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[int] = []
    others: list[Future[int]] = []

    def take_long(entry: Any) -> None:
        now.at += journal.LEASE  # longer than its lease, and another worker looks
        others.append(pool.submit(deliver_elsewhere))
        heard.append(entry.entry_id)

    def deliver_elsewhere() -> int:
        try:
            return journal.deliver_due()
        finally:
            connection.close()

    monkeypatch.setattr(journal_facts, "_subscriptions", {})
    journal_facts.subscribe("slow", (MissionOpened,), take_long)
    entry = journal.record(
        MissionOpened(mission_id=cast.mission.pk, order_id=cast.mission.order_id), by=COMMAND
    )
    Delivery.objects.exclude(entry=entry).delete()
    with ThreadPoolExecutor(1) as pool:
        journal.deliver_due()
    assert [other.result() for other in others] == [0]
    assert heard == [entry.pk]


def test_two_workers_send_each_message_once(cast: Cast, settings: Any, together: Together) -> None:
    settings.DEMO = False
    while journal.deliver_due():
        pass
    waiting = Message.objects.filter(state="queued").count()
    with open_for_business() as (office, how):
        settings.MAILERS = {
            "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": how}
        }
        first, second = together(mail.send_due, mail.send_due)
    assert first + second == waiting  # type: ignore[operator]
    assert len({m["Message-ID"] for m in office.received}) == len(office.received) == waiting


def test_two_close_a_mission_and_its_coordinator_is_paid_once(
    cast: Cast, now: MovableClock, together: Together
) -> None:
    everything_held(cast, now)
    fees.request_fees(mission_id=cast.mission.pk, by=COMMAND)

    def close() -> bool:
        return closure.close_if_complete(mission_id=cast.mission.pk)

    assert sorted(together(close, close), key=str) == [False, True]
    assert FeeRequest.objects.filter(kind="coordination").count() == 1


def test_a_change_while_the_mission_closes_comes_before_or_is_refused(
    cast: Cast, now: MovableClock, together: Together
) -> None:
    everything_held(cast, now)
    fees.request_fees(mission_id=cast.mission.pk, by=COMMAND)
    later = clock.today() + timedelta(days=9)
    outcomes = together(
        lambda: closure.close_if_complete(mission_id=cast.mission.pk),
        lambda: amend(cast, 5) or len(plan(cast, cast.camille, day=later)),
    )
    cast.mission.refresh_from_db()
    assert (cast.mission.status == "closed") == (outcomes[1] != 1)
    assert outcomes in ([True, ["mission_closed"]], [False, 1])


def test_numbers_are_given_once_and_without_gaps(cast: Cast, together: Together) -> None:
    def number() -> int:
        with transaction.atomic():
            return next_number("X", 2027)

    assert sorted(together(*[number] * 6)) == [1, 2, 3, 4, 5, 6]  # type: ignore[type-var]


def test_two_orders_at_once_get_their_own_reference_and_one_mission_each(
    cast: Cast, together: Together
) -> None:
    def order() -> str:
        line = LineDraft(service_type_id=cast.workshop.pk, quantity=1)
        recorded = missions.record_order(
            client_id=cast.valmont.pk,
            sector=Sector.COMPANY,
            title="X",
            agreed_on=clock.today(),
            lines=[line],
            by=COMMAND,
        )
        return closure.open_mission(order_id=recorded.pk, by=COMMAND).ref

    assert sorted(together(order, order)) == ["M-2027-0003", "M-2027-0004"]  # type: ignore[type-var]

    order_id = cast.mission.order_id
    again = [lambda: missions.open_mission(order_id=order_id, by=COMMAND).ref] * 2
    assert together(*again) == ["M-2027-0001"] * 2
    assert Mission.objects.count() == 4


def given(session: Session, by: Actor, email: str, key: UUID | None = None) -> str:
    """Give somebody as the client's contact, and say what became of the row: on the list, or waiting."""
    person = Person(email=email, first_name=email[0].upper(), last_name="N")

    def give() -> str:
        return type(enrolment.give_person(session_id=session.pk, person=person, by=by)).__name__

    return submissions.once(key, user_id=None, do=give) if key else give()


def test_two_contacts_give_rows_at_once_and_none_is_lost(cast: Cast, together: Together) -> None:
    (session,) = plan(cast)
    by = ask_client(cast)
    outcomes = together(*[lambda n=n: given(session, by, f"p{n}@x.fr") for n in range(5)])
    assert outcomes == ["Enrolment"] * 5
    assert len(enrolment_queries.enrolments(session.pk)) == 5


def test_one_row_sent_twice_at_once_is_one_person(cast: Cast, together: Together) -> None:
    (session,) = plan(cast)
    by, key = ask_client(cast), uuid4()
    together(*[lambda: given(session, by, "ana@@x.fr", key)] * 3)
    assert ListRow.objects.count() == 1


def test_the_last_place_goes_to_one_and_the_other_row_is_kept(cast: Cast, together: Together) -> None:
    (session,) = plan(cast, capacity=1)
    by = ask_client(cast)
    outcomes = together(*[lambda n=n: given(session, by, f"p{n}@x.fr") for n in range(2)])
    assert sorted(outcomes, key=str) == ["Enrolment", "ListRow"]
    assert ListRow.objects.get().email not in {
        e.participant.email for e in enrolment_queries.enrolments(session.pk)
    }


def test_two_contacts_change_one_row_at_once_and_one_is_told(cast: Cast, together: Together) -> None:
    (session,) = plan(cast)
    by = ask_client(cast)
    given(session, by, "ana@@x.fr")
    row = ListRow.objects.get()

    def change(name: str) -> str:
        person = Person(first_name=name)
        return enrolment.change_waiting(row_id=row.pk, person=person, seen="1", by=by).first_name  # type: ignore[union-attr]

    outcomes = together(lambda: change("Ana"), lambda: change("Anna"))
    assert ["changed_meanwhile"] in outcomes
    row.refresh_from_db()
    assert row.first_name in outcomes


def test_the_list_of_the_contact_and_of_the_coordinator_never_cross(cast: Cast, together: Together) -> None:
    (session,) = plan(cast, capacity=6)
    by = ask_client(cast)
    rows = read_text("\n".join(f"P{c} N <p{c}@x.fr>" for c in "abcd")).rows
    outcomes = together(
        lambda: enrolment.give_list(session_id=session.pk, rows=rows, by=by).new,
        lambda: len(enrol(cast, session, "Ana", "Bo", "Cy", "Dan")),
    )
    on_list = enrolment_queries.enrolments(session.pk)
    assert len(on_list) <= 6
    assert outcomes in ([2, 4], [4, ["no_room"]])
    assert len(on_list) + ListRow.objects.count() >= 4, "nothing given is lost"


def test_a_board_never_keeps_what_was_read_before_the_last_change(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One worker has read "nothing planned" and is slow to write; three sessions are planned meanwhile."""
    read, planned = Event(), Event()
    progress = closure_queries.progress_of

    def slowly(*args: Any, **kwargs: Any) -> Any:
        found = progress(*args, **kwargs)
        read.set()
        planned.wait(timeout=2)  # under the lock nobody can plan: then this waits in vain
        return found

    def refresh_slowly() -> None:
        monkeypatch.setattr(closure_queries, "progress_of", slowly)
        closure.refresh_board(mission_id=cast.mission.pk)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(refresh_slowly)
        assert read.wait(timeout=20)
        monkeypatch.setattr(closure_queries, "progress_of", progress)
        plan(cast, cast.noor, cast.elodie, cast.idris, count=3)
        closure.refresh_board(mission_id=cast.mission.pk)
        planned.set()
        slow.result(timeout=20)
    assert figures(cast.mission, PLANNED) == (3,)


def test_two_administrators_take_each_others_rights_and_one_remains(cast: Cast, together: Together) -> None:
    other = accounts.invite_colleague(
        email="alan@cordee-formation.example",
        first_name="Alan",
        last_name="T",
        roles=[Role.ADMINISTRATOR],
        by=COMMAND,
    )

    def suspend(user: User) -> None:
        accounts.suspend(user_id=user.pk, by=COMMAND)

    outcomes = together(lambda: suspend(other), lambda: suspend(cast.ada))
    assert sorted(outcomes, key=str) == [None, ["last_administrator"]]
    assert [u.pk for u in User.objects.filter(is_active=True) if Role.ADMINISTRATOR in u.held_roles]


def test_an_order_is_not_changed_while_its_mission_closes(cast: Cast, now: MovableClock) -> None:
    everything_held(cast, now)
    fees.request_fees(mission_id=cast.mission.pk, by=COMMAND)

    def change() -> object:
        try:
            return missions.change_line(
                line_id=cast.line.pk, changes=LineChanges(coordination_fee=Decimal(120)), by=COMMAND
            )
        except Refused as refused:
            return [b.code for b in refused.blockers]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert closure.close_if_complete(mission_id=cast.mission.pk)
            outcome = pool.submit(change)
            wait([outcome], timeout=1)  # it has to wait for the mission, and finds it closed
        assert outcome.result(timeout=20) == ["mission_closed"]


def test_two_lists_that_overlap_lose_nobody_and_double_nobody(cast: Cast, together: Together) -> None:
    (session,) = plan(cast)
    (there,) = planning.plan_sessions(
        mission_id=cast.other_mission.pk,
        line_id=cast.other_mission.order.lines.get().pk,
        draft=draft(),
        by=COMMAND,
    )
    shared = [Person(email="desk@x.fr", first_name=name, last_name="N") for name in ("Ana", "Bo", "Cy")]
    one = [*shared, Person(email="desk@x.fr"), Person(first_name="Dan", last_name="Em")]
    two = [*reversed(shared), Person(email="dan@x.fr", first_name="Dan", last_name="Em")]

    def enrol_on(where: Session, people: list[Person]) -> None:
        enrolment.enrol(session_id=where.pk, people=people, by=COMMAND)

    together(lambda: enrol_on(session, one), lambda: enrol_on(session, two), lambda: enrol_on(there, two))
    names = [e.participant.full_name for e in enrolment_queries.enrolments(session.pk)]
    assert names == ["Dan Em", "Ana N", "Bo N", "Cy N"]
    assert Participant.objects.exclude(email="").count() == 4
