"""What suppliers sign is drawn and kept; codes, bank accounts and the end of papers are told by mail."""

from django.utils.translation import gettext_lazy as _

from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.notifications import suppliers as messages
from cordee.suppliers import actions
from cordee.suppliers.facts import (
    AccountConfirmed,
    AccountProposed,
    AccountWithdrawn,
    MandateCodeAsked,
    MandateSigned,
    PaperGiven,
)


def subscribe() -> None:
    journal.subscribe(
        "mandate-code", (MandateCodeAsked,), _send_code, follows=_("The code to sign the mandate")
    )
    journal.subscribe("mandate-file", (MandateSigned,), _keep_file, follows=_("The PDF of the mandate"))
    journal.subscribe(
        "bank-account-mail",
        (AccountProposed, AccountWithdrawn),
        _ask_whose,
        follows=_("The confirmation asked of a new bank account"),
    )
    journal.subscribe(
        "bank-account-changed",
        (AccountConfirmed, AccountWithdrawn),
        _tell_finance,
        follows=_("The message to finance about a bank account"),
    )
    journal.subscribe("paper-replaced", (PaperGiven,), _forget, follows=_("The end of reminders of a paper"))


def _send_code(entry: Recorded[MandateCodeAsked]) -> None:
    messages.mandate_code(entry.fact.signing_id)


def _keep_file(entry: Recorded[MandateSigned]) -> None:
    actions.keep_file(entry.fact.mandate_id)


def _ask_whose(entry: Recorded[AccountProposed | AccountWithdrawn]) -> None:
    messages.account_to_confirm(entry.fact.account_id)


def _tell_finance(entry: Recorded[AccountConfirmed | AccountWithdrawn]) -> None:
    match entry.fact:
        case AccountConfirmed(first=False, account_id=account_id):
            messages.account_changed(account_id)
        case AccountWithdrawn(by_mail=True, account_id=account_id):
            messages.account_disowned(account_id)


def _forget(entry: Recorded[PaperGiven]) -> None:
    messages.paper_replaced(entry.fact.supplier_id)
