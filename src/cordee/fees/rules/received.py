"""When a supplier's own invoice may be given, and what of it must be so."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from unicodedata import normalize

from django.utils.translation import gettext as _

from cordee.fees.models import Payable, ReceivedInvoice
from cordee.fees.states import RECEIVED_MACHINE, ReceivedState
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.names import tidy
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.organisation.rules import is_near

LONGEST_NUMBER = 60
LONGEST_SOURCE = 120
_MOST = 10**8
"""Euros, or another currency, that an invoice of a facilitator stays below."""
_LEAST_RATE, _MOST_RATE = Decimal("0.000001"), Decimal(100_000)


def invoice_is_expected(payable: Payable) -> Iterator[Blocker]:
    """One invoice answers one payable, and none that Cordée issues itself."""
    given = ReceivedInvoice.objects.filter(payable=payable).exclude(state=ReceivedState.RETURNED).first()
    if payable.invoice is not None or payable.credits_id is not None:
        yield Blocker(
            "invoice_issued",
            _("The invoice for these fees was issued in your name."),
            _("Read it below your fees; contest it there if something is wrong."),
            Turn.FACILITATOR,
        )
    elif given:
        yield Blocker(
            "invoice_given",
            _("An invoice was already given for these fees: %(number)s.") % {"number": given.number},
            _("Finance looks at it, and returns it if something is wrong."),
            Turn.FINANCE,
        )


def invoice_is_new(payable: Payable, number: str, file_id: int) -> Iterator[Blocker]:
    """The same number of one supplier, however it is typed, and the same file of whoever it is, are given once."""
    standing = ReceivedInvoice.objects.exclude(state=ReceivedState.RETURNED)
    theirs = standing.filter(supplier_id=payable.supplier_id).order_by("pk").values_list("number", flat=True)
    if _as_typed(number) in set(map(_as_typed, theirs)):
        yield Blocker(
            "number_given_twice",
            _("An invoice with the number %(number)s was already given.") % {"number": number},
            _("Look at the number on the page; every invoice has one of its own."),
            Turn.FACILITATOR,
            "number",
        )
    if standing.filter(file_id=file_id).exists():
        yield Blocker(
            "file_given_twice",
            _("This file was already given for other fees."),
            _("Choose the invoice that is about these fees."),
            Turn.FACILITATOR,
            "file",
        )


def _as_typed(number: str) -> str:
    """Return the number of an invoice whatever case, width, spaces and kind of dash it is typed with."""
    seen = tidy(normalize("NFKC", number)).replace(" ", "")
    return re.sub(r"[\u2010-\u2015\u2212]", "-", seen).casefold()


def has_a_number(number: str) -> Iterator[Blocker]:
    """An invoice is known by its number. `number`: tidy."""
    if not any(sign.isalnum() for sign in number) or len(number) > LONGEST_NUMBER:
        yield Blocker(
            "no_invoice_number",
            _("An invoice has a number, of %(most)d signs at most.") % {"most": LONGEST_NUMBER},
            _("Type the number as it stands on the page."),
            Turn.FACILITATOR,
            "number",
        )


def amounts_agree(*, excl: Decimal, vat: Decimal, total: Decimal) -> Iterator[Blocker]:
    """What is typed from an invoice is an amount to the cent, adds up, and is more than zero."""
    if not all(map(_is_an_amount, (excl, vat, total))):
        yield Blocker(
            "no_such_amount",
            _(
                "This is no amount of an invoice: it has two digits after the point, and less than nine before it."
            ),
            _("Type the amounts as they stand on the page."),
            Turn.FACILITATOR,
            "total",
        )
    elif total <= 0 or excl <= 0 or vat < 0:
        yield Blocker(
            "amount_not_positive",
            _("An amount on an invoice is more than zero."),
            _("Type the amounts as they stand on the page."),
            Turn.FACILITATOR,
            "total",
        )
    elif excl + vat != total:
        yield Blocker(
            "amounts_do_not_add_up",
            _("%(excl)s and %(vat)s VAT do not make %(total)s.")
            % {"excl": f"{excl:.2f}", "vat": f"{vat:.2f}", "total": f"{total:.2f}"},
            _("Type the amounts as they stand on the page."),
            Turn.FACILITATOR,
            "total",
        )


def _is_an_amount(given: Decimal) -> bool:
    return given.is_finite() and abs(given) < _MOST and given == round(given, 2)


def currency_has_a_rate(currency: str, rate: Decimal | None, source: str) -> Iterator[Blocker]:
    """Of another currency the rate of the day is given, and where it was read; the euros stay what was agreed."""
    known = rate is not None and rate.is_finite() and _LEAST_RATE <= rate <= _MOST_RATE
    if currency != "EUR" and not (known and 0 < len(source.strip()) <= LONGEST_SOURCE):
        yield Blocker(
            "no_rate_given",
            _("The rate of the day is missing, or where it was read."),
            _(
                "Say how much of this currency is one euro, and who says so, such as the European Central Bank."
            ),
            Turn.FACILITATOR,
            "rate",
        )


def is_not_of_the_future(day: date) -> Iterator[Blocker]:
    yield from is_near(day, field="issued_on")
    if day > clock.today():
        yield Blocker(
            "invoice_of_the_future",
            _("The date of this invoice is to come."),
            _("Type the date that stands on it."),
            Turn.FACILITATOR,
            "issued_on",
        )


def can_decide_received(received: ReceivedInvoice, move: str) -> Iterator[Blocker]:
    if not RECEIVED_MACHINE.allows(move, received):
        yield Blocker(
            "already_decided",
            _("%(ref)s was already decided: %(status)s.")
            % {"ref": received.number, "status": received.get_state_display()},
            _("Load the page again to see by whom and when."),
            Turn.FINANCE,
        )


def bills_through(actor: Actor, facilitator_ids: Iterable[int]) -> Iterator[Blocker]:
    """A supplier's invoices are the business of who bills through it, and of finance."""
    if actor.facilitator_id not in set(facilitator_ids) and not actor.may(Permission.DECIDE_FEES):
        yield Blocker(
            "not_your_invoice",
            _("This invoice is not yours."),
            _("Ask whoever bills for you."),
            Turn.FACILITATOR,
        )
