"""An invoice as people and programs read it: a PDF/A-3 with its XML, valid by every rule that can be run here."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.invoices.checking import Finding, NotAnInvoice, check, xml_in
from cordee.invoices.cii import xml_of
from cordee.invoices.content import Content, Draft, Earlier, VatRule
from cordee.invoices.drawing import facturx_of, view_of
from cordee.invoices.factur_x import declared
from cordee.invoices.states import Kind
from tests.invoices.drafts import COMPANY, OF_EVERY_KIND, SOLE_TRADER, draft, line

EARLIER = Earlier(number="ROUX-00001", issued_on=date(2026, 11, 1))


def content_of(given_draft: Draft, kind: Kind = Kind.INVOICE) -> Content:
    earlier = None if kind == Kind.INVOICE else EARLIER
    return Content(kind=kind, number="ROUX-00002", draft=given_draft, earlier=earlier)


def text_of(pdf: bytes, tmp_path: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return re.sub(r"[ \u00a0\u202f]+", " ", done.stdout)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("supplier", sorted(OF_EVERY_KIND))
def test_every_kind_of_invoice_of_every_kind_of_supplier_is_valid(supplier: str, kind: Kind) -> None:
    checked = check(facturx_of(content_of(OF_EVERY_KIND[supplier], kind)))
    assert checked.findings == ()
    assert checked.rules == ("XSD", "EN 16931", "BR-FR")
    assert (checked.number, checked.kind, checked.profile) == ("ROUX-00002", str(kind), "en16931")


@settings(max_examples=25)
@given(
    st.lists(
        st.builds(
            lambda cents, quantity, vat: line(str(Decimal(cents) / 100), vat, str(quantity)),
            st.integers(100, 1_000_000),
            st.decimals("0.01", 100, places=4),
            st.sampled_from(VatRule),
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(Kind),
)
def test_whatever_the_amounts_the_rules_agree_with_our_sums(lines: list[object], kind: Kind) -> None:
    checked = check(xml_of(content_of(draft(COMPANY, *lines), kind)))  # type: ignore[arg-type]  # hypothesis knows no types
    assert checked.findings == ()


def test_names_of_many_scripts_and_signs_are_valid() -> None:
    seller = replace(
        SOLE_TRADER, name="Zoë <Ünal> & Co \x07\N{ZERO WIDTH SPACE}", address="1, rue A\n2ᵉ étage"
    )
    assert check(facturx_of(content_of(draft(seller)))).findings == ()


def test_an_account_that_waits_is_not_named_and_debits_are() -> None:
    waiting = replace(OF_EVERY_KIND["company"], seller=replace(COMPANY, iban="", bic=""), vat_on_debits=True)
    assert check(facturx_of(content_of(waiting))).findings == ()
    xml = xml_of(content_of(waiting)).decode()
    assert "IBANID" not in xml
    assert "d’après les débits" in xml


# --- the rules bite -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<ram:TypeCode>389<", "<ram:TypeCode>999<", "BR-FR-04"),
        ("<ram:DuePayableAmount>180.00<", "<ram:DuePayableAmount>181.00<", "BR-CO-16"),
        ("<ram:SubjectCode>PMT<", "<ram:SubjectCode>AAI<", "BR-FR-05"),
        ("<ram:BasisAmount>180.00<", "<ram:BasisAmount>170.00<", "BR-E-08"),
        (">VATEX-FR-FRANCHISE<", ">VATEX-FR-FREE<", ""),
        ("<ram:CityName>Chambéry</ram:CityName>", "<x/>", "XSD"),
    ],
)
def test_what_is_wrong_is_found(old: str, new: str, rule: str) -> None:
    xml = xml_of(content_of(draft())).decode()
    assert old in xml
    checked = check(xml.replace(old, new).encode())
    assert not checked.is_valid
    assert any(finding.rule.startswith(rule) and finding.text for finding in checked.findings)


def test_a_pdf_that_says_nothing_of_its_xml_is_no_factur_x() -> None:
    with pikepdf.open(BytesIO(facturx_of(content_of(draft())))) as document, BytesIO() as made:
        with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
            for name in [name for name in metadata if "factur-x" in name or "pdfa/ns/id" in name]:
                del metadata[name]
        document.save(made)
        stripped = made.getvalue()
    found = check(stripped).findings
    assert [finding.rule for finding in found] == ["PDF/A-3", "XMP"]
    assert all(isinstance(finding, Finding) and finding.is_error for finding in found)


@pytest.mark.parametrize(
    "given_bytes",
    [
        b"",
        b"<a/>",
        b"<a",
        b"%PDF-1.4 cut",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    ],
)
def test_what_is_no_invoice_is_said(given_bytes: bytes) -> None:
    with pytest.raises(NotAnInvoice):
        check(given_bytes)


def test_an_entity_in_an_invoice_leads_nowhere() -> None:
    xml = xml_of(content_of(draft())).decode()
    head, _, body = xml.partition("\n")
    evil = f'{head}\n<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>{body.replace("Camille", "&b;")}'
    with pytest.raises(NotAnInvoice):
        check(evil.encode())
    with pytest.raises(NotAnInvoice):
        check(evil.replace("UTF-8", "UTF-16").encode("utf-16"))


# --- the file -------------------------------------------------------------------------------------
def test_the_same_content_is_drawn_byte_for_byte_and_holds_its_xml() -> None:
    content = content_of(OF_EVERY_KIND["company"])
    pdf = facturx_of(content)
    assert facturx_of(Content.from_json(content.to_json())) == pdf
    assert xml_in(pdf) == xml_of(content)


def test_the_pdf_stays_what_the_engine_made_of_it() -> None:
    pdf = facturx_of(content_of(draft()))
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        metadata = document.open_metadata()
        told = document.Root.Metadata.read_bytes().decode()
        assert (metadata.pdfa_status, metadata["{http://www.aiim.org/pdfua/ns/id/}part"]) == ("3A", "1")
        assert told.count("<pdfaExtension:schemas>") == 1, "a second list would be invalid"
        assert str(document.Root.AF[0].AFRelationship) == "/Data"
        assert str(document.Root.AF[0].EF.F.Subtype) == "/text/xml"
        assert str(document.Root.Lang) == "fr"
        document.Root.Metadata.write(b"<x/>")
        with BytesIO() as other:
            document.save(other)
            with pytest.raises(ValueError, match="form"):
                declared(other.getvalue())


def test_every_mention_of_the_law_is_printed(tmp_path: Path) -> None:
    text = text_of(facturx_of(content_of(replace(draft(), purchase_order="BC-2026-118"))), tmp_path)
    for mention in (
        "Facture",
        "Autofacturation",
        "au nom et pour le compte de Camille Roux EI",
        "Entrepreneur individuel",
        "3 chemin du Lac",
        "73000 Chambéry",
        "SIREN 404 833 048",
        "SIREN 732 829 320",
        "N° TVA FR44732829320",
        "ROUX-00002",
        "27 novembre 2026",
        "27 décembre 2026",
        "BC-2026-118",
        "Prestations de services",
        "S-2026-0412-A, Ville d’Annecy",
        "Animatrice : Camille Roux",
        "03/11/2026",
        "180,00 €",
        "TVA non applicable, art. 293 B du CGI",
        "Total HT",
        "Net à payer",
        "IBAN FR76 3000 6000 0112 3456 7890 189",
        "BIC AGRIFRPP",
        "40 €",
        "pénalités",
        "escompte",
    ):
        assert mention in text, mention


def test_a_credit_note_says_what_it_takes_back_and_asks_for_nothing(tmp_path: Path) -> None:
    text = text_of(facturx_of(content_of(draft(), Kind.CREDIT_NOTE)), tmp_path)
    assert "Annule la facture ROUX-00001 du 1er novembre 2026." in text
    assert "Montant de l’avoir" in text
    assert "IBAN" not in text


def test_sixty_lines_run_over_pages_under_their_heads(tmp_path: Path) -> None:
    lines = [line(f"{n + 1}.50", [VatRule.STANDARD, VatRule.EXEMPT_TRAINING][n % 2]) for n in range(60)]
    seller = replace(COMPANY, name="Coopérative d’activité et d’emploi des animatrices et animateurs " * 2)
    pages = text_of(facturx_of(content_of(draft(seller, *lines))), tmp_path).split("\f")[:-1]
    assert len(pages) > 3
    for number, page in enumerate(pages[:-1], start=1):
        assert "Désignation" in page
        assert f"page {number} / {len(pages)}" in page
    assert "Net à payer" in pages[-1]
    assert "IBAN" in pages[-1]


def test_it_is_printed_in_english_with_the_mentions_of_the_law_in_french() -> None:
    view = view_of(content_of(replace(draft(), language="en"), Kind.CORRECTIVE))
    assert view["title"] == "Corrective invoice"
    assert view["corrects"] == "Replaces invoice ROUX-00001 of 1 November 2026."
    assert view["badge"] == "Autofacturation"
    assert view["mentions"] == ["(a) TVA non applicable, art. 293 B du CGI"]
    assert view["total"] == ("Amount due", "€180.00")
