"""The page behind the mail about a new bank account: it is theirs, or it is not. The old address decides."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.accounts import queries as accounts
from cordee.kernel.actor import Actor, ActorKind
from cordee.suppliers import actions, queries
from cordee.suppliers.models import BankAccount
from cordee.suppliers.rules.accounts import is_cooling, masked
from cordee.suppliers.states import ACCOUNT_LINK, AccountState
from cordee.web.guest.doors import Key, personal_door
from cordee.web.pages import attempt
from cordee.web.request import Request

ACTS = {"confirm": actions.confirm_account, "refuse": actions.refuse_account}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whoever reads the mails of the address that was known before."""

    token: str
    account: BankAccount
    by: Actor


def _asked(key: Key) -> Asked | None:
    account = queries.account(key.subject_id)
    return Asked(key.token, account, Actor(ActorKind.LINK, link_id=key.link_id)) if account else None


asked_of = personal_door(ACCOUNT_LINK, find=_asked, address=lambda asked: asked.account.asked_of)


@asked_of
def bank_account(request: Request, asked: Asked) -> HttpResponse:
    """Show the account in part; a plain visit changes nothing: mail scanners open links too."""
    account = asked.account
    act = ACTS.get(request.POST.get("do", ""))
    if request.method == "POST" and act:
        back = reverse("bank_account", args=[asked.token])
        return attempt(request, lambda: act(account_id=account.pk, by=asked.by), back_to=back)
    giver = accounts.user(account.user_id) if account.user_id else None
    context = {
        "account": account,
        "number": masked(account.iban),
        "giver": giver.full_name if giver else "",
        "waits": account.state == AccountState.PROPOSED,
        "confirmed": account.state == AccountState.CONFIRMED,
        "cooling": is_cooling(account),
    }
    return render(request, "guest/bank_account.html", context)
