"""The demo world: built once, at the moment at which tests take place."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.test import Client
from django.urls import reverse

from cordee.accounting import queries as accounting
from cordee.accounts.models import User
from cordee.attendance.models import DeliveryConfirmation, Signature
from cordee.audits.models import Audit, Declaration
from cordee.catalogue.states import QuestionnaireKind, Topic
from cordee.clients.models import ClientOrganisation, Contact
from cordee.closure import actions as closure_actions
from cordee.closure import queries as closure
from cordee.closure.states import NOTHING_DUE
from cordee.conformity.models import SheetReview
from cordee.conformity.queries import Holds, findings_of, reviews
from cordee.conformity.states import Proof
from cordee.demo import network, world
from cordee.demo.clients import VALMONT
from cordee.demo.stories import money, today
from cordee.deposits.models import DepositedFile, DepositedPage
from cordee.enrolment.models import Enrolment, ListRow, Participant
from cordee.evidence.models import SealedFile
from cordee.fees.models import FeeLine, FeeRequest, ReceivedInvoice
from cordee.fees.states import RequestStatus
from cordee.fees.steps import REQUESTED
from cordee.files.queries import content
from cordee.invoices.models import Invoice
from cordee.journal.models import Delivery, Entry
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.mail.models import Message
from cordee.missions.models import Amendment, Mission, Order
from cordee.missions.steps import ORDERED
from cordee.network.models import Facilitator
from cordee.notifications import queries
from cordee.notifications.mails import REMINDERS, Purpose
from cordee.payments import queries as payments
from cordee.planning.models import Assignment, HalfDay, Session
from cordee.planning.steps import HELD, PLANNED
from cordee.quality import queries as quality
from cordee.quality.models import Complaint, Improvement, Risk
from cordee.quality.states import ComplaintState
from cordee.registration.models import Registration
from cordee.seals.checking import check
from cordee.suppliers import queries as suppliers
from cordee.suppliers.models import Mandate, Paper, Supplier
from cordee.suppliers.states import SupplierKind
from cordee.surveys.models import Comment, Response
from cordee.surveys.queries import Scope, results
from cordee.surveys.states import FEWEST_TOLD
from cordee.web.entrance import personas
from tests.conftest import NOON
from tests.dashboards import wrong_behind, wrong_on
from tests.steps import board_of, figures

SHOWN: list[Callable[[], None]] = []


def shown(look: Callable[[], None]) -> Callable[[], None]:
    """Have this looked at in the world once it is built."""
    SHOWN.append(look)
    return look


def test_the_world(db: None, subtests: pytest.Subtests) -> None:
    """One test, so that the world is built once: two processes that shared its parts would each build their own."""
    with clock.frozen_at(NOON):
        world.build()
    for look in SHOWN:
        with subtests.test(look.__name__):
            look()


def codes(mission: Mission) -> list[str]:
    return [step.code for step in closure.steps_of(mission)]


def mission_of(client: str, title: str) -> Mission:
    return Mission.objects.select_related("order__client").get(
        order__client__name=client, order__title__startswith=title
    )


@shown
def suppliers_of_every_kind_most_of_them_ready() -> None:
    assert set(Supplier.objects.values_list("kind", flat=True)) == set(SupplierKind)
    today, ids = clock.today(), list(Facilitator.objects.values_list("pk", flat=True))
    told = [{b.code for b in found} for found in suppliers.readiness_of_facilitators(ids, today).values()]
    assert Counter(map(frozenset, told)) == {
        frozenset(): 53,
        frozenset({"no_supplier"}): 1,
        frozenset({"no_mandate"}): 3,
        frozenset({"own_invoice"}): 3,
    }
    every = list(Supplier.objects.all())
    waits = Counter(b.code for found in suppliers.payees(every, clock.now()).values() for b in found.blockers)
    assert waits == {"account_cooling": 1, "account_to_confirm": 1, "no_account": 1}
    expired = Paper.objects.filter(expires_on__lt=today)
    assert expired.exclude(supplier__papers__expires_on__gte=today).count() == 2
    assert not Mandate.objects.filter(file=None).exists()


@shown
def a_fee_of_idris_can_be_followed_from_the_request_to_the_transfer() -> None:
    """Of a mission of Camille's it was never asked for, and nothing keeps it from being invoiced and paid."""
    idris = Facilitator.objects.get(user__email=network.PERSONAS["idris"])
    forgotten = Assignment.objects.filter(
        facilitator=idris,
        session__mission__order__client__name="Association Les Deux Rives",
        session__mission__coordinator__user__email=network.PERSONAS["camille"],
    ).get()
    assert not FeeLine.objects.filter(session=forgotten.session_id).exists()
    assert suppliers.readiness_of_facilitators([idris.pk], clock.today()) == {idris.pk: []}


