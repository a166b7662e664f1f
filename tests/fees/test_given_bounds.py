"""What is typed of a supplier's own invoice is what can stand on one: whoever types it, and by which way it comes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cordee.fees import actions
from cordee.fees.models import ReceivedInvoice
from cordee.fees.queries import Stated
from cordee.kernel import clock
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import approved, known_supplier, the_payable
from tests.papers import PDF
from tests.refusals import refused

IN_FRANCS = {"currency": "CHF", "rate": Decimal("0.96"), "rate_source": "BCE"}
REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("no_invoice_number", {"number": ""}),
    ("no_invoice_number", {"number": " \u200b\u2060\ufeff- "}),
    ("no_invoice_number", {"number": "F" * 61}),
    ("no_such_amount", {"excl": Decimal("250.001"), "total": Decimal("250.001")}),
    ("no_such_amount", {"excl": Decimal(10**8), "total": Decimal(10**8)}),
    ("no_such_amount", {"excl": Decimal("NaN")}),
    ("no_such_amount", {"total": Decimal("Infinity")}),
    ("amount_not_positive", {"excl": Decimal(0), "total": Decimal(0)}),
    ("amount_not_positive", {"excl": Decimal(300), "vat": Decimal(-50)}),
    ("amounts_do_not_add_up", {"vat": Decimal("0.01")}),
    ("too_far_away", {"issued_on": date(1900, 1, 1)}),
    ("no_rate_given", {"currency": "CHF"}),
    *(
        ("no_rate_given", IN_FRANCS | {"rate": Decimal(rate)})
        for rate in ("0", "-0.96", "0.0000001", "NaN", "100000.01")
    ),
    ("no_rate_given", IN_FRANCS | {"rate_source": "  "}),
    ("no_rate_given", IN_FRANCS | {"rate_source": "B" * 121}),
]


def test_what_cannot_stand_on_an_invoice_is_refused(
    cast: Cast, now: MovableClock, settle: Callable[[], None]
) -> None:
    supplier = known_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    payable, by = the_payable(supplier), cast.actor(cast.noor)
    stated = Stated(
        number="F-1", issued_on=clock.today(), excl=Decimal(250), vat=Decimal(0), total=Decimal(250)
    )
    tomorrow = {"issued_on": clock.today() + timedelta(days=1)}
    for code, typed in [*REFUSED, ("invoice_of_the_future", tomorrow)]:
        with refused(code):
            actions.give_invoice(payable_id=payable.pk, content=PDF, stated=replace(stated, **typed), by=by)
    assert not ReceivedInvoice.objects.exists()
    given = actions.give_invoice(
        payable_id=payable.pk, content=PDF, stated=replace(stated, number=" F\u00ad-1\u2060 "), by=by
    )
    assert given.number == "F-1"
