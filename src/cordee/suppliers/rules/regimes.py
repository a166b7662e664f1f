"""Which VAT rule may be chosen, and which one applies on a day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from cordee.invoices.content import VatRule
from cordee.kernel import clock
from cordee.kernel.refusals import Blocker, Turn
from cordee.suppliers.models import Supplier, VatRegime
from cordee.suppliers.states import SupplierKind


def rule_on(regimes: Iterable[VatRegime], service_type_id: int | None, on: date) -> VatRule | None:
    """Return the rule of a service type on a day: the latest of its own, else the latest of those for all.

    `on` is the local day on which the service was supplied.
    """
    begun = [r for r in regimes if r.since <= on and r.service_type_id in {None, service_type_id}]
    latest = max(begun, key=lambda r: (r.service_type_id is not None, r.since), default=None)
    return VatRule(latest.rule) if latest else None


def choices(kind: str) -> list[VatRule]:
    """Return the rules that a kind of supplier can have."""
    if kind == SupplierKind.ABROAD:
        return [VatRule.REVERSE_CHARGE]
    return [VatRule.FRANCHISE, VatRule.EXEMPT_TRAINING, VatRule.STANDARD]


def keeps_its_vat_number(supplier: Supplier, regimes: Sequence[VatRegime]) -> Iterator[Blocker]:
    """Who charges VAT has a number for it as long as they do."""
    services = {regime.service_type_id for regime in regimes}
    today = clock.today()
    charges = any(rule_on(regimes, service, today) == VatRule.STANDARD for service in services)
    if not supplier.vat_number and charges:
        yield _blocker(
            "no_vat_number",
            "vat_number",
            _("Who charges VAT has a VAT number, and none is given."),
            _("Leave it, or say first that no VAT is charged any more."),
        )


def can_have(supplier: Supplier, rule: VatRule, attested_on: date | None) -> Iterator[Blocker]:
    """VAT is charged by who has a number for it; training is exempt for who has the attestation, and with it an
    activity number (CGI, art. 261-4-4° a); abroad, the customer pays it.
    """
    if rule not in choices(supplier.kind):
        yield _blocker(
            "impossible_vat",
            "rule",
            _("A supplier of this kind cannot invoice so."),
            _("Choose another, or correct the kind of the supplier."),
        )
    elif rule == VatRule.STANDARD and not supplier.vat_number:
        yield _blocker(
            "no_vat_number",
            "rule",
            _("Who charges VAT has a VAT number, and none is given."),
            _("Give it with the identity first."),
        )
    elif rule == VatRule.EXEMPT_TRAINING:
        if attested_on is None:
            yield _blocker(
                "no_attestation",
                "attested_on",
                _("Training is exempt from the date of an attestation on (cerfa 3511)."),
                _("Give its date, or choose another rule: without it VAT is due."),
            )
        elif attested_on > clock.today():
            yield _blocker("not_yet", "attested_on", _("This day is still to come."), _("Look at the date."))
        if not supplier.activity_number:
            yield _blocker(
                "no_activity_number",
                "rule",
                _("The attestation is given to those who have an activity number (NDA), and none is known."),
                _("Give it with the identity first."),
            )


def _blocker(code: str, field: str, message: str, fix: str) -> Blocker:
    return Blocker(code, message, fix, Turn.FACILITATOR, field)
