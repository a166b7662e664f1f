"""Invoices in lists, without what is printed on them; their lines and what is contested, for many at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from cordee.files.models import StoredFile
from cordee.invoices.content import Party
from cordee.invoices.models import Contest, Invoice, InvoiceLine
from cordee.journal.queries import reasons
from cordee.kernel.periods import Month
from cordee.organisation.models import Organisation

SIREN_LENGTH = 9


def _listed() -> QuerySet[Invoice]:
    """Return all invoices, newest first, without what is printed on them: it is long, and read when one is shown."""
    return Invoice.objects.defer("content").order_by("-issued_on", "-pk")


def invoice(invoice_id: int) -> Invoice | None:
    """Return one invoice with its content, the invoice it names and its file."""
    return Invoice.objects.select_related("credits", "file").filter(pk=invoice_id).first()


def file_of(invoice_id: int) -> StoredFile | None:
    """Return the PDF of an invoice; none as long as it is to be drawn."""
    found = Invoice.objects.select_related("file").only("file").filter(pk=invoice_id).first()
    return found.file if found else None


def in_state(state: str) -> QuerySet[Invoice]:
    """Return the invoices in a state, those issued last first."""
    return Invoice.objects.filter(state=state).order_by("-pk")


def of_series(keys: Collection[str]) -> QuerySet[Invoice]:
    """Return the invoices of one or several suppliers, newest first."""
    return _listed().filter(series__key__in=keys)


def of_month(month: Month) -> QuerySet[Invoice]:
    """Return the invoices issued in a calendar month, in the order of their numbers."""
    issued = _listed().filter(issued_on__gte=month.first_day, issued_on__lt=month.next.first_day)
    return issued.order_by("series__prefix", "position")


def to_draw() -> QuerySet[Invoice]:
    """Return the invoices that have no file yet, the longest waiting first."""
    return _listed().filter(file=None).order_by("pk")


def lines_of(invoice_ids: Collection[int]) -> dict[int, list[InvoiceLine]]:
    """Return the lines of invoices, in their order: one query."""
    lines: dict[int, list[InvoiceLine]] = {pk: [] for pk in invoice_ids}
    for line in InvoiceLine.objects.filter(invoice__in=invoice_ids).order_by("invoice", "position"):
        lines[line.invoice_id].append(line)
    return lines


@dataclass(frozen=True, slots=True)
class Contested:
    """What a supplier says is wrong with a line, and what finance answered; empty where words were erased."""

    line_id: int
    words: str
    at: datetime
    upheld: bool | None
    """None as long as nobody decided."""
    answer: str


def contests_of(invoice_ids: Collection[int]) -> dict[int, list[Contested]]:
    """Return what is contested on invoices, in the order of their lines: two queries."""
    found: dict[int, list[Contested]] = {pk: [] for pk in invoice_ids}
    rows = list(Contest.objects.filter(invoice__in=invoice_ids).order_by("line__position"))
    words = reasons(pk for row in rows for pk in (row.words_id, row.answer_id) if pk is not None)
    for row in rows:
        answer = words.get(row.answer_id, "") if row.answer_id is not None else ""
        contested = Contested(row.line_id, words.get(row.words_id, ""), row.at, row.upheld, answer)
        found[row.invoice_id].append(contested)
    return found


def the_buyer(organisation: Organisation) -> Party:
    """Return who buys: the organisation, as it is known now."""
    siren = organisation.siret[:SIREN_LENGTH]
    return Party(
        name=organisation.name,
        legal_form=organisation.legal_form,
        address=organisation.address,
        postal_code=organisation.postal_code,
        city=organisation.city,
        siren=siren,
        siret=organisation.siret,
        vat_number=organisation.vat_number,
        electronic_address=organisation.electronic_address or siren,
        email=organisation.reply_to,
    )
