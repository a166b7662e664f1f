"""VAT, and the bank account."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cordee.catalogue import queries as catalogue
from cordee.invoices.content import VatRule
from cordee.kernel import clock
from cordee.suppliers import actions, queries
from cordee.suppliers.models import Supplier
from cordee.suppliers.states import SupplierKind
from cordee.web.facilitation.paid.door import home, supplier_page
from cordee.web.facilitation.paid.forms import AccountForm, VatForm
from cordee.web.pages import attempt, carry_out, only_post, status_of
from cordee.web.request import Request


def vat_form(request: Request, supplier: Supplier, *, bound: bool) -> VatForm:
    """Return the form on VAT; the first time it speaks of all that is billed through this supplier."""
    known = queries.regimes_of(supplier.pk)
    own = request.viewer.actor.facilitator_id or 0
    begun = [row.since for row in queries.history_of(own) if row.supplier_id == supplier.pk]
    first = not known and begun
    initial = {"rule": VatRule.FRANCHISE} if first and supplier.kind == SupplierKind.MICRO else {}
    return VatForm(
        request.POST if bound else None,
        request.FILES if bound else None,
        kind=SupplierKind(supplier.kind),
        services=list(catalogue.service_types(active_only=True)),
        since=begun[-1] if first else clock.today(),
        initial=initial,
    )


@supplier_page
def change_vat(request: Request, supplier: Supplier) -> HttpResponse:
    form = vat_form(request, supplier, bound=request.method == "POST")

    def do() -> str:
        asked = form.cleaned_data
        actions.set_vat(
            supplier_id=supplier.pk,
            service_type_id=asked["service_type"],
            rule=VatRule(asked["rule"]),
            since=asked["since"],
            attested_on=asked["attested_on"],
            attestation=asked["attestation"].read() if asked["attestation"] else None,
            by=request.viewer.actor,
        )
        return home("vat")

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The VAT rule is noted."))
        if answer:
            return answer
    context = {"form": form, "title": _("VAT"), "supplier": supplier}
    return render(request, "facilitation/paid/one_form.html", context, status=status_of(form))


def account_form(request: Request, supplier: Supplier, *, bound: bool) -> AccountForm:
    return AccountForm(request.POST if bound else None, initial={"holder": supplier.name})


@supplier_page
def change_account(request: Request, supplier: Supplier) -> HttpResponse:
    """Give a bank account: its confirmation goes to the address that was known before."""
    form = account_form(request, supplier, bound=request.method == "POST")

    def do() -> str:
        asked = form.cleaned_data
        actions.propose_account(
            supplier_id=supplier.pk,
            iban=asked["iban"],
            bic=asked["bic"],
            holder=asked["holder"],
            by=request.viewer.actor,
        )
        return home("bank")

    if form.is_valid():
        done = _("Noted. Open the link of the mail that leaves now, to confirm it.")
        answer = carry_out(request, form, do, done=done)
        if answer:
            return answer
    context = {"form": form, "title": _("Bank account"), "supplier": supplier}
    return render(request, "facilitation/paid/one_form.html", context, status=status_of(form))


@supplier_page
def withdraw_account(request: Request, supplier: Supplier, account_id: int) -> HttpResponse:
    """Give up a bank account that is not confirmed."""
    only_post(request)
    account = queries.account(account_id)
    if account is None or account.supplier_id != supplier.pk:
        raise Http404
    return attempt(
        request,
        lambda: actions.withdraw_account(account_id=account_id, by=request.viewer.actor),
        back_to=home("bank"),
        done=_("This bank account is given up."),
    )
