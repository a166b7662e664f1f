"""Preparing payments, approving them by a second person, the bank's file, what was paid and what came back."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from cordee.fees import actions as fees
from cordee.fees.models import Payable
from cordee.files import actions as files
from cordee.files import queries as stored
from cordee.invoices import actions as invoices
from cordee.journal import actions as journal
from cordee.journal.actions import keep_reason
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.identifiers import numbered
from cordee.kernel.refusals import Refused, refuse_if
from cordee.organisation.actions import next_number
from cordee.organisation.queries import the_organisation
from cordee.payments import queries, rules
from cordee.payments.facts import (
    BatchApproved,
    BatchCancelled,
    BatchExecuted,
    BatchExported,
    BatchPrepared,
    PaymentRejected,
    PaymentTakenOut,
)
from cordee.payments.models import Batch, Part, Payment
from cordee.payments.queries import Proposal
from cordee.payments.queries.bank_file import LONGEST_REMITTANCE, NotAPaymentFile, written
from cordee.payments.states import BATCH, PAYMENT, BatchState, PaymentState
from cordee.suppliers.actions.holding import held_all

SERIES = "V"
"""Of the references of batches: V2026-0001 (virements)."""


@transaction.atomic
def prepare(
    *,
    execute_on: date,
    due_by: date,
    supplier_ids: Collection[int] | None = None,
    without: Collection[int] = (),
    by: Actor,
) -> Batch:
    """Prepare one transfer to each supplier (or to those of `supplier_ids`; to none of `without`) for all that is due
    by a day, credit notes set off. Raises Refused: also when nothing can be paid, so that to run it again changes
    nothing.
    """
    refuse_if(
        [*rules.may_pay(by), *rules.payer_is_known(the_organisation()), *rules.day_makes_sense(execute_on)]
    )
    among = queries.may_be_paid(due_by) if supplier_ids is None else set(supplier_ids)
    # Read once they are held: another batch may have taken something meanwhile.
    held = held_all(among - set(without))
    proposals, _left = queries.proposals(by_day=due_by, supplier_ids=held)
    refuse_if(rules.something_is_paid(proposals))
    year = clock.today().year
    batch = Batch.objects.create(
        ref=numbered(SERIES, year, next_number(SERIES, year)),
        execute_on=execute_on,
        made_at=clock.now(),
        made_by=by.user_id,
    )
    payments = [_payment(batch, proposal, n) for n, proposal in enumerate(proposals, start=1)]
    Payment.objects.bulk_create(payments)
    Part.objects.bulk_create(
        Part(payment=payment, payable=part.payable, amount=part.amount.amount)
        for payment, proposal in zip(payments, proposals, strict=True)
        for part in proposal.parts
    )
    Payable.objects.filter(
        pk__in=[part.payable.pk for proposal in proposals for part in proposal.parts]
    ).update(settled=True)
    journal.record(BatchPrepared(batch_id=batch.pk, ref=batch.ref, payments=len(payments)), by=by)
    return batch


def month_end(*, due_by: date, execute_on: date, by: Actor) -> Batch | None:
    """Do all that is left of a month in one go: bill what waits, take silence for acceptance, and prepare one batch of
    everything due by a day. Return it; nothing when nothing is left to pay, so that to run it again changes nothing.
    Stopped half-way, run again it goes on from there. A second person approves the batch, as always. Raises Refused.
    """
    refuse_if(
        [*rules.may_pay(by), *rules.payer_is_known(the_organisation()), *rules.day_makes_sense(execute_on)]
    )
    fees.bill_all()
    invoices.accept_silent()
    if not queries.proposals(by_day=due_by)[0]:
        return None
    return prepare(execute_on=execute_on, due_by=due_by, by=by)


def _payment(batch: Batch, proposal: Proposal, position: int) -> Payment:
    return Payment(
        batch=batch,
        supplier_id=proposal.supplier_id,
        reference=f"{batch.ref}-{position}",
        amount=proposal.amount.amount,
        account=proposal.account,
        remittance=_remittance([part.number for part in proposal.parts]),
    )


def _remittance(numbers: list[str]) -> str:
    """Return the numbers of the invoices, as many as the bank's line takes."""
    text = " ".join(numbers)
    if len(text) <= LONGEST_REMITTANCE:
        return text
    more = f" +{len(numbers)}"
    return text[: LONGEST_REMITTANCE - len(more)].rsplit(" ", 1)[0] + more


