"""Under which VAT rules suppliers' own invoices stand: shared to the cent, and as the rules were when accepted."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.accounting import queries as books
from cordee.fees import actions as fees
from cordee.fees.models import ReceivedVat
from cordee.fees.queries import Stated, parts_of
from cordee.invoices.content import VatRule
from cordee.kernel.money import Money
from cordee.suppliers import actions as suppliers
from cordee.suppliers.models import Supplier
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import approved, known_supplier, the_payable
from tests.papers import PDF

FRANCHISE, EXEMPT, STANDARD = VatRule.FRANCHISE, VatRule.EXEMPT_TRAINING, VatRule.STANDARD
BEFORE, AFTER = date(2026, 12, 1), date(2027, 1, 13)

amounts = st.decimals(0, 99_999, places=2).map(Money)


@given(amounts, amounts, st.dictionaries(st.sampled_from(VatRule), amounts))
def test_shares_are_what_the_invoice_says(excl: Money, vat: Money, due: dict[VatRule, Money]) -> None:
    parts = parts_of(excl, vat, due)
    assert Money.total(part.base for part in parts) == excl
    assert Money.total(part.vat for part in parts) == vat
    assert len({part.rule for part in parts}) == len(parts) > 0
    assert all(part.base >= Money.zero() for part in parts)
    assert {part.rule for part in parts if part.vat > Money.zero()} <= {STANDARD}


@pytest.mark.parametrize(
    ("due", "vat", "expected"),
    [
        ({FRANCHISE: 100}, 0, {FRANCHISE: 100}),
        ({EXEMPT: 60, STANDARD: 40}, 8, {EXEMPT: 60, STANDARD: 40}),
        # No VAT was charged where it was expected, or the other way round: what is written counts.
        ({EXEMPT: 60, STANDARD: 40}, 0, {FRANCHISE: 40, EXEMPT: 60}),
        ({FRANCHISE: 100}, 20, {STANDARD: 100}),
        ({}, 0, {FRANCHISE: 100}),
        (
            {EXEMPT: 30, FRANCHISE: 30, STANDARD: 30},
            5,
            {FRANCHISE: "33.33", EXEMPT: "33.34", STANDARD: "33.33"},
        ),
    ],
)
def test_what_is_written_counts(
    due: dict[VatRule, int], vat: int, expected: dict[VatRule, int | str]
) -> None:
    parts = parts_of(
        Money(Decimal(100)), Money(Decimal(vat)), {rule: Money(Decimal(n)) for rule, n in due.items()}
    )
    assert {part.rule: part.base for part in parts} == {r: Money(Decimal(n)) for r, n in expected.items()}


def has_rule(cast: Cast, supplier: Supplier, rule: VatRule, since: date, *, workshop: bool) -> None:
    """Have a rule from a day on for all services, or for workshops alone."""
    suppliers.set_vat(
        supplier_id=supplier.pk,
        service_type_id=cast.workshop.pk if workshop else None,
        rule=rule,
        since=since,
        attested_on=BEFORE if rule == EXEMPT else None,
        by=cast.actor(cast.noor),
    )


def test_the_rule_is_that_of_the_service_on_its_day(
    *, cast: Cast, now: MovableClock, settle: Callable[[], None]
) -> None:
    """The session was held under the exemption for training; the rule for all, and what came later, say otherwise."""
    supplier = known_supplier(cast, activity_number="11755555575")
    has_rule(cast, supplier, EXEMPT, BEFORE, workshop=True)
    has_rule(cast, supplier, FRANCHISE, AFTER, workshop=False)
    approved(cast, now, cast.noor)
    settle()
    stated = Stated(number="F-1", issued_on=AFTER, excl=Decimal(250), vat=Decimal(0), total=Decimal(250))
    received = fees.give_invoice(
        payable_id=the_payable(supplier).pk, content=PDF, stated=stated, by=cast.actor(cast.noor)
    )
    assert not ReceivedVat.objects.exists(), "it counts once it is accepted"
    fees.accept_received(received_id=received.pk, by=cast.actor(cast.farid))
    has_rule(cast, supplier, FRANCHISE, BEFORE, workshop=True)
    (row,) = books.vat_of(date(2027, 1, 1), date(2027, 3, 31))
    assert (row.rule, row.base, row.vat) == (EXEMPT, Money(Decimal(250)), Money.zero())
