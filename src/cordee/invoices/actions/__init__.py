"""Issuing invoices, answering them, and keeping their files."""

from cordee.invoices.actions.answering import accept, accept_silent, contest, dismiss
from cordee.invoices.actions.filing import draw_left, keep_file
from cordee.invoices.actions.issuing import credit, issue, uphold
from cordee.invoices.actions.transmitting import tell, transmit

__all__ = [
    "accept",
    "accept_silent",
    "contest",
    "credit",
    "dismiss",
    "draw_left",
    "issue",
    "keep_file",
    "tell",
    "transmit",
    "uphold",
]
