"""An invoice as a page shows it: what stands on it, what is contested, and how its supplier answers."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from cordee.files import queries as files
from cordee.invoices import actions, queries
from cordee.invoices.content import Content, Totals, totals
from cordee.invoices.models import Invoice, InvoiceLine
from cordee.invoices.queries import Contested
from cordee.invoices.rules import LONGEST_WORDS
from cordee.invoices.states import InvoiceState, Kind
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.web.pages import HouseForm, carry_out
from cordee.web.request import Request

KINDS: dict[str, str] = {
    InvoiceState.ISSUED: "wait",
    InvoiceState.CONTESTED: "late",
    InvoiceState.ACCEPTED: "done",
    InvoiceState.CREDITED: "neutral",
    InvoiceState.REPLACED: "neutral",
}
"""How each state is shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a page tells of an invoice."""

    invoice: Invoice
    name: str
    """What it is, with its number."""
    credits: bool
    """It is a credit note: nothing is paid of it."""
    content: Content
    lines: list[tuple[InvoiceLine, str, Contested | None]]
    """Each with what is printed below it and what is contested."""
    totals: Totals
    kind: str
    state: str
    can_answer: bool
    """Its supplier may accept or contest it now."""


def shown(invoice: Invoice) -> Shown:
    """Return an invoice with its lines and what is contested: three queries."""
    content = Content.from_json(invoice.content)
    contested = {c.line_id: c for c in queries.contests_of([invoice.pk])[invoice.pk]}
    lines = queries.lines_of([invoice.pk])[invoice.pk]
    credits_one = invoice.kind == Kind.CREDIT_NOTE
    name = _("Credit note %(number)s") if credits_one else _("Invoice %(number)s")
    return Shown(
        invoice,
        name % {"number": invoice.number},
        credits_one,
        content,
        [(line, content.draft.lines[line.position - 1].note, contested.get(line.pk)) for line in lines],
        totals(content.draft.lines),
        KINDS[invoice.state],
        invoice.get_kind_display() if credits_one else invoice.get_state_display(),
        invoice.state == InvoiceState.ISSUED and clock.today() <= invoice.contest_until,
    )


class ContestForm(HouseForm):
    """What is wrong, line by line: words beside the lines that are, none beside the others."""

    prefix = "contest"

    def __init__(self, *args: Any, lines: list[InvoiceLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line_ids = [line.pk for line in lines]
        for line in lines:
            self.fields[f"line_{line.pk}"] = forms.CharField(
                label=_("What is wrong with “%(line)s”?") % {"line": line.designation},
                required=False,
                max_length=LONGEST_WORDS,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def reasons(self) -> dict[int, str]:
        words = {pk: self.cleaned_data[f"line_{pk}"] for pk in self.line_ids}
        return {pk: text for pk, text in words.items() if text}


class AcceptForm(HouseForm):
    prefix = "accept"


@dataclass(frozen=True, slots=True)
class Answer:
    """The two forms by which a supplier answers, and the answer of the page when one was carried out."""

    accept: AcceptForm
    contest: ContestForm
    response: HttpResponse | None = None


def answered(request: Request, found: Shown, *, by: Actor, back_to: str) -> Answer:
    """Take what a supplier answers to an invoice, by link or with an account: accepted as it is, or contested."""
    lines = [line for line, _note, _contested in found.lines]
    sent = request.POST.get("answer", "") if request.method == "POST" else ""
    accept = AcceptForm(request.POST if sent == "accept" else None)
    contest = ContestForm(request.POST if sent == "contest" else None, lines=lines)

    def say_yes() -> str:
        actions.accept(invoice_id=found.invoice.pk, by=by)
        return back_to

    def say_no() -> str:
        actions.contest(invoice_id=found.invoice.pk, reasons=contest.reasons, by=by)
        return back_to

    response = None
    if accept.is_valid():
        response = carry_out(request, accept, say_yes, done=_("Accepted: thank you."))
    elif contest.is_valid():
        response = carry_out(request, contest, say_no, done=_("Contested: finance answers you by e-mail."))
    return Answer(accept, contest, response)


def pdf(invoice: Invoice) -> HttpResponse:
    """Return the PDF of an invoice with its XML; while it is still to be drawn, say so."""
    if invoice.file is None:
        raise Http404(_("The PDF of this invoice is being made: load the page again in a moment."))
    response = HttpResponse(files.content(invoice.file), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{invoice.number.replace("/", "-")}.pdf"'
    return response
