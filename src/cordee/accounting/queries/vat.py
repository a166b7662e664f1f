"""VAT on what suppliers invoiced in a period, by rule: by the day of the invoice, of suppliers' own by the day on which
it was accepted, as in the books.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DecimalField, F, QuerySet, Sum, When
from django.db.models.functions import TruncDate

from cordee.accounting.queries.posting import REVERSE_CHARGE
from cordee.fees.models import ReceivedVat
from cordee.invoices.content import VatRule
from cordee.invoices.models import Invoice, InvoiceLine
from cordee.invoices.states import Kind
from cordee.kernel import zones
from cordee.kernel.money import Money
from cordee.kernel.periods import start_of_day

type Rows = QuerySet[Any, Any]

_MONEY = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True, slots=True)
class VatOfPeriod:
    """What was invoiced under one rule, less what was credited, euros."""

    rule: VatRule
    invoices: int
    """With credit notes."""
    base: Money
    vat: Money
    """Of reverse charge: what the organisation owes itself."""


def vat_of(since: date, until: date) -> list[VatOfPeriod]:
    """Return what was invoiced from a day to another, both included, by rule, in the order of the rules: four
    queries. VAT is the sum of what stands on the invoices, rounded on each, as in the books.
    """
    number: dict[VatRule, int] = defaultdict(int)
    base: dict[VatRule, Money] = defaultdict(Money.zero)
    given: dict[VatRule, Money] = defaultdict(Money.zero)
    # Only lines under the standard rule bear VAT, so that of an invoice is all theirs.
    invoices = Invoice.objects.filter(issued_on__range=(since, until))
    given[VatRule.STANDARD] = Money(invoices.aggregate(sum=Sum(_signed("vat", "kind")))["sum"] or Decimal(0))
    issued = _lines(since, until).order_by("vat_rule").values_list("vat_rule")
    for rule, count, amount in issued.annotate(
        Count("invoice", distinct=True), sum=Sum(_signed("amount", "invoice__kind"))
    ):
        number[VatRule(rule)] += count
        base[VatRule(rule)] += Money(amount)
    own = _received(since, until).order_by("rule").values_list("rule")
    for rule, count, amount, tax in own.annotate(Count("pk"), Sum("base"), Sum("vat")):
        number[VatRule(rule)] += count
        base[VatRule(rule)] += Money(amount)
        given[VatRule(rule)] += Money(tax)
    charged = _received(since, until).filter(rule=VatRule.REVERSE_CHARGE).order_by("pk")
    given[VatRule.REVERSE_CHARGE] = Money.total(
        Money(net) * REVERSE_CHARGE for net in charged.values_list("base", flat=True)
    )
    return [VatOfPeriod(rule, number[rule], base[rule], given[rule]) for rule in VatRule if number[rule]]


def issued_under(rule: VatRule, since: date, until: date) -> Rows:
    """Return the invoices issued here that have something under a rule: number, who, day, and how much (`base`)."""
    rows = _lines(since, until).filter(vat_rule=rule).order_by("invoice__issued_on", "invoice")
    columns = ("invoice", "invoice__number", "invoice__seller", "invoice__issued_on")
    return rows.values_list(*columns).annotate(base=Sum(_signed("amount", "invoice__kind")))


def received_under(rule: VatRule, since: date, until: date) -> Rows:
    """Return suppliers' own invoices under a rule, with the same columns."""
    rows = _received(since, until).filter(rule=rule).annotate(day=TruncDate("received__decided_at"))
    columns = ("received", "received__number", "received__supplier__name", "day", "base")
    return rows.order_by("received__decided_at", "pk").values_list(*columns)


def _lines(since: date, until: date) -> QuerySet[InvoiceLine]:
    return InvoiceLine.objects.filter(invoice__issued_on__range=(since, until))


def _received(since: date, until: date) -> QuerySet[ReceivedVat]:
    """Return what suppliers' own invoices have under each rule, those accepted from a day to another."""
    start = start_of_day(since, zones.home())
    end = start_of_day(until + timedelta(days=1), zones.home())
    return ReceivedVat.objects.filter(received__decided_at__gte=start, received__decided_at__lt=end)


def _signed(column: str, kind: str) -> Case:
    """Return a column, below zero where it is a credit note's."""
    return Case(When(**{kind: Kind.CREDIT_NOTE}, then=-F(column)), default=F(column), output_field=_MONEY)
