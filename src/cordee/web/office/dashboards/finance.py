"""Finance: what is owed and what it waits for, what is in a batch, what was paid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.fees import queries as fees
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.periods import Month
from cordee.kernel.permissions import Permission
from cordee.payments import queries
from cordee.payments.queries import Paid, Waiting
from cordee.payments.states import Wait
from cordee.web.components.formatting import money, short_day
from cordee.web.office.dashboards.figures import Figure, figure, frame
from cordee.web.office.money.invoices import EXPECTED
from cordee.web.office.money.owed import AGES, WAITS
from cordee.web.office.money.payments import paid_next
from cordee.web.pages import page
from cordee.web.periods import code, label, twelve_months
from cordee.web.request import Request


@dataclass(frozen=True, slots=True)
class Row:
    """What is owed and waits for the same: how many invoices, their sum, and the day on which the first is due."""

    label: str
    invoices: Figure
    sum: Figure
    first: date


@dataclass(frozen=True, slots=True)
class Part:
    """A sum that a bar is drawn of."""

    label: str
    sum: Figure
    share: int
    """In per cent."""


@page(Permission.VIEW_FEES)
def finance_dashboard(request: Request) -> HttpResponse:
    """Show where the money is, from the request to the bank."""
    waits = queries.waiting_in_all(request.viewer.organisation, by_day=paid_next())
    months = twelve_months()
    paid = queries.paid_by_day(months[0].first_day)
    context = {
        **frame(request.viewer.actor, "finance_dashboard"),
        "layout": "sums",
        "stats": [*_asked_for(), *_due(waits), *_paid(paid)],
        "waits": _waits(waits),
        "ages": _ages(queries.aged_in_all(clock.today()).parts),
        "months": _months(months, paid),
    }
    return render(request, "office/dashboards/finance.html", context)


def _asked_for() -> list[Figure]:
    requests, asked = fees.to_approve_sum()
    invoices, expected = fees.expected_sum()
    return [
        figure(
            requests,
            "fee_requests",
            label=ngettext("Fee request to approve", "Fee requests to approve", requests),
            detail=_("%(sum)s excl. VAT") % {"sum": money(asked)},
            kind="wait",
        ),
        figure(
            invoices,
            "invoices",
            f"?status={EXPECTED}",
            label=_("Invoices that suppliers have to give"),
            detail=_("%(sum)s excl. VAT") % {"sum": money(expected)},
            kind="wait",
        ),
    ]


def _due(waits: Mapping[Wait, Waiting]) -> list[Figure]:
    going, batches = waits.get(Wait.NOTHING), queries.in_batches()
    in_all = Money.total(waiting.amount for waiting in waits.values())
    first = min((waiting.first for waiting in waits.values()), default=None)
    return [
        figure(
            in_all,
            "owed",
            label=_("Owed, and not paid yet"),
            detail=_("the first was due on %(day)s") % {"day": short_day(first)}
            if first and first < clock.today()
            else "",
        ),
        figure(
            going.amount if going else Money.zero(),
            "owed",
            f"?for={Wait.NOTHING}",
            label=_("Can be paid"),
            detail=_("due within a week"),
        ),
        figure(
            batches.amount,
            "payments",
            "?open#batches",
            label=_("In a batch"),
            detail=ngettext("%(n)d batch under way", "%(n)d batches under way", batches.count)
            % {"n": batches.count},
        ),
    ]


def _paid(paid: Mapping[date, Paid]) -> list[Figure]:
    today = clock.today()
    this_year = [p.amount for day, p in paid.items() if day.year == today.year]
    return [
        figure(
            _in_month(Month.of(today), paid),
            "payments",
            f"?executed={code(Month.of(today))}#batches",
            label=_("Paid this month"),
        ),
        figure(
            Money.total(this_year), "payments", f"?executed={today.year}#batches", label=_("Paid this year")
        ),
    ]


def _in_month(month: Month, paid: Mapping[date, Paid]) -> Money:
    return Money.total(p.amount for day, p in paid.items() if Month.of(day) == month)


def _waits(waits: Mapping[Wait, Waiting]) -> list[Row]:
    return [
        Row(
            str(words),
            figure(found.count, "owed", f"?for={wait}"),
            figure(found.amount, "owed", f"?for={wait}"),
            found.first,
        )
        for wait, words in WAITS.items()
        if (found := waits.get(wait))
    ]


def _ages(parts: Sequence[Money]) -> list[Part]:
    most = max(parts)
    return [
        Part(str(age), figure(part, "owed", f"?age={n}"), _share(part, most))
        for n, (age, part) in enumerate(zip(AGES, parts, strict=True))
    ]


def _months(months: Sequence[Month], paid: Mapping[date, Paid]) -> list[Part]:
    sums = [_in_month(month, paid) for month in months]
    return [
        Part(
            label(month),
            figure(paid_in, "payments", f"?executed={code(month)}#batches"),
            _share(paid_in, max(sums)),
        )
        for month, paid_in in zip(months, sums, strict=True)
    ][::-1]


def _share(part: Money, most: Money) -> int:
    return max(0, round(100 * part.amount / most.amount)) if most > Money.zero() else 0
