"""What the pages of payments read: who is asked to approve, what a batch held, whose fees a transfer pays."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from cordee.accounts.models import User
from cordee.fees.models import Payable
from cordee.invoices import actions as invoices
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.payments import actions, queries
from cordee.payments.models import Batch
from cordee.suppliers.models import Supplier
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import PAID_BY, approved, ready_supplier, second_person, the_invoice
from tests.refusals import refused

PAY_ON = date(2027, 2, 16)


@pytest.fixture
def fanny(cast: Cast) -> User:
    return second_person()


@pytest.fixture
def two(cast: Cast, now: MovableClock, settle: Callable[[], None]) -> list[Supplier]:
    """Two suppliers are owed a fee each, on invoices that were accepted."""
    people = [cast.noor, cast.camille]
    suppliers = [ready_supplier(cast, who, n, name=who.full_name) for n, who in enumerate(people, 1)]
    approved(cast, now, *people)
    settle()
    for supplier, who in zip(suppliers, people, strict=True):
        invoices.accept(invoice_id=the_invoice(supplier).pk, by=cast.actor(who))
    now.move_to("2027-02-15 09:00")
    return suppliers


def prepare(cast: Cast) -> Batch:
    return actions.prepare(execute_on=PAY_ON, due_by=PAID_BY, by=cast.actor(cast.farid))


def test_a_batch_waits_for_everybody_but_who_prepared_it(
    cast: Cast, two: list[Supplier], fanny: User
) -> None:
    batch = prepare(cast)
    assert list(queries.to_approve(fanny.pk)) == [batch]
    assert list(queries.to_approve(cast.farid.pk)) == []
    actions.approve(batch_id=batch.pk, by=cast.actor(fanny))
    assert list(queries.to_approve(fanny.pk)) == [], "it was decided"


def test_what_was_taken_out_is_shown_and_not_counted(cast: Cast, two: list[Supplier]) -> None:
    batch = prepare(cast)
    first, second = queries.payments_of(batch.pk)
    actions.take_out(payment_id=first.pk, by=cast.actor(cast.farid))
    assert list(queries.all_payments_of(batch.pk)) == [first, second]
    assert queries.payments_of(batch.pk) == [second]
    found = queries.batches().get()
    assert (found.count, found.total) == (1, second.amount)  # type: ignore[attr-defined]


def test_payments_are_found_by_supplier_reference_and_invoice(cast: Cast, two: list[Supplier]) -> None:
    batch, (noors, camilles) = prepare(cast), two
    for words, whose in (
        (noors.name.upper(), noors),
        ("v-2027-0001-2", camilles),
        (the_invoice(camilles).number, camilles),
        (f"{the_invoice(noors).number} {noors.name.split()[0]}", noors),
    ):
        assert [p.supplier for p in queries.all_payments_of(batch.pk, words)] == [whose], words
    assert not queries.all_payments_of(batch.pk, f"{the_invoice(noors).number} {camilles.name.split()[0]}")
    assert not queries.all_payments_of(batch.pk + 1)


def test_each_transfer_knows_whose_fees_it_pays(cast: Cast, two: list[Supplier]) -> None:
    first, second = queries.payments_of(prepare(cast).pk)
    assert queries.people_paid([first, second]) == {
        first.pk: [cast.noor.user],
        second.pk: [cast.camille.user],
    }
    assert queries.people_paid([second]) == {second.pk: [cast.camille.user]}


# --- the end of the month -----------------------------------------------------------------------
def month_end(cast: Cast, by: User, day: date = PAY_ON) -> Batch | None:
    return actions.month_end(due_by=PAID_BY, execute_on=day, by=cast.actor(by))


def test_the_end_of_a_month_bills_what_waited(cast: Cast, now: MovableClock) -> None:
    """Nobody delivered the facts: nothing is billed by itself."""
    supplier = ready_supplier(cast)
    approved(cast, now, cast.noor)
    assert month_end(cast, cast.farid, date(2027, 2, 1)) is None, "its supplier may still contest it"
    assert the_invoice(supplier).number
    now.move_to("2027-02-15 09:00")
    batch = month_end(cast, cast.farid)
    assert batch is not None, "silence was taken for acceptance"
    assert batch.payments.get().amount == Decimal(250)


@pytest.mark.parametrize("why", ["not_finance", "no_paying_account", "bad_execution_day"])
def test_the_end_of_a_month_is_refused_before_anything_is_billed(
    cast: Cast, now: MovableClock, why: str
) -> None:
    ready_supplier(cast)
    approved(cast, now, cast.noor)
    if why == "no_paying_account":
        organisation.update(
            changes=OrganisationChanges(bank_iban=""), expected_version=None, by=cast.actor(cast.ada)
        )
    by = cast.olga if why == "not_finance" else cast.farid
    with refused(why):
        month_end(cast, by, date(2028, 6, 1) if why == "bad_execution_day" else date(2027, 2, 1))
    assert not Payable.objects.exists()
