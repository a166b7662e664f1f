"""Batches: what can be paid, two persons, the bank's file, set-off, what comes back."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cordee.accounts.models import User
from cordee.conformity import actions as conformity
from cordee.fees import actions as fees
from cordee.fees.models import Payable
from cordee.invoices import actions as invoices
from cordee.kernel.money import Money
from cordee.kernel.refusals import Turn
from cordee.mail.models import Message
from cordee.organisation import actions as organisation
from cordee.organisation.models import Organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.payments import actions, queries
from cordee.payments.facts import BatchExported, BatchPrepared
from cordee.payments.models import Batch, Part, Payment
from cordee.payments.queries import audit
from cordee.payments.states import BatchState, FeeStage, PaymentState
from cordee.suppliers import actions as suppliers
from cordee.suppliers.models import BankAccount, Supplier
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import PAID_BY, approved, ready_supplier, second_person, the_invoice, the_payable
from tests.refusals import refused
from tests.steps import hold, plan, request_fees, told
from tests.suppliers.stories import BY_LINK, OTHER_IBAN

type Settle = Callable[[], None]
PAY_ON = date(2027, 2, 16)
LATER = "2027-02-15 09:00"
OUTSIDE_SEPA = "TN5910006035183598478831"


@pytest.fixture
def owed(cast: Cast, now: MovableClock, settle: Settle) -> Supplier:
    """Noor's supplier is owed 250 € on an invoice that was accepted."""
    supplier = ready_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    invoices.accept(invoice_id=the_invoice(supplier).pk, by=cast.actor(cast.noor))
    now.move_to(LATER)
    return supplier


@pytest.fixture
def fanny(cast: Cast) -> User:
    return second_person()


def prepare(cast: Cast, by: User | None = None) -> Batch:
    return actions.prepare(execute_on=PAY_ON, due_by=PAID_BY, by=cast.actor(by or cast.farid))


def approve(cast: Cast, batch: Batch, by: User) -> Batch:
    return actions.approve(batch_id=batch.pk, by=cast.actor(by))


def blockers(supplier: Supplier) -> list[str]:
    """Return what keeps the supplier's last invoice from being paid."""
    (row,) = [r for r in queries.owed([supplier.pk], by_day=PAID_BY) if r.payable == the_payable(supplier)]
    return [blocker.code for blocker in row.blockers]


# --- what can be paid ---------------------------------------------------------------------------
def test_what_is_owed_is_paid_in_one_transfer_per_supplier(cast: Cast, owed: Supplier) -> None:
    batch = prepare(cast)
    (payment,) = queries.payments_of(batch.pk)
    assert (batch.ref, payment.reference) == ("V-2027-0001", "V-2027-0001-1")
    assert (payment.supplier, payment.amount) == (owed, Decimal(250))
    assert payment.remittance == the_invoice(owed).number
    assert told(BatchPrepared) == [{"batch_id": batch.pk, "ref": batch.ref, "payments": 1}]


def test_preparing_again_pays_nothing_twice(cast: Cast, owed: Supplier) -> None:
    prepare(cast)
    with refused("nothing_to_pay"):
        prepare(cast)
    assert Batch.objects.count() == 1


def test_an_invoice_is_never_in_two_payments_that_stand(cast: Cast, owed: Supplier) -> None:
    prepare(cast)
    part = Part.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.create(payment=part.payment, payable=part.payable, amount=part.amount)


def test_nothing_is_paid_while_it_can_be_contested(cast: Cast, now: MovableClock, settle: Settle) -> None:
    supplier = ready_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    assert blockers(supplier) == ["contest_window"]
    line = the_invoice(supplier).lines.get()
    invoices.contest(
        invoice_id=the_invoice(supplier).pk, reasons={line.pk: "300 €"}, by=cast.actor(cast.noor)
    )
    assert blockers(supplier) == ["contested"]
    with refused("nothing_to_pay"):
        prepare(cast)


