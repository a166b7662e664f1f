"""Where the money goes, as people do it: abroad, and contested from the mail."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cordee.invoices.models import Invoice
from cordee.payments.queries import audit
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import Letterbox, Visitor, words
from tests.journeys.money import DUE, asked_and_approved, held_session, link_in, paid_by_two
from tests.money import ready_supplier, second_person, with_identity
from tests.papers import PDF

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_abroad_ones_own_invoice_is_given_in_another_currency_and_paid_in_euros(
    cast: Cast,
    now: MovableClock,
    visit: Callable[..., Visitor],
    letterbox: Letterbox,
    tmp_path: Path,
) -> None:
    with_identity()
    noor, farid = visit(cast.noor.user), visit(cast.farid)
    says_that_they_are_abroad(noor)
    (asked,) = [m for m in letterbox.to(cast.noor.user.email) if "/b/" in str(m.get_body(("plain",)))]
    noor.go(link_in(asked, "b"))
    noor.press("It is ours: confirm")
    held_session(cast, now)
    asked_and_approved(cast, visit(cast.camille.user), farid)

    noor.go("/my/fees/")
    noor.press(noor.page.locator("main").get_by_role("link", name=words("Send my invoice")).first)
    invoice = tmp_path / "2027-7.pdf"
    invoice.write_bytes(PDF)
    noor.page.locator("[name=file]").set_input_files(invoice)
    noor.press("Continue")
    for name, value in (
        ("number", "2027-7"),
        ("issued_on", "2027-01-14"),
        ("excl", "235.00"),
        ("total", "235.00"),
    ):
        noor.page.locator(f"[name={name}]").fill(value)
    noor.page.locator("[name=currency]").select_option("CHF")
    noor.press("Send it")
    noor.reads(words("The rate of the day is missing, or where it was read."))
    noor.page.locator("[name=rate]").fill("0.94")
    noor.page.locator("[name=rate_source]").fill("BCE, 14 janvier 2027")
    noor.press("Send it")
    noor.sees("invoice %(number)s: finance looks at it", number="2027-7")

    farid.go("/invoices/")
    farid.press(farid.page.get_by_role("link", name="2027-7"))
    farid.sees("It is in another currency: the euros agreed are paid.")
    farid.reads("BCE, 14 janvier 2027")
    farid.press("Accept")
    now.move_to(DUE)
    paid_by_two(farid, visit(second_person()), "250,00")
    noor.go("/my/fees/")
    noor.sees("paid on %(day)s", day="15 févr.")
    assert audit() == []


def says_that_they_are_abroad(noor: Visitor) -> None:
    noor.go("/paid/")
    noor.follow("Structure abroad")
    noor.page.locator("[name=country]").select_option("CH")
    for name, value in (
        ("name", "Noor Conseil Sàrl"),
        ("foreign_number", "CHE-123.456.789"),
        ("address", "3 rue du Lac"),
        ("postal_code", "1003"),
        ("city", "Lausanne"),
        ("since", "2027-01-01"),
    ):
        noor.page.locator(f"[name={name}]").fill(value)
    noor.press("Save")
    noor.page.locator("[name=bank-iban]").fill("CH93 0076 2011 6238 5295 7")
    noor.press(noor.page.locator("#bank button.main"))


def test_contested_from_the_mail_credited_and_issued_anew(
    cast: Cast, now: MovableClock, visit: Callable[..., Visitor], letterbox: Letterbox
) -> None:
    ready_supplier(cast)
    held_session(cast, now)
    farid = visit(cast.farid)
    asked_and_approved(cast, visit(cast.camille.user), farid)
    reader = visit()
    reader.go(link_in(letterbox.to(cast.noor.user.email)[-1], "i"))
    reader.reads("250,00")
    reader.page.get_by_text(words("Something is wrong"), exact=True).click()
    reader.page.locator("#answer textarea").first.fill("Nous avions dit 300 € pour la journée.")
    reader.press("Contest the invoice")
    reader.sees("Finance looks at it")

    first = Invoice.objects.get()
    farid.go("/invoices/?status=contested")
    farid.press(farid.page.get_by_role("link", name=first.number))
    farid.reads("Nous avions dit 300 € pour la journée.")
    farid.page.locator("[name=correct-reason]").fill("C'est juste : 300 €.")
    farid.page.locator("[name=correct-unit_1]").fill("300")
    farid.press("Credit it and issue it anew")
    farid.reads("300,00")

    again = letterbox.to(cast.noor.user.email)[-1]
    reader.go(link_in(again, "i"))
    reader.reads("300,00")
    reader.press("It is right")
    reader.reads(words("accepted"))
    kinds = list(Invoice.objects.order_by("position").values_list("kind", "state", "total"))
    assert [kind for kind, _state, _total in kinds] == ["389", "261", "389"]
    assert [int(total) for _kind, _state, total in kinds] == [250, 250, 300]
    assert audit() == []
