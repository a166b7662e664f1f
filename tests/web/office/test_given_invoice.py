"""A supplier's own invoice: the file first, then what it says of itself or what is typed once."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cordee.fees import actions as fees
from cordee.fees.models import Payable, ReceivedInvoice
from cordee.fees.rules import invoice_is_new
from cordee.invoices import reading
from cordee.invoices.cii import xml_of
from cordee.invoices.content import Content, Party
from cordee.invoices.drawing import facturx_of
from cordee.invoices.states import Kind
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.payments import queries as payments
from cordee.suppliers.models import Supplier
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.invoices import strangers
from tests.invoices.drafts import SOLE_TRADER, draft, line
from tests.invoices.test_reading import holding
from tests.money import approved, known_supplier, the_payable
from tests.papers import NOT_A_PDF, PDF
from tests.suppliers.stories import registered

type Settle = Callable[[], None]


@pytest.fixture
def supplier(cast: Cast, now: MovableClock, settle: Settle) -> Supplier:
    """Noor's supplier, without a mandate: 250 € are expected by an invoice of its own."""
    noors = known_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    return noors


@pytest.fixture
def noor(cast: Cast, supplier: Supplier, seat: Any) -> Any:
    return seat(cast.noor.user)


def party(supplier: Supplier, **changes: Any) -> Party:
    account = supplier.accounts.get()
    known = {"name": supplier.name, "siren": supplier.siren, "siret": supplier.siret, "iban": account.iban}
    return replace(SOLE_TRADER, **{**known, **changes})


def facturx(seller: Party, price: str = "250", **changes: Any) -> bytes:
    written = replace(draft(seller, line(price)), issued_on=clock.today() - timedelta(days=1), **changes)
    return facturx_of(Content(kind=Kind.INVOICE, number="N-7", draft=written))


def give(client: Any, payable: Payable, content: bytes) -> Any:
    here = reverse("give_invoice", args=[payable.pk])
    token = client.get(here).context["file_form"]["form_token"].value()
    return client.post(here, {"form_token": token, "file": SimpleUploadedFile("facture.pdf", content)})


def filled(page: Any, **changes: Any) -> dict[str, Any]:
    form = page.context["form"]
    return {name: value for name in form.fields if (value := form[name].value()) is not None} | changes


def test_a_factur_x_fills_the_fields_and_agrees_with_what_is_due(noor: Any, supplier: Supplier) -> None:
    payable = the_payable(supplier)
    page = give(noor, payable, facturx(party(supplier)))
    sent = filled(page)
    assert (sent["number"], sent["total"], sent["currency"]) == ("N-7", Decimal("250.00"), "EUR")
    assert noor.post(page.request["PATH_INFO"], sent).status_code == 302
    received = ReceivedInvoice.objects.get()
    assert received.differences == []
    read = reading.received(json.dumps(received.read).encode())
    assert read is not None
    assert (read.number, read.total, read.sellers_siren) == ("N-7", Decimal("250.00"), supplier.siren)


@pytest.mark.parametrize(
    ("file", "typed", "difference"),
    [
        (({}, "260"), {}, "amount"),
        (({}, "260"), {"excl": "250", "total": "250"}, "file"),
        (({"siren": "732829320", "siret": ""}, "250"), {}, "supplier"),
        (({"siren": "", "siret": "", "name": "Un Autre"}, "250"), {}, "supplier"),
        (({"iban": "DE89370400440532013000"}, "250"), {}, "iban"),
    ],
)
def test_what_differs_is_told_to_finance(
    noor: Any, supplier: Supplier, file: Any, typed: Any, difference: str
) -> None:
    payable = the_payable(supplier)
    seller, price = file
    page = give(noor, payable, facturx(party(supplier, **seller), price))
    noor.post(page.request["PATH_INFO"], filled(page, **typed))
    assert ReceivedInvoice.objects.get().differences == [difference]


def test_lines_are_compared_unless_one_stands_for_all(noor: Any, supplier: Supplier) -> None:
    payable = the_payable(supplier)
    split = replace(draft(party(supplier), line("200"), line("50")), issued_on=clock.today())
    page = give(noor, payable, facturx_of(Content(kind=Kind.INVOICE, number="N-8", draft=split)))
    noor.post(page.request["PATH_INFO"], filled(page))
    assert ReceivedInvoice.objects.get().differences == ["lines"]


def test_a_page_alone_is_typed_once_and_nothing_is_lost_when_refused(
    noor: Any, supplier: Supplier, words: Any
) -> None:
    payable = the_payable(supplier)
    page = give(noor, payable, PDF)
    assert "type what stands on it" in words(page)
    tomorrow = clock.today() + timedelta(days=1)
    sent = filled(page, number="2027-7", issued_on=tomorrow.isoformat(), excl="250", vat="0", total="250")
    again = noor.post(page.request["PATH_INFO"], sent)
    assert again.status_code == 422
    assert filled(again)["number"] == "2027-7"
    kept = filled(again, issued_on=clock.today().isoformat())
    assert noor.post(page.request["PATH_INFO"], kept).status_code == 302
    received = ReceivedInvoice.objects.get()
    assert (received.number, received.read, received.file.size) == ("2027-7", None, len(PDF))


