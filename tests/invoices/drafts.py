"""Invoices of every kind of supplier, as callers give them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from cordee.invoices.content import Draft, Line, Party, VatRule
from cordee.kernel.money import Money

BUYER = Party(
    name="Cordée Formation",
    legal_form="Association loi 1901",
    address="12 rue des Guides",
    postal_code="74400",
    city="Chamonix-Mont-Blanc",
    siren="732829320",
    siret="73282932000074",
    vat_number="FR44732829320",
    electronic_address="732829320",
)
SOLE_TRADER = Party(
    name="Camille Roux",
    legal_form="Entrepreneur individuel",
    is_sole_trader=True,
    address="3 chemin du Lac",
    postal_code="73000",
    city="Chambéry",
    siren="404833048",
    siret="40483304800022",
    electronic_address="404833048",
    email="camille@example.org",
    iban="FR7630006000011234567890189",
    bic="AGRIFRPP",
    account_holder="Camille Roux",
)
COMPANY = replace(
    SOLE_TRADER,
    name="Atelier Névé SARL",
    legal_form="SARL au capital de 1 000 €, RCS Chambéry",
    is_sole_trader=False,
    vat_number="FR83404833048",
    account_holder="Atelier Névé",
)
ASSOCIATION = replace(COMPANY, name="Les Passeurs", legal_form="Association loi 1901", vat_number="")
UMBRELLA = replace(COMPANY, name="Portage des Alpes SAS", legal_form="SAS au capital de 50 000 €, RCS Lyon")


def line(
    price: str = "180", vat: VatRule = VatRule.FRANCHISE, quantity: str = "1", day: date = date(2026, 11, 3)
) -> Line:
    return Line(
        designation="Animation de l’atelier « Fresque du Climat », S-2026-0412-A, Ville d’Annecy",
        quantity=Decimal(quantity),
        unit_price=Money(Decimal(price)),
        vat=vat,
        day=day,
        note="Animatrice : Camille Roux, 3 novembre 2026, 9 h – 12 h",
    )


def draft(
    seller: Party = SOLE_TRADER, *lines: Line, series: str = "supplier:1", prefix: str = "ROUX"
) -> Draft:
    return Draft(
        series=series,
        prefix=prefix,
        seller=seller,
        buyer=BUYER,
        lines=lines or (line(),),
        issued_on=date(2026, 11, 27),
        due_on=date(2026, 12, 27),
    )


OF_EVERY_KIND: dict[str, Draft] = {
    "micro-enterprise": draft(),
    "sole trader with an attestation": draft(SOLE_TRADER, line("412.50", VatRule.EXEMPT_TRAINING)),
    "sole trader with VAT": draft(
        replace(SOLE_TRADER, vat_number="FR83404833048"), line("333.33", VatRule.STANDARD)
    ),
    "company": draft(COMPANY, line("250", VatRule.STANDARD), line("99.99", VatRule.STANDARD, "3")),
    "company with exempt training": draft(
        COMPANY, line("700", VatRule.EXEMPT_TRAINING), line("120", VatRule.STANDARD)
    ),
    "association": draft(ASSOCIATION, line("150")),
    "umbrella company": draft(UMBRELLA, line("512.37", VatRule.STANDARD, "1.5")),
    "two exemptions": draft(SOLE_TRADER, line("180"), line("412.50", VatRule.EXEMPT_TRAINING)),
    "reverse charge": draft(COMPANY, line("500", VatRule.REVERSE_CHARGE)),
    "every rule at once": draft(COMPANY, *(line("99.99", rule) for rule in VatRule)),
    "several days": draft(SOLE_TRADER, *(line(day=date(2026, 10, d)) for d in (1, 8, 15))),
}
