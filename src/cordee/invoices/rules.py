"""What cannot be invoiced, and what can no longer be done with an invoice."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from stdnum.fr import siren

from cordee.invoices.content import NUMBER_SIGNS, Draft, Line, Party, VatRule
from cordee.invoices.models import Invoice, InvoiceSeries
from cordee.invoices.states import MACHINE, Kind
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.days import LONG, day_text
from cordee.kernel.money import Money
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn

LONGEST_WORDS: Final = 1000
"""Signs of what is said about a line that is contested."""
PREFIX_LENGTH: Final = 24
_SMALLEST_QUANTITY: Final = Decimal("0.0001")


def may_invoice(actor: Actor) -> Iterator[Blocker]:
    """Finance issues invoices, takes them back, and decides on contests."""
    if not actor.may(Permission.DECIDE_FEES):
        yield Blocker(
            "not_finance", _("Only finance can decide on invoices."), _("Ask finance."), Turn.FINANCE
        )


def can_be_issued(draft: Draft) -> Iterator[Blocker]:
    """All that would make an invoice refused by the law or by a platform; also asked before anything is approved."""
    yield from _has_amounts(draft.lines)
    yield from is_identified(draft.seller, Turn.FACILITATOR)
    yield from is_identified(draft.buyer, Turn.ADMINISTRATOR)
    yield from _vat_is_known(draft)
    if draft.due_on < draft.issued_on:  # BR-FR-CO-07
        yield Blocker(
            "due_before_issue",
            _("The invoice would be due before it is issued."),
            _("Choose a due date from the day of issue on."),
            Turn.FINANCE,
        )
    if not (NUMBER_SIGNS.fullmatch(draft.prefix) and len(draft.prefix) <= PREFIX_LENGTH):
        yield Blocker(
            "bad_prefix",
            _("“%(prefix)s” cannot begin the numbers of invoices.") % {"prefix": draft.prefix},
            _("Take at most %(most)s letters without accents, digits or + - _ /.") % {"most": PREFIX_LENGTH},
            Turn.FINANCE,
        )


def _has_amounts(lines: tuple[Line, ...]) -> Iterator[Blocker]:
    if not lines:
        yield Blocker(
            "nothing_to_invoice",
            _("There is nothing to invoice."),
            _("Choose at least one fee."),
            Turn.FINANCE,
        )
    for line in lines:
        if line.amount <= Money.zero() or line.unit_price <= Money.zero():
            yield Blocker(
                "no_amount",
                _("An invoice has no line of zero or less: “%(line)s”.") % {"line": line.designation},
                _("Set its amount, or leave the line out; what was invoiced too much is credited."),
                Turn.FINANCE,
            )
        if line.quantity != line.quantity.quantize(_SMALLEST_QUANTITY):
            yield Blocker(
                "long_quantity",
                _("A quantity has at most four decimals: “%(line)s”.") % {"line": line.designation},
                _("Round the quantity."),
                Turn.FINANCE,
            )


def is_identified(party: Party, turn: Turn) -> Iterator[Blocker]:
    """Name, address, SIREN and electronic address of both (CGI ann. II, art. 242 nonies A; BR-FR-10 to 13 and 22)."""
    missing = [
        word
        for word, value in (
            (_("the name"), party.name),
            (_("the address"), party.address),
            (_("the postal code"), party.postal_code),
            (_("the town"), party.city),
        )
        if not value.strip()
    ]
    if missing:
        yield Blocker(
            "address_missing",
            _("%(name)s: %(missing)s missing.") % {"name": party.name or "?", "missing": ", ".join(missing)},
            _("An invoice names both sides with their full address: complete it."),
            turn,
        )
    if party.country != "FR":
        yield Blocker(
            "abroad",
            _("%(name)s is established abroad: nobody invoices in its name.") % {"name": party.name},
            _("Ask for its own invoice."),
            Turn.FACILITATOR,
        )
    elif not siren.is_valid(party.siren):
        yield Blocker(
            "no_siren",
            _("%(name)s has no valid SIREN.") % {"name": party.name},
            _("Enter the nine digits of its SIREN, or of the SIRET that begins with it."),
            turn,
        )
    elif not party.electronic_address.startswith(party.siren):
        yield Blocker(
            "no_electronic_address",
            _("%(name)s has no address for electronic invoices.") % {"name": party.name},
            _("It begins with the SIREN; where there is no other, it is the SIREN."),
            turn,
        )


def _vat_is_known(draft: Draft) -> Iterator[Blocker]:
    if not draft.seller.vat_number and any(
        line.vat in {VatRule.STANDARD, VatRule.REVERSE_CHARGE} for line in draft.lines
    ):
        yield Blocker(
            "no_vat_number",
            _("%(name)s charges VAT and has no VAT number.") % {"name": draft.seller.name},
            _("Enter its VAT number, or correct its VAT regime."),
            Turn.FACILITATOR,
        )


def follows(draft: Draft, series: InvoiceSeries) -> Iterator[Blocker]:
    """Numbers follow the calendar: neither after today, nor before the last of the series."""
    if draft.issued_on > clock.today() or (series.last_on and draft.issued_on < series.last_on):
        yield Blocker(
            "not_in_order",
            _("Invoices of one supplier are numbered in the order of their days."),
            _("Issue it with the day of today."),
            Turn.FINANCE,
        )


def prefix_is_free(prefix: str, series_key: str) -> Iterator[Blocker]:
    """No two suppliers number alike."""
    if InvoiceSeries.objects.filter(prefix=prefix).exclude(key=series_key).exists():
        yield Blocker(
            "prefix_taken",
            _("The invoices of another supplier begin with “%(prefix)s” already.") % {"prefix": prefix},
            _("Choose another prefix for this supplier."),
            Turn.FINANCE,
        )


def can_move(invoice: Invoice, move: str) -> Iterator[Blocker]:
    """What was decided stays decided."""
    if not MACHINE.allows(move, invoice):
        yield Blocker(
            "invoice_decided",
            _("%(number)s is no longer open to this: %(state)s.")
            % {"number": invoice.number, "state": invoice.get_state_display()},
            _("Load the page again to see what became of it; ask finance for more."),
            Turn.FINANCE,
        )


def can_be_contested(invoice: Invoice, reasons: Mapping[int, str], line_ids: set[int]) -> Iterator[Blocker]:
    """Within the period of the mandate, line by line, with words for each."""
    yield from can_move(invoice, "contest")
    if clock.today() > invoice.contest_until:
        yield Blocker(
            "too_late_to_contest",
            _("%(number)s could be contested until %(day)s.")
            % {"number": invoice.number, "day": _day(invoice.contest_until)},
            _("It counts as accepted. Write to finance: what is wrong can still be credited."),
            Turn.FINANCE,
        )
    if not reasons or not reasons.keys() <= line_ids:
        yield Blocker(
            "no_line_contested",
            _("No line of this invoice is contested."),
            _("Choose the lines that are wrong."),
            Turn.FACILITATOR,
        )
    if any(not words.strip() or len(words) > LONGEST_WORDS for words in reasons.values()):
        yield Blocker(
            "no_reason",
            _("Say for each line what is wrong, in at most %(most)s signs.") % {"most": LONGEST_WORDS},
            _("Tell what you expected: the amount, the day, the workshop."),
            Turn.FACILITATOR,
            "reason",
        )


def has_words(words: str) -> Iterator[Blocker]:
    """What finance decides has its reason."""
    if not words.strip():
        yield Blocker(
            "no_reason",
            _("Give a reason: the supplier reads it."),
            _("Say in a sentence why."),
            Turn.FINANCE,
            "reason",
        )


def is_no_credit_note(invoice: Invoice) -> Iterator[Blocker]:
    if invoice.kind == Kind.CREDIT_NOTE:
        yield Blocker(
            "a_credit_note",
            _("%(number)s is a credit note: it is not taken back.") % {"number": invoice.number},
            _("Issue a new invoice for what is due."),
            Turn.FINANCE,
        )


def same_series(invoice: Invoice, series_key: str) -> Iterator[Blocker]:
    """An invoice is corrected by its own supplier."""
    if invoice.series.key != series_key:
        yield Blocker(
            "another_supplier",
            _("%(number)s is an invoice of another supplier.") % {"number": invoice.number},
            _("Credit it, and issue a new invoice for the right one."),
            Turn.FINANCE,
        )


def concerns_platforms(lines: tuple[Line, ...]) -> bool:
    """Tell whether electronic invoicing concerns an invoice: what is exempt as training is outside of it (CGI, art. 289
    I-1-a), unless something else stands beside.
    """
    return any(line.vat != VatRule.EXEMPT_TRAINING for line in lines)


def _day(day: date) -> str:
    return day_text(day, LONG, get_language() or "fr")