def test_what_is_accepted_with_a_difference_is_what_is_told_everywhere(
    cast: Cast, noor: Any, supplier: Supplier, words: Any
) -> None:
    payable = the_payable(supplier)
    page = give(noor, payable, facturx(party(supplier), "260"))
    noor.post(page.request["PATH_INFO"], filled(page))
    fees.accept_received(received_id=ReceivedInvoice.objects.get().pk, by=cast.actor(cast.farid))
    fee = payable.lines.get().fee_line
    assert payments.whereabouts([fee])[fee.pk].amount == Money(Decimal(260))
    assert [row.amount for row in payments.owed([supplier.pk])] == [Money(Decimal(260))]
    assert "corrected: €250.00 had been approved" in words(noor.get(reverse("my_fees")))


def test_the_file_is_read_beside_the_form(cast: Cast, noor: Any, seat: Any, supplier: Supplier) -> None:
    page = give(noor, the_payable(supplier), PDF)
    beside = {"given": page.context["form"]["given"].value()}
    shown = noor.get(page.request["PATH_INFO"], beside)
    assert (shown["Content-Type"], shown.content) == ("application/pdf", PDF)
    assert seat(cast.camille.user).get(page.request["PATH_INFO"], beside).status_code == 404
    assert noor.get(page.request["PATH_INFO"], {"given": "1:x"}).status_code == 302


def test_a_file_that_is_no_pdf_or_was_given_for_other_fees_is_refused(
    noor: Any, supplier: Supplier, words: Any
) -> None:
    payable = the_payable(supplier)
    refused = give(noor, payable, NOT_A_PDF)
    assert refused.status_code == 422
    assert "not a PDF" in words(refused)
    locked = give(noor, payable, strangers.holding({}, password="s3cret"))
    assert locked.status_code == 422
    assert "asks for a password" in words(locked)
    page = give(noor, payable, PDF)
    others = Payable.objects.create(
        supplier=supplier, month=date(2027, 1, 1), total_excl=1, opened_at=clock.now()
    )
    stolen = filled(page) | {"given": page.context["form"]["given"].value()[:-1] + "x"}
    assert noor.post(page.request["PATH_INFO"], stolen).url == page.request["PATH_INFO"]
    assert not ReceivedInvoice.objects.filter(payable=others).exists()
    assert not ReceivedInvoice.objects.exists()


def test_an_invoice_in_francs_says_so(noor: Any, supplier: Supplier) -> None:
    payable = the_payable(supplier)
    in_euros = xml_of(Content(kind=Kind.INVOICE, number="N-9", draft=draft(party(supplier), line("240"))))
    assert b"EUR" in in_euros
    page = give(noor, payable, holding(("factur-x.xml", in_euros.replace(b"EUR", b"CHF"))))
    sent = filled(page)
    assert (sent["currency"], sent["total"]) == ("CHF", Decimal("240.00"))
    refused = noor.post(page.request["PATH_INFO"], sent)
    assert refused.status_code == 422, "the rate of the day is missing"
    noor.post(page.request["PATH_INFO"], filled(refused, rate="0.96", rate_source="BCE"))
    assert ReceivedInvoice.objects.get().differences == ["currency"]


def test_finance_records_what_came_by_post(cast: Cast, supplier: Supplier, seat: Any, words: Any) -> None:
    payable, farid = the_payable(supplier), seat(cast.farid)
    assert "Record it" in words(farid.get(f"{reverse('invoices')}?status=expected"))
    here = reverse("record_invoice", args=[payable.pk])
    token = farid.get(here).context["file_form"]["form_token"].value()
    page = farid.post(here, {"form_token": token, "file": SimpleUploadedFile("lettre.pdf", PDF)})
    sent = filled(page, number="P-1", issued_on=clock.today().isoformat(), excl="250", vat="0", total="250")
    assert farid.post(here, sent).url == f"{reverse('invoices')}?status=received"
    received = ReceivedInvoice.objects.get()
    assert (received.number, received.given_by, received.differences) == ("P-1", cast.farid.pk, [])
    again = farid.post(here, filled(page, **sent) | {"form_token": token, "number": "P-2"})
    assert again.status_code in {302, 422}
    assert ReceivedInvoice.objects.count() == 1


@pytest.mark.parametrize(
    "number", ["n-7", "N - 7", " N-7 ", "N–7", "\uff2e-\uff17", "N\u00a0-\u200b7", "N\u00ad-\u20607\ufeff"]
)
def test_a_number_is_given_once_however_it_is_typed(
    cast: Cast, noor: Any, supplier: Supplier, number: str
) -> None:
    payable = the_payable(supplier)
    page = give(noor, payable, facturx(party(supplier)))
    noor.post(page.request["PATH_INFO"], filled(page))
    assert ReceivedInvoice.objects.get().number == "N-7"
    assert [b.code for b in invoice_is_new(payable, number, file_id=0)] == ["number_given_twice"]
    assert list(invoice_is_new(payable, "N-77", file_id=0)) == []


def test_a_file_is_given_once_whoever_gives_it(cast: Cast, noor: Any, supplier: Supplier) -> None:
    """Somebody who became another supplier has the same invoice still."""
    page = give(noor, the_payable(supplier), facturx(party(supplier)))
    noor.post(page.request["PATH_INFO"], filled(page))
    other = Payable(supplier=registered(cast, cast.camille, 8))
    (blocker,) = invoice_is_new(other, "Z-1", ReceivedInvoice.objects.get().file_id)
    assert blocker.code == "file_given_twice"
