"""The XML of an invoice: Cross Industry Invoice in the profile EN 16931 of Factur-X, with what French law adds.

Business terms are named as the standard numbers them: BT-1 is the number of the invoice, BG-4 its seller.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from cordee.invoices.content import VAT, Content, Draft, Line, Party, Totals, VatTotal, totals
from cordee.invoices.states import Kind
from cordee.invoices.wording import DEBITS, SELF_BILLED

PROFILE: Final = "en16931"
_SOLE_TRADER: Final = "Entrepreneur individuel (EI)"
_SERVICES: Final = "S1"
_SIREN: Final = "0002"
_ADDRESS: Final = "0225"
_ONE: Final = "C62"
_TRANSFER: Final = "30"
_VAT_ON_DEBITS: Final = "5"

type Terms = dict[str, Any]


def xml_of(content: Content) -> bytes:
    """Return the XML, in UTF-8: the same content gives the same bytes.

    It is checked elsewhere (`checking`), by tests and a command: the library itself would ask a server.
    """
    from facturx import generate_cii_xml  # heavy: the worker's

    xml: bytes = generate_cii_xml(_terms(content), level=PROFILE, check_xsd=False, check_schematron=False)
    return xml


def _terms(content: Content) -> Terms:
    draft = content.draft
    sums = totals(draft.lines)
    return {
        "BT-1": content.number,
        "BT-2": draft.issued_on,
        "BT-3": str(content.kind),
        "BT-5": "EUR",
        "BT-9": draft.due_on,
        "BT-23": _SERVICES,
        "BT-72": draft.last_day,
        "BG-1": [{"BT-21": code, "BT-22": _text(words)} for code, words in _notes(draft)],
        "BG-3": [{"BT-25": content.earlier.number, "BT-26": content.earlier.issued_on}]
        if content.earlier
        else [],
        "BG-4": _seller(draft.seller),
        "BG-7": _party(draft.buyer),
        "BG-23": [*_vat(sums)],
        "BG-25": [_line(position, line) for position, line in enumerate(draft.lines, start=1)],
        **({"BT-13": _text(draft.purchase_order)} if draft.purchase_order else {}),
        **({"BT-8": _VAT_ON_DEBITS} if draft.vat_on_debits else {}),
        **(_account(draft.seller) if content.kind != Kind.CREDIT_NOTE else {}),
        **_sums(sums),
    }


def _notes(draft: Draft) -> Iterator[tuple[str, str]]:
    """What French law wants said, each under its code (BR-FR-05 and 06)."""
    yield "PMT", draft.terms.recovery
    yield "PMD", draft.terms.late_penalties
    yield "AAB", draft.terms.discount
    yield "AAI", SELF_BILLED
    if draft.vat_on_debits:
        yield "AAI", DEBITS


def _party(party: Party) -> Terms:
    return {
        "name": _text(party.name),
        "legal_identifier": party.siren,
        "legal_identifier_schemeid": _SIREN,
        "vat_identifier": party.vat_number,
        "einvoicing_addr": party.electronic_address,
        "einvoicing_addr_schemeid": _ADDRESS,
        "addr_l1": _text(party.address),
        "postcode": _text(party.postal_code),
        "city": _text(party.city),
        "country_code": party.country,
        "identifiers": {"0009": party.siret} if party.siret else {},
    }


def _seller(party: Party) -> Terms:
    legal = [_SOLE_TRADER] if party.is_sole_trader else [party.legal_form] if party.legal_form else []
    return {
        **_party(party),
        "legal_info": _text(", ".join(legal)),
        # Who has no number for VAT is known to the tax authority by the SIREN (BR-E-02).
        "tax_identifier": "" if party.vat_number else party.siren,
    }


def _account(seller: Party) -> Terms:
    if not seller.iban:
        return {}
    return {
        "BT-81": _TRANSFER,
        "BT-84": seller.iban,
        "BT-85": _text(seller.account_holder or seller.name),
        "BT-86": seller.bic,
    }


def _vat(sums: Totals) -> Iterator[Terms]:
    """One breakdown for each category and rate: two reasons of one exemption stand in one (BR-E-01)."""
    for (category, rate), found in groupby(
        sums.by_rule, lambda group: (VAT[group.rule].category, VAT[group.rule].rate)
    ):
        groups: list[VatTotal] = [*found]
        codes = [VAT[group.rule].code for group in groups]
        mentions = [VAT[group.rule].mention for group in groups]
        yield {
            "BT-116": str(sum(group.base.amount for group in groups)),
            "BT-117": str(sum(group.tax.amount for group in groups)),
            "BT-118": category,
            "BT-119": f"{rate:.2f}",
            "BT-120": " ; ".join(filter(None, mentions)),
            "BT-121": codes[0] if len(codes) == 1 else "",
        }


def _sums(sums: Totals) -> Terms:
    excl, vat, total = (str(sum_.amount) for sum_ in (sums.excl, sums.vat, sums.total))
    return {"BT-106": excl, "BT-109": excl, "BT-110": vat, "BT-112": total, "BT-115": total}


def _line(position: int, line: Line) -> Terms:
    vat = VAT[line.vat]
    return {
        "BT-126": str(position),
        "BT-127-00": [{"BT-127": _text(vat.mention)}] if vat.mention else [],
        "BT-129": f"{line.quantity.normalize():f}",
        "BT-130": _ONE,
        "BT-131": str(line.amount.amount),
        "BT-134": line.day,
        "BT-135": line.day,
        "BT-146": str(line.unit_price.amount),
        "BT-151": vat.category,
        "BT-152": f"{vat.rate:.2f}",
        "BT-153": _text(line.designation),
        "BT-154": _text(line.note),
    }


def _text(given: str) -> str:
    """Return a text without what XML cannot hold."""
    return "".join(sign for sign in given if sign.isprintable() or sign == "\n").strip()
