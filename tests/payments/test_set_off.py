"""A credit note is set off once, and nothing is lost when what it credits is paid otherwise than planned."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from cordee.accounts.models import User
from cordee.fees import actions as fees
from cordee.invoices import actions as invoices
from cordee.kernel.money import Money
from cordee.payments import actions, queries
from cordee.payments.models import Batch, Part
from cordee.payments.queries import audit
from cordee.suppliers import actions as suppliers
from cordee.suppliers.models import Supplier
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import PAID_BY, approved, ready_supplier, second_person, the_invoice, the_payable
from tests.refusals import refused
from tests.suppliers.stories import BY_LINK, OTHER_IBAN

PAY_ON = date(2027, 2, 16)


@pytest.fixture
def fanny(cast: Cast) -> User:
    return second_person()


@pytest.fixture
def supplier(cast: Cast, now: MovableClock, settle: Callable[[], None]) -> Supplier:
    """Noor's supplier is owed 250 € on an invoice that was accepted."""
    found = ready_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    invoices.accept(invoice_id=the_invoice(found).pk, by=cast.actor(cast.noor))
    now.move_to("2027-02-15 09:00")
    return found


def prepare(cast: Cast) -> Batch:
    return actions.prepare(execute_on=PAY_ON, due_by=PAID_BY, by=cast.actor(cast.farid))


def paid(cast: Cast, fanny: User, batch: Batch) -> Batch:
    by = cast.actor(fanny)
    actions.approve(batch_id=batch.pk, by=by)
    actions.export(batch_id=batch.pk, by=by)
    return actions.mark_executed(batch_id=batch.pk, on=PAY_ON, by=by)


def corrected_to_400(cast: Cast, supplier: Supplier) -> None:
    again = fees.correct(
        payable_id=the_payable(supplier).pk,
        amounts={1: Money(Decimal(400))},
        reason="Deux demi-journées",
        by=cast.actor(cast.farid),
    )
    assert again.invoice is not None
    invoices.accept(invoice_id=again.invoice.pk, by=cast.actor(cast.noor))


def amounts(batch: Batch) -> list[Decimal]:
    return list(batch.payments.values_list("amount", flat=True))


def received(supplier: Supplier) -> Decimal:
    """Return what the bank brought the supplier in all."""
    parts = Part.objects.filter(payment__supplier=supplier, payment__state="paid", live=True)
    return sum(parts.values_list("amount", flat=True), start=Decimal(0))


def test_taken_out_after_its_credit_was_set_off_it_is_owed_again(
    cast: Cast, supplier: Supplier, fanny: User
) -> None:
    first = prepare(cast)
    corrected_to_400(cast, supplier)
    second = prepare(cast)
    assert amounts(second) == [Decimal(150)], "400 less 250, which the first one pays"
    actions.take_out(payment_id=first.payments.get().pk, by=cast.actor(fanny))
    paid(cast, fanny, second)
    paid(cast, fanny, third := prepare(cast))
    assert amounts(third) == [Decimal(250)]
    assert (received(supplier), audit(), queries.owed([supplier.pk])) == (Decimal(400), [], [])


@pytest.mark.parametrize("when", ["prepared", "executed"])
def test_sent_back_after_its_credit_was_set_off_it_is_owed_again(
    cast: Cast, supplier: Supplier, fanny: User, when: str
) -> None:
    first = paid(cast, fanny, prepare(cast))
    corrected_to_400(cast, supplier)
    second = prepare(cast)
    if when == "executed":
        paid(cast, fanny, second)
    actions.reject(payment_id=first.payments.get().pk, reason="Compte clos", by=cast.actor(fanny))
    if when == "prepared":
        paid(cast, fanny, second)
    paid(cast, fanny, third := prepare(cast))
    assert (amounts(second), amounts(third)) == ([Decimal(150)], [Decimal(250)])
    assert (received(supplier), audit(), queries.owed([supplier.pk])) == (Decimal(400), [], [])


def test_credited_and_never_paid_it_is_worth_nothing(cast: Cast, supplier: Supplier, fanny: User) -> None:
    first = prepare(cast)
    actions.take_out(payment_id=first.payments.get().pk, by=cast.actor(fanny))
    corrected_to_400(cast, supplier)
    paid(cast, fanny, second := prepare(cast))
    assert (amounts(second), received(supplier)) == ([Decimal(400)], Decimal(400))


def test_credited_while_prepared_and_taken_out_it_is_worth_nothing(
    cast: Cast, supplier: Supplier, fanny: User
) -> None:
    first = prepare(cast)
    corrected_to_400(cast, supplier)
    assert [row.amount.amount for row in queries.owed([supplier.pk])] == [Decimal(-250), Decimal(400)]
    actions.take_out(payment_id=first.payments.get().pk, by=cast.actor(fanny))
    assert ([row.amount.amount for row in queries.owed([supplier.pk])], audit()) == ([Decimal(400)], [])


# --- what changes once a batch is approved ------------------------------------------------------
def test_an_account_replaced_after_approval_is_not_paid(
    *, cast: Cast, supplier: Supplier, fanny: User, now: MovableClock
) -> None:
    batch, by = prepare(cast), cast.actor(fanny)
    actions.approve(batch_id=batch.pk, by=by)
    account = suppliers.propose_account(
        supplier_id=supplier.pk, iban=OTHER_IBAN, bic="", holder=supplier.name, by=cast.actor(cast.noor)
    )
    suppliers.confirm_account(account_id=account.pk, by=BY_LINK)
    now.move_to("2027-02-25 09:00")
    with refused("changed_meanwhile"):
        actions.export(batch_id=batch.pk, by=by)
    actions.take_out(payment_id=batch.payments.get().pk, by=by)
    assert [row.amount for row in queries.owed([supplier.pk])] == [Money(Decimal(250))]


def test_who_typed_an_account_never_gets_the_file(cast: Cast, supplier: Supplier, fanny: User) -> None:
    batch = prepare(cast)
    actions.approve(batch_id=batch.pk, by=cast.actor(fanny))
    actions.export(batch_id=batch.pk, by=cast.actor(cast.farid))
    supplier.accounts.update(user_id=fanny.pk)
    with refused("typed_the_account"):
        actions.export(batch_id=batch.pk, by=cast.actor(fanny))
