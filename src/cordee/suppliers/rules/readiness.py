"""What stands between a facilitator and an invoice, then a transfer; and whose turn it is."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.kernel.days import LONG, day_text
from cordee.kernel.refusals import Blocker, Turn
from cordee.kernel.sepa import is_within_sepa
from cordee.suppliers.models import PAPER_LABELS, BankAccount, Supplier
from cordee.suppliers.rules.identity import is_active, is_known_well_enough
from cordee.suppliers.states import PaperKind


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one supplier on a day."""

    supplier: Supplier
    has_mandate: bool
    has_vat_rule: bool
    account: BankAccount | None
    proposed: BankAccount | None


def no_supplier(day: date | None = None) -> Blocker:
    """What is missing of a facilitator who bills through nobody, or of what was supplied on a day."""
    if day is None:
        said, fix = _("It is not known through whom they bill."), _("They fill in “How I am paid”.")
    else:
        said = _("It is not known through whom they bill what was done on %(day)s.") % {"day": _long(day)}
        fix = _("They say it on the page “How I am paid”, from that day on.")
    return Blocker("no_supplier", said, fix, Turn.FACILITATOR)


def no_vat_rule(supplier: Supplier, day: date) -> Blocker:
    """What is missing of a supplier whose VAT rules are of other days, or of other services."""
    said = _("Whether %(name)s charges VAT on what was done on %(day)s is not known.")
    return Blocker(
        "no_vat_rule",
        said % {"name": supplier.name, "day": _long(day)},
        _("They say it on the page “How I am paid”, from that day on."),
        Turn.FACILITATOR,
    )


def _long(day: date) -> str:
    return day_text(day, LONG, get_language() or "fr")


def cannot_be_invoiced(standing: Standing) -> Iterator[Blocker]:
    """What would make an invoice issued in a supplier's name refused. `own_invoice` says that it sends its own."""
    supplier = standing.supplier
    yield from is_active(supplier)
    for blocker in is_known_well_enough(supplier):
        yield Blocker(blocker.code, blocker.message, blocker.fix, Turn.FACILITATOR, blocker.field)
    if not standing.has_vat_rule:
        yield Blocker(
            "no_vat_rule",
            _("Whether %(name)s charges VAT is not known.") % {"name": supplier.name},
            _("They answer it on the page “How I am paid”."),
            Turn.FACILITATOR,
        )
    if supplier.sends_invoices:
        yield Blocker(
            "own_invoice",
            _("%(name)s sends invoices of its own.") % {"name": supplier.name},
            _("They give it where their fees are listed."),
            Turn.FACILITATOR,
        )
    elif not standing.has_mandate:
        yield Blocker(
            "no_mandate",
            _("The mandate to make invoices in the name of %(name)s is not signed.")
            % {"name": supplier.name},
            _("They sign it on the page “How I am paid”."),
            Turn.FACILITATOR,
        )


def cannot_be_paid(
    supplier: Supplier, account: BankAccount | None, proposed: BankAccount | None, now: datetime
) -> Iterator[Blocker]:
    """What keeps a transfer from being made, by the account in use and the one that is to be confirmed."""
    name = supplier.name
    if proposed is not None:
        yield Blocker(
            "account_to_confirm",
            _("The new bank account of %(name)s is not confirmed.") % {"name": name},
            _("Whoever reads the mails of %(email)s opens the link that was sent there.")
            % {"email": proposed.asked_of},
            Turn.FACILITATOR,
        )
    if account is None and proposed is None:
        yield Blocker(
            "no_account",
            _("No bank account of %(name)s is known.") % {"name": name},
            _("They give it on the page “How I am paid”."),
            Turn.FACILITATOR,
        )
    if account and not is_within_sepa(account.iban):
        yield Blocker(  # confirmed before accounts were asked where they are
            "account_outside_sepa",
            _("The bank account of %(name)s is outside the area of payments in euros (SEPA).")
            % {"name": name},
            _("They give another one on the page “How I am paid”."),
            Turn.FACILITATOR,
        )
    elif account and account.usable_from and account.usable_from > now:
        yield Blocker(
            "account_cooling",
            _("The bank account of %(name)s is new: nothing is paid to it yet.") % {"name": name},
            _("It is as soon as the delay that protects against fraud is over."),
            Turn.TIME,
        )


def papers_due(missing: Collection[PaperKind], name: str) -> Iterator[Blocker]:
    """Each legal paper that is missing, or has expired."""
    for kind in missing:
        yield Blocker(
            f"paper_{kind}",
            _("%(paper)s: missing or expired for %(name)s.") % {"paper": PAPER_LABELS[kind], "name": name},
            _("They give it on the page “How I am paid”."),
            Turn.FACILITATOR,
        )


def since_is_later(since: date, last: date | None) -> Iterator[Blocker]:
    """Who bills through whom is told in order: what was invoiced stays so."""
    if last is not None and since < last:
        yield Blocker(
            "since_too_early",
            _("Something else is already known for a later day."),
            _("Choose a day after it."),
            Turn.FACILITATOR,
            "since",
        )
