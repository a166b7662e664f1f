"""Invoices of a world, as Cordée issues them in suppliers' names: numbers, content, lines, what suppliers answered."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cached_property

from benchmarks.world.rows import Rows
from benchmarks.world.suppliers import Seller, stored_file
from cordee.invoices import queries as invoices
from cordee.invoices.content import Content, Draft, Earlier, Line, Party, digest_of, totals
from cordee.invoices.models import Contest, Invoice, InvoiceLine, InvoiceSeries
from cordee.invoices.states import Acceptance, InvoiceState, Kind
from cordee.journal.models import Reason
from cordee.organisation.queries import the_organisation

CONTEST, TERMS = timedelta(days=10), timedelta(days=30)


class Issuing:
    """Writes invoices; those of one supplier come in the order of their days."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._series: dict[int, InvoiceSeries] = {}

    @cached_property
    def _buyer(self) -> Party:
        return invoices.the_buyer(the_organisation())

    def invoice(self, at: datetime, seller: Seller, lines: Sequence[Line]) -> Invoice:
        """Write an invoice; what was answered to it is told afterwards, before the rows are flushed."""
        draft = Draft(
            series=f"supplier:{seller.row.pk}",
            prefix=seller.row.invoice_prefix,
            seller=seller.party,
            buyer=self._buyer,
            lines=tuple(lines),
            issued_on=at.date(),
            due_on=(at + TERMS).date(),
        )
        return self._written(at, seller, Kind.INVOICE, draft, None)

    def credit_note(self, at: datetime, seller: Seller, credited: Invoice) -> Invoice:
        draft = Content.from_json(credited.content).draft.issued_again(at.date(), at.date())
        note = self._written(at, seller, Kind.CREDIT_NOTE, draft, credited)
        note.state, note.accepted_as = InvoiceState.ACCEPTED, Acceptance.CREDIT_NOTE
        return note

    def accepted(self, invoice: Invoice, *, silent: bool) -> None:
        invoice.state = InvoiceState.ACCEPTED
        invoice.accepted_as = Acceptance.SILENCE if silent else Acceptance.SUPPLIER

    def open(self, invoice: Invoice, *, contested: bool) -> None:
        """Leave it open to be contested; or have it contested."""
        if contested:
            invoice.state = InvoiceState.CONTESTED
            self._contest(invoice, upheld=None)

    def credited(self, invoice: Invoice, *, contested: bool) -> None:
        invoice.state = InvoiceState.CREDITED
        if contested:
            self._contest(invoice, upheld=True)

    def finish(self) -> None:
        """Say how far each series has come."""
        InvoiceSeries.objects.bulk_update(self._series.values(), ["last", "last_on"], batch_size=500)

    def _written(
        self, at: datetime, seller: Seller, kind: Kind, draft: Draft, earlier: Invoice | None
    ) -> Invoice:
        series = self._next(seller, at.date())
        number = f"{series.prefix}-{series.last:05d}"
        named = Earlier(number=earlier.number, issued_on=earlier.issued_on) if earlier else None
        content = Content(kind=kind, number=number, draft=draft, earlier=named).to_json()
        sums = totals(draft.lines)
        invoice = self.rows.add(
            Invoice(
                series=series,
                position=series.last,
                number=number,
                kind=kind,
                source=f"world:{number}",
                seller=draft.seller.name,
                content=content,
                content_sha256=digest_of(content),
                issued_on=draft.issued_on,
                due_on=draft.due_on,
                contest_until=(at + CONTEST).date(),
                total_excl=sums.excl.amount,
                vat=sums.vat.amount,
                total=sums.total.amount,
                credits=earlier,
                state=InvoiceState.ISSUED,
                issued_at=at,
                file=stored_file(self.rows, number, at),
            )
        )
        for position, line in enumerate(draft.lines, start=1):
            self.rows.add(
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
            )
        return invoice

    def _next(self, seller: Seller, day: date) -> InvoiceSeries:
        """Take the next number of a supplier."""
        known = self._series.get(seller.row.pk)
        if known is None:
            known = InvoiceSeries(key=f"supplier:{seller.row.pk}", prefix=seller.row.invoice_prefix)
            self._series[seller.row.pk] = self.rows.add(known)
        known.last, known.last_on = known.last + 1, day
        return known

    def _contest(self, invoice: Invoice, *, upheld: bool | None) -> None:
        at = invoice.issued_at + timedelta(days=1)
        words, answer = (self.rows.add(Reason(text=text)) for text in ("Le tarif était autre.", "En effet."))
        last = self.rows.last(InvoiceLine)
        self.rows.add(
            Contest(
                invoice=invoice,
                line=last,
                words_id=words.pk,
                at=at,
                decided_at=at + timedelta(days=5) if upheld else None,
                upheld=upheld,
                answer_id=answer.pk if upheld else None,
            )
        )
