"""“How I am paid” on one page: what is missing on top, then each part."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.payments import queries as payments
from cordee.suppliers import queries
from cordee.suppliers.models import BankAccount
from cordee.suppliers.rules import mandates as mandate_rules
from cordee.suppliers.rules.accounts import is_cooling, masked
from cordee.suppliers.rules.readiness import Standing
from cordee.suppliers.states import AccountState
from cordee.web.facilitation.paid.door import current
from cordee.web.facilitation.paid.missing import things
from cordee.web.facilitation.paid.money import account_form, vat_form
from cordee.web.facilitation.paid.structure import kinds
from cordee.web.pages import facilitator_page
from cordee.web.request import Request
from cordee.web.suppliers import account_told, paper_rows


@facilitator_page
def my_payment(request: Request) -> HttpResponse:
    """Show through whom one bills, VAT, bank account, mandate and papers; the form of what is missing, in place."""
    own, organisation = request.viewer.actor.facilitator_id or 0, request.viewer.organisation
    supplier = current(own)
    if supplier is None:
        return render(request, "facilitation/paid/kind.html", {"kinds": kinds(), "first": True})
    today = clock.today()
    accounts, papers = queries.accounts_of(supplier.pk), queries.papers_of(supplier.pk)
    regimes, mandates = queries.regimes_of(supplier.pk), queries.mandates_of(supplier.pk)
    mandate = next((m for m in mandates if m.ended_at is None), None)
    account, proposed = (_in_state(accounts, s) for s in (AccountState.CONFIRMED, AccountState.PROPOSED))
    has_rule = any(r.since <= today for r in regimes)
    standing = Standing(supplier, mandate is not None, has_rule, account, proposed)
    missing = payments.papers_missing_of(supplier, papers, organisation)
    shared = queries.billed_by([supplier.pk]).get(supplier.pk, [])
    context = {
        "supplier": supplier,
        "things": things(standing, missing),
        "shared": [f.full_name for f in shared if f.pk != own],
        "regimes": regimes,
        "vat_form": None if regimes else vat_form(request, supplier, bound=False),
        "accounts": [_account(a) for a in (proposed, account) if a],
        "account_form": None if account or proposed else account_form(request, supplier, bound=False),
        "mandate": mandate,
        "of_now": mandate is not None and mandate_rules.is_of_now(mandate, organisation),
        "mandates": mandates,
        "papers": paper_rows(supplier, papers, missing, today),
        "threshold": Money(Decimal(organisation.papers_from_amount)),
    }
    return render(request, "facilitation/paid/my_payment.html", context)


def _in_state(accounts: Sequence[BankAccount], state: AccountState) -> BankAccount | None:
    return next((a for a in accounts if a.state == state), None)


def _account(account: BankAccount) -> dict[str, Any]:
    return {
        "id": account.pk,
        "number": masked(account.iban),
        "holder": account.holder,
        "tag": "done" if account.state == AccountState.CONFIRMED and not is_cooling(account) else "wait",
        "label": account_told(account),
        "waits": account.state == AccountState.PROPOSED,
    }
