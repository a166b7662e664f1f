"""Whether the money adds up: over the whole database, in SQL, whatever its size. What must always be true of fees,
invoices and payments is said once, here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import (
    Count,
    DecimalField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Round
from django.utils.translation import gettext as _

from cordee.fees import queries as fees
from cordee.fees.models import FeeLine, Payable, PayableLine
from cordee.fees.states import RequestStatus
from cordee.invoices import queries as invoices
from cordee.invoices.models import Invoice, InvoiceSeries
from cordee.invoices.states import InvoiceState, Kind
from cordee.kernel import clock
from cordee.payments.models import Part, Payment
from cordee.payments.queries.ageing import with_amounts
from cordee.payments.queries.due import unpaid, with_own_invoice
from cordee.payments.states import LIVE
from cordee.suppliers.models import Supplier

SHOWN = 20
"""Rows that a finding names; it counts all."""
_WITHIN: Final = timedelta(hours=1)
"""A worker issues an invoice some moments after its fees were approved."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be: which rule, how many rows, and the first of them."""

    code: str
    message: str
    count: int
    rows: tuple[str, ...]


def audit() -> list[Finding]:
    """Return everything that does not add up; an empty list: no fee is paid twice, none forgotten, no number lost."""
    return [finding for check in CHECKS for finding in check()]


def _finding(
    code: str, message: str, rows: QuerySet[Any], name: Callable[[Any], str] = str
) -> Iterator[Finding]:
    first = list(rows[: SHOWN + 1])
    if first:
        count = rows.count() if len(first) > SHOWN else len(first)
        yield Finding(code, message, count, tuple(name(row) for row in first[:SHOWN]))


def _off(amount: str, total: Sum | Subquery) -> Round:
    """Return by how much an amount differs from a sum, to the cent: SQLite adds in binary."""
    return Round(F(amount) - total, precision=2)


def _sum_of_parts_is_the_payment() -> Iterator[Finding]:
    rows = Payment.objects.filter(state__in=LIVE).annotate(
        off=_off("amount", Sum("parts__amount", filter=Q(parts__live=True)))
    )
    rows = rows.filter(Q(off=None) | ~Q(off=0)).order_by("pk")
    yield from _finding(
        "payment_differs", _("A payment is not the sum of what it pays."), rows, lambda p: p.reference
    )


def _what_stands_pays_and_what_does_not_pays_nothing() -> Iterator[Finding]:
    wrong = Part.objects.filter(
        Q(live=True) & ~Q(payment__state__in=LIVE) | Q(live=False, payment__state__in=LIVE)
    )
    yield from _finding(
        "part_astray",
        _("An invoice counts as paid by a payment that does not stand, or the other way round."),
        wrong.select_related("payment").order_by("pk"),
        lambda part: part.payment.reference,
    )


def _payables_say_whether_they_are_settled() -> Iterator[Finding]:
    live = Part.objects.filter(live=True)
    paid = Exists(live.filter(payable=OuterRef("pk")))
    notes = Payable.objects.filter(~paid, credits=OuterRef("pk"))
    credits_unpaid = Q(credits__isnull=False) & ~Exists(live.filter(payable=OuterRef("credits")))
    worthless = Exists(notes) | credits_unpaid
    wrong = Payable.objects.filter(
        Q(settled=False) & (paid | worthless) | Q(settled=True) & ~paid & ~worthless
    )
    yield from _finding(
        "payable_astray",
        _("What a supplier is owed says that it is settled and is not, or the other way round."),
        wrong.order_by("pk"),
        lambda payable: str(payable.pk),
    )


def _parts_are_what_is_owed() -> Iterator[Finding]:
    of = with_amounts(with_own_invoice(Payable.objects.filter(pk=OuterRef("payable")))).values("worth")
    live = Part.objects.filter(live=True).annotate(off=_off("amount", Subquery(of)))
    yield from _finding(
        "part_differs",
        _("A payment pays another amount than the invoice says."),
        live.filter(Q(off=None) | ~Q(off=0)).select_related("payment").order_by("pk"),
        lambda part: part.payment.reference,
    )


def _nothing_is_lost() -> Iterator[Finding]:
    """What was invoiced to a supplier, less what was credited, is what payments that stand pay and what is owed."""
    invoiced = _by_supplier(with_amounts(with_own_invoice(Payable.objects.all())), "worth")
    owed = _by_supplier(with_amounts(with_own_invoice(unpaid())), "worth")
    paid = Part.objects.filter(live=True, payable__supplier=OuterRef("pk")).order_by()
    rows = Supplier.objects.annotate(
        invoiced=Subquery(invoiced),
        owed=Subquery(owed),
        paid=Subquery(paid.values("payable__supplier").annotate(n=Sum("amount")).values("n")),
    )
    none = Value(0, output_field=DecimalField(max_digits=14, decimal_places=2))
    known = {name: Coalesce(F(name), none) for name in ("invoiced", "owed", "paid")}
    rows = rows.annotate(off=Round(known["invoiced"] - known["owed"] - known["paid"], precision=2))
    yield from _finding(
        "not_settled",
        _("What a supplier was invoiced for is neither paid nor owed, or both."),
        rows.exclude(off=0).order_by("pk"),
        lambda supplier: supplier.name,
    )


