"""Asking for fees, approving and returning them; from approved fees to invoices."""

from cordee.fees.actions.payables import bill, bill_all, correct
from cordee.fees.actions.received import accept_received, give_invoice, return_received
from cordee.fees.actions.requests import (
    allow_extra_request,
    approve,
    create_coordination_fee,
    request_fees,
    return_request,
    void_coordination_fee,
)

__all__ = [
    "accept_received",
    "allow_extra_request",
    "approve",
    "bill",
    "bill_all",
    "correct",
    "create_coordination_fee",
    "give_invoice",
    "request_fees",
    "return_received",
    "return_request",
    "void_coordination_fee",
]
