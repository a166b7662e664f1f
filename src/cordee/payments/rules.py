"""What can be paid, who may pay it, and why not yet."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.conformity.queries import Hold
from cordee.invoices.models import Invoice
from cordee.invoices.states import InvoiceState
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.days import LONG, day_text
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.kernel.sepa import is_within_sepa
from cordee.organisation.models import Organisation
from cordee.payments.models import Batch, Payment
from cordee.payments.states import BATCH, PAYMENT, BatchState
from cordee.suppliers.models import PAPER_LABELS, Supplier
from cordee.suppliers.states import PaperKind


def _long(day: date) -> str:
    return day_text(day, LONG, get_language() or "fr")


def may_pay(actor: Actor) -> Iterator[Blocker]:
    """Finance prepares, approves and exports payments."""
    if not actor.may(Permission.PAY):
        yield Blocker("not_finance", _("Only finance can pay suppliers."), _("Ask finance."), Turn.FINANCE)


def is_agreed(number: str, invoice: Invoice | None, *, agreed: bool) -> Iterator[Blocker]:
    """Nothing is paid while its supplier may still contest it, or while finance has not accepted it."""
    if agreed:
        return
    if invoice is None:
        yield Blocker(
            "invoice_not_accepted",
            _("%(number)s was not accepted yet.") % {"number": number},
            _("Compare it with what is due, then accept or return it."),
            Turn.FINANCE,
            subject=number,
        )
    elif invoice.state == InvoiceState.CONTESTED:
        yield Blocker(
            "contested",
            _("%(number)s is contested.") % {"number": number},
            _("Answer the contest: correct the invoice, or uphold it."),
            Turn.FINANCE,
            subject=number,
        )
    else:
        yield Blocker(
            "contest_window",
            _("%(number)s can be contested until %(day)s.")
            % {"number": number, "day": _long(invoice.contest_until)},
            _("The supplier may accept it before; silence is acceptance."),
            Turn.FACILITATOR,
            subject=number,
        )


def is_due(number: str, due_on: date, by_day: date) -> Iterator[Blocker]:
    if due_on > by_day:
        yield Blocker(
            "not_due",
            _("%(number)s is due on %(day)s.") % {"number": number, "day": _long(due_on)},
            _("Choose a later day to pay it earlier than its date."),
            Turn.TIME,
            subject=number,
        )


def no_bank_takes(batch: Batch, why: str) -> Blocker:
    """What the schema of payment files says of one that would be wrong."""
    return Blocker(
        "no_payment_file",
        _("The bank would refuse the file of %(ref)s: %(why)s") % {"ref": batch.ref, "why": why},
        _("Cancel the batch, and correct the account or the address that it speaks of."),
        Turn.FINANCE,
        subject=batch.ref,
    )


def can_have_been_executed(batch: Batch, on: date) -> Iterator[Blocker]:
    """The bank carries a batch out once it was approved, and nobody knows of a day after the one that was asked for."""
    approved = timezone.localtime(batch.approved_at).date() if batch.approved_at else on
    if not approved <= on <= max(clock.today(), batch.execute_on):
        yield Blocker(
            "not_on_that_day",
            _("The bank cannot have paid this batch on %(day)s.") % {"day": _long(on)},
            _("Look at the date on the bank's statement: it is after the approval, and not in the future."),
            Turn.FINANCE,
            "on",
        )


def is_held(number: str, hold: Hold) -> Blocker:
    return Blocker(
        "sheet_missing",
        _("%(number)s waits for a sheet. %(session)s: %(why)s")
        % {"number": number, "session": hold.session_title, "why": hold.why},
        _("It is paid once the sheet is accepted."),
        hold.turn,
        subject=hold.session_ref,
    )


def paper_is_missing(supplier: Supplier, kind: PaperKind) -> Blocker:
    return Blocker(
        "paper_missing",
        _("%(name)s: %(paper)s is missing, or has expired.")
        % {"name": supplier.name, "paper": PAPER_LABELS[kind]},
        _("The supplier gives it under “How I am paid”."),
        Turn.FACILITATOR,
        subject=supplier.name,
    )


def payer_is_known(organisation: Organisation) -> Iterator[Blocker]:
    if not organisation.bank_iban:
        yield Blocker(
            "no_paying_account",
            _("The organisation's own bank account is not known."),
            _("An administrator gives its IBAN on the page of the organisation."),
            Turn.ADMINISTRATOR,
        )
    elif not is_within_sepa(organisation.bank_iban):
        yield Blocker(
            "paying_account_outside_sepa",
            _("The organisation's own bank account is outside the area of payments in euros (SEPA)."),
            _("An administrator gives another one on the page of the organisation."),
            Turn.ADMINISTRATOR,
        )


def something_is_paid(proposals: Collection[object]) -> Iterator[Blocker]:
    if not proposals:
        yield Blocker(
            "nothing_to_pay",
            _("Nothing can be paid now."),
            _("What is owed is listed below, with what it waits for."),
            Turn.FINANCE,
        )


def day_makes_sense(day: date) -> Iterator[Blocker]:
    """A bank carries out what it is asked for today or soon."""
    days = (day - clock.today()).days
    if not 0 <= days <= _FARTHEST_DAYS:
        yield Blocker(
            "bad_execution_day",
            _("The bank cannot pay on %(day)s.") % {"day": _long(day)},
            _("Choose a day from today on, within two months."),
            Turn.FINANCE,
            "execute_on",
        )


_FARTHEST_DAYS = 60


def can_move(batch: Batch, move: str) -> Iterator[Blocker]:
    if not BATCH.allows(move, batch):
        yield Blocker(
            "batch_moved_on",
            _("%(ref)s: %(state)s.") % {"ref": batch.ref, "state": batch.get_state_display()},
            _("Load the page again to see what was done, by whom and when."),
            Turn.FINANCE,
            subject=batch.ref,
        )


def file_was_not_taken(batch: Batch) -> Iterator[Blocker]:
    """What the bank may have got is not changed any more."""
    if batch.state not in {BatchState.DRAFT, BatchState.APPROVED}:
        yield from can_move(batch, "approve")


def can_move_payment(payment: Payment, move: str) -> Iterator[Blocker]:
    if not PAYMENT.allows(move, payment):
        yield Blocker(
            "payment_moved_on",
            _("%(ref)s: %(state)s.") % {"ref": payment.reference, "state": payment.get_state_display()},
            _("Load the page again to see what was done."),
            Turn.FINANCE,
            subject=payment.reference,
        )


def is_a_second_person(batch: Batch, actor: Actor) -> Iterator[Blocker]:
    """Who prepared a batch does not approve it."""
    if actor.user_id is None or actor.user_id == batch.made_by:
        yield Blocker(
            "second_person",
            _("Somebody else has to approve what you prepared."),
            _("Ask a colleague of finance: they see it under “Payments”."),
            Turn.FINANCE,
            subject=batch.ref,
        )


def typed_none_of_the_accounts(payments: Sequence[Payment], actor: Actor) -> Iterator[Blocker]:
    """Who typed a bank account in is never who exports the file that pays it."""
    for payment in payments:
        if actor.user_id is not None and payment.account.user_id == actor.user_id:
            yield Blocker(
                "typed_the_account",
                _("You typed in the bank account of %(name)s yourself.") % {"name": payment.supplier.name},
                _("Somebody else of finance exports this file."),
                Turn.FINANCE,
                subject=payment.supplier.name,
            )


def was_given_to_the_bank(batch: Batch) -> Iterator[Blocker]:
    """Only what the bank was asked for comes back from it."""
    if batch.state not in {BatchState.EXPORTED, BatchState.EXECUTED}:
        yield Blocker(
            "not_at_the_bank",
            _("%(ref)s was not given to the bank.") % {"ref": batch.ref},
            _("Take the payment out of the batch, or cancel the batch."),
            Turn.FINANCE,
            subject=batch.ref,
        )


def still_as_prepared(changed: Sequence[str]) -> Iterator[Blocker]:
    """What changed since a batch was prepared is taken out of it before it is approved."""
    for name in changed:
        yield Blocker(
            "changed_meanwhile",
            _("What %(name)s is owed, or its bank account, has changed since this batch was prepared.")
            % {"name": name},
            _("Take that payment out; the next batch has it as it is now."),
            Turn.FINANCE,
            subject=name,
        )


def has_a_reason(reason: str) -> Iterator[Blocker]:
    if not reason.strip():
        yield Blocker(
            "no_reason",
            _("Give a reason: it stays on record."),
            _("Say what happened."),
            Turn.FINANCE,
            "reason",
        )
