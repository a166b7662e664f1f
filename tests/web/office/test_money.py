"""Finance's pages of invoices and payments: the queue, the answer to a contest, two persons, the bank's file."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.urls import reverse
from pypdfium2 import PdfDocument

from cordee.fees import actions as fees
from cordee.fees.models import FeeRequest
from cordee.fees.queries import Stated
from cordee.invoices import actions as invoices
from cordee.invoices.models import Transmission, TransmissionNews
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.payments.models import Batch
from cordee.suppliers import actions as suppliers
from cordee.suppliers.models import Supplier
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import (
    IBANS,
    approved,
    known_supplier,
    ready_supplier,
    second_person,
    the_invoice,
    the_payable,
)
from tests.papers import PDF
from tests.suppliers.stories import BY_LINK

type Settle = Callable[[], None]


@pytest.fixture
def supplier(cast: Cast, now: MovableClock, settle: Settle) -> Supplier:
    """Noor's supplier, with an invoice of 250 € in its name."""
    noors = ready_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    return noors


def test_a_batch_goes_through_two_persons_to_the_bank(
    cast: Cast, now: MovableClock, supplier: Supplier, seat: Any, words: Any
) -> None:
    fanny = second_person()
    invoices.accept(invoice_id=the_invoice(supplier).pk, by=cast.actor(cast.noor))
    now.move_to("2027-02-15 09:00")
    farid, second = seat(cast.farid), seat(fanny)
    page = farid.get(reverse("payments"))
    assert "€250.00" in words(page)
    token = page.context["form"]["form_token"].value()
    answer = farid.post(
        reverse("prepare_batch"),
        {
            "form_token": token,
            "due_by": "2027-02-22",
            "execute_on": "2027-02-16",
            "suppliers": [supplier.pk],
        },
    )
    batch = Batch.objects.get()
    assert answer.url == reverse("batch", args=[batch.ref])
    assert "Somebody else has to approve what you prepared" in words(farid.get(answer.url))
    assert "Approve" in words(second.get(answer.url))
    second.post(reverse("approve_batch", args=[batch.ref]))
    file = second.post(reverse("bank_file", args=[batch.ref]))
    assert (file.status_code, file["Content-Type"]) == (200, "application/xml")
    assert b"<InstdAmt" in file.content
    page = second.get(answer.url)
    assert "given to the bank" in words(page)
    second.post(
        reverse("executed_batch", args=[batch.ref]),
        {"executed-form_token": page.context["executed"]["form_token"].value(), "executed-on": "2027-02-15"},
    )
    assert "executed" in words(second.get(answer.url))
    noor = seat(cast.noor.user)
    assert "paid on 15 Feb" in words(noor.get(reverse("my_fees")))
    told = (
        noor.get(reverse("my_statement", args=[2027])).content.decode("utf-8-sig").splitlines()[1].split(";")
    )
    number = the_invoice(supplier).number
    assert told[0] == "2027-01-14"
    assert told[4:] == ["3,00", "250,00", number, "2027-02-15", f"{batch.ref}-1"]


def test_a_corrected_fee_is_the_same_wherever_it_is_shown(
    cast: Cast, supplier: Supplier, seat: Any, words: Any
) -> None:
    fees.correct(
        payable_id=the_payable(supplier).pk,
        amounts={1: Money(Decimal(200))},
        reason="Demi-journée",
        by=cast.actor(cast.farid),
    )
    noor, ref = seat(cast.noor.user), FeeRequest.objects.get().ref
    assert "corrected: €250.00 had been approved" in words(noor.get(reverse("my_fees")))
    row = noor.get(reverse("my_statement", args=[2027])).content.decode("utf-8-sig").splitlines()[1]
    assert row.split(";")[5] == "200,00"
    paper = noor.get(reverse("my_statement_pdf", args=[2027]))
    assert paper["Content-Type"] == "application/pdf"
    with PdfDocument(paper.content) as pdf:
        printed = " ".join(page.get_textpage().get_text_range() for page in pdf)
    for told in ("Fees of 2027", str(cast.noor), "€200.00", "3\xa0h", the_invoice(supplier).number):
        assert told in printed, told
    assert "€250.00" not in printed
    for who, address in (
        (cast.farid, reverse("fee_request", args=[ref])),
        (cast.olga, reverse("mission_fees", args=[cast.mission.ref])),
    ):
        assert "corrected: €200.00" in words(seat(who).get(address)), address


def test_the_end_of_the_month_is_done_once(
    cast: Cast, now: MovableClock, supplier: Supplier, seat: Any, words: Any
) -> None:
    invoices.accept(invoice_id=the_invoice(supplier).pk, by=cast.actor(cast.noor))
    now.move_to("2027-02-26 09:00")
    farid = seat(cast.farid)
    assert "Do the end of the month" in words(farid.get(reverse("payments")))
    answer = farid.post(reverse("end_of_month"))
    assert answer.url == reverse("batch", args=[Batch.objects.get().ref])
    again = farid.post(reverse("end_of_month"), follow=True)
    assert "There is nothing more to pay by" in words(again)
    assert Batch.objects.count() == 1
    assert "Do the end of the month" not in words(seat(cast.olga).get(reverse("payments")))


def test_what_waits_says_why_and_whose_turn(cast: Cast, supplier: Supplier, seat: Any, words: Any) -> None:
    text = words(seat(cast.farid).get(reverse("payments")))
    assert "Nothing can be paid now" in text
    assert f"{the_invoice(supplier).number} can be contested until" in text


