"""A supplier's own invoice: given against what is due, compared, accepted or returned."""

import json
from datetime import timedelta

from django.db import transaction

from cordee.fees import queries, rules
from cordee.fees.actions.payables import held, mission_of
from cordee.fees.facts import InvoiceReceived, ReceivedAccepted, ReceivedReturned
from cordee.fees.models import ReceivedInvoice, ReceivedVat
from cordee.fees.queries import Stated
from cordee.fees.states import RECEIVED_MACHINE
from cordee.files import actions as files
from cordee.invoices.reading import sent
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.names import tidy
from cordee.kernel.refusals import Turn, refuse_if
from cordee.organisation.queries import the_organisation
from cordee.organisation.rules import is_a_paper


@transaction.atomic
def give_invoice(*, payable_id: int, content: bytes, stated: Stated, by: Actor) -> ReceivedInvoice:
    """Give a supplier's own invoice, a PDF, for what it is owed. What differs from what is due is kept with it, for
    finance to decide on. Raises Refused.
    """
    payable, number = held(payable_id), tidy(stated.number)
    refuse_if(
        [
            *rules.bills_through(by, queries.people_of(payable)),
            *rules.invoice_is_expected(payable),
            *is_a_paper(content, field="file", turn=Turn.FACILITATOR),
            *rules.has_a_number(number),
            *rules.amounts_agree(excl=stated.excl, vat=stated.vat, total=stated.total),
            *rules.currency_has_a_rate(stated.currency, stated.rate, stated.rate_source),
            *rules.is_not_of_the_future(stated.issued_on),
        ]
    )
    stored = files.keep(content, content_type="application/pdf")
    refuse_if(rules.invoice_is_new(payable, number, stored.pk))
    differences = queries.differences(payable, stated)
    received = ReceivedInvoice.objects.create(
        payable=payable,
        supplier_id=payable.supplier_id,
        file=stored,
        number=number,
        issued_on=stated.issued_on,
        currency=stated.currency,
        excl=stated.excl,
        vat=stated.vat,
        total=stated.total,
        rate=stated.rate if stated.currency != "EUR" else None,
        rate_source=stated.rate_source.strip() if stated.currency != "EUR" else "",
        read=json.loads(sent(stated.read)),
        differences=list(differences),
        due_on=stated.issued_on + timedelta(days=the_organisation().payment_terms_days),
        given_at=clock.now(),
        given_by=by.user_id,
    )
    fact = InvoiceReceived(
        payable_id=payable.pk, received_id=received.pk, differences=[str(code) for code in differences]
    )
    journal.record(fact, by=by, mission_id=mission_of(payable))
    return received


@transaction.atomic
def accept_received(*, received_id: int, by: Actor) -> ReceivedInvoice:
    """Accept a supplier's own invoice: it is paid when it is due, and its VAT counts as the rules are now. Raises
    Refused.
    """
    received = _held(received_id)
    refuse_if([*rules.may_decide(by), *rules.can_decide_received(received, "accept")])
    _decide(received, "accept", by=by)
    ReceivedVat.objects.bulk_create(
        ReceivedVat(received=received, rule=part.rule, base=part.base.amount, vat=part.vat.amount)
        for part in queries.vat_parts(received)
    )
    fact = ReceivedAccepted(payable_id=received.payable_id, received_id=received.pk)
    journal.record(fact, by=by, mission_id=mission_of(received.payable))
    return received


@transaction.atomic
def return_received(*, received_id: int, reason: str, by: Actor) -> ReceivedInvoice:
    """Return a supplier's own invoice with a reason: another one is expected. Raises Refused."""
    received = _held(received_id)
    refuse_if(
        [
            *rules.may_decide(by),
            *rules.can_decide_received(received, "return"),
            *rules.has_a_reason(reason),
        ]
    )
    received.reason = reason.strip()
    _decide(received, "return", by=by)
    fact = ReceivedReturned(
        payable_id=received.payable_id,
        received_id=received.pk,
        reason_id=journal.keep_reason(received.reason),
    )
    journal.record(fact, by=by, mission_id=mission_of(received.payable))
    return received


def _held(received_id: int) -> ReceivedInvoice:
    """Return an invoice; its supplier is held to the end of the transaction."""
    held(ReceivedInvoice.objects.values_list("payable_id", flat=True).get(pk=received_id))
    return ReceivedInvoice.objects.select_related("payable__request", "payable__supplier").get(pk=received_id)


def _decide(received: ReceivedInvoice, move: str, *, by: Actor) -> None:
    RECEIVED_MACHINE.move(received, move)
    received.decided_at, received.decided_by = clock.now(), by.user_id
    received.save(update_fields=["state", "decided_at", "decided_by", "reason"])
