"""What suppliers are owed and since when, and the account of each."""

from itertools import accumulate

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.accounting import queries
from cordee.accounting.queries import Source
from cordee.accounting.states import Book
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.permissions import Permission
from cordee.payments import queries as payments
from cordee.web.office.money.books.months import document_url
from cordee.web.office.money.owed import AGES
from cordee.web.office.money.tabs import money_tabs
from cordee.web.office.suppliers.pages import supplier_or_404
from cordee.web.pages import page
from cordee.web.request import Request
from cordee.web.slices import slice_of

_SHOWN = 100


class BalanceFilters(forms.Form):
    q = forms.CharField(
        required=False,
        max_length=100,
        label=gettext_lazy("Search"),
        widget=forms.SearchInput(attrs={"placeholder": gettext_lazy("Name of a supplier")}),
    )


@page(Permission.VIEW_FEES)
def balances(request: Request) -> HttpResponse:
    """List what suppliers are owed, by how long ago it was due."""
    form = BalanceFilters(request.GET)
    form.is_valid()
    today = clock.today()
    shown = slice_of(request, payments.aged(today, form.cleaned_data.get("q") or ""))
    rows = [payments.aged_row(row) for row in shown.items]
    whole = payments.aged_in_all(today)
    context = {
        "money_tabs": money_tabs("books"),
        "form": form,
        "page": shown,
        "ages": AGES,
        "rows": [(row, list(zip(AGES, row.parts, strict=True))) for row in rows],
        "whole": whole,
        "whole_parts": list(zip(AGES, whole.parts, strict=True)),
        "clear_url": reverse("balances") if set(request.GET) - {"page"} else "",
    }
    return render(request, "office/books/balances.html", context)


@page(Permission.VIEW_FEES)
def balance(request: Request, supplier_id: int) -> HttpResponse:
    """Show everything that moved what a supplier is owed, newest first, with the balance after each."""
    supplier = supplier_or_404(supplier_id)
    found = queries.account_of(supplier.pk, until=clock.today())
    after = list(accumulate((queries.balance([source]) for source in found), Money.__add__))
    rows = [
        (source, _words(source), document_url(source), left)
        for source, left in zip(found, after, strict=True)
    ]
    whole = "all" in request.GET
    context = {
        "supplier": supplier,
        "rows": rows[::-1] if whole else rows[: -_SHOWN - 1 : -1],
        "more": 0 if whole else max(0, len(rows) - _SHOWN),
        "balance": after[-1] if after else Money.zero(),
        "sees_supplier": request.viewer.actor.may(Permission.VIEW_SUPPLIERS),
    }
    return render(request, "office/books/balance.html", context)


def _words(source: Source) -> str:
    is_less = source.total < Money.zero()
    if source.book == Book.BANK:
        return _("Sent back by the bank") if is_less else _("Paid")
    return _("Credit note") if is_less else _("Invoice")
