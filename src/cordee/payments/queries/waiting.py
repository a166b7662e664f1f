"""What all that is owed waits for, in SQL: `owed` says the same of each row, and the suite compares the two."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, Exists, Min, OuterRef, Q, QuerySet, Sum, Value, When

from cordee.conformity import queries as conformity
from cordee.fees.models import PayableLine
from cordee.invoices.states import InvoiceState
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.organisation.models import Organisation
from cordee.payments.queries.ageing import spans, with_amounts
from cordee.payments.queries.due import dated, is_agreed
from cordee.payments.queries.lacking import without_papers
from cordee.payments.states import Wait
from cordee.planning.models import Session
from cordee.suppliers import queries as suppliers


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is owed and waits for the same: how many invoices, euros VAT included (credit notes below zero), and the
    day on which the first was or will be due.
    """

    count: int
    amount: Money
    first: date


def waiting(
    organisation: Organisation, *, by_day: date, wait: Wait | None = None, age: int | None = None
) -> QuerySet[Any]:
    """Return what is owed with what each waits for (`wait`), by due date; `wait`: only what waits for this; `age`: only
    what is of this age, by its place in what `aged` adds up. What is due after `by_day` is not due.
    """
    found: QuerySet[Any] = dated(clock.now()).annotate(wait=_wait(organisation, by_day))
    if wait is not None:
        found = found.filter(wait=wait)
    if age is not None:
        found = found.filter(spans(clock.today())[age])
    return found.order_by("day", "pk")


def waiting_in_all(organisation: Organisation, *, by_day: date) -> dict[Wait, Waiting]:
    """Return what all that is owed waits for, in the order of the reasons: one query."""
    rows = (
        with_amounts(waiting(organisation, by_day=by_day))
        .order_by()
        .values("wait")
        .annotate(count=Count("pk"), amount=Sum("worth"), first=Min("day"))
        .values_list("wait", "count", "amount", "first")
    )
    found = {wait: Waiting(count, Money(amount or Decimal(0)), first) for wait, count, amount, first in rows}
    return {wait: found[wait] for wait in Wait if wait in found}


def _wait(organisation: Organisation, by_day: date) -> Case:
    """Return the first reason that `due.owed` would give, in its order."""
    disagreed = ~is_agreed()
    reasons = [
        When(disagreed & Q(invoice=None), then=Value(Wait.NOT_ACCEPTED)),
        When(disagreed & Q(invoice__state=InvoiceState.CONTESTED), then=Value(Wait.CONTESTED)),
        When(disagreed, then=Value(Wait.CONTEST_WINDOW)),
        When(_waits_for_a_sheet(organisation), then=Value(Wait.SHEET)),
        When(~suppliers.can_be_paid(clock.now()), then=Value(Wait.ACCOUNT)),
    ]
    if organisation.papers_hold:
        lack = suppliers.found().filter(without_papers(organisation)).order_by().values("pk")
        reasons.append(When(supplier_id__in=lack, then=Value(Wait.PAPER)))
    reasons.append(When(day__gt=by_day, then=Value(Wait.NOT_DUE)))
    return Case(*reasons, default=Value(Wait.NOTHING), output_field=CharField())


def _waits_for_a_sheet(organisation: Organisation) -> Q:
    """Return the condition that the sheet of a session holds a fee that the invoice is for."""
    lines = PayableLine.objects.filter(payable=OuterRef("pk"), live=True, fee_line__released=False)
    found = Q(Exists(lines.filter(conformity.held(organisation, "fee_line__session__"))))
    if organisation.hold_coordination:
        of_mission = Session.objects.filter(mission_id=OuterRef("fee_line__request__mission_id"))
        coordinated = lines.filter(fee_line__session=None)
        found |= Q(Exists(coordinated.filter(Exists(of_mission.filter(conformity.held(organisation))))))
    return found
