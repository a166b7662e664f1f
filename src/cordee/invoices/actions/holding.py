"""Holding what must not change meanwhile: the series, then the invoice."""

from cordee.invoices.models import Invoice, InvoiceSeries


def held_series(key: str) -> InvoiceSeries | None:
    """Return a series, held to the end of the transaction: its numbers are given one at a time."""
    return InvoiceSeries.objects.select_for_update().filter(key=key).first()


def held(invoice_id: int) -> Invoice:
    """Return an invoice, held to the end of the transaction."""
    return Invoice.objects.select_for_update(of=("self",)).select_related("series").get(pk=invoice_id)


def held_with_its_series(invoice_id: int) -> Invoice:
    """Return an invoice, held with its series: something is going to be numbered after it."""
    series_id = Invoice.objects.values_list("series_id", flat=True).get(pk=invoice_id)
    InvoiceSeries.objects.select_for_update().get(pk=series_id)
    return held(invoice_id)
