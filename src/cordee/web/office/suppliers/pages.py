"""The list of suppliers, and the page of one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.files import queries as files
from cordee.kernel import clock
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.payments import queries as payments
from cordee.suppliers import actions, queries
from cordee.suppliers.models import KIND_LABELS, BankAccount, Supplier
from cordee.suppliers.rules import readiness
from cordee.suppliers.rules.accounts import is_cooling, masked
from cordee.suppliers.rules.readiness import Standing
from cordee.suppliers.states import AccountState, PaperKind
from cordee.web.office.suppliers.history import history
from cordee.web.pages import only_post, page
from cordee.web.papers import pdf
from cordee.web.request import Request
from cordee.web.slices import slice_of
from cordee.web.suppliers import account_told, paper_answer, paper_rows


class SupplierFilters(forms.Form):
    q = forms.CharField(
        required=False,
        max_length=100,
        label=gettext_lazy("Search"),
        widget=forms.SearchInput(attrs={"placeholder": gettext_lazy("Name, city or SIRET")}),
    )
    kind = forms.ChoiceField(
        required=False, label=gettext_lazy("Kind"), choices=[("", gettext_lazy("All")), *KIND_LABELS.items()]
    )
    missing = forms.BooleanField(required=False, label=gettext_lazy("Something is missing"))


@page(Permission.VIEW_SUPPLIERS)
def suppliers_list(request: Request) -> HttpResponse:
    """List suppliers by name, each with what is missing: the same number of queries for one and for thirty."""
    form = SupplierFilters(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    organisation = request.viewer.organisation
    found = queries.found(asked.get("q") or "", asked.get("kind") or "")
    if asked.get("missing"):
        found = payments.lacking(found, organisation)
    shown = slice_of(request, found)
    known = {supplier.pk: supplier for supplier in shown.items}
    standings, people = queries.standings(known, clock.today()), queries.billed_by(known)
    papers = payments.papers_missing(known, organisation)
    narrowed = bool(set(request.GET) - {"page"})
    context = {
        "form": form,
        "page": shown,
        "rows": [_row(standings[pk], papers[pk], [f.full_name for f in people.get(pk, [])]) for pk in known],
        "clear_url": reverse("suppliers") if narrowed else "",
    }
    return render(request, "office/suppliers/list.html", context)


def blockers_of(standing: Standing, papers: Sequence[PaperKind]) -> list[Blocker]:
    """Return what keeps a supplier from being invoiced, then paid, with the `papers` the law asks it for; that it
    sends its own invoices is no fault.
    """
    found = [
        *readiness.cannot_be_invoiced(standing),
        *readiness.cannot_be_paid(standing.supplier, standing.account, standing.proposed, clock.now()),
        *readiness.papers_due(papers, standing.supplier.name),
    ]
    return [b for b in found if b.code != "own_invoice"]


def _row(standing: Standing, papers: Sequence[PaperKind], people: Sequence[str]) -> dict[str, Any]:
    if not standing.supplier.is_active:
        closed = {"tag": "neutral", "told": _("closed"), "blockers": [], "account": ""}
        return {"supplier": standing.supplier, "people": people} | closed
    blockers, account = blockers_of(standing, papers), standing.account
    waits = bool(blockers) and all(b.turn == Turn.TIME for b in blockers)
    return {
        "supplier": standing.supplier,
        "people": people,
        "blockers": blockers,
        "tag": "done" if not blockers else "wait" if waits else "late",
        "told": _("ready") if not blockers else _("waits") if waits else _("something is missing"),
        "account": masked(account.iban) if account else "",
    }


@page(Permission.VIEW_SUPPLIERS)
def supplier_page(request: Request, supplier_id: int) -> HttpResponse:
    return _shown(request, supplier_or_404(supplier_id))


def _shown(request: Request, supplier: Supplier, whole: dict[int, str] | None = None) -> HttpResponse:
    """Draw the page of a supplier; `whole`: bank account numbers that are shown whole, by account."""
    today, actor = clock.today(), request.viewer.actor
    accounts_, papers = queries.accounts_of(supplier.pk), queries.papers_of(supplier.pk)
    regimes, mandates = queries.regimes_of(supplier.pk), queries.mandates_of(supplier.pk)
    by_state = {a.state: a for a in reversed(accounts_)}
    standing = Standing(
        supplier=supplier,
        has_mandate=any(m.ended_at is None for m in mandates),
        has_vat_rule=any(r.since <= today for r in regimes),
        account=by_state.get(AccountState.CONFIRMED),
        proposed=by_state.get(AccountState.PROPOSED),
    )
    missing = payments.papers_missing_of(supplier, papers, request.viewer.organisation)
    context = {
        "supplier": supplier,
        "people": queries.billed_by([supplier.pk]).get(supplier.pk, []),
        "blockers": blockers_of(standing, missing),
        "regimes": regimes,
        "accounts": [_account(a, whole or {}) for a in accounts_],
        "mandates": mandates,
        "papers": paper_rows(supplier, papers, missing, today),
        "history": history(supplier.pk),
        "may_edit": actor.may(Permission.EDIT_SUPPLIERS),
        "may_look": actor.may(Permission.VIEW_BANK_ACCOUNTS),
    }
    return render(request, "office/suppliers/supplier.html", context)


def _account(account: BankAccount, whole: dict[int, str]) -> dict[str, Any]:
    settled = account.state == AccountState.CONFIRMED and not is_cooling(account)
    over = account.state in {AccountState.REPLACED, AccountState.WITHDRAWN}
    return {
        "id": account.pk,
        "number": whole.get(account.pk) or masked(account.iban),
        "is_whole": account.pk in whole,
        "holder": account.holder,
        "bic": account.bic,
        "tag": "done" if settled else "neutral" if over else "wait",
        "label": account_told(account),
        "given": account.proposed_at,
    }


def supplier_or_404(supplier_id: int) -> Supplier:
    found = queries.supplier(supplier_id)
    if found is None:
        raise Http404
    return found


@page(Permission.VIEW_BANK_ACCOUNTS)
def show_account(request: Request, supplier_id: int, account_id: int) -> HttpResponse:
    """Show a bank account number whole, this once; that somebody looked is remembered."""
    only_post(request)
    supplier, account = supplier_or_404(supplier_id), queries.account(account_id)
    if account is None or account.supplier_id != supplier.pk:
        raise Http404
    whole = actions.show_account(account_id=account_id, by=request.viewer.actor)
    return _shown(request, supplier, {account_id: whole})


@page(Permission.VIEW_BANK_ACCOUNTS)
def supplier_paper(request: Request, supplier_id: int, paper_id: int) -> HttpResponse:
    """Open a legal paper; that somebody looked is remembered."""
    found = queries.paper(paper_id)
    if found is None or found.supplier_id != supplier_id:
        raise Http404
    shown, content = actions.open_paper(paper_id=paper_id, by=request.viewer.actor)
    return paper_answer(shown, content)


@page(Permission.VIEW_SUPPLIERS)
def supplier_mandate(request: Request, supplier_id: int, mandate_id: int) -> HttpResponse:
    """Give the PDF of a mandate."""
    found = queries.mandate(mandate_id)
    if found is None or found.supplier_id != supplier_id or found.file is None:
        raise Http404
    return pdf(files.content(found.file), f"mandat-{found.supplier.name}")
