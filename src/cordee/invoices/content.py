"""What stands on an invoice: plain data, written as JSON and read again, with the sums EN 16931 wants. Pure.

All amounts are euros. What is in here when an invoice is issued is never changed: PDF and XML are drawn from it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from json import dumps
from typing import Any, Final, Self

from cordee.invoices.states import Kind
from cordee.kernel.money import Money

type Json = dict[str, Any]

NUMBER_LENGTH: Final = 35
NUMBER_SIGNS: Final = re.compile(r"[A-Za-z0-9+\-_/]+")
"""What the number of an invoice may hold (French rules BR-FR-01 and 02)."""


class VatRule(StrEnum):
    """Why a line bears VAT, or does not. It belongs to a supplier and what is supplied, never to a person."""

    FRANCHISE = "franchise"
    """Franchise en base (CGI, art. 293 B)."""
    EXEMPT_TRAINING = "exempt_training"
    """Training exempt by an attestation (CGI, art. 261-4-4° a)."""
    STANDARD = "standard"
    REVERSE_CHARGE = "reverse_charge"
    """Due by the customer (CGI, art. 283-2)."""


@dataclass(frozen=True, slots=True)
class Vat:
    """How a rule is said in EN 16931, and on paper."""

    category: str
    """UNCL 5305."""
    rate: Decimal
    """Per cent."""
    code: str = ""
    """Of the exemption (VATEX)."""
    mention: str = ""
    """What the law wants printed."""


VAT: Final[Mapping[VatRule, Vat]] = {
    VatRule.FRANCHISE: Vat("E", Decimal(0), "VATEX-FR-FRANCHISE", "TVA non applicable, art. 293 B du CGI"),
    VatRule.EXEMPT_TRAINING: Vat(
        "E", Decimal(0), "VATEX-FR-CGI261-4", "Exonération de TVA, article 261-4-4° a du CGI"
    ),
    VatRule.STANDARD: Vat("S", Decimal(20)),
    VatRule.REVERSE_CHARGE: Vat("AE", Decimal(0), "VATEX-EU-AE", "Autoliquidation"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who sells, or who buys, as it was on the day."""

    name: str
    """By which it is registered; of a sole trader first and last name."""
    legal_form: str = ""
    """With the capital and the register where it has them: “SARL au capital de 1 000 €, RCS Lille”."""
    is_sole_trader: bool = False
    """“EI” is printed beside the name (code de commerce, art. R526-27)."""
    address: str
    postal_code: str
    city: str
    country: str = "FR"
    """ISO 3166-1, two letters."""
    siren: str = ""
    siret: str = ""
    vat_number: str = ""
    electronic_address: str = ""
    """Where electronic invoices reach it (scheme 0225), beginning with its SIREN."""
    email: str = ""
    iban: str = ""
    bic: str = ""
    account_holder: str = ""

    @classmethod
    def from_json(cls, given: Json) -> Self:
        return cls(**given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing supplied."""

    designation: str
    """What it is, with session, client and role."""
    quantity: Decimal
    """At most four decimals."""
    unit_price: Money
    """Excluding VAT."""
    vat: VatRule
    day: date
    """On which it was supplied, in the session's zone."""
    note: str = ""
    """More about it, printed below."""

    @property
    def amount(self) -> Money:
        """Excluding VAT, to the cent, rounded half up (BT-131)."""
        return self.unit_price * self.quantity

    @classmethod
    def from_json(cls, given: Json) -> Self:
        known = {
            "quantity": Decimal(given["quantity"]),
            "unit_price": Money(Decimal(given["unit_price"])),
            "vat": VatRule(given["vat"]),
            "day": date.fromisoformat(given["day"]),
        }
        return cls(**{**given, **known})


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is said about paying (code de commerce, art. L441-9 and L441-10)."""

    late_penalties: str = (
        "En cas de retard de paiement, des pénalités sont exigibles le jour suivant la date d’échéance, au taux de "
        "refinancement de la Banque centrale européenne majoré de 10 points de pourcentage."
    )
    recovery: str = "Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 €."
    discount: str = "Pas d’escompte pour paiement anticipé."


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An invoice before it has a number."""

    series: str
    """The key of the number series: one for each supplier (BOI-TVA-DECLA-30-20-20-10 § 120)."""
    prefix: str
    """What its numbers begin with."""
    seller: Party
    buyer: Party
    lines: tuple[Line, ...]
    issued_on: date
    due_on: date
    terms: Terms = field(default_factory=Terms)
    purchase_order: str = ""
    vat_on_debits: bool = False
    """The seller opted to pay VAT on what is invoiced instead of what is paid (242 nonies A, 11° bis)."""
    language: str = "fr"
    """In which it is printed; the mentions of the law are French in any case."""

    @property
    def last_day(self) -> date:
        """Of what is supplied (BT-72)."""
        return max(line.day for line in self.lines)

    def to_json(self) -> Json:
        """Return it as plain JSON, which `from_json` reads."""
        written: Json = _plain(self)
        return written

    @classmethod
    def from_json(cls, given: Json) -> Self:
        """Read what `to_json` wrote."""
        known = {
            "seller": Party.from_json(given["seller"]),
            "buyer": Party.from_json(given["buyer"]),
            "lines": tuple(map(Line.from_json, given["lines"])),
            "issued_on": date.fromisoformat(given["issued_on"]),
            "due_on": date.fromisoformat(given["due_on"]),
            "terms": Terms(**given["terms"]),
        }
        return cls(**{**given, **known})

    def issued_again(self, on: date, due_on: date) -> "Draft":
        """Return the same for another day of issue."""
        return replace(self, issued_on=on, due_on=due_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An invoice that another one names (BT-25 and BT-26)."""

    number: str
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that stands on an invoice, once issued."""

    kind: Kind
    number: str
    draft: Draft
    earlier: Earlier | None = None
    """What a credit note takes back, or a corrective invoice replaces."""

    def to_json(self) -> Json:
        """Return it as plain JSON, which `from_json` reads."""
        written: Json = _plain(self)
        return written

    @classmethod
    def from_json(cls, given: Json) -> Self:
        """Read what `to_json` wrote."""
        earlier = given["earlier"]
        return cls(
            kind=Kind(given["kind"]),
            number=given["number"],
            draft=Draft.from_json(given["draft"]),
            earlier=earlier
            and Earlier(number=earlier["number"], issued_on=date.fromisoformat(earlier["issued_on"])),
        )


@dataclass(frozen=True, slots=True)
class VatTotal:
    """What is supplied under one rule, and the VAT on it."""

    rule: VatRule
    base: Money
    tax: Money


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of an invoice (BG-22 and BG-23)."""

    by_rule: tuple[VatTotal, ...]
    """In the order of `VatRule`."""
    excl: Money
    vat: Money
    total: Money


def totals(lines: Iterable[Line]) -> Totals:
    """Return the sums: amounts are rounded by line, VAT by rule and never by line (BR-CO-10 to 17)."""
    bases: dict[VatRule, list[Money]] = defaultdict(list)
    for line in lines:
        bases[line.vat].append(line.amount)
    by_rule = tuple(
        VatTotal(rule, base, base * (VAT[rule].rate / 100))
        for rule in VatRule
        if rule in bases
        for base in [Money.total(bases[rule])]
    )
    excl = Money.total(group.base for group in by_rule)
    vat = Money.total(group.tax for group in by_rule)
    return Totals(by_rule, excl, vat, excl + vat)


def digest_of(content: Json) -> str:
    """Return the SHA-256 of a content, written as JSON with sorted keys, without spaces, in UTF-8."""
    return sha256(
        dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()


def _plain(value: Any) -> Any:
    """Return a value as JSON has it; amounts and quantities as strings, exact."""
    match value:
        case Money():
            return str(value.amount)
        case Decimal() | StrEnum():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(inner) for inner in value]
        case _ if is_dataclass(value):
            return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value
