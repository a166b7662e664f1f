"""What must be true of all invoices, whatever happened: numbers, sums, content, and what takes back what."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from cordee.invoices.content import Content, digest_of, totals
from cordee.invoices.models import Invoice, InvoiceLine, InvoiceSeries
from cordee.invoices.states import InvoiceState, Kind

_CHUNK = 500


class Fault(StrEnum):
    """What is not true."""

    GAP = "gap"
    """A series skips a number, or gave one that no invoice has."""
    ORDER = "order"
    """A later number has an earlier day."""
    LINES = "lines"
    """The total is not the sum of the lines."""
    CONTENT = "content"
    """What is printed was changed, or says another number, kind, day or sum than the row."""
    CREDIT = "credit"
    """It is said to be credited or replaced and nothing does so, or the other way round."""


@dataclass(frozen=True, slots=True)
class Found:
    """A fault, and the number of the invoice or the prefix of the series it is in."""

    fault: Fault
    where: str


def faults(*, contents: bool = True) -> Iterator[Found]:
    """Look for what is not true: five queries, and one for every 500 invoices when their `contents` are read too."""
    yield from (Found(Fault.GAP, prefix) for prefix in _gaps())
    yield from (Found(Fault.ORDER, number) for number in _out_of_order())
    yield from (Found(Fault.LINES, number) for number in _other_sums())
    yield from (Found(Fault.CREDIT, number) for number in _wrongly_credited())
    if contents:
        for invoice in Invoice.objects.order_by("pk").iterator(chunk_size=_CHUNK):
            if not _stands(invoice):
                yield Found(Fault.CONTENT, invoice.number)


def _gaps() -> Iterator[str]:
    told = Invoice.objects.values("series").annotate(
        n=Count("pk"), first=Min("position"), last_one=Max("position")
    )
    given = {row["series"]: (row["n"], row["first"], row["last_one"]) for row in told}
    for series in InvoiceSeries.objects.order_by("prefix"):
        expected = (series.last, 1, series.last) if series.last else None
        if given.get(series.pk) != expected:
            yield series.prefix


def _out_of_order() -> QuerySet[Invoice, str]:
    before = Invoice.objects.filter(series=OuterRef("series"), position=OuterRef("position") - 1)
    dated = Invoice.objects.annotate(day_before=Subquery(before.values("issued_on")))
    return dated.filter(day_before__gt=F("issued_on")).values_list("number", flat=True)


def _other_sums() -> Iterator[str]:
    sums = InvoiceLine.objects.filter(invoice=OuterRef("pk")).order_by().values("invoice")
    told = Invoice.objects.annotate(
        of_lines=Coalesce(
            Subquery(sums.annotate(s=Sum("amount")).values("s")),
            0,
            output_field=Invoice._meta.get_field("total"),
        )
    )
    for number, excl, vat, total, lines in told.values_list(
        "number", "total_excl", "vat", "total", "of_lines"
    ).iterator():
        if excl != lines or excl + vat != total:
            yield number


def _wrongly_credited() -> QuerySet[Invoice, str]:
    note, corrective = Q(credited_by__kind=Kind.CREDIT_NOTE), Q(credited_by__kind=Kind.CORRECTIVE)
    credited, replaced = Q(state=InvoiceState.CREDITED), Q(state=InvoiceState.REPLACED)
    wrong = (credited & ~note) | (note & ~credited) | (replaced & ~corrective) | (corrective & ~replaced)
    return Invoice.objects.filter(wrong).values_list("number", flat=True)


def _stands(invoice: Invoice) -> bool:
    """Tell whether what is printed is what was issued, and what the row says."""
    if digest_of(invoice.content) != invoice.content_sha256:
        return False
    content = Content.from_json(invoice.content)
    sums = totals(content.draft.lines)
    said = (content.number, content.kind, content.draft.issued_on, sums.excl.amount, sums.total.amount)
    return said == (invoice.number, invoice.kind, invoice.issued_on, invoice.total_excl, invoice.total)
