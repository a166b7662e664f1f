"""What suppliers lack, legal papers by what is billed: one answer for the supplier, finance, mails and payments."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from cordee.fees.models import Payable
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.organisation.models import Organisation
from cordee.suppliers import queries as suppliers
from cordee.suppliers.models import Paper, Supplier
from cordee.suppliers.rules import papers as rules
from cordee.suppliers.states import PaperKind


def papers_missing(known: Mapping[int, Supplier], organisation: Organisation) -> dict[int, list[PaperKind]]:
    """Return the legal papers that these suppliers lack today, by supplier: none for those who were billed for less
    than the organisation's threshold this year. Two queries.
    """
    return suppliers.papers_missing(
        known,
        clock.today(),
        billed_this_year(known),
        threshold=organisation.papers_from_amount,
    )


def lacking(found: QuerySet[Supplier], organisation: Organisation) -> QuerySet[Supplier]:
    """Return those of these suppliers that cannot be invoiced or paid today for want of something, not of time."""
    return suppliers.lacking(found, on=clock.today(), papers=without_papers(organisation))


def without_papers(organisation: Organisation) -> Q:
    """Return the condition that `papers_missing` says something of a supplier, for a query over suppliers."""
    lacks, threshold = suppliers.lacks_papers(clock.today()), organisation.papers_from_amount
    if not threshold:
        return lacks
    return Q(pk__in=_billed().filter(total__gte=threshold).values("supplier_id")) & lacks


def papers_missing_of(
    supplier: Supplier, papers: Iterable[Paper], organisation: Organisation
) -> list[PaperKind]:
    """Return what `papers_missing` says of one supplier whose papers were read already: one query."""
    return rules.missing(
        supplier,
        papers,
        on=clock.today(),
        amount=billed_this_year([supplier.pk]).get(supplier.pk, Money.zero()),
        threshold=organisation.papers_from_amount,
    )


def billed_this_year(supplier_ids: Collection[int]) -> dict[int, Money]:
    """Return what each supplier was billed for in the calendar year, euros excluding VAT."""
    rows = _billed(supplier_id__in=list(supplier_ids)).values_list("supplier_id", "total")
    return {supplier_id: Money(total or Decimal(0)) for supplier_id, total in rows}


def _billed(**of: Any) -> QuerySet[Any, Any]:
    rows = Payable.objects.filter(month__gte=date(clock.today().year, 1, 1), **of)
    return rows.order_by().values("supplier_id").annotate(total=Sum("total_excl"))
