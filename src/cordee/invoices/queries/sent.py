"""Invoices on their way through the approved platform."""

from datetime import datetime

from django.db.models import Max, QuerySet

from cordee.invoices.models import Transmission, TransmissionNews
from cordee.invoices.states import TransmissionState


def _with_invoices() -> QuerySet[Transmission]:
    return Transmission.objects.select_related("invoice__file").defer("invoice__content")


def to_hand_over() -> QuerySet[Transmission]:
    """Return what waits for the platform and is drawn, the longest waiting first."""
    return (
        _with_invoices().filter(state=TransmissionState.WAITING, invoice__file__isnull=False).order_by("pk")
    )


def transmission_of(invoice_id: int) -> Transmission | None:
    """Return how far an invoice is with the platform; nothing for one that does not go there."""
    return Transmission.objects.filter(invoice_id=invoice_id).first()


def handed_over(number: str) -> Transmission | None:
    """Return the transmission of an invoice that the platform has."""
    rows = Transmission.objects.filter(invoice__number=number)
    return rows.exclude(state=TransmissionState.WAITING).first()


def news_of(invoice_ids: list[int]) -> dict[int, list[TransmissionNews]]:
    """Return what was told of invoices, oldest first: one query."""
    told: dict[int, list[TransmissionNews]] = {pk: [] for pk in invoice_ids}
    rows = TransmissionNews.objects.filter(transmission__invoice__in=invoice_ids)
    for news in rows.select_related("transmission").order_by("at", "pk"):
        told[news.transmission.invoice_id].append(news)
    return told


def news_since(otherwise: datetime) -> datetime:
    """Return when something was told the last time; `otherwise` where nothing was."""
    last: datetime | None = TransmissionNews.objects.aggregate(last=Max("told_at"))["last"]
    return last or otherwise
