"""Reading payments: what can be paid and why not yet, batches, where the money of each fee is."""

from cordee.payments.queries.ageing import Aged, aged, aged_in_all, aged_row
from cordee.payments.queries.audit import Finding, audit
from cordee.payments.queries.batches import (
    Paid,
    all_payments_of,
    batch_by_ref,
    batch_of,
    batches,
    changed_since,
    in_batches,
    order_of,
    paid_by_day,
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
    told,
)
from cordee.payments.queries.lacking import (
    billed_this_year,
    lacking,
    papers_missing,
    papers_missing_of,
    without_papers,
)
from cordee.payments.queries.waiting import Waiting, waiting, waiting_in_all
from cordee.payments.queries.whereabouts import Whereabouts, whereabouts

__all__ = [
    "Aged",
    "Due",
    "DuePage",
    "Finding",
    "Paid",
    "Proposal",
    "Waiting",
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
    "in_batches",
    "lacking",
    "may_be_paid",
    "order_of",
    "owed",
    "paid_by_day",
    "papers_missing",
    "papers_missing_of",
    "parts_of",
    "payments_of",
    "people_paid",
    "proposals",
    "to_approve",
    "told",
    "waiting",
    "waiting_in_all",
    "whereabouts",
    "without_papers",
]