@transaction.atomic
def take_out(*, payment_id: int, by: Actor) -> None:
    """Take a payment out of a batch whose file was not taken yet; what it would pay is due again. Raises Refused."""
    batch = _held_with_suppliers(Payment.objects.values_list("batch_id", flat=True).get(pk=payment_id))
    payment = Payment.objects.get(pk=payment_id)
    refuse_if(
        [
            *rules.may_pay(by),
            *rules.file_was_not_taken(batch),
            *rules.can_move_payment(payment, "drop"),
        ]
    )
    PAYMENT.move(payment, "drop")
    payment.save(update_fields=["state"])
    _due_again(Part.objects.filter(payment=payment))
    fact = PaymentTakenOut(batch_id=batch.pk, payment_id=payment.pk, ref=payment.reference)
    journal.record(fact, by=by)


@transaction.atomic
def approve(*, batch_id: int, by: Actor) -> Batch:
    """Approve a batch that somebody else prepared. What changed meanwhile is refused by name. Raises Refused."""
    batch = _held_with_suppliers(batch_id)
    payments = queries.payments_of(batch.pk)
    refuse_if(
        [
            *rules.may_pay(by),
            *rules.can_move(batch, "approve"),
            *rules.is_a_second_person(batch, by),
            *rules.something_is_paid(payments),
            *rules.still_as_prepared(queries.changed_since(payments)),
        ]
    )
    BATCH.move(batch, "approve")
    batch.approved_at, batch.approved_by = clock.now(), by.user_id
    batch.save(update_fields=["state", "approved_at", "approved_by"])
    journal.record(BatchApproved(batch_id=batch.pk, ref=batch.ref), by=by)
    return batch


@transaction.atomic
def export(*, batch_id: int, by: Actor) -> bytes:
    """Return the bank's file of an approved batch; exported again, the same bytes. Raises Refused, also of a batch that
    was cancelled since: what it would pay is due again.
    """
    held_all(payment.supplier_id for payment in queries.payments_of(batch_id))
    batch = _held(batch_id)
    payments = queries.payments_of(batch.pk)
    refuse_if([*rules.may_pay(by), *rules.typed_none_of_the_accounts(payments, by)])
    if batch.file and batch.state != BatchState.CANCELLED:
        journal.record(BatchExported(batch_id=batch.pk, ref=batch.ref, again=True), by=by)
        return stored.content(batch.file)
    refuse_if(rules.can_move(batch, "export"))
    changed = queries.changed_since(payments)
    refuse_if([*rules.something_is_paid(payments), *rules.still_as_prepared(changed)])
    try:
        content = written(queries.order_of(batch, payments, the_organisation()))
    except NotAPaymentFile as error:
        raise Refused([rules.no_bank_takes(batch, str(error))]) from error
    BATCH.move(batch, "export")
    batch.file = files.keep(content, content_type="application/xml")
    batch.exported_at, batch.exported_by = clock.now(), by.user_id
    batch.save(update_fields=["state", "file", "exported_at", "exported_by"])
    journal.record(BatchExported(batch_id=batch.pk, ref=batch.ref, again=False), by=by)
    return content


