"""What is to be written in the books and is not yet: invoices issued, suppliers' own, transfers, and those sent back.

An invoice counts on the day it was issued; a supplier's own on the day finance accepted it; a transfer on the day the
bank carried it out, and on the day it came back.
"""

import heapq
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import (
    Case,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import TruncDate

from cordee.accounting.models import ClosedMonth, Entry
from cordee.accounting.queries.posting import Source
from cordee.accounting.states import Book
from cordee.fees.models import Payable, ReceivedInvoice, ReceivedVat
from cordee.fees.states import ReceivedState
from cordee.invoices.content import VatRule
from cordee.invoices.models import Invoice
from cordee.kernel import zones
from cordee.kernel.money import Money
from cordee.kernel.periods import start_of_day
from cordee.payments.models import Batch, Payment
from cordee.payments.states import PaymentState

type Rows = QuerySet[Any, Any]

_MONEY = DecimalField(max_digits=14, decimal_places=2)
_NOTHING = Value(0, output_field=_MONEY)


def issued(since: date) -> Rows:
    """Return invoices issued here from a day on that no entry was written of, each with its `day`; credit notes are
    below zero.
    """
    # An entry is of the month of its day, or of a later one: those before need not be read.
    written = Entry.objects.filter(invoice=OuterRef("pk"), month__first_day__gte=since.replace(day=1))
    return Invoice.objects.filter(~Exists(written), issued_on__gte=since).annotate(
        of=Value("invoice"),
        key=F("pk"),
        day=F("issued_on"),
        piece=F("number"),
        piece_on=F("issued_on"),
        supplier_id=Subquery(Payable.objects.filter(invoice=OuterRef("pk")).values("supplier")),
        who=F("seller"),
        net=_signed("total_excl"),
        tax=_signed("vat"),
        gross=_signed("total"),
        abroad=Value(value=False),
    )


def received(since: date) -> Rows:
    """Return suppliers' own invoices that finance accepted from a day on and no entry was written of, each with its
    `day`. Of another currency what was agreed counts, in euros.
    """
    written = Entry.objects.filter(received=OuterRef("pk"))
    in_euros = Q(currency="EUR")
    agreed = F("payable__total_excl")
    charged = ReceivedVat.objects.filter(received=OuterRef("pk"), rule=VatRule.REVERSE_CHARGE)
    accepted = ReceivedInvoice.objects.filter(~Exists(written), state=ReceivedState.ACCEPTED)
    return accepted.filter(decided_at__gte=start_of_day(since, zones.home())).annotate(
        of=Value("received"),
        key=F("pk"),
        day=TruncDate("decided_at"),
        piece=F("number"),
        piece_on=F("issued_on"),
        who=F("supplier__name"),
        net=Case(When(in_euros, then=F("excl")), default=agreed, output_field=_MONEY),
        tax=Case(When(in_euros, then=F("vat")), default=_NOTHING, output_field=_MONEY),
        gross=Case(When(in_euros, then=F("total")), default=agreed, output_field=_MONEY),
        abroad=Exists(charged),
    )


def paid(since: date, *, back: bool) -> Rows:
    """Return transfers of which it was told from a day on that the bank carried them out (or sent them back, below
    zero) and no entry was written of.
    """
    written = Entry.objects.filter(payment=OuterRef("pk"))
    written = written.filter(total__lt=0) if back else written.filter(total__gt=0)
    if back:  # what came back had been carried out
        found = Payment.objects.filter(~Exists(written), sent_back_on__gte=since)
    else:
        executed = Batch.objects.filter(executed_on__isnull=False)
        told = executed.exclude(told_on__lt=since, executed_on__lt=since)
        carried_out = Q(state=PaymentState.PAID) | Q(sent_back_on__isnull=False)
        found = Payment.objects.filter(~Exists(written), carried_out, batch__in=told)
    return found.annotate(
        of=Value("payment"),
        key=F("pk"),
        day=F("sent_back_on") if back else F("batch__executed_on"),
        piece=F("reference"),
        piece_on=F("batch__executed_on"),
        who=F("supplier__name"),
        net=_NOTHING,
        tax=_NOTHING,
        gross=ExpressionWrapper(-F("amount") if back else F("amount"), output_field=_MONEY),
        abroad=Value(value=False),
    )


_EVER = date(1970, 1, 1)
_COLUMNS = ("of", "key", "day", "piece", "piece_on", "supplier_id", "who", "net", "tax", "gross", "abroad")


def looked_through_since() -> date:
    """Return the day from which something may still be to be written: nothing is told of a day to come, so what was
    told before the last closed month is written. That month is looked through again, for what was on its way while it
    was closed.
    """
    last = ClosedMonth.objects.order_by("-first_day").first()
    return last.first_day if last else _EVER


def unwritten(book: Book, since: date) -> list[Rows]:
    """Return the rows that are to be written in a book, of those told from a day on: all have the same columns."""
    if book == Book.BANK:
        return [paid(since, back=False), paid(since, back=True)]
    return [issued(since), received(since)]


def waiting(
    *,
    until: date,
    since: date | None = None,
    book: Book | None = None,
    supplier_id: int | None = None,
    most: int | None = None,
) -> list[Source]:
    """Return what is to be written up to a day, in the order in which it is: by day, purchases before the bank.

    :param since: leave out what is older.
    :param most: no more than that many, the oldest first.
    """
    found, told_since = [], looked_through_since()
    for each in Book:
        for rows in unwritten(each, told_since) if book in {None, each} else ():
            narrowed = rows.filter(day__lte=until)
            if since:
                narrowed = narrowed.filter(day__gte=since)
            if supplier_id is not None:
                narrowed = narrowed.filter(supplier_id=supplier_id)
            found.append(_sources(each, narrowed.order_by("day", "pk")[:most]))
    return list(islice(heapq.merge(*found, key=lambda source: source.day), most))


def _sources(book: Book, rows: Rows) -> Iterator[Source]:
    for of, key, day, piece, piece_on, supplier, who, net, tax, gross, abroad in rows.values_list(*_COLUMNS):
        yield Source(
            book=book,
            of=of,
            pk=key,
            day=day,
            piece=piece,
            piece_on=piece_on,
            supplier_id=supplier,
            supplier_name=who,
            excl=Money(net),
            vat=Money(tax),
            total=Money(gross),
            is_reverse_charged=bool(abroad),
        )


def _signed(column: str) -> Case:
    return Case(When(credits__isnull=False, then=-F(column)), default=F(column), output_field=_MONEY)
