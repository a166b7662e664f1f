"""What must be true of every invoice, whatever happened; that no number is lost is looked at with the payments."""

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Round

from cordee.invoices.models import Invoice, InvoiceLine


def out_of_order() -> QuerySet[Invoice]:
    """Return the invoices dated before the number that comes before them."""
    before = Invoice.objects.filter(series=OuterRef("series"), position=OuterRef("position") - 1)
    dated = Invoice.objects.defer("content").annotate(day_before=Subquery(before.values("issued_on")))
    return dated.filter(day_before__gt=F("issued_on")).order_by("pk")


def other_sums() -> QuerySet[Invoice]:
    """Return the invoices that are not the sum of their lines, or whose total is not that with its VAT.

    Rounded to the cent: SQLite adds in binary.
    """
    lines = InvoiceLine.objects.filter(invoice=OuterRef("pk")).order_by().values("invoice")
    of_lines = lines.annotate(sum=Sum("amount")).values("sum")
    summed = Invoice.objects.defer("content").annotate(
        off_lines=Round(F("total_excl") - Subquery(of_lines), precision=2),
        off_total=Round(F("total") - F("total_excl") - F("vat"), precision=2),
    )
    return summed.filter(Q(off_lines=None) | ~Q(off_lines=0) | ~Q(off_total=0)).order_by("pk")
