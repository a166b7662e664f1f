"""What the timeline says of the invoices for approved fees."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.fees import facts as fees
from cordee.kernel.facts import Fact
from cordee.web.coordination.timeline.names import Names


def _billed(fact: fees.FeesBilled, _names: Names) -> str:
    words = ngettext(
        "Invoice %(number)s issued for %(n)d fee", "Invoice %(number)s issued for %(n)d fees", fact.lines
    )
    return words % {"number": fact.number, "n": fact.lines}


def _expected(fact: fees.InvoiceExpected, _names: Names) -> str:
    words = ngettext(
        "The supplier's own invoice is expected for %(n)d fee",
        "The supplier's own invoice is expected for %(n)d fees",
        fact.lines,
    )
    return words % {"n": fact.lines}


def _received(fact: fees.InvoiceReceived, _names: Names) -> str:
    if fact.differences:
        return _("A supplier's own invoice given: it differs from what is due")
    return _("A supplier's own invoice given: it is as expected")


def _accepted(_fact: fees.ReceivedAccepted, _names: Names) -> str:
    return _("A supplier's own invoice accepted")


def _returned(fact: fees.ReceivedReturned, names: Names) -> str:
    return _("A supplier's own invoice returned: %(reason)s") % {"reason": names.reason(fact.reason_id)}


def _credited(_fact: fees.PayableCredited, _names: Names) -> str:
    return _("An invoice credited, and issued anew")


PRESENTERS: dict[type[Fact], Callable[[Any, Names], str]] = {
    fees.FeesBilled: _billed,
    fees.InvoiceExpected: _expected,
    fees.InvoiceReceived: _received,
    fees.ReceivedAccepted: _accepted,
    fees.ReceivedReturned: _returned,
    fees.PayableCredited: _credited,
}
KINDS: dict[type[Fact], str] = {fees.ReceivedReturned: "late"}
