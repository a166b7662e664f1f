"""What the organisation gives its participants to read, and the programmes of its services."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from cordee.demo import names
from cordee.pdf.engine import render

PAPERS = ("internal_rules", "welcome_booklet")
_DATED = date(2026, 1, 5)


@cache
def paper(name: str) -> bytes:
    """Return one of the `PAPERS` as a PDF, from the words of `seeds`."""
    title, *lines = names.seeds(name)
    parts = [line.partition(". ") for line in lines]
    data = {
        "title": title,
        "organisation": "Cordée Formation",
        "paragraphs": [{"name": f"{first}.", "text": rest} for first, _dot, rest in parts],
    }
    return render(Path(__file__).with_name("paper.typ"), data, dated=_DATED)


def invoice(number: str, *, seller: str, total: Decimal) -> bytes:
    """Return an invoice as a supplier without the mandate would send it; euros, without VAT."""
    euros = f"{total:.2f}\N{NO-BREAK SPACE}€".replace(".", ",")
    lines = [
        ("Fournisseur.", seller),
        ("Client.", "Cordée Formation, 12 rue des Premiers-de-cordée, 75019 Paris."),
        ("Objet.", "Coordination et animation, selon votre demande."),
        ("Montant HT.", euros),
        ("TVA.", "Autoliquidation par le preneur : 0,00 €"),
        ("Total à payer.", euros),
    ]
    data = {
        "title": f"Facture {number}",
        "organisation": seller,
        "paragraphs": [{"name": name, "text": text} for name, text in lines],
    }
    return render(Path(__file__).with_name("paper.typ"), data, dated=_DATED)


def programme(code: str) -> str:
    """Return what participants read of a service."""
    lines = (line.split("|") for line in names.seeds("programmes"))
    return "\n\n".join(text for service, text in lines if service == code)
