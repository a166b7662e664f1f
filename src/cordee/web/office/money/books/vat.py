"""VAT on what suppliers invoiced, by rule, and the invoices behind each figure."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.accounting import queries
from cordee.accounting.queries import VatOfPeriod
from cordee.invoices.content import VatRule
from cordee.invoices.models import VAT_LABELS
from cordee.kernel.money import Money
from cordee.kernel.permissions import Permission
from cordee.web.office.money.tabs import money_tabs
from cordee.web.pages import page
from cordee.web.periods import offered, span_of
from cordee.web.request import Request
from cordee.web.slices import slice_of


def _period(request: Request) -> tuple[str, Any]:
    """Return the period that is asked for, or the present month, with its days."""
    asked = request.GET.get("period", "")
    span = span_of(asked)
    if span:
        return asked, span
    now = offered()[0][0]
    return now, span_of(now)


@page(Permission.VIEW_FEES)
def books_vat(request: Request) -> HttpResponse:
    """Show what was invoiced in a month or a quarter, by rule of VAT."""
    period, (since, until) = _period(request)
    found = queries.vat_of(since, until)
    periods = offered()
    if period not in dict(periods):
        periods = [(period, period), *periods]
    context = {
        "money_tabs": money_tabs("books"),
        "period": period,
        "periods": [{"value": value, "label": words, "current": value == period} for value, words in periods],
        "since": since,
        "until": until,
        "rows": [(row, VAT_LABELS[row.rule], _url(row, period)) for row in found],
        "base": Money.total(row.base for row in found),
        "due": Money.total(row.vat for row in found if row.rule == VatRule.REVERSE_CHARGE),
        "vat": Money.total(row.vat for row in found),
    }
    return render(request, "office/books/vat.html", context)


def _url(row: VatOfPeriod, period: str) -> str:
    return f"{reverse('books_vat_rule', args=[row.rule])}?period={period}"


@page(Permission.VIEW_FEES)
def books_vat_rule(request: Request, rule: str) -> HttpResponse:
    """List the invoices of a period under one rule: those issued here, or the suppliers' own (`?own`)."""
    if rule not in set(VatRule):
        raise Http404
    period, (since, until) = _period(request)
    own = "own" in request.GET
    read = queries.received_under if own else queries.issued_under
    shown = slice_of(request, read(VatRule(rule), since, until))
    name = "received_invoice" if own else "invoice"
    context = {
        "rule": VAT_LABELS[VatRule(rule)],
        "period": period,
        "since": since,
        "until": until,
        "own": own,
        "page": shown,
        "rows": [
            (reverse(name, args=[pk]), number, who, day, base) for pk, number, who, day, base in shown.items
        ],
    }
    return render(request, "office/books/vat_rule.html", context)
