"""Depositing signed sheets, reading them, saying what stands on them."""

from cordee.deposits.actions.confirming import Outcome, confirm, file_by_hand
from cordee.deposits.actions.depositing import Deposited, deposit
from cordee.deposits.actions.reading import read, read_left
from cordee.deposits.actions.settling import reopen, set_aside, take_up

__all__ = [
    "Deposited",
    "Outcome",
    "confirm",
    "deposit",
    "file_by_hand",
    "read",
    "read_left",
    "reopen",
    "set_aside",
    "take_up",
]
