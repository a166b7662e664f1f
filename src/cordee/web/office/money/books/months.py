"""Months of the books: what each holds, its entries, closing it, its files."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.accounting import actions, queries
from cordee.accounting.models import BOOK_LABELS
from cordee.accounting.queries import MonthOfBooks, Source
from cordee.accounting.states import Book
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.periods import Month
from cordee.kernel.permissions import Permission
from cordee.payments.queries import batch_of
from cordee.web.numbers import an_id
from cordee.web.office.money.tabs import money_tabs
from cordee.web.pages import attempt, only_post, page
from cordee.web.periods import code, label, month_or_404, span_of, year_or_404
from cordee.web.request import Request

PER_PAGE = 50
_MONTHS = 24
_SIREN = 9
"""Digits of a SIRET that name the company."""


@page(Permission.VIEW_FEES)
def books(request: Request) -> HttpResponse:
    """Show what each month holds, newest first; the oldest that is open can be closed."""
    found = queries.months()
    open_ones = [m for m in found if not m.closed]
    oldest = open_ones[-1].month if open_ones else None
    over = [m.month for m in open_ones if m.month.next.first_day <= clock.today()]
    whole = "all" in request.GET
    context = {
        "money_tabs": money_tabs("books"),
        "rows": [_row(m) for m in (found if whole else found[:_MONTHS])],
        "more": 0 if whole else max(0, len(found) - _MONTHS),
        "years": sorted({m.month.year for m in found if m.closed}, reverse=True),
        "closes": [(code(month), label(month)) for month in over]
        if request.viewer.actor.may(Permission.PAY)
        else [],
        "oldest": label(oldest) if oldest else "",
        "keeps": request.viewer.actor.may(Permission.PAY),
    }
    return render(request, "office/books/months.html", context)


def _row(row: MonthOfBooks) -> dict[str, Any]:
    return {
        "label": label(row.month),
        "url": reverse("books_month", args=[row.month.year, row.month.number]),
        "vat_url": f"{reverse('books_vat')}?period={code(row.month)}",
        "is_closed": row.closed is not None,
        "invoices": row.invoices,
        "excl": row.excl,
        "vat": row.vat,
        "total": row.total,
        "paid": row.paid,
    }


@page(Permission.PAY)
def close_books(request: Request) -> HttpResponse:
    """Close months up to the one that was chosen: asked twice, they are closed once, and the second is told."""
    only_post(request)
    span = span_of(request.POST.get("through", ""))
    month = Month.of(span[1]) if span else Month.of(clock.today())

    def do() -> None:
        actions.close_through(month=month, by=request.viewer.actor)

    return attempt(request, do, back_to=reverse("books"), done=_("Closed: its entries are written."))


@page(Permission.VIEW_FEES)
def books_month(request: Request, year: int, number: int) -> HttpResponse:
    """Show the entries of a month, with their lines; of an open one as they would be written now."""
    month = month_or_404(year, number)
    asked = request.GET.get("book", "")
    book = Book(asked) if asked in set(Book) else None
    at = min(max(an_id(request.GET.get("page", "")) or 1, 1), 10_000)
    found = queries.entries_of(month, book=book, start=(at - 1) * PER_PAGE, most=PER_PAGE + 1)
    closed = queries.closed_month(month)
    context = {
        "label": label(month),
        "month": month,
        "closed": closed,
        "entries": [
            {
                "posted": entry,
                "url": document_url(entry.source),
                "total": Money.total(line.debit for line in entry.lines),
            }
            for entry in found[:PER_PAGE]
        ],
        "books": [
            {"value": value, "label": words, "current": value == asked}
            for value, words in [("", _("All")), *BOOK_LABELS.items()]
        ],
        "page": {
            "number": at,
            "has_previous": at > 1,
            "has_next": len(found) > PER_PAGE,
            "previous": at - 1,
            "next": at + 1,
        },
    }
    return render(request, "office/books/month.html", context)


def document_url(source: Source) -> str:
    """Return where the document of an entry is shown: the invoice, or the batch of a transfer."""
    if source.of == "payment":
        return reverse("batch", args=[batch_of(source.piece)])
    return reverse("invoice" if source.of == "invoice" else "received_invoice", args=[source.pk])


@page(Permission.VIEW_FEES)
def books_sheet(request: Request, year: int, number: int) -> HttpResponse:
    """Give the entries of a month as a file for the spreadsheet."""
    month = month_or_404(year, number)
    content = queries.as_sheet(queries.entries_of(month))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cordee-{code(month)}.csv"'
    return response


@page(Permission.VIEW_FEES)
def books_fec(request: Request, year: int) -> HttpResponse:
    """Give the closed months of a year as the tax administration wants them."""
    name = queries.fec_name(request.viewer.organisation.siret[:_SIREN], year_or_404(year))
    response = HttpResponse(
        b"".join(queries.as_fec(year)), content_type="text/tab-separated-values; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
