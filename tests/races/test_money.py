"""Money at the same moment: an approved fee is billed once, an invoice is paid once, credited once."""

from datetime import date

import pytest

from cordee.accounts.models import User
from cordee.fees import actions as fees
from cordee.fees.models import FeeRequest, Payable, PayableLine
from cordee.invoices import actions as invoices
from cordee.invoices.models import Invoice
from cordee.payments import actions
from cordee.payments.models import Batch, Part
from cordee.payments.queries import audit
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import PAID_BY, approved, ready_supplier, second_person, the_payable
from tests.races.conftest import Together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
PAY_ON = date(2027, 2, 16)


@pytest.fixture
def request_(cast: Cast, now: MovableClock) -> FeeRequest:
    """An approved request of Noor's and Camille's fees, not billed yet."""
    ready_supplier(cast)
    ready_supplier(cast, cast.camille, 2)
    return approved(cast, now, cast.noor, cast.camille)


def prepare(cast: Cast, by: User) -> str:
    return actions.prepare(execute_on=PAY_ON, due_by=PAID_BY, by=cast.actor(by)).ref


def accepted(now: MovableClock) -> None:
    """Let time pass until silence has accepted every invoice."""
    now.move_to("2027-02-15 09:00")
    invoices.accept_silent()


def test_a_request_billed_by_several_at_once_is_billed_once(request_: FeeRequest, together: Together) -> None:
    together(*[lambda: fees.bill(request_id=request_.pk)] * 3, fees.bill, fees.bill_all)
    assert Payable.objects.count() == Invoice.objects.count() == 2
    assert PayableLine.objects.filter(live=True).count() == 2
    assert audit() == []


def test_two_batches_at_once_pay_each_invoice_once(
    cast: Cast, now: MovableClock, request_: FeeRequest, together: Together
) -> None:
    fees.bill()
    accepted(now)
    fanny = second_person()
    outcomes = together(*[lambda who=who: prepare(cast, who) for who in (cast.farid, fanny, cast.farid)])
    assert outcomes.count(["nothing_to_pay"]) == 2
    assert (Batch.objects.count(), Part.objects.filter(live=True).count()) == (1, 2)
    assert audit() == []


def test_an_invoice_corrected_twice_at_once_is_credited_once(
    cast: Cast, now: MovableClock, request_: FeeRequest, together: Together
) -> None:
    fees.bill()
    payable = Payable.objects.order_by("pk")[0]
    by = cast.actor(cast.farid)

    def correct() -> int:
        return fees.correct(payable_id=payable.pk, amounts={}, reason="Adresse", by=by).pk

    outcomes = together(correct, correct, correct)
    assert outcomes.count(["already_credited"]) == 2
    assert Payable.objects.filter(credits=payable).count() == 1
    assert the_payable(payable.supplier).credits_id is None
    assert audit() == []


def test_approved_and_corrected_at_once_nothing_wrong_is_paid(
    cast: Cast, now: MovableClock, request_: FeeRequest, together: Together
) -> None:
    fees.bill()
    accepted(now)
    fanny = second_person()
    prepare(cast, cast.farid)
    batch, payable = Batch.objects.get(), Payable.objects.order_by("pk")[0]

    def approve() -> str:
        return actions.approve(batch_id=batch.pk, by=cast.actor(fanny)).state

    def correct() -> str:
        by = cast.actor(cast.farid)
        return str(fees.correct(payable_id=payable.pk, amounts={}, reason="Adresse", by=by).pk)

    outcomes = together(approve, correct)
    assert audit() == []
    if ["changed_meanwhile"] not in outcomes:  # approved first: what was credited after it is set off later
        assert outcomes[0] == "approved"


def test_taken_out_and_corrected_at_once_what_is_settled_says_so(
    cast: Cast, now: MovableClock, request_: FeeRequest, together: Together
) -> None:
    """Whichever comes first: neither the invoice nor its credit note is owed, what replaces them will be."""
    fees.bill()
    accepted(now)
    prepare(cast, cast.farid)
    batch, payable = Batch.objects.get(), Payable.objects.order_by("pk")[0]
    by = cast.actor(cast.farid)
    payment = batch.payments.get(supplier=payable.supplier_id)
    together(
        lambda: actions.take_out(payment_id=payment.pk, by=by),
        lambda: fees.correct(payable_id=payable.pk, amounts={}, reason="Adresse", by=by).pk,
    )
    settled = dict(Payable.objects.filter(supplier=payable.supplier_id).values_list("pk", "settled"))
    assert sorted(settled.values()) == [False, True, True]
    assert audit() == []