@shown
def there_is_as_much_as_promised() -> None:
    assert world.is_built()
    assert ClientOrganisation.objects.count() == 40
    assert set(ClientOrganisation.objects.values_list("sector", flat=True)) == {
        "company",
        "association",
        "public_body",
        "education",
    }
    assert Facilitator.objects.count() == 60
    assert Mission.objects.count() == 85
    assert 150 < Session.objects.count() < 250
    assert 1000 < Enrolment.objects.count() < 1800


@shown
def one_session_is_open_to_all_and_more_want_to_come() -> None:
    states = Counter(Registration.objects.values_list("state", flat=True))
    assert states == {"admitted": 8, "waiting": 3, "unconfirmed": 1}
    assert Message.objects.filter(purpose="registration_confirm", state="sent").count() == 12


@shown
def everybody_one_can_be_with_one_click_is_there() -> None:
    assert [p.email for p in personas.present()] == list(network.PERSONAS.values())
    assert len(personas.everybody()) == len(network.PERSONAS)


@shown
def every_number_of_each_dashboard_says_what_its_list_says() -> None:
    for who, name in (
        ("olga", "operations_dashboard"),
        ("quitterie", "quality_dashboard"),
        ("farid", "finance_dashboard"),
    ):
        client = Client()
        client.force_login(User.objects.get(email=network.PERSONAS[who]))
        assert wrong_on(client, reverse(name)) == []


@shown
def every_number_of_each_indicator_opens_as_many_rows() -> None:
    client = Client()
    client.force_login(User.objects.get(email=network.PERSONAS["quitterie"]))
    assert wrong_behind(client) == []


@shown
def nobody_has_an_address_that_exists() -> None:
    addresses = [
        *User.objects.values_list("email", flat=True),
        *Contact.objects.values_list("email", flat=True),
        *Participant.objects.exclude(email="").values_list("email", flat=True),
    ]
    assert all(address.endswith(".example") for address in addresses)


@shown
def the_worked_example_is_ready_to_be_planned() -> None:
    mission = mission_of(VALMONT, "Quatre ateliers")
    assert mission.order.sector == "public_body"
    assert str(mission.coordinator) == "Camille Rousset"
    assert [(line.quantity, line.service_type.minutes) for line in mission.order.lines.all()] == [(4, 180)]
    assert (*figures(mission, ORDERED, PLANNED), mission.status) == (4, 0, "running")
    assert codes(mission) == ["to_plan"]
    assert board_of(mission).due_on > clock.today(), "it is not late"


@shown
def each_way_of_being_late_is_there() -> None:
    late = Counter(
        step.code
        for mission in Mission.objects.filter(status="running").select_related("order__client")
        for step in closure.steps_of(mission)
        if step.due_on and step.due_on < clock.today()
    )
    expected = {
        "no_coordinator",
        "to_plan",
        "unanswered",
        "to_enrol",
        "to_staff",
        "presence_missing",
        "fees_to_request",
    }
    assert expected <= set(late)


