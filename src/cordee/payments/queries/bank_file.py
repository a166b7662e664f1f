"""The bank's file: a credit transfer in euros, pain.001.001.09 (ISO 20022), as SEPA wants it since 2026-11-15.

Addresses are structured (EPC 2025 rulebooks: lines without a structure are refused). The same order, the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from cordee.kernel.money import Money

if TYPE_CHECKING:
    from lxml.etree import _Element

SCHEMA: Final = "pain.001.001.09"
_NAMESPACE: Final = f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"
LONGEST_NAME: Final = 70
LONGEST_REMITTANCE: Final = 140


class NotAPaymentFile(Exception):
    """The order makes no file that a bank takes: what the schema says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A structured address: a town and a country at least."""

    street: str = ""
    postal_code: str = ""
    town: str
    country: str = "FR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who pays or is paid, and where; `bic` may be empty within SEPA."""

    holder: str
    iban: str
    bic: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One payment in euros. `reference` comes back on statements (end to end, 35 characters)."""

    reference: str
    amount: Money
    to: Account
    remittance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the bank is asked to do, on one day, from one account; `made_at` in UTC."""

    reference: str
    made_at: datetime
    execute_on: date
    payer: Account
    transfers: Sequence[Transfer]

    @property
    def total(self) -> Money:
        return Money.total(transfer.amount for transfer in self.transfers)


def written(order: Order) -> bytes:
    """Return the file of an order, valid against the schema of ISO 20022. Raises NotAPaymentFile."""
    from lxml import etree
    from sepaxml import SepaTransfer

    sepa = SepaTransfer(_party(order.payer) | {"currency": "EUR", "batch": True}, schema=SCHEMA)
    for transfer in order.transfers:
        sepa.add_payment(_payment(transfer, order.execute_on))
    document = etree.fromstring(sepa.export(validate=False))
    _name(document, order)
    schema = etree.XMLSchema(etree.fromstring(_schema()))
    if not schema.validate(document):
        raise NotAPaymentFile("; ".join(str(error.message) for error in schema.error_log)[:500])
    return bytes(etree.tostring(document, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _name(document: "_Element", order: Order) -> None:
    """Put our own references and moment where the library puts chance and now."""
    names = {
        "GrpHdr/MsgId": order.reference,
        "GrpHdr/CreDtTm": f"{order.made_at:%Y-%m-%dT%H:%M:%S}Z",
        "PmtInf/PmtInfId": order.reference,
    }
    for path, text in names.items():
        tags = "/".join(f"{{{_NAMESPACE}}}{tag}" for tag in ("CstmrCdtTrfInitn", *path.split("/")))
        for element in document.findall(tags):
            element.text = text


def _party(account: Account) -> dict[str, Any]:
    name = plain(account.holder, LONGEST_NAME) or account.iban
    party: dict[str, Any] = {"name": name, "IBAN": account.iban}
    if account.bic:
        party["BIC"] = account.bic
    if account.place:
        place = account.place
        address = {
            "street_name": plain(place.street, 70),
            "postcode": plain(place.postal_code, 16),
            "town": plain(place.town, 35) or place.country,
            "country": place.country,
        }
        party["address"] = {name: value for name, value in address.items() if value}
    return party


def _payment(transfer: Transfer, day: date) -> dict[str, Any]:
    return _party(transfer.to) | {
        "amount": int(transfer.amount.amount * 100),
        "execution_date": day,
        "description": plain(transfer.remittance, LONGEST_REMITTANCE) or transfer.reference,
        "endtoend_id": transfer.reference,
    }


def plain(text: str, most: int) -> str:
    """Return text in the letters that every bank reads (EPC 217-08): no accents; cut once that is done, for one sign of
    another script may become several letters. What is no sign to read is left out.
    """
    from text_unidecode import unidecode

    read = "".join(sign for sign in str(unidecode(text)) if sign.isprintable())
    return read.strip()[:most].strip()


def _schema() -> bytes:
    return (resources.files("sepaxml") / "schemas" / f"{SCHEMA}.xsd").read_bytes()
