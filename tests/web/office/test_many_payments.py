"""More to pay than a page shows: the rest is paid with it, or not; of a batch, one payment is found."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from cordee.invoices import actions as invoices
from cordee.payments.models import Batch, Payment
from cordee.suppliers.models import Supplier
from cordee.web.office.money import batches, payments
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import approved, ready_supplier, the_invoice


@pytest.fixture
def three(cast: Cast, now: MovableClock, settle: Callable[[], None]) -> list[Supplier]:
    """Three suppliers to be paid, of whom a page shows two."""
    people = [cast.noor, cast.camille, cast.elodie]
    found = [
        ready_supplier(cast, person, n, name=person.full_name) for n, person in enumerate(people, start=1)
    ]
    approved(cast, now, *people)
    settle()
    for supplier, person in zip(found, people, strict=True):
        invoices.accept(invoice_id=the_invoice(supplier).pk, by=cast.actor(person))
    now.move_to("2027-02-15 09:00")
    return found


@pytest.fixture(autouse=True)
def _two_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (payments, batches):
        monkeypatch.setattr(module, "SHOWN", 2)


def send(farid: Any, ticked: list[Supplier], **changes: object) -> Any:
    page = farid.get(reverse("payments"))
    given = {
        "form_token": page.context["form"]["form_token"].value(),
        "due_by": "2027-02-22",
        "execute_on": "2027-02-16",
        "shown": [proposal.supplier_id for proposal, _ticked in page.context["ready"]],
        "suppliers": [supplier.pk for supplier in ticked],
    }
    return farid.post(reverse("prepare_batch"), given | changes)


def paid() -> set[int]:
    return set(Payment.objects.values_list("supplier_id", flat=True))


def test_those_that_are_not_on_the_page_are_paid_with_it_or_not(
    cast: Cast, three: list[Supplier], seat: Any, words: Any
) -> None:
    farid = seat(cast.farid)
    text = words(farid.get(reverse("payments")))
    assert "and 1 more supplier" in text
    assert three[2].name not in text
    send(farid, three[:1])
    assert paid() == {three[0].pk}
    send(farid, [], others="on")
    assert paid() == {three[0].pk}, "now the other two are on the page, and not ticked"


def test_what_is_not_ticked_is_not_paid_with_the_others(cast: Cast, three: list[Supplier], seat: Any) -> None:
    send(seat(cast.farid), three[:1], others="on")
    assert paid() == {three[0].pk, three[2].pk}


def test_what_was_ticked_is_kept_when_the_bank_cannot_pay_that_day(
    cast: Cast, three: list[Supplier], seat: Any
) -> None:
    page = send(seat(cast.farid), three[1:2], execute_on="2027-01-01")
    assert page.status_code != 302
    assert [ticked for _proposal, ticked in page.context["ready"]] == [False, True]
    assert not page.context["form"]["others"].value()
    assert not Batch.objects.exists()


def test_numbers_that_nobody_has_pay_nothing(cast: Cast, three: list[Supplier], seat: Any) -> None:
    send(seat(cast.farid), [], suppliers=["x", "9" * 40, "999"])
    assert paid() == set()


def test_one_payment_of_a_long_batch_is_found(cast: Cast, three: list[Supplier], seat: Any) -> None:
    farid = seat(cast.farid)
    send(farid, three[:2], others="on")
    address = reverse("batch", args=[Batch.objects.get().ref])
    first, second = farid.get(address), farid.get(f"{address}?page=2")
    assert [len(page.context["payments"]) for page in (first, second)] == [2, 1]
    found = farid.get(address, {"q": the_invoice(three[2]).number.lower()})
    assert [p.supplier_id for p, _kind, _words in found.context["payments"]] == [three[2].pk]
    assert len(farid.get(address, {"q": three[1].name}).context["payments"]) == 1