@shown
def what_is_not_usual_is_there_too() -> None:
    kinds = set(FeeRequest.objects.values_list("kind", "status", "early", "extra"))
    assert {
        ("facilitation", "sent", False, False),
        ("facilitation", "returned", True, False),
        ("facilitation", "approved", True, False),
        ("facilitation", "approved", False, True),
        ("coordination", "sent", False, False),
        ("coordination", "approved", False, False),
        ("coordination", "voided", False, False),
    } <= kinds
    assert Amendment.objects.filter(after__lt=F("before")).exists()
    assert Amendment.objects.filter(after__gt=F("before")).exists()
    assert Order.objects.filter(mission=None).count() == 3
    assert Mission.objects.exclude(reopened_because="").filter(status="running").count() == 2
    assert Session.objects.filter(status="cancelled").exists()
    assert Session.objects.filter(mode="remote", time_zone="Indian/Reunion").exists()
    assert Session.objects.exclude(regularised_because="").exists()
    assert Session.objects.filter(schedule_version=2).exists()
    assert Enrolment.objects.filter(source="walk_in").exists()
    assert Enrolment.objects.filter(source="contact", cancelled_at=None).exists()
    assert Enrolment.objects.exclude(refused_because="").exists()
    assert ListRow.objects.filter(source="contact").exclude(suggestion={}).exists()
    assert Assignment.objects.filter(role="observer").exists()
    assert Assignment.objects.filter(status="declined").exists()
    assert HalfDay.objects.filter(position=2).exists()
    assert not Enrolment.objects.filter(
        session__mission__order__title__startswith="Semaine des transitions : ateliers"
    ).exists()


@shown
def complaints_are_in_each_state_one_is_late_and_one_confidential() -> None:
    assert set(Complaint.objects.values_list("state", flat=True)) == set(ComplaintState)
    assert Complaint.objects.filter(confidential=True).count() == 1
    assert Complaint.objects.exclude(reminded_of=None).filter(state="under_way").count() == 1


@shown
def an_audit_of_ten_missions_is_ready_and_two_indicators_are_declared() -> None:
    audit = Audit.objects.get()
    assert audit.missions.count() == 10
    assert audit.file is not None
    with ZipFile(BytesIO(content(audit.file))) as packed:
        surveys = next(name for name in packed.namelist() if name.endswith("surveys.csv"))
        assert len(packed.read(surveys).splitlines()) > 10, "what people said of them is in it"
    assert {d.indicator: d.file is not None for d in Declaration.objects.all()} == {23: False, 19: True}


@shown
def an_improvement_helped_one_is_late_and_risks_are_watched() -> None:
    helped, late, asked = Improvement.objects.order_by("pk")
    assert (helped.state, helped.effect) == ("measured", "effective")
    assert list(quality.improvements(late=True)) == [late]
    assert asked.owner.email == network.PERSONAS["camille"]
    assert Risk.objects.count() == 4
    assert Risk.objects.filter(review_by__lt=NOON.date()).count() == 1


@shown
def idris_has_a_request_to_answer_in_time_and_a_past() -> None:
    mine = Assignment.objects.filter(facilitator__user__email=network.PERSONAS["idris"])
    asked = mine.filter(status="invited")
    assert asked.filter(session__starts_at__gt=clock.now()).count() == 2
    assert mine.filter(status="confirmed", session__ends_at__lt=clock.now()).count() >= 3


@shown
def something_takes_place_today() -> None:
    assert HalfDay.objects.filter(day=clock.today()).count() >= 3


@shown
def closed_missions_are_complete_and_have_their_coordination_fee() -> None:
    closed = Mission.objects.filter(status="closed")
    assert closed.count() > 30
    paid = set(
        FeeRequest.objects.filter(kind="coordination", status__in=["sent", "approved"]).values_list(
            "mission", flat=True
        )
    )
    assert {m.pk for m in closed} == paid
    for mission in closed:
        assert len(set(figures(mission, ORDERED, PLANNED, HELD, REQUESTED))) == 1, mission.ref
        assert board_of(mission).due_on == NOTHING_DUE


