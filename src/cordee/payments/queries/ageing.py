"""What each supplier is owed, by how long ago it was due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from django.db.models import Case, DecimalField, F, Q, QuerySet, Sum, When

from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.names import search_key
from cordee.payments.queries.due import dated

LIMITS: Final = (0, 30, 60, 90)
"""Days after the due date at which something grows older."""
_MONEY = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True, slots=True)
class Aged:
    """What is owed, euros VAT included: not due yet, then for up to 30, 60 and 90 days, and for longer."""

    supplier_id: int
    name: str
    parts: tuple[Money, ...]
    total: Money


def aged(on: date, search: str = "") -> QuerySet[Any, Any]:
    """Return what suppliers are owed on an invoice, a row for each (`aged_row` reads it), by name; of those whose name
    contains every word of `search`. Credit notes of what was paid count below zero.
    """
    found = with_amounts(dated(clock.now()))
    for word in search_key(search).split():
        found = found.filter(supplier__search_key__contains=word)
    rows = found.order_by("supplier__name", "supplier_id").values_list("supplier_id", "supplier__name")
    sums: QuerySet[Any, Any] = rows.annotate(**_parts(on), total=Sum("worth"))
    return sums


def aged_row(row: Sequence[Any]) -> Aged:
    """Read a row of `aged`."""
    supplier_id, name, *parts, total = row
    return Aged(supplier_id, name, tuple(_money(part) for part in parts), _money(total))


def aged_in_all(on: date) -> Aged:
    """Return what all suppliers together are owed: one query."""
    sums = with_amounts(dated(clock.now())).aggregate(**_parts(on), total=Sum("worth"))
    *parts, total = sums.values()
    return Aged(0, "", tuple(_money(part) for part in parts), _money(total))


def with_amounts(found: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Return what suppliers are owed with what each comes to (`worth`): euros, VAT included, credit notes below zero;
    nothing where no invoice is there. `found`: with the suppliers' own (`with_own_invoice`).
    """
    amount = Case(
        When(credits__isnull=False, then=-F("invoice__total")),
        When(invoice__isnull=False, then=F("invoice__total")),
        When(own__currency="EUR", then=F("own__total")),
        # Of another currency what was agreed is paid, in euros.
        When(own__isnull=False, then=F("total_excl")),
        output_field=_MONEY,
    )
    told: QuerySet[Any, Any] = found.annotate(worth=amount)
    return told


def spans(on: date) -> list[Q]:
    """Return the conditions that something that is owed (`dated`) is of an age, the youngest first."""
    ends = [on - timedelta(days=days) for days in LIMITS]
    between = [Q(day__lt=later, day__gte=earlier) for later, earlier in pairwise(ends)]
    return [Q(day__gte=ends[0]), *between, Q(day__lt=ends[-1])]


def _parts(on: date) -> dict[str, Sum]:
    return {f"part{n}": Sum("worth", filter=span) for n, span in enumerate(spans(on))}


def _money(value: Decimal | None) -> Money:
    return Money(value or Decimal(0))