def test_silence_is_acceptance(cast: Cast, now: MovableClock, settle: Settle) -> None:
    supplier = ready_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    now.move_to(LATER)
    invoices.accept_silent()
    assert blockers(supplier) == []


def test_what_is_not_due_by_the_day_waits(cast: Cast, owed: Supplier) -> None:
    (row,) = queries.owed([owed.pk], by_day=date(2027, 2, 1))
    assert [b.code for b in row.blockers] == ["not_due"]


def test_a_missing_sheet_holds_the_payment_and_says_why(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    supplier = ready_supplier(cast)
    (session,) = plan(cast, cast.noor)
    hold(cast, now, session)
    fees.approve(request_id=request_fees(cast).pk, by=cast.actor(cast.farid))
    settle()
    invoices.accept(invoice_id=the_invoice(supplier).pk, by=cast.actor(cast.noor))
    assert blockers(supplier) == ["sheet_missing"]
    conformity.submit(session_id=session.pk, note="Papier", by=cast.actor(cast.quitterie))
    conformity.accept(session_id=session.pk, note="Vu", by=cast.actor(cast.quitterie))
    assert blockers(supplier) == []


def test_a_new_account_cools_before_it_is_paid(cast: Cast, owed: Supplier) -> None:
    account = suppliers.propose_account(
        supplier_id=owed.pk, iban=OTHER_IBAN, bic="", holder=owed.name, by=cast.actor(cast.noor)
    )
    assert blockers(owed) == ["account_to_confirm"]
    suppliers.confirm_account(account_id=account.pk, by=BY_LINK)
    assert len(blockers(owed)) == 1


def test_an_account_where_no_transfer_goes_is_told_before_a_batch_is_made(
    cast: Cast, owed: Supplier, fanny: User
) -> None:
    """Accounts may have been confirmed before they were asked where they are."""
    batch = prepare(cast)
    BankAccount.objects.update(iban=OUTSIDE_SEPA)
    with refused("changed_meanwhile"):
        approve(cast, batch, fanny)
    actions.cancel(batch_id=batch.pk, reason="Tunis", by=cast.actor(fanny))
    assert blockers(owed) == ["account_outside_sepa"]
    assert queries.may_be_paid(PAID_BY) == set()
    with refused("nothing_to_pay"):
        prepare(cast)
    Organisation.objects.update(bank_iban=OUTSIDE_SEPA)
    with refused("paying_account_outside_sepa", turn=Turn.ADMINISTRATOR):
        prepare(cast)


def test_missing_papers_hold_where_the_policy_says_so(cast: Cast, owed: Supplier) -> None:
    organisation.update(
        changes=OrganisationChanges(papers_from_amount=100), expected_version=None, by=cast.actor(cast.ada)
    )
    assert blockers(owed) == []
    organisation.update(
        changes=OrganisationChanges(papers_hold=True), expected_version=None, by=cast.actor(cast.ada)
    )
    assert set(blockers(owed)) == {"paper_missing"}


@pytest.mark.parametrize("day", [date(2027, 2, 14), date(2028, 1, 1)], ids=["past", "far"])
def test_the_bank_pays_soon(cast: Cast, owed: Supplier, day: date) -> None:
    with refused("bad_execution_day"):
        actions.prepare(execute_on=day, due_by=PAID_BY, by=cast.actor(cast.farid))


def test_without_an_account_of_its_own_nothing_is_paid(cast: Cast, owed: Supplier) -> None:
    organisation.update(
        changes=OrganisationChanges(bank_iban=""), expected_version=None, by=cast.actor(cast.ada)
    )
    with refused("no_paying_account"):
        prepare(cast)


def test_only_finance_pays(cast: Cast, owed: Supplier) -> None:
    for person in (cast.olga, cast.quitterie, cast.ada):
        with refused("not_finance"):
            prepare(cast, person)


# --- two persons, one file ----------------------------------------------------------------------
def test_a_second_person_approves(cast: Cast, owed: Supplier, fanny: User) -> None:
    batch = prepare(cast)
    with refused("second_person"):
        approve(cast, batch, cast.farid)
    assert approve(cast, batch, fanny).state == BatchState.APPROVED


def test_the_file_is_the_same_each_time(cast: Cast, owed: Supplier, fanny: User, now: MovableClock) -> None:
    batch = prepare(cast)
    with refused("batch_moved_on"):
        actions.export(batch_id=batch.pk, by=cast.actor(fanny))
    approve(cast, batch, fanny)
    first = actions.export(batch_id=batch.pk, by=cast.actor(fanny))
    now.move_to("2027-02-20 10:00")
    assert actions.export(batch_id=batch.pk, by=cast.actor(cast.farid)) == first
    assert b"250.00" in first
    assert [entry["again"] for entry in told(BatchExported)] == [False, True]


def test_who_typed_an_account_does_not_export_the_file(cast: Cast, owed: Supplier, fanny: User) -> None:
    batch = approve(cast, prepare(cast), fanny)
    payment = queries.payments_of(batch.pk)[0]
    payment.account.user_id = fanny.pk
    payment.account.save(update_fields=["user_id"])
    with refused("typed_the_account"):
        actions.export(batch_id=batch.pk, by=cast.actor(fanny))
    assert actions.export(batch_id=batch.pk, by=cast.actor(cast.farid))


def test_what_changed_since_is_refused_by_name_and_taken_out(cast: Cast, owed: Supplier, fanny: User) -> None:
    batch = prepare(cast)
    fees.correct(
        payable_id=the_payable(owed).pk,
        amounts={1: Money(Decimal(300))},
        reason="Accord",
        by=cast.actor(cast.farid),
    )
    with refused("changed_meanwhile") as found:
        approve(cast, batch, fanny)
    assert found[0].subject == owed.name
    actions.take_out(payment_id=batch.payments.get().pk, by=cast.actor(fanny))
    with refused("nothing_to_pay"):
        approve(cast, batch, fanny)


# --- executed, sent back, cancelled -------------------------------------------------------------
def executed(cast: Cast, fanny: User) -> Batch:
    batch = approve(cast, prepare(cast), fanny)
    actions.export(batch_id=batch.pk, by=cast.actor(fanny))
    return actions.mark_executed(batch_id=batch.pk, on=PAY_ON, by=cast.actor(fanny))


def test_who_is_paid_is_told_with_the_detail(cast: Cast, owed: Supplier, fanny: User, settle: Settle) -> None:
    executed(cast, fanny)
    settle()
    told_of = Message.objects.filter(purpose="fees_paid")
    assert {m.to_email for m in told_of} == {owed.email, cast.noor.user.email}
    for message in told_of:
        assert the_invoice(owed).number in message.text
        assert "V-2027-0001-1" in message.text
        assert "250,00" in message.text


def test_what_the_bank_sent_back_is_due_again(cast: Cast, owed: Supplier, fanny: User) -> None:
    batch = executed(cast, fanny)
    payment = batch.payments.get()
    with refused("no_reason"):
        actions.reject(payment_id=payment.pk, reason=" ", by=cast.actor(fanny))
    actions.reject(payment_id=payment.pk, reason="Compte clos", by=cast.actor(fanny))
    assert queries.owed([owed.pk])[0].amount == Money(Decimal(250))
    assert prepare(cast).payments.get().amount == Decimal(250)
    with refused("payment_moved_on"):
        actions.reject(payment_id=payment.pk, reason="Encore", by=cast.actor(fanny))


def test_a_cancelled_batch_leaves_everything_due(cast: Cast, owed: Supplier) -> None:
    batch = prepare(cast)
    actions.cancel(batch_id=batch.pk, reason="Mauvais jour", by=cast.actor(cast.farid))
    assert Payment.objects.get().state == PaymentState.DROPPED
    assert prepare(cast).ref == "V-2027-0002"


def test_the_file_of_a_batch_that_was_cancelled_is_given_to_nobody(
    cast: Cast, owed: Supplier, fanny: User
) -> None:
    """What it would pay is due again, and in the next one."""
    by = cast.actor(fanny)
    batch = approve(cast, prepare(cast), fanny)
    actions.export(batch_id=batch.pk, by=by)
    actions.cancel(batch_id=batch.pk, reason="Mauvais jour", by=by)
    with refused("batch_moved_on"):
        actions.export(batch_id=batch.pk, by=by)


@pytest.mark.parametrize("day", [date(2027, 2, 14), date(2027, 2, 17)], ids=["before", "ahead"])
def test_the_bank_paid_between_the_approval_and_the_day_that_was_asked_for(
    cast: Cast, owed: Supplier, fanny: User, day: date
) -> None:
    by = cast.actor(fanny)
    batch = approve(cast, prepare(cast), fanny)
    actions.export(batch_id=batch.pk, by=by)
    with refused("not_on_that_day"):
        actions.mark_executed(batch_id=batch.pk, on=day, by=by)
    assert actions.mark_executed(batch_id=batch.pk, on=PAY_ON, by=by).told_on == date(2027, 2, 15)


def test_what_was_executed_is_not_cancelled(cast: Cast, owed: Supplier, fanny: User) -> None:
    batch = executed(cast, fanny)
    with refused("batch_moved_on"):
        actions.cancel(batch_id=batch.pk, reason="Trop tard", by=cast.actor(fanny))


# --- credit notes -------------------------------------------------------------------------------
def test_credited_before_it_is_paid_only_the_new_invoice_is_paid(
    cast: Cast, owed: Supplier, now: MovableClock
) -> None:
    again = fees.correct(
        payable_id=the_payable(owed).pk,
        amounts={1: Money(Decimal(300))},
        reason="Accord",
        by=cast.actor(cast.farid),
    )
    assert again.invoice is not None
    invoices.accept(invoice_id=again.invoice.pk, by=cast.actor(cast.noor))
    (payment,) = prepare(cast).payments.all()
    assert payment.amount == Decimal(300)
    assert [part.payable for part in payment.parts.all()] == [again]


def test_credited_after_it_was_paid_is_set_off_never_below_zero(
    cast: Cast, owed: Supplier, fanny: User
) -> None:
    executed(cast, fanny)
    again = fees.correct(
        payable_id=the_payable(owed).pk,
        amounts={1: Money(Decimal(200))},
        reason="Demi-journée",
        by=cast.actor(cast.farid),
    )
    with refused("nothing_to_pay"):  # 250 € are credited, and the new invoice may still be contested
        prepare(cast)
    assert again.invoice is not None
    invoices.accept(invoice_id=again.invoice.pk, by=cast.actor(cast.noor))
    with refused("nothing_to_pay"):  # 200 € less 250 €
        prepare(cast)
    assert Money.total(row.amount for row in queries.owed([owed.pk])) == Money(Decimal(-50))
    assert audit() == []


# --- where the money is -------------------------------------------------------------------------
def test_each_fee_says_where_its_money_is(cast: Cast, now: MovableClock, settle: Settle, fanny: User) -> None:
    def stage() -> FeeStage:
        fee = Payable.objects.order_by("-pk")[0].lines.get().fee_line if Payable.objects.exists() else None
        line = fee or request.lines.get()
        return queries.whereabouts([line])[line.pk].stage

    supplier = ready_supplier(cast)
    request = approved(cast, now, cast.noor)
    assert stage() == FeeStage.APPROVED
    settle()
    assert stage() == FeeStage.CONTEST_WINDOW
    invoices.accept(invoice_id=the_invoice(supplier).pk, by=cast.actor(cast.noor))
    assert stage() == FeeStage.TO_PAY
    now.move_to(LATER)
    batch = approve(cast, prepare(cast), fanny)
    assert stage() == FeeStage.IN_BATCH
    actions.export(batch_id=batch.pk, by=cast.actor(fanny))
    actions.mark_executed(batch_id=batch.pk, on=PAY_ON, by=cast.actor(fanny))
    assert stage() == FeeStage.PAID
    assert audit() == []