@shown
def no_fact_failed_and_none_waits() -> None:
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}
    assert not any(closure_actions.close_if_complete(mission_id=m.pk) for m in Mission.objects.all())


@shown
def mails_are_on_their_way_and_one_failed() -> None:
    fates = set(Message.objects.values_list("purpose", "state"))
    for purpose in ("reminder", "reminder_last", "list_missing", "list_asked"):
        assert {(purpose, "sent"), (purpose, "queued")} & fates, purpose
    assert {("reminder", "sent"), ("reminder_last", "sent")} & fates
    assert Message.objects.filter(state="queued", due_at__gt=NOON).exists()
    assert not Message.objects.filter(state="queued", due_at__lte=NOON).exists()
    failed = Message.objects.get(state="failed")
    assert "No such user" in failed.error
    assert [w.version for w in queries.versions(Purpose.REMINDER, "fr")] == [2, 1]


WAITS = (*REMINDERS, Purpose.CERTIFICATE, Purpose.CERTIFICATE_REVOKED)
"""What leaves some time after it was written."""


@shown
def everything_happened_in_order_and_before_now() -> None:
    moments = list(Entry.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] <= NOON
    assert NOON - moments[0] < timedelta(days=400)
    at_once = Message.objects.filter(state="sent").exclude(purpose__in=WAITS)
    sent = list(at_once.order_by("pk").values_list("sent_at", flat=True))
    assert sent == sorted(sent)
    refs = list(Order.objects.order_by("pk").values_list("ref", flat=True))
    assert refs == sorted(refs)


@shown
def a_fee_waits_for_its_sheet_and_says_so() -> None:
    lines = list(
        FeeLine.objects.filter(request__status=RequestStatus.APPROVED).select_related("request", "session")
    )
    holds = Holds(lines, {line.request_id: line.request.mission_id for line in lines})
    assert Proof.REFUSED in {hold.proof for line in lines for hold in holds.of(line)}


@shown
def the_books_are_closed_up_to_a_month() -> None:
    found = accounting.months()
    assert [m.closed is None for m in found[:3]] == [True, True, False]
    assert any(m.closed and m.invoices and m.paid > Money.zero() for m in found)
    owed = Money.total(row.amount for row in payments.owed())
    assert payments.aged_in_all(clock.today()).total == owed


@shown
def one_invoice_is_contested_one_put_right_and_one_differs() -> None:
    states = Counter(Invoice.objects.values_list("state", flat=True))
    assert (states["contested"], states["credited"]) == (1, 1)
    given = ReceivedInvoice.objects.select_related("payable").get()
    assert given.total == given.payable.total_excl + 10


@shown
def a_year_of_opinions_some_of_them_sharp_and_a_cold_survey_under_way() -> None:
    found = results(Scope(kind=QuestionnaireKind.HOT))
    assert found.told > 400
    (recommended,) = [figure for figure in found.figures if figure.topic == Topic.RECOMMEND]
    assert recommended.steps
    assert 7 < (recommended.steps.mean or 0) < 9
    assert len(recommended.months) > 8
    assert recommended.answers == Response.objects.filter(kind=QuestionnaireKind.HOT, counted=True).count()
    assert results(Scope(kind=QuestionnaireKind.COLD)).under_way
    lots = Counter(
        Response.objects.filter(counted=True, survey__anonymous=True).values_list("survey", flat=True)
    )
    assert min(lots.values()) >= FEWEST_TOLD
    assert Comment.objects.filter(masked=1).count() == 1
    assert not Response.objects.filter(survey__anonymous=True, enrolment__isnull=False).exists()


def test_the_same_seed_gives_the_same_world(db: None) -> None:
    def picture() -> list[tuple[Any, ...]]:
        with transaction.atomic():
            world.build(kinds=(money.stories, today.stories))
            people = ("session__ref", "participant__email", "participant__last_name", "enrolled_at")
            seen = [
                *Mission.objects.order_by("ref").values_list(
                    "ref", "order__title", "opened_at", "coordinator__user__email"
                ),
                *Assignment.objects.order_by("pk").values_list(
                    "session__ref", "facilitator__user__email", "status"
                ),
                *Enrolment.objects.order_by("pk").values_list(*people),
            ]
            transaction.set_rollback(True)
            return seen

    first = picture()
    assert len(first) > 200
    assert first == picture()


