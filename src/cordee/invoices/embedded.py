"""The process that reads the invoice in a PDF: `python -m cordee.invoices.embedded`, started by `reading`.

Cross-industry invoices (CII D16B) alone: Factur-X and ZUGFeRD 2, from MINIMUM to EXTENDED. The XML is a stranger's:
no entity is resolved, nothing is fetched, a document type is refused, and each text and number has bounds.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from cordee.apart import read_on_demand
from cordee.invoices.reading import Doubt, ReadInvoice, ReadLine, ReadTax, sent

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES: Final = {"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "cii.xml"}
_SPACES: Final = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
}
_TRADE: Final = "rsm:SupplyChainTradeTransaction/ram:"
_SELLER: Final = f"{_TRADE}ApplicableHeaderTradeAgreement/ram:SellerTradeParty/ram:"
_BUYER: Final = f"{_TRADE}ApplicableHeaderTradeAgreement/ram:BuyerTradeParty/ram:"
_SETTLED: Final = f"{_TRADE}ApplicableHeaderTradeSettlement/ram:"
_SUMS: Final = f"{_SETTLED}SpecifiedTradeSettlementHeaderMonetarySummation/ram:"
_CREDITS: Final = {"381", "261", "396", "502", "503"}
"""Kinds of documents (UNTDID 1001) that give money back."""
_LARGEST: Final = Decimal(10_000_000)
_MOST_LINES: Final = 500
_MOST_TAXES: Final = 20
_LONGEST_TEXT: Final = 120
_DIGITS: Final = re.compile(r"[0-9]{9}(?:[0-9]{5})?")
_NUMBER: Final = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,10})?")
_DAY: Final = re.compile(r"[0-9]{8}")
_LINE: Final = f"{_TRADE}IncludedSupplyChainTradeLineItem"
_LINE_AMOUNT: Final = (
    "ram:SpecifiedLineTradeSettlement/ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount"
)


def invoice_in(pdf: bytes) -> ReadInvoice | None:
    """Return what the invoice in a PDF says; nothing where there is none."""
    import pikepdf

    try:
        document = pikepdf.open(BytesIO(pdf))
    except pikepdf.PasswordError:
        return ReadInvoice(doubts=(Doubt.LOCKED,))
    except (pikepdf.PdfError, ValueError):
        return None  # nothing that this program can open: what stands on the page is typed
    try:
        found = [f for name, f in document.attachments.items() if name.lower() in _NAMES]
        given = list(dict.fromkeys(file.get_file().read_bytes() for file in found))
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, MemoryError):
        return ReadInvoice(doubts=(Doubt.UNREADABLE,))
    if not given:
        return None
    if len(given) > 1:
        return ReadInvoice(doubts=(Doubt.SEVERAL,))
    return invoice_of(given[0])


def invoice_of(xml: bytes) -> ReadInvoice:
    """Return what the XML of an invoice says."""
    from lxml import etree

    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return ReadInvoice(doubts=(Doubt.UNREADABLE,))
    declares = (
        root.getroottree().docinfo.internalDTD is not None
    )  # no invoice does: it could only lead elsewhere
    if declares or root.tag != f"{{{_SPACES['rsm']}}}CrossIndustryInvoice":
        return ReadInvoice(doubts=(Doubt.UNREADABLE,))
    currency = _text(root, f"{_SETTLED}InvoiceCurrencyCode")[:3].upper()
    excl, total = _amount(root, f"{_SUMS}TaxBasisTotalAmount"), _amount(root, f"{_SUMS}GrandTotalAmount")
    vat = _vat(root, currency)
    if vat is None and excl is not None and total is not None:
        vat = total - excl  # a profile without VAT, or an invoice without
    taxes = tuple(_taxes(root))
    doubts = [*_doubts(_text(root, "rsm:ExchangedDocument/ram:TypeCode"), excl, total)]
    if not _adds_up(root, excl, vat, total, taxes):
        doubts.append(Doubt.SUMS)
    return ReadInvoice(
        number=_text(root, "rsm:ExchangedDocument/ram:ID")[:60],
        issued_on=_day(_text(root, "rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString")),
        currency=currency,
        excl=excl,
        vat=vat,
        total=total,
        seller=_text(root, f"{_SELLER}Name"),
        sellers_siren=_siren(root, _SELLER),
        sellers_vat_number=_text(root, f"{_SELLER}SpecifiedTaxRegistration/ram:ID[@schemeID='VA']"),
        buyers_siren=_siren(root, _BUYER),
        iban=_text(
            root,
            f"{_SETTLED}SpecifiedTradeSettlementPaymentMeans/ram:PayeePartyCreditorFinancialAccount/ram:IBANID",
        ),
        lines=tuple(_lines(root)),
        taxes=taxes,
        doubts=tuple(doubts),
    )


def _doubts(kind: str, excl: Decimal | None, total: Decimal | None) -> Iterator[Doubt]:
    if kind in _CREDITS or any(amount is not None and amount < 0 for amount in (excl, total)):
        yield Doubt.CREDIT


def _adds_up(
    root: "_Element",
    excl: Decimal | None,
    vat: Decimal | None,
    total: Decimal | None,
    taxes: Sequence[ReadTax],
) -> bool:
    """Tell whether the sums agree to the cent (BR-CO-10 and 13 to 15), as far as they are told; and each once."""
    if any(len(root.findall(f"{_SUMS}{name}TotalAmount", _SPACES)) > 1 for name in ("TaxBasis", "Grand")):
        return False
    if excl is None or vat is None or total is None:
        return True
    for told, wanted in (([t.tax for t in taxes], vat), ([t.base for t in taxes], excl)):
        if not _sums_to(told, wanted):
            return False
    lines = [_amount(line, _LINE_AMOUNT) for line in root.findall(_LINE, _SPACES)]
    added = _amount(root, f"{_SUMS}ChargeTotalAmount") or Decimal(0)
    less = _amount(root, f"{_SUMS}AllowanceTotalAmount") or Decimal(0)
    return excl + vat == total and _sums_to(lines, excl - added + less)


def _sums_to(told: Sequence[Decimal | None], wanted: Decimal) -> bool:
    """Tell whether amounts make a sum; those of which one is not told contradict nothing."""
    known = [amount for amount in told if amount is not None]
    return not known or len(known) < len(told) or sum(known) == wanted


def _taxes(root: "_Element") -> Iterator[ReadTax]:
    for tax in root.findall(f"{_SETTLED}ApplicableTradeTax", _SPACES)[:_MOST_TAXES]:
        rate, base, due = (
            _amount(tax, f"ram:{name}")
            for name in ("RateApplicablePercent", "BasisAmount", "CalculatedAmount")
        )
        yield ReadTax(rate, base, due)


def _lines(root: "_Element") -> Iterator[ReadLine]:
    for line in root.findall(_LINE, _SPACES)[:_MOST_LINES]:
        yield ReadLine(
            _text(line, "ram:SpecifiedTradeProduct/ram:Name"),
            _amount(line, "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity"),
            _amount(line, _LINE_AMOUNT),
        )


def _text(root: "_Element", path: str) -> str:
    found = root.findtext(path, "", _SPACES)
    return "".join(c if c.isprintable() else " " for c in found[: 4 * _LONGEST_TEXT]).strip()[:_LONGEST_TEXT]


def _amount(root: "_Element", path: str) -> Decimal | None:
    return _number(_text(root, path))


def _number(text: str) -> Decimal | None:
    number = Decimal(text) if _NUMBER.fullmatch(text) else None
    if number is None or abs(number) > _LARGEST:
        return None
    cents = number.quantize(Decimal("0.01"))
    return cents if cents == number else number.normalize()


def _vat(root: "_Element", currency: str) -> Decimal | None:
    """Return the VAT in the currency of the invoice: it may stand there a second time, in another."""
    told = root.findall(f"{_SUMS}TaxTotalAmount", _SPACES)
    own = [amount for amount in told if amount.get("currencyID", currency) == currency]
    return _number((own[0].text or "").strip()) if own else None


def _siren(root: "_Element", party: str) -> str:
    """Return the number of a French company, from its SIREN or SIRET; empty for others."""
    for path in (f"{party}SpecifiedLegalOrganization/ram:ID", f"{party}GlobalID", f"{party}ID"):
        for found in root.findall(path, _SPACES):
            number = "".join((found.text or "").split())
            if found.get("schemeID", "0002") in {"0002", "0009"} and _DIGITS.fullmatch(number):
                return number[:9]
    return ""


def _day(text: str) -> date | None:
    try:
        # Without the pattern, a figure too few is another day.
        return datetime.strptime(text, "%Y%m%d").date() if _DAY.fullmatch(text) else None  # noqa: DTZ007 - no zone
    except ValueError:
        return None


def _answer(content: bytes, _task: dict[str, Any]) -> bytes:
    return sent(invoice_in(content))


if __name__ == "__main__":
    read_on_demand(_answer)
