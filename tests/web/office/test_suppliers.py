"""Suppliers as finance sees them: who is ready, numbers in part, and whoever looked on record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.accounts.models import User
from cordee.fees.models import Payable
from cordee.invoices.content import VatRule
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.network.models import Facilitator
from cordee.organisation import actions as organisation
from cordee.organisation.queries import the_organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.payments import queries as payments
from cordee.payments.queries import audit
from cordee.suppliers import actions, queries
from cordee.suppliers.facts import SupplierClosed
from cordee.suppliers.models import Mandate, Supplier
from cordee.suppliers.rules.accounts import spaced
from cordee.suppliers.states import ASKED_BY_LAW, PaperKind, SupplierKind
from cordee.web.office.suppliers.history import SENTENCES
from tests.architecture.test_laws import FACTS
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import approved, ready_supplier
from tests.papers import PDF
from tests.refusals import refused
from tests.steps import told
from tests.suppliers.stories import BEGIN, IBAN, registered, signed, siret, with_account
from tests.web.facilitation.test_paid import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def farid(cast: Cast, client: Client) -> Client:
    return at_a_desk(cast.farid, client)


def at_a_desk(user: User, client: Client) -> Client:
    User.objects.filter(pk=user.pk).update(language="en")
    client.force_login(user)
    return client


def ready(cast: Cast, number: int = 1, who: Facilitator | None = None) -> Supplier:
    supplier = registered(
        cast, who, number=number, name=f"Structure {number}", since=BEGIN.replace(day=number)
    )
    actions.set_vat(
        supplier_id=supplier.pk,
        service_type_id=None,
        rule=VatRule.FRANCHISE,
        since=BEGIN,
        by=cast.actor(who or cast.noor),
    )
    signed(cast, supplier, who)
    with_account(cast, supplier, who=who)
    return supplier


def test_the_list_says_who_is_ready_and_finds_those_who_are_not(cast: Cast, farid: Client) -> None:
    ready(cast)
    registered(cast, cast.elodie, 2, name="Élodie Martin")
    page = farid.get(reverse("suppliers"))
    assert "Structure 1" in page.text
    assert "The mandate to make invoices in the name of Élodie Martin is not signed." in page.text
    assert "FR76 •••• •••• 189" in page.text
    assert IBAN not in page.text
    missing = farid.get(reverse("suppliers"), {"missing": "on"}).text
    assert "Élodie Martin" in missing
    assert "Structure 1" not in missing
    assert "No supplier found" in farid.get(reverse("suppliers"), {"q": "nobody"}).text
    assert siret(2) not in farid.get(reverse("suppliers"), {"q": siret(1)}).text


@pytest.mark.parametrize(("threshold", "expected"), [(101, 2), (100, 3), (0, 4)])
def test_what_the_filter_leaves_out_lacks_nothing(cast: Cast, threshold: int, expected: int) -> None:
    """The filter is SQL, what is missing is told by rules: they agree."""
    today = clock.today()
    organisation.update(
        changes=OrganisationChanges(papers_from_amount=threshold), expected_version=None, by=COMMAND
    )
    made = [
        ready(cast, 1),
        registered(cast, cast.elodie, 2),
        registered(cast, cast.dan, 3, sends_invoices=True),
        ready(cast, 4, cast.camille),
        ready(cast, 5),
    ]
    with_account(cast, made[2], who=cast.dan)
    for billed in (made[0], made[3]):
        Payable.objects.create(supplier=billed, month=today, total_excl=100, opened_at=clock.now())
    for kind in ASKED_BY_LAW:
        actions.give_paper(
            supplier_id=made[3].pk, kind=kind, content=PDF, dated=today, by=cast.actor(cast.camille)
        )
    lacking = {s.pk for s in payments.lacking(queries.found(), the_organisation())}
    assert len(lacking) == expected
    for supplier in made:
        told = [
            b.code for b in queries.readiness([supplier.pk], today)[supplier.pk] if b.code != "own_invoice"
        ]
        told += payments.papers_missing({supplier.pk: supplier}, the_organisation())[supplier.pk]
        told += [b.code for b in queries.payees([supplier], supplier.registered_at)[supplier.pk].blockers]
        assert bool(told) == (supplier.pk in lacking), supplier.pk


def test_a_number_is_shown_whole_on_demand_and_that_is_on_record(cast: Cast, farid: Client) -> None:
    supplier = ready(cast)
    page = farid.get(reverse("supplier", args=[supplier.pk]))
    assert spaced(IBAN) not in page.text
    account = queries.accounts_of(supplier.pk)[0]
    shown = farid.post(reverse("show_account", args=[supplier.pk, account.pk]))
    assert spaced(IBAN) in shown.text
    page = farid.get(reverse("supplier", args=[supplier.pk]))
    assert spaced(IBAN) not in page.text
    assert "Looked at the whole bank account number." in page.text
    assert "Farid Amrani" in page.text


def test_operations_see_who_is_ready_and_no_whole_number(cast: Cast, client: Client) -> None:
    supplier = ready(cast)
    olga = at_a_desk(cast.olga, client)
    page = olga.get(reverse("supplier", args=[supplier.pk]))
    assert "FR76 •••• •••• 189" in page.text
    assert "Show it whole" not in page.text
    account = queries.accounts_of(supplier.pk)[0]
    assert olga.post(reverse("show_account", args=[supplier.pk, account.pk])).status_code == 403


def test_papers_and_mandates_open_under_their_own_supplier(cast: Cast, farid: Client) -> None:
    supplier, other = ready(cast), registered(cast, cast.elodie, 2)
    paper = actions.give_paper(
        supplier_id=supplier.pk,
        kind=PaperKind.VIGILANCE,
        content=PDF,
        dated=BEGIN,
        by=cast.actor(cast.noor),
    )
    mandate = Mandate.objects.get()
    assert farid.get(reverse("supplier_mandate", args=[supplier.pk, mandate.pk])).status_code == 404, (
        "not drawn"
    )
    actions.keep_file(mandate.pk)
    for name, pk in (("supplier_paper", paper.pk), ("supplier_mandate", mandate.pk)):
        assert farid.get(reverse(name, args=[supplier.pk, pk])).content.startswith(b"%PDF-")
        assert farid.get(reverse(name, args=[other.pk, pk])).status_code == 404
    account = queries.accounts_of(supplier.pk)[0]
    assert farid.post(reverse("show_account", args=[other.pk, account.pk])).status_code == 404
    assert farid.get(reverse("end_mandate", args=[other.pk, mandate.pk])).status_code == 404


def test_finance_lets_another_facilitator_in(cast: Cast, farid: Client) -> None:
    supplier = ready(cast)
    address = reverse("attach_facilitator", args=[supplier.pk])
    answer = fill(farid, address, email="nobody@x.example", since="2027-01-05")
    assert "No facilitator has this address." in answer.text
    fill(farid, address, email=cast.elodie.user.email.upper(), since="2027-01-05")
    assert cast.elodie.pk in queries.facilitator_ids_of(supplier.pk)
    assert "Élodie Martin bills through it" in farid.get(reverse("supplier", args=[supplier.pk])).text


def test_finance_ends_a_mandate_with_a_reason(cast: Cast, farid: Client) -> None:
    supplier = ready(cast)
    mandate = Mandate.objects.get()
    address = reverse("end_mandate", args=[supplier.pk, mandate.pk])
    fill(farid, address, reason="Société radiée")
    page = farid.get(reverse("supplier", args=[supplier.pk]))
    assert "The mandate was ended: Société radiée" in page.text
    assert farid.get(address).status_code == 302


def test_every_fact_about_a_supplier_has_its_sentence() -> None:
    told = {name for name, kind in FACTS.items() if kind.__module__ == "cordee.suppliers.facts"}
    assert set(SENTENCES) == told


@pytest.mark.parametrize("count", [1, 30])
def test_pages_cost_the_same_for_one_and_for_thirty(
    cast: Cast, farid: Client, count: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    supplier = ready(cast)
    for number in range(2, count + 1):
        registered(cast, cast.dan, number, name=f"Structure {number}", since=BEGIN.replace(day=number))
    with django_assert_max_num_queries(11):
        farid.get(reverse("suppliers"))
    with django_assert_max_num_queries(12):
        farid.get(reverse("supplier", args=[supplier.pk]))


def test_finance_puts_right_who_a_supplier_is_but_not_who_makes_its_invoices(
    cast: Cast, farid: Client
) -> None:
    supplier = registered(cast, kind=SupplierKind.ASSOCIATION, name="Asso")
    here = reverse("change_supplier", args=[supplier.pk])
    form = farid.get(here).context["form"]
    assert "sends_invoices" not in form.fields
    known = {name: form[name].value() or "" for name in form.fields if name != "form_token"}
    assert fill(farid, here, **known | {"city": "Lyon", "name": "Association Asso"}).status_code == 302
    supplier.refresh_from_db()
    assert (supplier.city, supplier.name, supplier.sends_invoices) == ("Lyon", "Association Asso", False)
    known |= {"siret": siret(7), "expected_version": supplier.version}
    refused_ = fill(farid, here, **known)
    assert refused_.status_code == 422
    assert "another" in refused_.text


def test_a_closed_supplier_waits_for_another_and_goes_on_when_it_is_opened_again(
    cast: Cast, farid: Client, now: MovableClock, settle: Callable[[], None], words: Any
) -> None:
    supplier = ready_supplier(cast)
    here = reverse("supplier", args=[supplier.pk])
    closing = reverse("close_supplier", args=[supplier.pk])
    assert fill(farid, closing, reason=" ").status_code == 422
    assert fill(farid, closing, reason="Radiée du RCS").status_code == 302
    page = words(farid.get(here))
    assert "Closed: Radiée du RCS" in page
    assert "Add a facilitator" not in page
    assert "closed" in words(farid.get(reverse("suppliers")))
    request = approved(cast, now, cast.noor)
    settle()
    assert not Payable.objects.exists()
    assert audit() == []
    shown = words(farid.get(reverse("fee_request", args=[request.ref])))
    assert "is no longer a supplier. Those who bill through it give another structure" in shown
    farid.post(reverse("reopen_supplier", args=[supplier.pk]))
    settle()
    assert Payable.objects.get().invoice_id
    assert "Opened again." in words(farid.get(here))


def test_only_finance_closes_and_what_was_invoiced_is_paid(
    cast: Cast, now: MovableClock, settle: Callable[[], None]
) -> None:
    supplier = ready_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    with refused("not_finance"):
        actions.close(supplier_id=supplier.pk, reason="x", by=cast.actor(cast.noor))
    for _twice in range(2):
        actions.close(supplier_id=supplier.pk, reason="Radiée", by=cast.actor(cast.farid))
    assert len(told(SupplierClosed)) == 1
    (due,) = payments.owed([supplier.pk])
    assert {b.code for b in due.blockers} == {"contest_window"}
    with refused("supplier_closed", "already_signed"):
        actions.ask_code(
            supplier_id=supplier.pk, signer="N", capacity="", language="fr", by=cast.actor(cast.noor)
        )
