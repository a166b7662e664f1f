"""The accounts and journals that the books are written to."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.accounting import actions, queries
from cordee.accounting.actions import AccountChanges
from cordee.accounting.models import ACCOUNT_LENGTH
from cordee.kernel.permissions import Permission
from cordee.web.pages import HouseForm, carry_out, page, status_of
from cordee.web.request import Request

_NAMES = (
    "fees",
    "deductible_vat",
    "vat_due",
    "suppliers",
    "bank",
    "purchases_journal",
    "bank_journal",
    "deducts_vat",
)


class AccountsForm(HouseForm):
    fees = forms.CharField(max_length=ACCOUNT_LENGTH, label=gettext_lazy("Fees"))
    deductible_vat = forms.CharField(max_length=ACCOUNT_LENGTH, label=gettext_lazy("Deductible VAT"))
    vat_due = forms.CharField(
        max_length=ACCOUNT_LENGTH,
        label=gettext_lazy("VAT due on what is bought abroad"),
        help_text=gettext_lazy("The organisation owes it itself (reverse charge)."),
    )
    suppliers = forms.CharField(
        max_length=ACCOUNT_LENGTH,
        label=gettext_lazy("Suppliers"),
        help_text=gettext_lazy("Each supplier has an account of its own below it: F000012 for instance."),
    )
    bank = forms.CharField(max_length=ACCOUNT_LENGTH, label=gettext_lazy("Bank"))
    purchases_journal = forms.CharField(max_length=6, label=gettext_lazy("Journal of purchases"))
    bank_journal = forms.CharField(max_length=6, label=gettext_lazy("Journal of the bank"))
    deducts_vat = forms.BooleanField(
        required=False,
        label=gettext_lazy("The organisation deducts VAT"),
        help_text=gettext_lazy("Where its training is exempt it deducts none: VAT is then part of the fees."),
    )


@page(Permission.PAY)
def books_accounts(request: Request) -> HttpResponse:
    """Choose the accounts of the months to come."""
    accounts = queries.the_accounts()
    initial: dict[str, Any] = {name: getattr(accounts, name) for name in _NAMES}
    form = AccountsForm(request.POST or None, initial=initial)

    def do() -> str:
        changes = AccountChanges(**{name: form.cleaned_data[name] for name in _NAMES})
        actions.change_accounts(changes=changes, by=request.viewer.actor)
        return reverse("books")

    if request.method == "POST" and form.is_valid():
        answer = carry_out(request, form, do, done=_("Kept: used from the next month that is closed."))
        if answer:
            return answer
    return render(request, "office/books/accounts.html", {"form": form}, status=status_of(form))
