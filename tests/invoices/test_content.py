"""What stands on an invoice: its sums, and its way through JSON."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from json import dumps, loads

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.invoices.content import VAT, Content, Draft, Earlier, Line, VatRule, digest_of, totals
from cordee.invoices.states import Kind
from cordee.kernel.money import Money
from tests.invoices.drafts import OF_EVERY_KIND, draft, line

LINES = st.lists(
    st.builds(
        lambda cents, quantity, vat: line(str(Decimal(cents) / 100), vat, str(quantity)),
        st.integers(1, 1_000_000),
        st.decimals("0.0001", 100, places=4),
        st.sampled_from(VatRule),
    ),
    min_size=1,
    max_size=30,
)


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(LINES)
def test_lines_vat_and_totals_always_agree(lines: list[Line]) -> None:
    sums = totals(lines)
    for each in lines:
        assert each.amount.amount == cents(each.quantity * each.unit_price.amount)
    assert sums.excl == Money.total(each.amount for each in lines)  # BR-CO-10, BR-CO-13
    assert sums.vat == Money.total(group.tax for group in sums.by_rule)  # BR-CO-14
    assert sums.total == sums.excl + sums.vat  # BR-CO-15, BR-CO-16
    for group in sums.by_rule:  # BR-CO-17, BR-S-08, BR-E-08, BR-AE-08
        assert group.base == Money.total(each.amount for each in lines if each.vat == group.rule)
        assert group.tax.amount == cents(group.base.amount * VAT[group.rule].rate / 100)
    assert {group.rule for group in sums.by_rule} == {each.vat for each in lines}


def test_vat_is_rounded_once_for_all_lines_and_half_a_cent_goes_up() -> None:
    one = line("0.33", VatRule.STANDARD)
    assert totals([one]).vat == Money(Decimal("0.07"))
    assert totals([one] * 3).vat == Money(Decimal("0.20")), "not three times seven cents"
    assert line("0.05", VatRule.STANDARD, "0.5").amount == Money(Decimal("0.03"))


@given(LINES, st.sampled_from(sorted(OF_EVERY_KIND)))
def test_what_is_written_as_json_is_read_again(lines: list[Line], kind: str) -> None:
    given_draft = draft(OF_EVERY_KIND[kind].seller, *lines)
    content = Content(
        kind=Kind.CREDIT_NOTE,
        number="ROUX-12",
        draft=given_draft,
        earlier=Earlier(number="ROUX-3", issued_on=date(2026, 10, 1)),
    )
    written = loads(dumps(content.to_json()))
    assert Content.from_json(written) == content
    assert digest_of(written) == digest_of(content.to_json())
    assert Draft.from_json(loads(dumps(given_draft.to_json()))) == given_draft


@pytest.mark.parametrize("kind", sorted(OF_EVERY_KIND))
def test_whatever_changes_in_an_invoice_changes_its_digest(kind: str) -> None:
    one = Content(kind=Kind.INVOICE, number="A-1", draft=OF_EVERY_KIND[kind])
    other = Content(kind=Kind.INVOICE, number="A-2", draft=OF_EVERY_KIND[kind])
    assert Content.from_json(one.to_json()) == one
    assert digest_of(one.to_json()) != digest_of(other.to_json())


def test_the_last_day_of_what_is_supplied() -> None:
    assert OF_EVERY_KIND["several days"].last_day == date(2026, 10, 15)
