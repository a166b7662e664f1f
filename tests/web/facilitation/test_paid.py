"""“How I am paid”: the kind first, then only what it needs; what is missing on top; one form for each part."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cordee.accounts.models import User
from cordee.invoices.content import VatRule
from cordee.network.models import Facilitator
from cordee.suppliers import actions, queries
from cordee.suppliers.models import BankAccount, Mandate, Paper, Signing, Supplier, VatRegime
from cordee.suppliers.rules.mandates import code_of
from cordee.suppliers.states import MandateState, PaperKind, SupplierKind
from tests.cast import Cast
from tests.papers import PDF
from tests.suppliers.stories import IBAN, registered, signed, siret, told_address, with_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor(cast: Cast, client: Client) -> Client:
    return at_a_browser(cast.noor, client)


def at_a_browser(person: Facilitator, client: Client) -> Client:
    User.objects.filter(pk=person.user_id).update(language="en")
    client.force_login(person.user)
    return client


def hidden(page: Any, name: str = "form_token") -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def fill(noor: Client, path: str, prefix: str = "", /, **values: object) -> Any:
    """Fill in the form of a page as it is shown, and send it."""
    token = f"{prefix}-form_token" if prefix else "form_token"
    sent = {f"{prefix}-{name}" if prefix else name: value for name, value in values.items()}
    return noor.post(path, {token: hidden(noor.get(path), token), **sent})


STRUCTURE = {
    "name": "Noor van den Berg",
    "address": "3 rue des Lilas",
    "postal_code": "75020",
    "city": "Paris",
    "email": "noor@reseau.example",
    "siret": siret(1),
    "since": "2027-01-01",
}


def test_the_kind_is_asked_first_and_each_form_asks_what_its_kind_needs(cast: Cast, noor: Client) -> None:
    page = noor.get(reverse("my_payment"))
    assert "Micro-enterprise" in page.text
    new = reverse("my_structure_new")
    asked = {
        kind: set(re.findall(r'name="(\w+)"', noor.get(f"{new}?kind={kind}").text)) for kind in SupplierKind
    }
    assert "legal_form" not in asked[SupplierKind.MICRO]
    assert "sends_invoices" in asked[SupplierKind.COMPANY]
    assert {"foreign_number", "country"} <= asked[SupplierKind.ABROAD]
    assert "siret" not in asked[SupplierKind.ABROAD]
    assert noor.get(f"{new}?kind=nonsense").status_code == 200


def test_from_nothing_to_ready(cast: Cast, noor: Client, settle: Callable[[], None]) -> None:
    told_address()
    home = reverse("my_payment")
    answer = fill(noor, f"{reverse('my_structure_new')}?kind=micro", **STRUCTURE)
    assert answer["Location"] == home
    page = noor.get(home)
    for missing in ("Is VAT charged?", "Your bank account", "Read and sign"):
        assert missing in page.text
    fill(noor, reverse("my_vat"), "vat", rule="franchise", since="2027-01-01")
    fill(noor, reverse("my_bank_account"), "bank", iban=IBAN, holder="Noor van den Berg")
    account = BankAccount.objects.get()
    assert "to be confirmed from noor@reseau.example" in noor.get(home).text
    actions.confirm_account(account_id=account.pk, by=cast.actor(cast.noor))
    assert fill(noor, reverse("my_mandate"), "mandate")["Location"] == reverse("my_mandate_sign")
    code = code_of(Signing.objects.get())
    wrong = fill(noor, reverse("my_mandate_sign"), "code", code="000000" if code != "000000" else "1")
    assert wrong.status_code == 422
    assert Signing.objects.get().tries == 1, "a refused try counts"
    assert fill(noor, reverse("my_mandate_sign"), "code", code=code)["Location"] == f"{home}#mandate"
    settle()
    page = noor.get(home)
    assert "ready to be paid" in page.text
    assert IBAN not in page.text
    mandate = Mandate.objects.get()
    assert mandate.ip == "127.0.0.1"
    assert noor.get(reverse("my_mandate_file", args=[mandate.pk]))["Content-Type"] == "application/pdf"


def test_a_double_click_registers_once(cast: Cast, noor: Client) -> None:
    address = f"{reverse('my_structure_new')}?kind=micro"
    token = hidden(noor.get(address))
    for _twice in range(2):
        assert noor.post(address, {"form_token": token, **STRUCTURE}).status_code == 302
    assert Supplier.objects.count() == 1


def test_a_refusal_stands_beside_its_field(cast: Cast, noor: Client) -> None:
    answer = fill(noor, f"{reverse('my_structure_new')}?kind=micro", **{**STRUCTURE, "siret": "123"})
    assert answer.status_code == 422
    assert "“123” is not a valid SIRET number." in answer.text
    registered(cast, cast.elodie)
    answer = fill(noor, f"{reverse('my_structure_new')}?kind=micro", **STRUCTURE)
    assert "ask finance to add you" in answer.text


def test_abroad_vat_is_known_and_no_mandate_is_asked(cast: Cast, noor: Client) -> None:
    abroad = {k: v for k, v in STRUCTURE.items() if k != "siret"} | {
        "country": "BE",
        "foreign_number": "0403",
    }
    fill(noor, f"{reverse('my_structure_new')}?kind=abroad", **abroad)
    assert VatRegime.objects.get().rule == VatRule.REVERSE_CHARGE
    page = noor.get(reverse("my_payment"))
    assert "You send your own invoices" in page.text
    assert "Your bank account" in page.text


def test_what_is_on_record_is_changed_and_the_second_editor_is_told(cast: Cast, noor: Client) -> None:
    supplier = registered(cast, kind=SupplierKind.COMPANY, name="Fresques SARL", legal_form="SARL")
    address = reverse("my_structure")
    changed = {**STRUCTURE, "kind": "company", "sends_invoices": "own", "city": "Lille"}
    fill(noor, address, **changed, expected_version=1)
    supplier.refresh_from_db()
    assert (supplier.city, supplier.sends_invoices) == ("Lille", True)
    answer = fill(noor, address, **changed, expected_version=1)
    assert answer.status_code == 422
    assert "Somebody else changed this" in answer.text


def test_a_paper_is_given_and_opened(cast: Cast, noor: Client) -> None:
    registered(cast)
    address = reverse("my_papers")
    file = SimpleUploadedFile("vigilance.pdf", PDF, "application/pdf")
    answer = fill(noor, address, "paper", kind="vigilance", dated="2027-01-02", file=file)
    assert answer["Location"] == f"{reverse('my_payment')}#papers"
    paper = Paper.objects.get()
    shown = noor.get(reverse("my_paper", args=[paper.pk]))
    assert (shown.content, shown["Content-Type"]) == (PDF, "application/pdf")
    wrong = SimpleUploadedFile("x.pdf", b"no pdf", "application/pdf")
    answer = fill(noor, address, "paper", kind="vigilance", dated="2027-01-02", file=wrong)
    assert "This file is not a PDF" in answer.text


def test_what_waits_is_given_up_and_a_mandate_is_ended(cast: Cast, noor: Client) -> None:
    supplier = registered(cast)
    account = actions.propose_account(
        supplier_id=supplier.pk, iban=IBAN, bic="", holder="Noor", by=cast.actor(cast.noor)
    )
    noor.post(reverse("my_bank_account_withdraw", args=[account.pk]))
    assert queries.accounts_of(supplier.pk)[0].state == "withdrawn"
    signed(cast, supplier)
    assert "in force" in noor.get(reverse("my_mandate")).text
    fill(noor, reverse("my_mandate_revoke"), "revoke", reason="Je facture moi-même")
    assert Mandate.objects.get().state == MandateState.REVOKED


def test_what_belongs_to_another_supplier_is_not_there(cast: Cast, noor: Client) -> None:
    registered(cast)
    other = registered(cast, cast.elodie, 2)
    mandate = signed(cast, other, cast.elodie)
    paper = actions.give_paper(
        supplier_id=other.pk,
        kind=PaperKind.VIGILANCE,
        content=PDF,
        dated=other.registered_at.date(),
        by=cast.actor(cast.elodie),
    )
    account = with_account(cast, other, who=cast.elodie)
    for name, pk in (("my_mandate_file", mandate.pk), ("my_paper", paper.pk)):
        assert noor.get(reverse(name, args=[pk])).status_code == 404
    assert noor.post(reverse("my_bank_account_withdraw", args=[account.pk])).status_code == 404


def test_the_page_costs_no_more_with_a_long_history(
    cast: Cast, noor: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    supplier = registered(cast)
    signed(cast, supplier)
    with_account(cast, supplier)
    for day in range(1, 20):
        actions.set_vat(
            supplier_id=supplier.pk,
            service_type_id=None,
            rule=VatRule.FRANCHISE,
            since=supplier.registered_at.date().replace(day=day),
            by=cast.actor(cast.noor),
        )
    with django_assert_max_num_queries(12):
        assert noor.get(reverse("my_payment")).status_code == 200
