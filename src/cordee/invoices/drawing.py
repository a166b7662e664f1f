"""The drawing of invoices: from their content to a Factur-X, a PDF/A-3 with the XML in it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from cordee.invoices.cii import xml_of
from cordee.invoices.content import VAT, Content, Line, Party, Totals, VatRule, totals
from cordee.invoices.factur_x import FILE_NAME, declared
from cordee.invoices.states import Kind
from cordee.invoices.wording import (
    DEBITS,
    LABELS,
    SELF_BILLED,
    SOLE_TRADER,
    TITLES,
    euros,
    iban_text,
    in_groups,
    number,
    percent,
)
from cordee.kernel.days import FIGURES, LONG, day_text
from cordee.pdf.engine import render

TEMPLATE: Final = Path(__file__).parent / "templates" / "invoice.typ"

type View = dict[str, Any]


def facturx_of(content: Content) -> bytes:
    """Return an invoice as Factur-X: the same content gives the same bytes. Raises RenderError."""
    files = {FILE_NAME: xml_of(content)}
    return declared(render(TEMPLATE, view_of(content), dated=content.draft.issued_on, files=files))


def view_of(content: Content) -> View:
    """Return what the template prints: all words, in their order."""
    draft, language = content.draft, content.draft.language
    label, sums = LABELS[language], totals(draft.lines)
    marks = dict(_marks(sums))
    title = TITLES[language][content.kind]
    seller, buyer = _name(draft.seller), _name(draft.buyer)
    return {
        "language": language,
        "title": title,
        "file_title": f"{title} {content.number}",
        "number": content.number,
        "running": f"{title} {content.number} – {seller}",
        "page": label["page"],
        "badge": SELF_BILLED,
        "self_billed": label["self_billed"].format(buyer=buyer, seller=seller),
        "corrects": _corrects(content),
        "parties": [
            {"label": label["seller"], "name": seller, "lines": [*_party(draft.seller, language)]},
            {"label": label["buyer"], "name": buyer, "lines": [*_party(draft.buyer, language)]},
        ],
        "facts": [*_facts(content)],
        "heads": [label[name] for name in ("designation", "day", "quantity", "price", "rate", "amount")],
        "lines": [_line(line, marks, language) for line in draft.lines],
        "sums": [*_sums(sums, marks, language)],
        "total": (label["credited" if _is_note(content) else "to_pay"], euros(sums.total, language)),
        "mentions_head": label["mentions"],
        "mentions": [*_mentions(content, marks)],
        "payment_head": label["payment"],
        "payment": [*_payment(content)],
        "terms": [draft.terms.late_penalties, draft.terms.recovery, draft.terms.discount],
    }


def _is_note(content: Content) -> bool:
    return content.kind == Kind.CREDIT_NOTE


def _name(party: Party) -> str:
    return f"{party.name} {SOLE_TRADER}" if party.is_sole_trader else party.name


def _corrects(content: Content) -> str:
    if not content.earlier:
        return ""
    language = content.draft.language
    words = LABELS[language]["credits" if _is_note(content) else "replaces"]
    return words.format(number=content.earlier.number, day=_long(content.earlier.issued_on, language))


def _party(party: Party, language: str) -> Iterator[str]:
    yield party.legal_form
    yield from party.address.splitlines()
    yield f"{party.postal_code} {party.city}"
    if party.siret:
        yield f"SIREN {in_groups(party.siren, 3, 3, 3)} – SIRET {in_groups(party.siret, 3, 3, 3, 5)}"
    else:
        yield f"SIREN {in_groups(party.siren, 3, 3, 3)}"
    if party.vat_number:
        yield f"{LABELS[language]['vat_number']} {party.vat_number}"


def _facts(content: Content) -> Iterator[tuple[str, str]]:
    draft = content.draft
    label = LABELS[draft.language]
    yield label["number"], content.number
    yield label["issued"], _long(draft.issued_on, draft.language)
    if not _is_note(content):
        yield label["due"], _long(draft.due_on, draft.language)
    if draft.purchase_order:
        yield label["purchase_order"], draft.purchase_order
    yield label["nature"], label["services"]


def _marks(sums: Totals) -> Iterator[tuple[VatRule, str]]:
    """Name by a letter the rules whose reason is printed below the lines."""
    told = [group.rule for group in sums.by_rule if VAT[group.rule].mention]
    yield from zip(told, "abc", strict=False)


def _line(line: Line, marks: dict[VatRule, str], language: str) -> View:
    vat = f"({marks[line.vat]})" if line.vat in marks else percent(VAT[line.vat].rate, language)
    return {
        "designation": line.designation,
        "note": line.note,
        "cells": [
            day_text(line.day, FIGURES, language),
            number(line.quantity, language),
            euros(line.unit_price, language),
            vat,
            euros(line.amount, language),
        ],
    }


def _sums(sums: Totals, marks: dict[VatRule, str], language: str) -> Iterator[tuple[str, str]]:
    label = LABELS[language]
    yield label["excl"], euros(sums.excl, language)
    for group in sums.by_rule:
        base = euros(group.base, language)
        if group.rule in marks:
            words = label["no_tax"].format(mark=marks[group.rule], base=base)
        else:
            words = label["tax"].format(rate=percent(VAT[group.rule].rate, language), base=base)
        yield words, euros(group.tax, language)
    yield label["total"], euros(sums.total, language)


def _mentions(content: Content, marks: dict[VatRule, str]) -> Iterator[str]:
    yield from (f"({mark}) {VAT[rule].mention}" for rule, mark in marks.items())
    if content.draft.vat_on_debits:
        yield DEBITS


def _payment(content: Content) -> Iterator[str]:
    draft = content.draft
    label, seller = LABELS[draft.language], draft.seller
    if _is_note(content):
        yield label["none"]
        return
    yield label["transfer"].format(day=_long(draft.due_on, draft.language))
    if seller.iban:
        bic = f" – BIC {seller.bic}" if seller.bic else ""
        yield f"IBAN {iban_text(seller.iban)}{bic}"
        yield label["holder"].format(name=seller.account_holder or seller.name)


def _long(day: date, language: str) -> str:
    return day_text(day, LONG, language)