@transaction.atomic
def mark_executed(*, batch_id: int, on: date, by: Actor) -> Batch:
    """Say that the bank carried a batch out on a day: who is paid is told. Raises Refused."""
    batch = _held(batch_id)
    refuse_if([*rules.may_pay(by), *rules.can_move(batch, "execute")])
    refuse_if(rules.can_have_been_executed(batch, on))
    BATCH.move(batch, "execute")
    batch.executed_on, batch.told_on = on, clock.today()
    batch.save(update_fields=["state", "executed_on", "told_on"])
    PAYMENT.move_all(Payment.objects.filter(batch=batch, state=PaymentState.PLANNED), "pay")
    fact = BatchExecuted(batch_id=batch.pk, ref=batch.ref, day=on.isoformat())
    journal.record(fact, by=by)
    return batch


@transaction.atomic
def cancel(*, batch_id: int, reason: str, by: Actor) -> Batch:
    """Cancel a batch that the bank was not given; everything in it is due again. Raises Refused."""
    batch = _held_with_suppliers(batch_id)
    refuse_if([*rules.may_pay(by), *rules.can_move(batch, "cancel"), *rules.has_a_reason(reason)])
    BATCH.move(batch, "cancel")
    batch.cancelled_because = reason_id = keep_reason(reason.strip())
    batch.save(update_fields=["state", "cancelled_because"])
    PAYMENT.move_all(Payment.objects.filter(batch=batch, state=PaymentState.PLANNED), "drop")
    _due_again(Part.objects.filter(payment__batch=batch))
    journal.record(BatchCancelled(batch_id=batch.pk, ref=batch.ref, reason_id=reason_id), by=by)
    return batch


@transaction.atomic
def reject(*, payment_id: int, reason: str, by: Actor) -> Payment:
    """Record that the bank sent a payment back: what it paid is due again. Raises Refused."""
    batch = _held_with_suppliers(Payment.objects.values_list("batch_id", flat=True).get(pk=payment_id))
    payment = Payment.objects.get(pk=payment_id)
    refuse_if(
        [
            *rules.may_pay(by),
            *rules.was_given_to_the_bank(batch),
            *rules.can_move_payment(payment, "reject"),
            *rules.has_a_reason(reason),
        ]
    )
    if payment.state == PaymentState.PAID:
        payment.sent_back_on = clock.today()
    PAYMENT.move(payment, "reject")
    payment.rejected_because = reason_id = keep_reason(reason.strip())
    payment.save(update_fields=["state", "rejected_because", "sent_back_on"])
    _due_again(Part.objects.filter(payment=payment))
    fact = PaymentRejected(
        batch_id=batch.pk,
        payment_id=payment.pk,
        ref=payment.reference,
        reason_id=reason_id,
    )
    journal.record(fact, by=by)
    return payment


def _due_again(parts: QuerySet[Part]) -> None:
    """Have what these parts pay be owed as before; of a batch, what was taken out of it may be in another one since.
    Where neither an invoice nor its credit note is paid any more, they are worth nothing together. Their suppliers are
    held.
    """
    live = parts.filter(live=True)
    back = set(live.values_list("payable", flat=True))
    live.update(live=False)
    Payable.objects.filter(pk__in=back).update(settled=False)
    notes = Payable.objects.filter(Q(pk__in=back) | Q(credits__in=back), credits__isnull=False)
    for note in notes.order_by("pk"):
        pair = Payable.objects.filter(Q(pk=note.pk) | Q(pk=note.credits_id))
        if not Part.objects.filter(live=True, payable__in=pair).exists():
            pair.update(settled=True)


def _held_with_suppliers(batch_id: int) -> Batch:
    """Return a batch, held to the end of the transaction, and its suppliers before it: none of its invoices is
    credited meanwhile.
    """
    held_all(payment.supplier_id for payment in queries.payments_of(batch_id))
    return _held(batch_id)


def _held(batch_id: int) -> Batch:
    """Return a batch, held to the end of the transaction."""
    return Batch.objects.select_for_update(of=("self",)).select_related("file").get(pk=batch_id)