def _by_supplier(found: QuerySet[Any, Any], amount: str) -> QuerySet[Any, Any]:
    theirs = found.filter(supplier=OuterRef("pk")).order_by().values("supplier")
    sums: QuerySet[Any, Any] = theirs.annotate(n=Sum(amount)).values("n")
    return sums


def _payables_are_their_lines() -> Iterator[Finding]:
    lines = PayableLine.objects.filter(payable=OuterRef("pk")).order_by().values("payable")
    total = lines.annotate(sum=Sum(F("unit_amount") * F("fee_line__quantity"))).values("sum")
    rows = Payable.objects.filter(credits=None).annotate(off=_off("total_excl", Subquery(total)))
    yield from _finding(
        "payable_differs",
        _("What a supplier is owed is not the sum of its fees."),
        rows.filter(Q(off=None) | ~Q(off=0)).order_by("pk"),
        lambda payable: str(payable.pk),
    )
    issued = Payable.objects.filter(invoice__isnull=False, credits=None).exclude(
        invoice__total_excl=F("total_excl")
    )
    yield from _finding(
        "invoice_differs",
        _("An invoice is for another amount than the fees on it."),
        issued.order_by("pk").select_related("invoice"),
        lambda payable: payable.invoice.number,
    )


def _numbers_follow_each_other() -> Iterator[Finding]:
    of_series = Invoice.objects.filter(series=OuterRef("pk")).order_by().values("series")
    rows = InvoiceSeries.objects.annotate(
        count=Subquery(of_series.annotate(n=Count("pk")).values("n")),
        highest=Subquery(of_series.annotate(n=Max("position")).values("n")),
    )
    wrong = rows.filter(Q(last__gt=0), Q(count=None) | ~Q(count=F("last")) | ~Q(highest=F("last")))
    yield from _finding(
        "number_lost",
        _("A number of a series is missing, or was used twice."),
        wrong.order_by("pk"),
        lambda series: series.key,
    )


def _invoices_are_in_order_and_add_up() -> Iterator[Finding]:
    yield from _finding(
        "day_out_of_order",
        _("An invoice is dated before the one whose number comes before."),
        invoices.out_of_order(),
        lambda invoice: invoice.number,
    )
    yield from _finding(
        "lines_differ",
        _("An invoice is not the sum of its lines and their VAT."),
        invoices.other_sums(),
        lambda invoice: invoice.number,
    )


def _credited_once_and_wholly() -> Iterator[Finding]:
    notes = Invoice.objects.filter(kind=Kind.CREDIT_NOTE, credits=OuterRef("pk")).order_by().values("credits")
    rows = Invoice.objects.annotate(credited=Subquery(notes.annotate(sum=Sum("total")).values("sum")))
    wrong = rows.filter(
        Q(state=InvoiceState.CREDITED) & (Q(credited=None) | ~Q(credited=F("total")))
        | ~Q(state=InvoiceState.CREDITED) & Q(credited__isnull=False)
    )
    yield from _finding(
        "credit_differs",
        _("A credited invoice and its credit note are not worth the same."),
        wrong.exclude(kind=Kind.CREDIT_NOTE).order_by("pk"),
        lambda invoice: invoice.number,
    )


def _only_what_stands_is_billed() -> Iterator[Finding]:
    wrong = PayableLine.objects.filter(live=True).exclude(
        fee_line__released=False, fee_line__request__status=RequestStatus.APPROVED
    )
    yield from _finding(
        "billed_and_taken_back",
        _("A fee that was returned stands on an invoice."),
        wrong.order_by("pk"),
        lambda line: str(line.fee_line_id),
    )


def _credited_fees_stand_again() -> Iterator[Finding]:
    """No fee is forgotten: what a credit note took off one invoice stands on the next."""
    live = PayableLine.objects.filter(live=True, fee_line=OuterRef("pk"))
    dead = PayableLine.objects.filter(live=False, fee_line=OuterRef("pk"))
    wrong = FeeLine.objects.filter(Exists(dead), ~Exists(live))
    yield from _finding(
        "fee_forgotten",
        _("A fee was credited and stands on no invoice since."),
        wrong.order_by("pk"),
        lambda fee: str(fee.pk),
    )


_IS_EXPECTED = {"own_invoice", "no_mandate"}
"""Who sends invoices of their own is asked for one."""


def _what_can_be_billed_is() -> Iterator[Finding]:
    """No fee is forgotten: what was approved, and lacks nothing, stands on an invoice within the hour."""
    late = clock.now() - _WITHIN
    ready = [found.fee for found in fees.to_bill()]
    old = {fee.pk for fee in ready if fee.request.decided_at and fee.request.decided_at < late}
    told = fees.lacking(old)
    wrong = [pk for pk in old if not {blocker.code for blocker in told[pk]} - _IS_EXPECTED]
    if wrong:
        yield Finding(
            "fee_not_billed",
            _("A fee was approved, its supplier lacks nothing, and it stands on no invoice."),
            len(wrong),
            tuple(map(str, sorted(wrong)[:SHOWN])),
        )


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _sum_of_parts_is_the_payment,
    _what_stands_pays_and_what_does_not_pays_nothing,
    _payables_say_whether_they_are_settled,
    _parts_are_what_is_owed,
    _nothing_is_lost,
    _payables_are_their_lines,
    _numbers_follow_each_other,
    _invoices_are_in_order_and_add_up,
    _credited_once_and_wholly,
    _only_what_stands_is_billed,
    _credited_fees_stand_again,
    _what_can_be_billed_is,
)
