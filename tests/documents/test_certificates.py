"""Certificates as they are printed."""

from typing import Any

import pypdfium2
import pytest

from cordee.documents.rendering import CertificateContent, render_certificates

ORGANISATION = {
    "name": "Cordée Formation",
    "legal_form": "association loi 1901",
    "siret": "73282932000074",
    "activity_declaration_number": "11 75 00000 75",
    "prefect_region": "d’Île-de-France",
    "address": "12 rue des Lilas, 75011 Paris",
    "city": "Paris",
    "representative": "Hélène Marchand",
    "representative_role": "directrice",
    "accent_colour": "#0d5350",
    "logo": "",
}
PARTICIPATION: Any = {
    "kind": "participation",
    "language": "fr",
    "person": "Aïcha Benali",
    "client": "Ville de Valmont",
    "employer": False,
    "title": "La Fresque du climat",
    "ref": "S-2027-0001-A",
    "first_day": "2027-01-14",
    "last_day": "2027-01-14",
    "minutes": 150,
    "half_days": [{"day": "2027-01-14", "starts": "09:00", "ends": "12:00", "minutes": 150}],
    "remote": False,
    "number": "AP-2027-0001",
    "issued_on": "2027-01-14",
    "confirmed_at": "https://cordee.example/v/abcdefghijklmnopqrstuvwx/",
    "organisation": ORGANISATION,
}
REALISATION: Any = PARTICIPATION | {
    "kind": "realisation",
    "number": "CR-2027-0001",
    "employer": True,
    "last_day": "2027-01-15",
    "minutes": 435,
    "half_days": [],
    "replaces": "CR-2026-0009",
}


def texts(*contents: CertificateContent) -> list[str]:
    """Return what is written on each page, on one line."""
    document = pypdfium2.PdfDocument(render_certificates(contents, {}))
    return [" ".join(page.get_textpage().get_text_range().replace("\xa0", " ").split()) for page in document]


def test_participation_says_who_what_when_and_how_long() -> None:
    (page,) = texts(PARTICIPATION)
    for words in (
        "Attestation de participation",
        "AP-2027-0001",
        "Aïcha Benali",
        "La Fresque du climat",
        "le 14 janvier 2027",
        "jeudi 14 janvier, 9 h – 12 h : 2 h 30",
        "Fait à Paris, le 14 janvier 2027",
        "https://cordee.example/v/abcdefghijklmnopqrstuvwx/",
        "Cet enregistrement ne vaut pas agrément de l’État",
    ):
        assert words in page, words


def test_realisation_has_the_fields_of_the_ministry() -> None:
    (page,) = texts(REALISATION)
    for words in (
        "Certificat de réalisation",
        "Je soussigné·e Hélène Marchand, directrice, représentant·e légal·e du dispensateur",
        "de l’action concourant au développement des compétences Cordée Formation",
        "salarié·e de l’entreprise Ville de Valmont",
        "action de formation bilan de compétences action de VAE action de formation par apprentissage",
        "du 14 janvier 2027 au 15 janvier 2027",
        "7 h 15, soit 7,25 heures",
        "pendant une durée de 3 ans à compter de la fin de l’année du dernier paiement",
        "Cachet et signature",
        "Remplace le certificat CR-2026-0009",
    ):
        assert words in page.replace("× ", ""), words
    assert page.count("×") == 1, "one box is ticked"


def test_in_english_too() -> None:
    (page,) = texts(PARTICIPATION | {"language": "en"})
    assert "Certificate of participation" in page
    assert "Thursday 14 January, 9:00 – 12:00: 2 h 30" in page


def test_the_same_content_is_the_same_document_for_archives() -> None:
    first, second = (render_certificates([PARTICIPATION], {}) for _ in range(2))
    assert first == second
    assert b"pdfaid" in first


def test_many_in_one_file_have_a_page_each() -> None:
    pages = texts(*(PARTICIPATION | {"number": f"AP-2027-{n:04}"} for n in range(1, 6)), REALISATION)
    assert len(pages) == 6
    assert "AP-2027-0005" in pages[4]


def test_long_words_and_many_half_days_still_fit() -> None:
    half_days = [PARTICIPATION["half_days"][0]] * 12
    long = PARTICIPATION | {"half_days": half_days, "title": "Sensibilisation " * 12, "person": "Ana " * 20}
    assert len(texts(long)) == 1


def test_a_broken_logo_is_left_out() -> None:
    broken: Any = PARTICIPATION | {"organisation": ORGANISATION | {"logo": "a" * 64}}
    assert render_certificates([broken], {"a" * 64: b"not a picture"})


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(ValueError, match="no certificate"):
        render_certificates([], {})
