"""What is settled says so since payables do: what a payment paid, and what was credited before it was paid."""

from collections.abc import Callable
from datetime import date

import pytest

from cordee.fees import actions as fees
from cordee.fees.models import Payable
from cordee.invoices import actions as invoices
from cordee.payments import actions
from cordee.payments.queries import audit
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.migrating import before
from tests.money import PAID_BY, approved, ready_supplier, the_invoice, the_payable


@pytest.mark.django_db(transaction=True)
def test_what_is_settled_says_so(cast: Cast, now: MovableClock, settle: Callable[[], None]) -> None:
    paid, credited = ready_supplier(cast), ready_supplier(cast, cast.camille, 2)
    approved(cast, now, cast.noor, cast.camille)
    settle()
    invoices.accept(invoice_id=the_invoice(paid).pk, by=cast.actor(cast.noor))
    now.move_to("2027-02-15 09:00")
    by = cast.actor(cast.farid)
    actions.prepare(execute_on=date(2027, 2, 16), due_by=PAID_BY, by=by)
    fees.correct(payable_id=the_payable(credited).pk, amounts={}, reason="Adresse", by=by)
    settled = set(Payable.objects.filter(settled=True))
    assert len(settled) == 3, "the invoice in the batch, the other one and its credit note"
    with before("fees", "0007_settled") as apps:
        pair = apps.get_model("fees", "Payable").objects.filter(supplier=credited.pk, settled=True)
        assert pair.update(settled=False) == 2
    assert set(Payable.objects.filter(settled=True)) == settled
    with before("payments", "0001_initial") as apps:
        apps.get_model("fees", "Payable").objects.update(in_payment=False)
    assert set(Payable.objects.filter(settled=True)) == settled
    assert audit() == []
