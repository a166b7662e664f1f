"""Money is exact."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cordee.kernel.money import Money

CENTS = st.integers(-10_000_000, 10_000_000)


def euros(cents: int) -> Money:
    return Money(Decimal(cents) / 100)


@given(st.lists(CENTS))
def test_a_total_is_the_sum_of_the_cents(amounts: list[int]) -> None:
    assert Money.total(euros(c) for c in amounts) == euros(sum(amounts))


@given(CENTS, CENTS)
def test_what_is_added_can_be_taken_away(one: int, other: int) -> None:
    assert euros(one) + euros(other) - euros(other) == euros(one)
    assert (euros(one) < euros(other)) == (one < other)


@given(CENTS, st.integers(0, 500))
def test_n_times_an_amount_is_the_amount_added_n_times(cents: int, times: int) -> None:
    assert euros(cents) * times == Money.total([euros(cents)] * times)


@given(st.decimals(-100_000, 100_000, places=6))
def test_an_amount_is_rounded_to_the_nearest_cent_half_away_from_zero(exact: Decimal) -> None:
    rounded = Money(exact).amount
    assert abs(rounded - exact) <= Decimal("0.005")
    assert -rounded.as_tuple().exponent == 2  # type: ignore[operator]  # a number, not infinity


def test_half_a_cent_goes_up_and_nothing_sums_to_zero() -> None:
    assert Money(Decimal("2.345")) == Money(Decimal("2.35"))
    assert Money.total([]) == Money.zero()
    assert str(Money(Decimal(1250))) == "1250.00 EUR"
