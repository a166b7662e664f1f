"""Under which VAT rules a supplier's own invoice stands: what the books and the VAT of a period are made of."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

from cordee.fees.models import ReceivedInvoice
from cordee.fees.queries.payables import day_of, lines_of
from cordee.invoices.content import VatRule
from cordee.kernel.money import Money
from cordee.suppliers import queries as suppliers
from cordee.suppliers.states import SupplierKind


@dataclass(frozen=True, slots=True)
class Part:
    """What an invoice has under one rule, euros."""

    rule: VatRule
    base: Money
    vat: Money


def vat_parts(received: ReceivedInvoice) -> list[Part]:
    """Return what a supplier's own invoice has under each rule, in the order of the rules. In another currency what was
    agreed counts, in euros and without VAT.

    The rule of a fee is that of its service type on its day, as on invoices issued here; abroad the customer owes the
    VAT (CGI, art. 283-2).
    """
    in_euros = received.currency == "EUR"
    excl = Money(received.excl if in_euros else received.payable.total_excl)
    vat = Money(received.vat) if in_euros else Money.zero()
    if received.payable.supplier.kind == SupplierKind.ABROAD:
        return [Part(VatRule.REVERSE_CHARGE, excl, vat)]
    return parts_of(excl, vat, _due_by_rule(received))


def _due_by_rule(received: ReceivedInvoice) -> dict[VatRule, Money]:
    """Return what is due under each rule; under that of who has no VAT where none is known."""
    supplier_id = received.payable.supplier_id
    rules = suppliers.vat_rules([supplier_id])
    due: dict[VatRule, Money] = defaultdict(Money.zero)
    for line in lines_of(received.payable_id):
        fee = line.fee_line
        rule = rules.on(supplier_id, fee.line.service_type_id, day_of(fee)) or VatRule.FRANCHISE
        due[rule] += Money(line.unit_amount) * fee.quantity
    return due


def parts_of(excl: Money, vat: Money, due: dict[VatRule, Money]) -> list[Part]:
    """Share what an invoice says between the rules of what is due, to the cent. What bears VAT is under the standard
    rule, whatever was expected; what bears none is not.
    """
    expected = dict(due)
    if vat == Money.zero():
        _move(expected, VatRule.STANDARD, VatRule.FRANCHISE)
    elif VatRule.STANDARD not in expected:
        expected = {VatRule.STANDARD: Money.total(due.values())}
    rules = [rule for rule in VatRule if rule in expected]
    whole = Money.total(expected.values()).amount
    if not whole:
        return [Part(VatRule.STANDARD if vat != Money.zero() else VatRule.FRANCHISE, excl, vat)]
    # Rounding where shares end, not each by itself: they come to the whole, and none is below zero.
    ends = [excl * (end / whole) for end in accumulate(expected[rule].amount for rule in rules)]
    return [
        Part(rule, end - start, vat if rule == VatRule.STANDARD else Money.zero())
        for rule, start, end in zip(rules, [Money.zero(), *ends], ends, strict=False)
    ]


def _move(amounts: dict[VatRule, Money], of: VatRule, to: VatRule) -> None:
    if of in amounts:
        amounts[to] = amounts.get(to, Money.zero()) + amounts.pop(of)
