"""The words of an invoice. What the law wants said is French in every language."""

from decimal import Decimal
from typing import Final

from cordee.invoices.states import Kind
from cordee.kernel.money import Money

TITLES: Final = {
    "fr": {Kind.INVOICE: "Facture", Kind.CREDIT_NOTE: "Avoir", Kind.CORRECTIVE: "Facture rectificative"},
    "en": {Kind.INVOICE: "Invoice", Kind.CREDIT_NOTE: "Credit note", Kind.CORRECTIVE: "Corrective invoice"},
}
SOLE_TRADER: Final = "EI"
SELF_BILLED: Final = "Autofacturation"
"""CGI ann. II, art. 242 nonies A, I-14°."""
DEBITS: Final = "Option pour le paiement de la taxe d’après les débits"
"""The same, I-11° bis."""

LABELS: Final = {
    "fr": {
        "self_billed": "Document établi par {buyer}, au nom et pour le compte de {seller}.",
        "credits": "Annule la facture {number} du {day}.",
        "replaces": "Remplace la facture {number} du {day}.",
        "seller": "Fournisseur",
        "buyer": "Client",
        "number": "Numéro",
        "issued": "Date d’émission",
        "due": "Échéance",
        "purchase_order": "Bon de commande",
        "nature": "Nature de l’opération",
        "services": "Prestations de services",
        "designation": "Désignation",
        "day": "Date",
        "quantity": "Quantité",
        "price": "Prix unitaire HT",
        "rate": "TVA",
        "amount": "Montant HT",
        "excl": "Total HT",
        "tax": "TVA {rate} sur {base}",
        "no_tax": "Sans TVA ({mark}), sur {base}",
        "vat": "Total TVA",
        "total": "Total TTC",
        "to_pay": "Net à payer",
        "credited": "Montant de l’avoir",
        "mentions": "Mentions de TVA",
        "payment": "Règlement",
        "transfer": "Par virement au plus tard le {day}",
        "holder": "Titulaire\u00a0: {name}",
        "page": "page",
        "vat_number": "N° TVA",
        "none": "Aucun règlement n’est demandé : cet avoir vient en déduction de ce qui est dû.",
    },
    "en": {
        "self_billed": "Issued by {buyer}, in the name and on behalf of {seller}.",
        "credits": "Takes back invoice {number} of {day}.",
        "replaces": "Replaces invoice {number} of {day}.",
        "seller": "Supplier",
        "buyer": "Client",
        "number": "Number",
        "issued": "Issued on",
        "due": "Due on",
        "purchase_order": "Purchase order",
        "nature": "Nature of the operation",
        "services": "Supply of services",
        "designation": "Description",
        "day": "Day",
        "quantity": "Quantity",
        "price": "Unit price excl. VAT",
        "rate": "VAT",
        "amount": "Amount excl. VAT",
        "excl": "Total excl. VAT",
        "tax": "VAT {rate} on {base}",
        "no_tax": "No VAT ({mark}), on {base}",
        "vat": "Total VAT",
        "total": "Total incl. VAT",
        "to_pay": "Amount due",
        "credited": "Amount credited",
        "mentions": "On VAT",
        "payment": "Payment",
        "transfer": "By transfer, by {day} at the latest",
        "holder": "Account holder: {name}",
        "page": "page",
        "vat_number": "VAT no.",
        "none": "Nothing is to be paid: this credit note is set off against what is due.",
    },
}

_NARROW, _HARD = "\u202f", "\u00a0"


def euros(amount: Money, language: str) -> str:
    """Return “1 234,50 €”, or “€1,234.50”."""
    text = f"{amount.amount:,.2f}"
    return f"€{text}" if language == "en" else f"{_french(text)}{_HARD}€"


def number(value: Decimal, language: str) -> str:
    """Return a number without needless zeros: “1,5”."""
    text = f"{value.normalize():f}"
    return text if language == "en" else _french(text)


def percent(rate: Decimal, language: str) -> str:
    """Return “20 %”, or “20%”."""
    return f"{number(rate, language)}%" if language == "en" else f"{number(rate, language)}{_HARD}%"


def in_groups(text: str, *sizes: int) -> str:
    """Return “404 833 048 00022” of a SIRET, for sizes 3, 3, 3, 5; what is left over stands at the end."""
    parts, at = [], 0
    for size in sizes:
        parts.append(text[at : at + size])
        at += size
    return _HARD.join(part for part in [*parts, text[at:]] if part)


def iban_text(iban: str) -> str:
    """Return an IBAN in groups of four."""
    return _HARD.join(iban[at : at + 4] for at in range(0, len(iban), 4))


def _french(text: str) -> str:
    return text.replace(",", _NARROW).replace(".", ",")
