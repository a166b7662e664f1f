"""What a payment paid before payables said so themselves says so now."""

from collections.abc import Callable
from datetime import date

import pytest

from cordee.fees.models import Payable
from cordee.invoices import actions as invoices
from cordee.payments import actions
from cordee.payments.queries import audit
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.migrating import before
from tests.money import PAID_BY, approved, ready_supplier, the_invoice, the_payable


@pytest.mark.django_db(transaction=True)
def test_what_was_paid_says_so(cast: Cast, now: MovableClock, settle: Callable[[], None]) -> None:
    paid, waits = ready_supplier(cast), ready_supplier(cast, cast.camille, 2)
    approved(cast, now, cast.noor, cast.camille)
    settle()
    invoices.accept(invoice_id=the_invoice(paid).pk, by=cast.actor(cast.noor))
    now.move_to("2027-02-15 09:00")
    actions.prepare(execute_on=date(2027, 2, 16), due_by=PAID_BY, by=cast.actor(cast.farid))
    with before("payments", "0001_initial") as apps:
        apps.get_model("fees", "Payable").objects.update(in_payment=False)
    assert list(Payable.objects.filter(in_payment=True)) == [the_payable(paid)]
    assert not the_payable(waits).in_payment
    assert audit() == []
