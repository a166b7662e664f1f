"""A supplier answers an invoice from its mail, without logging in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.invoices.models import Contest
from cordee.invoices.states import Acceptance, InvoiceState
from cordee.mail.models import Message
from cordee.suppliers.models import Supplier
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import approved, ready_supplier, the_invoice, the_payable

type Settle = Callable[[], None]


@pytest.fixture
def supplier(cast: Cast, now: MovableClock, settle: Settle) -> Supplier:
    noors = ready_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    return noors


@pytest.fixture
def link(supplier: Supplier) -> str:
    """The address in the mail with the invoice."""
    (message,) = Message.objects.filter(purpose="invoice_issued")
    assert message.to_email == supplier.email
    assert the_invoice(supplier).number in message.subject
    return "/i/" + message.text.split("/i/")[1].split("/")[0] + "/"


def fields(page: Any, form: str) -> dict[str, Any]:
    bound = page.context["answer"].__getattribute__(form)
    return {f"{form}-form_token": bound["form_token"].value(), "answer": form}


def test_a_visit_changes_nothing(link: str, supplier: Supplier) -> None:
    page = Client().get(link)
    assert page.status_code == 200
    assert the_invoice(supplier).state == InvoiceState.ISSUED


def test_it_is_accepted_in_one_click_and_once(link: str, supplier: Supplier) -> None:
    client = Client()
    values = fields(client.get(link), "accept")
    for _twice in range(2):
        assert client.post(link, values).status_code == 302
    invoice = the_invoice(supplier)
    assert (invoice.state, invoice.accepted_as) == (InvoiceState.ACCEPTED, Acceptance.SUPPLIER)


def test_it_is_contested_line_by_line_with_words(link: str, supplier: Supplier) -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    page = client.get(link)
    line = the_invoice(supplier).lines.get()
    empty = client.post(link, fields(page, "contest"))
    assert empty.status_code == 422
    assert "No line of this invoice is contested" in empty.content.decode()
    values = fields(page, "contest") | {f"contest-line_{line.pk}": "C’était une journée"}
    assert client.post(link, values).status_code == 302
    assert the_invoice(supplier).state == InvoiceState.CONTESTED
    assert Contest.objects.get().line == line
    assert "C’était une journée" in client.get(link).content.decode()


def test_a_link_of_a_wrong_address_is_dead(link: str, supplier: Supplier) -> None:
    Supplier.objects.update(email="autre@reseau.example")
    assert Client().get(link).status_code == 410


def test_somebody_elses_invoice_is_not_there(cast: Cast, supplier: Supplier) -> None:
    client = Client()
    client.force_login(cast.elodie.user)
    for page in ("my_invoice", "my_invoice_pdf", "give_invoice"):
        assert client.get(reverse(page, args=[the_payable(supplier).pk])).status_code == 404