@pytest.mark.parametrize(
    "moment",
    ["2027-01-01 07:00", "2028-02-29 23:50", "2026-10-25 02:30", "2027-03-28 01:20", "2027-05-08 12:00"],
)
def test_any_day_will_do(db: None, now: Any, moment: str) -> None:
    now.move_to(moment)
    world.build(kinds=(today.stories,))
    assert figures(mission_of(VALMONT, "Quatre ateliers"), PLANNED) == (0,)
    assert HalfDay.objects.filter(day=clock.today()).count() >= 3
    (half_day,) = going_on_now()
    assert Signature.objects.filter(half_day=half_day).count() == 5
    assert Enrolment.objects.filter(session=half_day.session).count() == 9


def going_on_now() -> list[HalfDay]:
    """Half-days that began, are not over, and were signed by somebody."""
    now = clock.now()
    signed = Exists(Signature.objects.filter(half_day=OuterRef("pk")))
    return list(HalfDay.objects.filter(signed, starts_at__lt=now, ends_at__gt=now))


@shown
def sheets_are_in_each_state() -> None:
    states = Counter(SheetReview.objects.values_list("state", flat=True))
    assert set(states) == {"submitted", "accepted", "refused"}
    assert states["accepted"] > 50
    signed = Session.objects.filter(mission__order__title__contains="signés sur téléphone").order_by(
        "starts_at"
    )
    found = reviews(s.pk for s in signed)
    assert [found[s.pk].state if s.pk in found else "" for s in signed] == [
        "accepted",
        "refused",
        "submitted",
        "",
    ]
    assert [f.code for f in findings_of(signed[3].pk)] == ["signature_missing"]
    assert not any(findings_of(s.pk) for s in signed[:3])


@shown
def deposited_sheets_are_in_each_state() -> None:
    sessions = list(
        Session.objects.filter(mission__order__title__contains="signés sur papier").order_by("starts_at")
    )
    found = reviews(s.pk for s in sessions)
    standing = [found[s.pk].state if s.pk in found else "" for s in sessions]
    assert standing == ["accepted", "submitted", "", "", "", ""]
    files = DepositedFile.objects.filter(deposit__session__in=sessions).order_by(
        "deposit__session__starts_at"
    )
    assert [file.state for file in files] == ["read"] * 5 + ["waiting"]
    pages = DepositedPage.objects.filter(file__in=files).order_by("file__deposit__session__starts_at")
    assert [page.state for page in pages] == ["confirmed", "confirmed", "read", "read", "by_hand"]
    assert [page.boxes.filter(unsure=True).count() for page in pages] == [0, 0, 0, 2, 0]
    assert pages[3].boxes.filter(absent_ticked=True).exists()
    assert pages[3].boxes.filter(kind="free", signed=True).exists()


@shown
def schools_confirm_and_some_are_still_asked() -> None:
    confirmed = set(DeliveryConfirmation.objects.values_list("session", flat=True))
    asked = set(Message.objects.filter(purpose="delivery").values_list("session_id", flat=True))
    assert len(confirmed) > 5
    assert asked - confirmed


@shown
def what_was_accepted_can_be_checked_by_anybody() -> None:
    on_paper = Session.objects.filter(mission__order__title__contains="signés sur papier")
    on_phones = Session.objects.filter(mission__order__title__contains="signés sur téléphone")
    for sessions, kept in ((on_paper, "originals/"), (on_phones, "signatures/")):
        sealed = SealedFile.objects.get(session__in=sessions)
        packed = content(sealed.file)
        checked = check(packed)
        assert checked.whole
        with ZipFile(BytesIO(packed)) as archive:
            assert any(name.startswith(kept) for name in archive.namelist())
