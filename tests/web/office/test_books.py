"""The books on pages: each figure opens its rows; a month is closed by a button; files are handed out."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from cordee.accounting import actions, queries
from cordee.accounting.models import ClosedMonth, Entry
from cordee.fees import actions as fees
from cordee.fees.models import Payable, ReceivedInvoice, ReceivedVat
from cordee.fees.queries import Stated
from cordee.invoices import actions as invoices
from cordee.invoices.content import VatRule
from cordee.kernel.money import Money
from cordee.kernel.periods import Month
from cordee.payments import queries as payments
from cordee.suppliers.models import Supplier
from cordee.suppliers.states import SupplierKind
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import approved, known_supplier, ready_supplier, the_invoice, the_payable
from tests.papers import PDF
from tests.suppliers.stories import siret, vat_number

type Settle = Callable[[], None]
JANUARY = {"period": "2027-01"}


@pytest.fixture
def two(cast: Cast, now: MovableClock, settle: Settle) -> list[Supplier]:
    """Noor's supplier has 250 € and VAT invoiced here; Camille's, in Belgium, gave its own invoice of 250 €."""
    noors = ready_supplier(
        cast, rule=VatRule.STANDARD, kind=SupplierKind.SOLE_TRADER, vat_number=vat_number(siret(1))
    )
    camilles = known_supplier(
        cast,
        cast.camille,
        2,
        rule=VatRule.REVERSE_CHARGE,
        name="Atelier belge",
        kind=SupplierKind.ABROAD,
        country="BE",
        siret="",
        foreign_number="0403.170.701",
        vat_number="BE0403170701",
    )
    approved(cast, now, cast.noor, cast.camille)
    settle()
    received = fees.give_invoice(
        payable_id=the_payable(camilles).pk,
        content=PDF,
        stated=Stated(
            number="F-1", issued_on=date(2027, 1, 14), excl=Decimal(250), vat=Decimal(0), total=Decimal(250)
        ),
        by=cast.actor(cast.camille),
    )
    invoices.accept(invoice_id=the_invoice(noors).pk, by=cast.actor(cast.noor))
    fees.accept_received(received_id=received.pk, by=cast.actor(cast.farid))
    return [noors, camilles]


def test_each_figure_of_vat_opens_its_invoices(
    cast: Cast, two: list[Supplier], seat: Any, words: Any
) -> None:
    farid = seat(cast.farid)
    page = farid.get(reverse("books_vat"), JANUARY)
    assert [(row.rule, row.invoices, row.base, row.vat) for row, *_ in page.context["rows"]] == [
        (VatRule.STANDARD, 1, Money(Decimal(250)), Money(Decimal(50))),
        (VatRule.REVERSE_CHARGE, 1, Money(Decimal(250)), Money(Decimal(50))),
    ]
    assert page.context["vat"] == Money(Decimal(100))
    assert page.context["due"] == Money(Decimal(50))
    standard, abroad = (url for *_, url in page.context["rows"])
    assert the_invoice(two[0]).number in words(farid.get(standard))
    assert "F-1" not in words(farid.get(abroad)), "issued here: none"
    assert "F-1" in words(farid.get(f"{abroad}&own"))
    assert farid.get(reverse("books_vat"), {"period": "2027-T1"}).context["base"] == Money(Decimal(500))
    assert not farid.get(reverse("books_vat"), {"period": "2026-T4"}).context["rows"]
    for odd in ("2027-13", "2027-T5", "9999-01", "0", "x" * 300):
        assert farid.get(reverse("books_vat"), {"period": odd}).status_code == 200


def test_vat_of_a_period_is_what_the_books_say(cast: Cast, two: list[Supplier]) -> None:
    """Rounded on each invoice: three of 10.02 € owe 2.00 € each."""
    own = ReceivedInvoice.objects.get()
    for number in (2, 3):
        payable = Payable.objects.create(
            supplier=own.supplier,
            month=own.payable.month,
            total_excl=Decimal("10.02"),
            opened_at=own.given_at,
        )
        another = ReceivedInvoice.objects.create(
            **{
                name: getattr(own, name)
                for name in (
                    "supplier",
                    "file",
                    "issued_on",
                    "vat",
                    "state",
                    "due_on",
                    "given_at",
                    "decided_at",
                )
            },
            payable=payable,
            number=f"F-{number}",
            excl=Decimal("10.02"),
            total=Decimal("10.02"),
        )
        another.by_rule.create(rule=VatRule.REVERSE_CHARGE, base=Decimal("10.02"), vat=0)
    ReceivedInvoice.objects.update(excl=Decimal("10.02"), total=Decimal("10.02"))
    ReceivedVat.objects.update(base=Decimal("10.02"))
    abroad = queries.vat_of(date(2027, 1, 1), date(2027, 1, 31))[-1]
    written = [
        line for e in queries.entries_of(Month(2027, 1)) for line in e.lines if line.account == "445200"
    ]
    assert abroad.vat == Money.total(line.credit for line in written) == Money(Decimal(6))


def test_what_a_supplier_invoiced_from_abroad_stays_so_when_it_moves(cast: Cast, two: list[Supplier]) -> None:
    def told() -> tuple[VatRule, list[str]]:
        accounts = [line.account for e in queries.entries_of(Month(2027, 1)) for line in e.lines]
        return queries.vat_of(date(2027, 1, 1), date(2027, 1, 31))[-1].rule, accounts

    before = told()
    assert before[0] == VatRule.REVERSE_CHARGE
    Supplier.objects.filter(pk=two[1].pk).update(
        kind=SupplierKind.SOLE_TRADER, country="FR", siren=siret(5)[:9]
    )
    assert told() == before


def test_what_is_owed_grows_older(cast: Cast, two: list[Supplier], seat: Any, now: MovableClock) -> None:
    farid = seat(cast.farid)
    due = the_invoice(two[0]).due_on
    for moment, place in ((due, 0), (date(2027, 3, 20), 2), (date(2027, 6, 30), 4)):
        now.move_to(f"{moment} 09:00")
        rows = {row.name: row for row, _ in farid.get(reverse("balances")).context["rows"]}
        noors = rows[two[0].name]
        assert [part.amount for part in noors.parts] == [300 if n == place else 0 for n in range(5)], moment
        assert noors.total == Money(Decimal(300))
    page = farid.get(reverse("balances"))
    assert page.context["whole"].total == Money(Decimal(550))
    assert page.context["whole"].total == Money.total(row.amount for row in payments.owed())
    assert [row.name for row, _ in farid.get(reverse("balances"), {"q": "BELGE"}).context["rows"]] == [
        "Atelier belge"
    ]


def test_a_month_is_closed_by_a_button_once(
    *, cast: Cast, two: list[Supplier], seat: Any, words: Any, now: MovableClock
) -> None:
    farid, close = seat(cast.farid), {"through": "2027-01"}
    assert "Close the books" not in words(farid.get(reverse("books"))), "January is not over"
    farid.post(reverse("close_books"), close)
    assert not ClosedMonth.objects.exists()
    now.move_to("2027-02-02 09:00")
    assert "Close the books" in words(farid.get(reverse("books")))
    for _twice in range(2):
        assert farid.post(reverse("close_books"), close).status_code == 302
    assert ClosedMonth.objects.count() == 1
    assert Entry.objects.count() == 2
    page = farid.get(reverse("books_month", args=[2027, 1]))
    assert "HA2027-1" in words(page)
    assert reverse("invoice", args=[the_invoice(two[0]).pk]) in page.content.decode()
    assert "Nothing is written" in words(farid.get(reverse("books_month", args=[2027, 1]), {"book": "bank"}))
    fec = farid.get(reverse("books_fec", args=[2027]))
    assert fec["Content-Disposition"].endswith('FEC20271231.txt"')
    assert fec.content == b"".join(queries.as_fec(2027))
    assert farid.get(reverse("books_month", args=[2027, 13])).status_code == 404
    assert farid.get(reverse("books_fec", args=[9999])).status_code == 404


def test_the_account_of_a_supplier_shows_each_movement(
    *, cast: Cast, two: list[Supplier], seat: Any, words: Any
) -> None:
    page = seat(cast.farid).get(reverse("balance", args=[two[1].pk]))
    assert [(w, left) for _source, w, _url, left in page.context["rows"]] == [
        ("Invoice", Money(Decimal(250)))
    ]
    assert "The supplier" in words(page)
    assert "The supplier" not in words(seat(cast.quitterie).get(reverse("balance", args=[two[1].pk])))


def test_accounts_that_are_refused_keep_what_was_typed(cast: Cast, two: list[Supplier], seat: Any) -> None:
    farid = seat(cast.farid)
    form = farid.get(reverse("books_accounts")).context["form"]
    given = {name: field.initial for name, field in form.fields.items()} | form.initial
    given = {**given, "form_token": form["form_token"].value(), "fees": "62"}
    page = farid.post(reverse("books_accounts"), given)
    assert page.status_code == 422
    assert "622600 for instance" in page.content.decode()
    assert page.context["form"]["fees"].value() == "62"
    assert farid.post(reverse("books_accounts"), {**given, "fees": "611000"}).url == reverse("books")
    assert queries.the_accounts().fees == "611000"


def test_as_many_queries_for_one_as_for_many(
    *, cast: Cast, two: list[Supplier], seat: Any, now: MovableClock, django_assert_max_num_queries: Any
) -> None:
    farid = seat(cast.farid)
    now.move_to("2027-09-02 09:00")
    actions.close_through(month=Month(2027, 4), by=cast.actor(cast.farid))
    addresses = [reverse(name) for name in ("books", "balances", "books_vat")]
    addresses += [reverse("books_month", args=[2027, n]) for n in (1, 5)]
    addresses += [reverse("balance", args=[two[0].pk])]
    for address in addresses:
        with django_assert_max_num_queries(12):
            assert farid.get(address, {"period": "2027-01"}).status_code == 200