def test_a_contest_is_kept_or_put_right(
    cast: Cast, supplier: Supplier, seat: Any, words: Any, settle: Settle
) -> None:
    invoice = the_invoice(supplier)
    invoices.contest(
        invoice_id=invoice.pk,
        reasons={invoice.lines.get().pk: "Nous avions dit 300 €"},
        by=cast.actor(cast.noor),
    )
    farid = seat(cast.farid)
    listed = words(farid.get(reverse("invoices") + "?status=contested"))
    assert invoice.number in listed
    page = farid.get(reverse("invoice", args=[invoice.pk]))
    assert "Nous avions dit 300 €" in words(page)
    farid.post(
        reverse("correct_invoice", args=[invoice.pk]),
        {
            "correct-form_token": page.context["correct"]["form_token"].value(),
            "correct-reason": "Accord du 3 janvier",
            "correct-unit_1": "300",
        },
    )
    again = the_payable(supplier)
    assert again.total_excl == Decimal(300)
    text = words(farid.get(reverse("invoice", args=[again.invoice_id])))
    assert f"takes the place of {invoice.number}" in text
    assert "credited" in words(farid.get(reverse("invoice", args=[invoice.pk])))


def test_finance_sees_how_far_an_invoice_is_with_the_platform(
    cast: Cast, supplier: Supplier, seat: Any, words: Any
) -> None:
    invoice, farid = the_invoice(supplier), seat(cast.farid)
    assert "Approved platform" not in words(farid.get(reverse("invoice", args=[invoice.pk])))
    sent = Transmission.objects.create(invoice=invoice, reference="F-77", problem="No answer")
    TransmissionNews.objects.create(
        transmission=sent, code="200", at=clock.now(), message="Déposée", told_at=clock.now()
    )
    text = words(farid.get(reverse("invoice", args=[invoice.pk])))
    for told in ("Approved platform", "to hand over", "F-77", "No answer", "Déposée"):
        assert told in text


def test_a_suppliers_own_invoice_is_compared_and_returned(
    cast: Cast, now: MovableClock, settle: Settle, seat: Any, words: Any
) -> None:
    supplier = known_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    payable = the_payable(supplier)
    stated = Stated(
        number="2027-7", issued_on=clock.today(), excl=Decimal(260), vat=Decimal(0), total=Decimal(260)
    )
    received = fees.give_invoice(payable_id=payable.pk, content=PDF, stated=stated, by=cast.actor(cast.noor))
    farid = seat(cast.farid)
    assert "€260.00 excluding VAT, where €250.00 is due: €10.00 too much." in words(
        farid.get(reverse("invoices"))
    )
    page = farid.get(reverse("received_invoice", args=[received.pk]))
    assert "2027-7" in words(page)
    farid.post(
        reverse("return_received", args=[received.pk]),
        {"return-form_token": page.context["form"]["form_token"].value(), "return-reason": "10 € de trop"},
    )
    settle()
    noor = seat(cast.noor.user)
    assert "your invoice is expected" in words(noor.get(reverse("my_fees")))
    assert "€250.00 excluding VAT" in words(noor.get(reverse("give_invoice", args=[payable.pk])))


@pytest.mark.parametrize(
    "status", ["received", "contested", "issued", "expected", "accepted", "credited", "?"]
)
def test_every_queue_opens_and_costs_the_same(
    cast: Cast, supplier: Supplier, seat: Any, status: str, django_assert_max_num_queries: Any
) -> None:
    client = seat(cast.farid)
    with django_assert_max_num_queries(12):
        client.get(f"{reverse('invoices')}?status={status}")


def _another_account(cast: Cast, supplier: Supplier, *, confirmed: bool) -> None:
    account = suppliers.propose_account(
        supplier_id=supplier.pk, iban=IBANS[1], bic="", holder=supplier.name, by=cast.actor(cast.noor)
    )
    if confirmed:
        suppliers.confirm_account(account_id=account.pk, by=BY_LINK)


def _papers_hold(cast: Cast, _supplier: Supplier) -> None:
    organisation.update(
        changes=OrganisationChanges(papers_hold=True, papers_from_amount=0),
        expected_version=None,
        by=cast.actor(cast.ada),
    )


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (partial(_another_account, confirmed=False), "is not confirmed. Whoever reads the mails of"),
        (partial(_another_account, confirmed=True), "is new: nothing is paid to it yet"),
        (_papers_hold, "The supplier gives it under “How I am paid”"),
    ],
)
def test_what_holds_a_payment_is_told_wherever_the_fee_is_shown(  # noqa: PLR0917 - fixtures, and a case
    cast: Cast,
    supplier: Supplier,
    seat: Any,
    words: Any,
    trouble: Any,
    told: str,
    django_assert_max_num_queries: Any,
) -> None:
    invoices.accept(invoice_id=the_invoice(supplier).pk, by=cast.actor(cast.noor))
    request = FeeRequest.objects.get()
    pages = [
        (seat(cast.camille), reverse("mission_fees", args=[cast.mission.ref])),
        (seat(cast.noor), reverse("my_fees")),
        (seat(cast.farid), reverse("fee_request", args=[request.ref])),
    ]
    for client, address in pages:
        assert told not in words(client.get(address)), "nothing holds it"
    trouble(cast, supplier)
    for client, address in pages:
        assert told in words(client.get(address)), address
    with django_assert_max_num_queries(12):
        pages[1][0].get(pages[1][1])
