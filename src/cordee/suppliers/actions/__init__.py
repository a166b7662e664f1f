"""What can be done with suppliers."""

from cordee.suppliers.actions.accounts import (
    confirm_account,
    propose_account,
    refuse_account,
    show_account,
    withdraw_account,
)
from cordee.suppliers.actions.closing import close, reopen
from cordee.suppliers.actions.holding import held
from cordee.suppliers.actions.identity import attach, change, register, return_to
from cordee.suppliers.actions.mandates import Seen, ask_code, keep_file, revoke, sign
from cordee.suppliers.actions.papers import give_paper, open_paper
from cordee.suppliers.actions.regimes import set_vat

__all__ = [
    "Seen",
    "ask_code",
    "attach",
    "change",
    "close",
    "confirm_account",
    "give_paper",
    "held",
    "keep_file",
    "open_paper",
    "propose_account",
    "refuse_account",
    "register",
    "reopen",
    "return_to",
    "revoke",
    "set_vat",
    "show_account",
    "sign",
    "withdraw_account",
]
