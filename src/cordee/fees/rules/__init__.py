"""When fees may be asked for, approved, returned and corrected; and suppliers' own invoices given."""

from cordee.fees.rules.received import (
    amounts_agree,
    bills_through,
    can_decide_received,
    currency_has_a_rate,
    invoice_is_expected,
    invoice_is_new,
    is_not_of_the_future,
)
from cordee.fees.rules.requests import (
    amounts_are_right,
    can_be_corrected,
    can_move,
    coordination_is_not_paid,
    has_a_rate,
    has_a_reason,
    has_ended,
    is_confirmed,
    may_decide,
    not_asked_for,
    once_a_month,
    something_is_asked,
    total_is_as_shown,
)

__all__ = [
    "amounts_agree",
    "amounts_are_right",
    "bills_through",
    "can_be_corrected",
    "can_decide_received",
    "can_move",
    "coordination_is_not_paid",
    "currency_has_a_rate",
    "has_a_rate",
    "has_a_reason",
    "has_ended",
    "invoice_is_expected",
    "invoice_is_new",
    "is_confirmed",
    "is_not_of_the_future",
    "may_decide",
    "not_asked_for",
    "once_a_month",
    "something_is_asked",
    "total_is_as_shown",
]
