"""The dashboards: what they say of a few missions. In the demo world every number is compared with its list."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.clients.states import Sector
from cordee.conformity.models import REASON_LABELS, Decision, SheetReview
from cordee.conformity.states import Reason
from cordee.enrolment import actions as enrolment
from cordee.enrolment.rules import Person
from cordee.fees.models import Payable, ReceivedInvoice
from cordee.files.actions import keep
from cordee.invoices import actions as invoices
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.missions.models import Order, OrderLine
from cordee.payments import actions as payments
from cordee.payments.models import Batch
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.suppliers.models import Supplier
from cordee.web.navigation import navigation
from tests.cast import Cast, draft
from tests.dashboards import wrong_on
from tests.money import approved, ready_supplier, the_invoice
from tests.papers import PDF
from tests.web.office.test_missions import many

OPERATIONS = "operations_dashboard"


def plan(cast: Cast, day: date, *, count: int = 1, staffed: bool = True) -> list[Session]:
    return planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(day),
        count=count,
        facilitator_ids=[cast.noor.pk] if staffed else [],
        by=COMMAND,
    )


def test_operations_read_what_waits_and_how_full_the_weeks_are(
    cast: Cast, seat: Any, words: Any, now: Any, settle: Any
) -> None:
    (session,) = plan(cast, date(2027, 1, 31))  # a Sunday: the last day of this week
    people = [Person(email=f"{n}@mairie.example", first_name=n, last_name="Roux") for n in ("ana", "bo")]
    enrolment.enrol(session_id=session.pk, people=people, by=COMMAND)
    plan(cast, date(2027, 2, 1), staffed=False)
    plan(cast, date(2027, 3, 22))  # in the ninth week
    settle()
    now.move_to("2027-01-29 09:00")
    client = seat(cast.olga)
    page = client.get(reverse(OPERATIONS))
    this, following, *others = page.context["weeks"]
    assert [(w.sessions.number, w.unstaffed.number) for w in (this, following)] == [(1, 0), (1, 1)]
    assert (this.taken.number, this.places, this.rate) == (2, 14, 14)
    assert not any(week.sessions for week in others)
    assert "Camille Rousset 1" in words(page)
    assert wrong_on(client, reverse(OPERATIONS)) == []
    listed = client.get(reverse("coming_sessions") + "?week=2027-01-27")  # any day of the week
    assert "1 session · Places taken: 2 of 14 (14%)" in words(listed)
    assert "Noor van den Berg" in words(listed)


def test_places_of_schools_which_keep_their_own_lists_are_not_counted(
    cast: Cast, seat: Any, words: Any
) -> None:
    plan(cast, date(2027, 1, 14))
    Order.objects.filter(pk=cast.mission.order_id).update(sector=Sector.EDUCATION)
    client = seat(cast.olga)
    week = client.get(reverse(OPERATIONS)).context["weeks"][1]
    assert (week.sessions.number, week.places, week.rate) == (1, 0, None)
    assert "the school's list" in words(client.get(week.sessions.url))


@pytest.mark.parametrize("week", ["", "x", "0001-01-01", "9999-12-31", "2027-02-30"])
def test_a_week_that_makes_no_sense_narrows_nothing(cast: Cast, seat: Any, week: str) -> None:
    plan(cast, date(2027, 1, 14))
    page = seat(cast.olga).get(reverse("coming_sessions") + f"?week={week}")
    assert len(page.context["rows"]) == 1


def test_finance_reads_what_waits_and_for_what(
    cast: Cast, seat: Any, words: Any, now: Any, settle: Any
) -> None:
    suppliers = [ready_supplier(cast, who, n) for n, who in enumerate((cast.noor, cast.elodie), start=1)]
    approved(cast, now, cast.noor, cast.elodie)
    settle()
    invoices.accept(invoice_id=the_invoice(suppliers[0]).pk, by=cast.actor(cast.noor))
    client = seat(cast.farid)

    def waits() -> dict[str, int]:
        found = client.get(reverse("finance_dashboard")).context["waits"]
        return {row.label: row.invoices.number for row in found}

    assert waits() == {"May be contested": 1, "Due later": 1}
    now.move_to("2027-02-15 09:00")
    assert waits() == {"May be contested": 1, "Can be paid": 1}
    assert wrong_on(client, reverse("finance_dashboard")) == []
    batch = payments.prepare(
        execute_on=date(2027, 2, 16), due_by=date(2027, 2, 15), by=cast.actor(cast.farid)
    )
    text = words(client.get(reverse("finance_dashboard")))
    assert "1 batch under way" in text
    assert wrong_on(client, reverse("finance_dashboard")) == []
    Batch.objects.filter(pk=batch.pk).update(state="cancelled")
    assert "1 batch under way" not in words(client.get(reverse("finance_dashboard")))


def test_quality_reads_why_sheets_were_refused_whatever_became_of_them(
    cast: Cast, seat: Any, now: Any
) -> None:
    (session,) = plan(cast, date(2027, 1, 14))
    review = SheetReview.objects.create(session=session, since=now.at, state="accepted")
    for reasons in (["copied", "unreadable"], ["copied"]):
        Decision.objects.create(review=review, round=1, move="refuse", reasons=reasons, at=now.at)
    client = seat(cast.quitterie)
    page = client.get(reverse("quality_dashboard"))
    assert {row["label"]: row["sheets"].number for row in page.context["reasons"]} == {
        REASON_LABELS[Reason.COPIED]: 1,
        REASON_LABELS[Reason.UNREADABLE]: 1,
    }
    assert page.context["refused"].number == 1
    assert wrong_on(client, reverse("quality_dashboard")) == []
    for asked, found in (("copied", 1), ("not_identified", 0), ("any", 1)):
        listed = client.get(reverse("sheets") + f"?reason={asked}")
        assert len(listed.context["rows"]) == found, asked
    now.move_to("2027-12-31 23:00")
    assert client.get(reverse("quality_dashboard")).context["refused"].number == 1
    now.move_to("2028-01-01 00:30")
    assert client.get(reverse("quality_dashboard")).context["refused"].number == 0


def test_sheets_that_quality_should_have_looked_at_have_a_list(cast: Cast, seat: Any, now: Any) -> None:
    (session,) = plan(cast, date(2027, 1, 14))
    review = SheetReview.objects.create(session=session, since=now.at, state="submitted")
    client = seat(cast.quitterie)
    assert client.get(reverse("sheets") + "?late=on").context["rows"] == []
    now.move_to("2027-01-09 12:01")
    listed = client.get(reverse("sheets") + "?late=on").context["rows"]
    assert [row.review.pk for row in listed] == [review.pk]
    assert wrong_on(client, reverse("quality_dashboard")) == []


def test_each_role_is_led_to_its_own_dashboard(cast: Cast) -> None:
    found = {}
    for who in (cast.olga, cast.farid, cast.quitterie, cast.ada):
        viewer: Any = SimpleNamespace(actor=cast.actor(who))
        found[who] = next(p.url for p in navigation(viewer, "/") if "/dashboards/" in p.url)
    assert [reverse(name) for name in (OPERATIONS, "finance_dashboard", "quality_dashboard", OPERATIONS)] == [
        *found.values()
    ]


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("olga", OPERATIONS),
        ("olga", "coming_sessions"),
        ("quitterie", "quality_dashboard"),
        ("farid", "finance_dashboard"),
        ("farid", "owed"),
    ],
)
def test_a_dashboard_costs_the_same_however_much_there_is(
    *, cast: Cast, seat: Any, now: Any, settle: Any, who: str, name: str
) -> None:
    supplier = ready_supplier(cast, cast.noor)
    approved(cast, now, cast.noor)
    settle()
    client = seat(getattr(cast, who))

    def cost() -> int:
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(name))
        return len(asked)

    _owe(supplier, range(1))
    few = cost()
    many(cast, 30)
    OrderLine.objects.filter(pk=cast.line.pk).update(quantity=99)
    for week in range(6):
        plan(cast, date(2027, 1, 25) + timedelta(weeks=week), count=5, staffed=False)
    _owe(supplier, range(1, 30))
    assert cost() == few <= 12


def _owe(supplier: Supplier, numbers: range) -> None:
    """Have a supplier give invoices of its own, which finance accepts."""
    file, now = keep(PDF, content_type="application/pdf"), clock.now()
    for number in numbers:
        payable = Payable.objects.create(
            supplier=supplier, month=date(2027, 1, 1), total_excl=100, opened_at=now
        )
        ReceivedInvoice.objects.create(
            payable=payable,
            supplier=supplier,
            file=file,
            number=f"F-{number}",
            issued_on=now.date(),
            excl=100,
            vat=0,
            total=100,
            state="accepted",
            due_on=now.date() + timedelta(days=60 + number),
            given_at=now,
        )


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("setting", "value"),
    [("jit", "off"), ("random_page_cost", "1.1"), ("max_parallel_workers_per_gather", "0")],
)
def test_postgresql_plans_for_short_questions(db: None, setting: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {setting}")
        assert cursor.fetchone() == (value,)
