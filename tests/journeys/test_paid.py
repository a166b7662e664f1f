"""A facilitator in France goes from nothing to paid: who she is, account, mandate, fee, invoice, transfer."""

import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from cordee.payments.queries import audit
from cordee.suppliers import queries
from cordee.suppliers.models import Mandate, Supplier
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import Letterbox, Visitor
from tests.journeys.money import DUE, asked_and_approved, held_session, link_in, paid_by_two
from tests.money import second_person, with_identity
from tests.suppliers.stories import IBAN, siret

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body
    return str(body.get_content())


def tells_who_she_is(noor: Visitor) -> None:
    noor.go("/paid/")
    noor.follow("Micro-enterprise")
    for name, value in (
        ("siret", siret(1)),
        ("address", "3 rue des Lilas"),
        ("postal_code", "59000"),
        ("city", "Lille"),
        ("since", "2027-01-01"),
    ):
        noor.page.locator(f"[name={name}]").fill(value)
    noor.press("Save")
    noor.sees("Is VAT charged?")
    noor.press(noor.page.locator("#vat button.main"))  # the answer of most micro-enterprises is there
    noor.page.locator("[name=bank-iban]").fill("FR76 3000 6000 0112 3456 7890 180")
    noor.press(noor.page.locator("#bank button.main"))
    noor.sees("This is not a valid IBAN.")
    noor.page.locator("[name=bank-iban]").fill(IBAN)
    noor.press("Save")
    noor.sees("Confirm the bank account")


def confirms_the_account(cast: Cast, reader: Visitor, letterbox: Letterbox) -> None:
    (asked,) = [m for m in letterbox.to(cast.noor.user.email) if "/b/" in text_of(m)]
    link = re.search(r"https?://[^/]+(/b/\S+)", text_of(asked))
    assert link
    reader.go(link[1])
    reader.reads("FR76 •••• •••• 189")
    reader.press("It is ours: confirm")
    reader.sees("It is confirmed: from now on it is paid to.")


def signs(cast: Cast, noor: Visitor, letterbox: Letterbox) -> None:
    noor.go("/paid/")
    noor.follow("Read and sign")
    noor.reads("Autofacturation")
    noor.press("Send the code")
    told = text_of(letterbox.to(cast.noor.user.email)[-1])
    code = re.search(r"\b(\d{3} \d{3})\b", told)
    assert code, told
    noor.page.locator("[name=code-code]").fill("000 000" if code[1] != "000 000" else "111 111")
    noor.press("Sign")
    noor.sees("This is not the code that was sent.")
    noor.page.locator("[name=code-code]").fill(code[1])
    noor.press("Sign")
    noor.sees("ready to be paid")
    noor.sees("Nothing: you are ready to be paid.")
    supplier = Supplier.objects.get()
    assert queries.readiness([supplier.pk], supplier.registered_at.date()) == {supplier.pk: []}


def answers_the_invoice(reader: Visitor, letterbox: Letterbox, cast: Cast) -> None:
    reader.go(link_in(letterbox.to(cast.noor.user.email)[-1], "i"))
    reader.reads("250,00")
    reader.press("It is right")


def test_from_nothing_to_paid(
    cast: Cast, now: MovableClock, visit: Callable[..., Visitor], letterbox: Letterbox
) -> None:
    with_identity()
    noor, farid = visit(cast.noor.user), visit(cast.farid)
    tells_who_she_is(noor)
    confirms_the_account(cast, noor, letterbox)
    signs(cast, noor, letterbox)
    assert Mandate.objects.get().file is not None
    farid.go("/suppliers/")
    farid.press(farid.page.get_by_role("link", name="Noor van den Berg").first)
    farid.reads("FR76 •••• •••• 189")
    farid.press(farid.page.locator("main form button.link"))
    farid.reads("FR76 3000 6000 0112 3456 7890 189")
    farid.sees("Looked at the whole bank account number.")

    held_session(cast, now)
    asked_and_approved(cast, visit(cast.camille.user), farid)
    answers_the_invoice(noor, letterbox, cast)
    now.move_to(DUE)
    paid_by_two(farid, visit(second_person()), "250,00")
    told = text_of(letterbox.to(cast.noor.user.email)[-1])
    assert "250,00" in told
    assert "V-2027-0001-1" in told
    noor.go("/my/fees/")
    noor.sees("paid on %(day)s", day="15 févr.")
    assert audit() == []
