"""Reading an invoice that somebody else made: what a Factur-X (or ZUGFeRD 2) says of itself, whatever its profile.

Read apart (`cordee.apart`): the file is a stranger's. What is not there is empty; what cannot be is left out. Nothing
here says that the invoice is right: who gave it looks at it, and finance decides.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from cordee import apart

SECONDS: Final = 7
"""Within which a file is read, or left to whoever gave it."""


class Doubt(StrEnum):
    """What makes an invoice that was read doubtful."""

    SEVERAL = "several"
    """More than one invoice lies in the file."""
    CREDIT = "credit"
    """It is a credit note, or its amounts are below zero."""
    SUMS = "sums"
    """Its totals contradict each other, its lines, or its VAT by rate; or it says one of them twice, differently."""
    LOCKED = "locked"
    """It asks for a password."""
    UNREADABLE = "unreadable"
    """An invoice lies in the file, which cannot be read or takes too long."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line, in the currency of the invoice, excluding VAT."""

    text: str
    quantity: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class ReadTax:
    """VAT at one rate (per cent), in the currency of the invoice."""

    rate: Decimal | None
    base: Decimal | None
    tax: Decimal | None


@dataclass(frozen=True, slots=True)
class ReadInvoice:
    """What an invoice says of itself; amounts in its currency. `sellers_siren`: nine digits, also of a SIRET."""

    number: str = ""
    issued_on: date | None = None
    currency: str = ""
    excl: Decimal | None = None
    vat: Decimal | None = None
    total: Decimal | None = None
    seller: str = ""
    sellers_siren: str = ""
    sellers_vat_number: str = ""
    buyers_siren: str = ""
    iban: str = ""
    lines: tuple[ReadLine, ...] = ()
    taxes: tuple[ReadTax, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=())


def read(pdf: bytes) -> ReadInvoice | None:
    """Return what the invoice in a PDF says; nothing where the PDF holds none."""
    answer = apart.answer_of("cordee.invoices.embedded", pdf, {}, seconds=SECONDS)
    return received(answer) if answer else ReadInvoice(doubts=(Doubt.UNREADABLE,))


def sent(invoice: ReadInvoice | None) -> bytes:
    """Return what was read as text, on its way between two processes."""
    return json.dumps(asdict(invoice) if invoice else None, default=str).encode()


def received(answer: bytes) -> ReadInvoice | None:
    """Return what was sent."""
    told: dict[str, Any] | None = json.loads(answer)
    if told is None:
        return None
    day = told.pop("issued_on")
    lines = tuple(
        ReadLine(line["text"], _amount(line["quantity"]), _amount(line["amount"]))
        for line in told.pop("lines")
    )
    taxes = tuple(
        ReadTax(_amount(tax["rate"]), _amount(tax["base"]), _amount(tax["tax"]))
        for tax in told.pop("taxes", ())  # an invoice read before they were has none
    )
    amounts: dict[str, Any] = {name: _amount(told.pop(name)) for name in ("excl", "vat", "total")}
    doubts = tuple(Doubt(code) for code in told.pop("doubts"))
    issued_on = date.fromisoformat(day) if day else None
    return ReadInvoice(**told, **amounts, issued_on=issued_on, lines=lines, taxes=taxes, doubts=doubts)


def _amount(told: str | None) -> Decimal | None:
    return None if told is None else Decimal(told)
