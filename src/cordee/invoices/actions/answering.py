"""What a supplier says of an invoice in its name, and what is said by silence.

Whether somebody speaks for the supplier is known to who calls: this room knows no people.
"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cordee.invoices import rules
from cordee.invoices.actions.holding import held
from cordee.invoices.facts import InvoiceAccepted, InvoiceContested
from cordee.invoices.models import Contest, Invoice
from cordee.invoices.states import MACHINE, Acceptance, InvoiceState
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import SYSTEM, Actor
from cordee.kernel.facts import ReasonId
from cordee.kernel.refusals import refuse_if


@transaction.atomic
def accept(*, invoice_id: int, by: Actor) -> Invoice:
    """Have the supplier accept an invoice; again, it changes nothing. Raises Refused."""
    invoice = held(invoice_id)
    if invoice.state == InvoiceState.ACCEPTED:
        return invoice
    refuse_if(rules.can_move(invoice, "accept"))
    _accept(invoice, "accept", Acceptance.SUPPLIER, by=by)
    return invoice


@transaction.atomic
def contest(*, invoice_id: int, reasons: Mapping[int, str], by: Actor) -> Invoice:
    """Have the supplier contest lines of an invoice, with words for each (by the line's id). Raises Refused."""
    invoice = held(invoice_id)
    line_ids = set(invoice.lines.values_list("pk", flat=True))
    refuse_if(rules.can_be_contested(invoice, reasons, line_ids))
    _contest(invoice, reasons, by=by)
    return invoice


def contest_whole(invoice: Invoice, words: str, *, on: date, by: Actor) -> bool:
    """Have the supplier contest all of an invoice, which is held, by what it told its platform on a day. Return whether
    it still could.
    """
    told = (words.strip() or _("Refused through the approved platform."))[: rules.LONGEST_WORDS]
    is_open = MACHINE.allows("contest", invoice) and on <= invoice.contest_until
    if is_open:
        _contest(invoice, dict.fromkeys(invoice.lines.values_list("pk", flat=True), told), by=by)
    return is_open


def _contest(invoice: Invoice, reasons: Mapping[int, str], *, by: Actor) -> None:
    MACHINE.move(invoice, "contest")
    invoice.save(update_fields=["state"])
    Contest.objects.bulk_create(
        Contest(
            invoice=invoice,
            line_id=line_id,
            words_id=journal.keep_reason(words.strip()),
            at=clock.now(),
            user_id=by.user_id,
        )
        for line_id, words in sorted(reasons.items())
    )
    fact = InvoiceContested(invoice_id=invoice.pk, number=invoice.number, lines=len(reasons))
    journal.record(fact, by=by)


@transaction.atomic
def dismiss(*, invoice_id: int, answer: str, by: Actor) -> Invoice:
    """Answer that a contested invoice is right: it stands as accepted. Raises Refused."""
    invoice = held(invoice_id)
    refuse_if([*rules.may_invoice(by), *rules.can_move(invoice, "dismiss"), *rules.has_words(answer)])
    answer_id = journal.keep_reason(answer.strip())
    Contest.objects.filter(invoice=invoice).update(
        decided_at=clock.now(), decided_by=by.user_id, upheld=False, answer_id=answer_id
    )
    _accept(invoice, "dismiss", Acceptance.DISMISSED, answer_id, by=by)
    return invoice


def accept_silent() -> int:
    """Accept what nobody contested in time, each in a transaction of its own. Return how many. Safe to run twice."""
    overdue = Invoice.objects.filter(state=InvoiceState.ISSUED, contest_until__lt=clock.today())
    return sum(_accept_silent(pk) for pk in overdue.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _accept_silent(invoice_id: int) -> bool:
    invoice = held(invoice_id)
    is_silent = MACHINE.allows("accept", invoice)  # else somebody spoke meanwhile
    if is_silent:
        _accept(invoice, "accept", Acceptance.SILENCE, by=SYSTEM)
    return is_silent


def _accept(
    invoice: Invoice, move: str, how: Acceptance, reason_id: ReasonId | None = None, *, by: Actor
) -> None:
    MACHINE.move(invoice, move)
    invoice.accepted_as = how
    invoice.save(update_fields=["state", "accepted_as"])
    fact = InvoiceAccepted(invoice_id=invoice.pk, number=invoice.number, how=how, reason_id=reason_id)
    journal.record(fact, by=by)
