"""Asking for fees: what is sent is what is seen."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cordee.fees import actions as fees
from cordee.fees.models import FeeRequest
from cordee.invoices import actions as invoices
from cordee.invoices.content import VatRule
from cordee.payments import actions as payments
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.planning.states import AssignmentStatus
from cordee.suppliers.actions import set_vat
from tests.cast import Cast, draft
from tests.money import approved, ready_supplier, second_person, the_invoice
from tests.suppliers.stories import BEGIN, registered, signed

TOKENS = [f"6f0f2a52-3c53-4a0e-9f43-1c3d1b1f2c{n:02d}" for n in range(9)]


@pytest.fixture
def path(cast: Cast) -> str:
    return reverse("mission_fees", args=[cast.mission.ref])


@pytest.fixture
def held(cast: Cast, sessions: list[Session], now: Any) -> list[Session]:
    """Three of four sessions have ended with a confirmed facilitator."""
    for session in sessions[1:3]:
        planning.set_status(
            assignment_id=session.assignments.get().pk,
            status=AssignmentStatus.CONFIRMED,
            by=cast.actor(cast.camille),
        )
    now.move_to("2027-01-14 12:30")
    return sessions


def test_before_anything_ended_nothing_can_be_asked_for(
    camille: Any, path: str, sessions: list[Session]
) -> None:
    html = camille.get(path)
    assert "There is no fee to ask for now." in html
    assert "Ask for these fees" not in html
    assert "Its fees can be asked for from" in html


def test_it_shows_exactly_what_is_sent(camille: Any, path: str, held: list[Session]) -> None:
    html = camille.get(path)
    assert html.count("€250.00") == 4
    assert "€750.00" in html
    assert "Idris Benkirane has not confirmed" in html
    assert reverse("session", args=[held[3].ref]) + "#staff" in html
    html = camille.follow(path, {"form_token": TOKENS[0], "total": "750.00"})
    assert "R-2027-0001-A" in html
    assert "to approve" in html
    request = FeeRequest.objects.get()
    assert sum(line.amount for line in request.lines.all()) == 750


def test_a_double_click_asks_once(camille: Any, path: str, held: list[Session]) -> None:
    for _ in range(2):
        camille.follow(path, {"form_token": TOKENS[0], "total": "750.00"})
    assert FeeRequest.objects.count() == 1


def test_what_changed_meanwhile_is_shown_instead_of_sent(
    camille: Any, path: str, cast: Cast, held: list[Session]
) -> None:
    planning.set_status(
        assignment_id=held[3].assignments.get().pk,
        status=AssignmentStatus.CONFIRMED,
        by=cast.actor(cast.olga),
    )
    html = camille.refused(path, {"form_token": TOKENS[0], "total": "750.00"})
    assert "have changed since this page was loaded" in html
    assert "€1,000.00" in html
    assert not FeeRequest.objects.exists()


def test_once_a_month_with_its_way_out(
    camille: Any, come: Any, path: str, cast: Cast, held: list[Session]
) -> None:
    camille.follow(path, {"form_token": TOKENS[0], "total": "750.00"})
    planning.set_status(
        assignment_id=held[3].assignments.get().pk,
        status=AssignmentStatus.CONFIRMED,
        by=cast.actor(cast.camille),
    )
    html = camille.get(path)
    assert "Fees were already asked for this month" in html
    assert "Ask for these fees" not in html
    allow = reverse("allow_request", args=[cast.mission.ref])
    assert allow not in html
    assert allow in come(cast.farid).get(path)
    camille.refused(path, {"form_token": TOKENS[1], "total": "250.00"})
    fees.allow_extra_request(mission_id=cast.mission.pk, reason="Fin de mois", by=cast.actor(cast.farid))
    camille.follow(path, {"form_token": TOKENS[2], "total": "250.00"})
    assert FeeRequest.objects.count() == 2


def test_with_sessions_to_come_it_is_early(camille: Any, path: str, cast: Cast, held: list[Session]) -> None:
    planning.cancel_session(session_id=held[3].pk, reason="Report", by=cast.actor(cast.olga))
    planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(date(2027, 2, 4)),
        facilitator_ids=[cast.noor.pk],
        by=cast.actor(cast.camille),
    )
    assert "early: sessions are still to come" in camille.get(path)


def test_a_returned_request_says_why(camille: Any, path: str, cast: Cast, held: list[Session]) -> None:
    request = fees.request_fees(mission_id=cast.mission.pk, by=cast.actor(cast.camille))
    fees.return_request(request_id=request.pk, reason="Tarif à revoir", by=cast.actor(cast.farid))
    html = camille.get(path)
    assert "Returned by Farid Amrani" in html
    assert "Tarif à revoir" in html
    assert "Ask for these fees" in html
    html = camille.get(reverse("mission", args=[cast.mission.ref]))
    assert "Finance returned the last request" in html
    assert "Tarif à revoir" in html


def test_only_who_runs_the_mission_asks(come: Any, path: str, cast: Cast, held: list[Session]) -> None:
    farid = come(cast.farid)
    assert "The coordinator asks for them." in farid.get(path)
    assert farid.post(path, {"form_token": TOKENS[0], "total": "750.00"}).status_code == 403
    come(cast.elodie).get(path, status=404)


def test_who_cannot_be_invoiced_is_seen_before_fees_are_asked(
    camille: Any, cast: Cast, path: str, sessions: list[Session], django_assert_max_num_queries: Any
) -> None:
    assert "The mandate to make invoices" not in camille.get(path)
    supplier = registered(cast)
    page = camille.get(path)
    assert "The mandate to make invoices in the name of Noor van den Berg is not signed." in page
    assert "It is not known through whom they bill." in page, "the others"
    set_vat(
        supplier_id=supplier.pk,
        service_type_id=None,
        rule=VatRule.FRANCHISE,
        since=BEGIN,
        by=cast.actor(cast.noor),
    )
    signed(cast, supplier)
    with django_assert_max_num_queries(20):
        assert "Noor van den Berg is not signed" not in camille.get(path)


def test_where_the_money_of_each_fee_is(
    cast: Cast, now: Any, settle: Any, come: Any, django_assert_max_num_queries: Any
) -> None:
    supplier = ready_supplier(cast)
    request = approved(cast, now, cast.noor, cast.idris)
    settle()
    number = the_invoice(supplier).number
    pages = [
        (come(cast.camille), reverse("mission_fees", args=[request.mission.ref])),
        (come(cast.farid), reverse("fee_request", args=[request.ref])),
    ]
    for browser, path in pages:
        with django_assert_max_num_queries(20):
            html = browser.get(path)
        assert html.count(f"invoice {number}, to contest until") == 1
        assert html.count("to be invoiced") == 1, "nobody bills for Idris yet"
    invoices.accept(invoice_id=the_invoice(supplier).pk, by=cast.actor(cast.noor))
    now.move_to("2027-02-15 09:00")
    farid, fanny = cast.actor(cast.farid), cast.actor(second_person())
    batch = payments.prepare(execute_on=date(2027, 2, 16), due_by=date(2027, 2, 28), by=farid)
    assert browser.get(path).count("paid on 16 Feb, in preparation") == 1
    payments.approve(batch_id=batch.pk, by=fanny)
    payments.export(batch_id=batch.pk, by=farid)
    now.move_to("2027-02-16 09:00")
    payments.mark_executed(batch_id=batch.pk, on=date(2027, 2, 16), by=farid)
    for browser, path in pages:
        html = browser.get(path)
        assert (html.count("paid on 16 Feb"), html.count("in preparation")) == (1, 0)
