"""Issuing, with the number taken in the same transaction, and taking back in writing what is wrong."""

from datetime import date

from django.db import transaction

from cordee.invoices import rules
from cordee.invoices.actions.holding import held, held_series, held_with_its_series
from cordee.invoices.content import Content, Draft, Earlier, digest_of, totals
from cordee.invoices.facts import InvoiceCredited, InvoiceIssued
from cordee.invoices.models import Contest, Invoice, InvoiceLine, InvoiceSeries, Transmission
from cordee.invoices.states import MACHINE, Acceptance, Kind
from cordee.jobs import registry
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.facts import ReasonId
from cordee.kernel.refusals import refuse_if
from cordee.organisation.queries import the_organisation


@transaction.atomic
def issue(
    *, draft: Draft, source: str, contest_until: date, corrects: int | None = None, by: Actor
) -> Invoice:
    """Issue an invoice in the supplier's name, once for each `source`: asked again, the first one is returned.

    The series is held to the end of the caller's transaction: of several, ask in the order of their keys. With
    `corrects`, a corrective invoice (471) that takes the place of that one. Raises Refused; then no number was taken.
    """
    series = held_series(draft.series) or _begun(draft, by)
    known = Invoice.objects.filter(source=source).first()
    if known:
        return known
    refuse_if([*rules.may_invoice(by), *rules.can_be_issued(draft), *rules.follows(draft, series)])
    corrected = _replaced(corrects, draft.series) if corrects is not None else None
    kind = Kind.CORRECTIVE if corrected else Kind.INVOICE
    invoice = _write(series, kind, draft, source, contest_until=contest_until, earlier=corrected, by=by)
    journal.record(InvoiceIssued(invoice_id=invoice.pk, number=invoice.number, kind=invoice.kind), by=by)
    return invoice


@transaction.atomic
def credit(*, invoice_id: int, reason: str, by: Actor) -> Invoice:
    """Take a whole invoice back by a credit note (261), which names it and its day. Raises Refused."""
    invoice = held_with_its_series(invoice_id)
    refuse_if(
        [
            *rules.may_invoice(by),
            *rules.is_no_credit_note(invoice),
            *rules.can_move(invoice, "credit"),
            *rules.has_words(reason),
        ]
    )
    return _credit(invoice, journal.keep_reason(reason.strip()), upheld=False, by=by)


@transaction.atomic
def uphold(*, invoice_id: int, answer: str, by: Actor) -> Invoice:
    """Agree that a contested invoice is wrong: a credit note takes it back, and is returned.

    What is right is issued anew by who asked for the first one. Raises Refused.
    """
    invoice = held_with_its_series(invoice_id)
    refuse_if([*rules.may_invoice(by), *rules.can_move(invoice, "dismiss"), *rules.has_words(answer)])
    answer_id = journal.keep_reason(answer.strip())
    Contest.objects.filter(invoice=invoice).update(
        decided_at=clock.now(), decided_by=by.user_id, upheld=True, answer_id=answer_id
    )
    return _credit(invoice, answer_id, upheld=True, by=by)


def _credit(invoice: Invoice, reason_id: ReasonId, *, upheld: bool, by: Actor) -> Invoice:
    MACHINE.move(invoice, "credit")
    invoice.save(update_fields=["state"])
    today = clock.today()
    draft = Content.from_json(invoice.content).draft.issued_again(today, today)
    note = _write(
        invoice.series,
        Kind.CREDIT_NOTE,
        draft,
        f"credit:{invoice.pk}",
        contest_until=today,
        earlier=invoice,
        by=by,
    )
    fact = InvoiceCredited(
        invoice_id=invoice.pk,
        number=invoice.number,
        credit_note_id=note.pk,
        credit_note=note.number,
        upheld=upheld,
        reason_id=reason_id,
    )
    journal.record(fact, by=by)
    return note


def _replaced(invoice_id: int, series_key: str) -> Invoice:
    """Return the invoice whose place a corrective one takes; its series is held already, unless it is another's."""
    invoice = held(invoice_id)
    refuse_if(
        [
            *rules.same_series(invoice, series_key),
            *rules.is_no_credit_note(invoice),
            *rules.can_move(invoice, "replace"),
        ]
    )
    MACHINE.move(invoice, "replace")
    invoice.save(update_fields=["state"])
    return invoice


def _begun(draft: Draft, by: Actor) -> InvoiceSeries:
    """Begin the numbers of a supplier, and hold them. Two at once: one begins, the other waits for it."""
    refuse_if(
        [
            *rules.may_invoice(by),
            *rules.can_be_issued(draft),
            *rules.prefix_is_free(draft.prefix, draft.series),
        ]
    )
    InvoiceSeries.objects.get_or_create(key=draft.series, defaults={"prefix": draft.prefix})
    return InvoiceSeries.objects.select_for_update().get(key=draft.series)


def _write(
    series: InvoiceSeries,
    kind: Kind,
    draft: Draft,
    source: str,
    *,
    contest_until: date,
    earlier: Invoice | None,
    by: Actor,
) -> Invoice:
    """Take the next number and write the invoice with its lines; the worker draws it."""
    series.last, series.last_on = series.last + 1, draft.issued_on
    series.save(update_fields=["last", "last_on"])
    named = Earlier(number=earlier.number, issued_on=earlier.issued_on) if earlier else None
    number = f"{series.prefix}-{series.last:05d}"
    invoice = _printed(Content(kind=kind, number=number, draft=draft, earlier=named))
    invoice.series, invoice.position = series, series.last
    invoice.source, invoice.credits = source, earlier
    invoice.contest_until = contest_until
    invoice.issued_at, invoice.user_id = clock.now(), by.user_id
    if kind == Kind.CREDIT_NOTE:
        MACHINE.move(invoice, "accept")
        invoice.accepted_as = Acceptance.CREDIT_NOTE
    invoice.save(force_insert=True)
    InvoiceLine.objects.bulk_create(_lines(invoice, draft))
    if the_organisation().transmit_invoices and rules.concerns_platforms(draft.lines):
        Transmission.objects.create(invoice=invoice)
    registry.start("invoices.keep_file", invoice.pk)
    return invoice


def _printed(content: Content) -> Invoice:
    """Return a row of what stands on an invoice."""
    draft, written = content.draft, content.to_json()
    sums = totals(draft.lines)
    return Invoice(
        number=content.number,
        kind=content.kind,
        seller=draft.seller.name,
        content=written,
        content_sha256=digest_of(written),
        issued_on=draft.issued_on,
        due_on=draft.due_on,
        total_excl=sums.excl.amount,
        vat=sums.vat.amount,
        total=sums.total.amount,
    )


def _lines(invoice: Invoice, draft: Draft) -> list[InvoiceLine]:
    return [
        InvoiceLine(
            invoice=invoice,
            position=position,
            designation=line.designation,
            quantity=line.quantity,
            unit_price=line.unit_price.amount,
            vat_rule=line.vat,
            amount=line.amount.amount,
            day=line.day,
        )
        for position, line in enumerate(draft.lines, start=1)
    ]
