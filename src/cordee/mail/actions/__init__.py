"""Queueing, sending, and what people do to a message by hand."""

from cordee.mail.actions.by_hand import keep_secret, release, send_again, stop, withhold
from cordee.mail.actions.erasing import erase_person
from cordee.mail.actions.queueing import Wanted, cancel, reconcile, take_back, take_back_of_session
from cordee.mail.actions.sending import GIVE_UP_AFTER, send_due

__all__ = [
    "GIVE_UP_AFTER",
    "Wanted",
    "cancel",
    "erase_person",
    "keep_secret",
    "reconcile",
    "release",
    "send_again",
    "send_due",
    "stop",
    "take_back",
    "take_back_of_session",
    "withhold",
]
