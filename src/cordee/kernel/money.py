"""Money: exact, in euros, never a float."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in euros, rounded half up to the cent."""

    amount: Decimal

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", Decimal(self.amount).quantize(_CENT, ROUND_HALF_UP))

    def __add__(self, other: Self) -> "Money":
        return Money(self.amount + other.amount)

    def __sub__(self, other: Self) -> "Money":
        return Money(self.amount - other.amount)

    def __mul__(self, times: int | Decimal) -> "Money":
        return Money(self.amount * times)

    def __str__(self) -> str:
        return f"{self.amount:.2f} EUR"

    @classmethod
    def zero(cls) -> Self:
        return cls(Decimal(0))

    @classmethod
    def total(cls, amounts: Iterable["Money"]) -> Self:
        """Return the sum of `amounts`; nothing sums to zero."""
        return cls(sum((m.amount for m in amounts), Decimal(0)))
