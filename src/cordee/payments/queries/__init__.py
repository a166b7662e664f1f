"""Reading payments: what can be paid and why not yet, batches, where the money of each fee is."""

from cordee.payments.queries.ageing import Aged, aged, aged_in_all, aged_row
from cordee.payments.queries.audit import Finding, audit
from cordee.payments.queries.batches import (
    all_payments_of,
    batch_by_ref,
    batch_of,
    batches,
    changed_since,
    order_of,
    parts_of,
    payments_of,
    people_paid,
    to_approve,
)
from cordee.payments.queries.due import (
    Due,
    DuePage,
    Proposal,
    due_page,
    may_be_paid,
    owed,
    proposals,
)
from cordee.payments.queries.lacking import (
    billed_this_year,
    lacking,
    papers_missing,
    papers_missing_of,
    without_papers,
)
from cordee.payments.queries.whereabouts import Whereabouts, whereabouts

__all__ = [
    "Aged",
    "Due",
    "DuePage",
    "Finding",
    "Proposal",
    "Whereabouts",
    "aged",
    "aged_in_all",
    "aged_row",
    "all_payments_of",
    "audit",
    "batch_by_ref",
    "batch_of",
    "batches",
    "billed_this_year",
    "changed_since",
    "due_page",
    "lacking",
    "may_be_paid",
    "order_of",
    "owed",
    "papers_missing",
    "papers_missing_of",
    "parts_of",
    "payments_of",
    "people_paid",
    "proposals",
    "to_approve",
    "whereabouts",
    "without_papers",
]
