"""The organisation's own page, and its logo."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cordee.files.actions import keep
from cordee.kernel.actor import COMMAND
from cordee.organisation import actions
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.organisation.rules import OrganisationChanges
from tests.cast import Cast
from tests.papers import PDF
from tests.pdf.drawn import png, svg

PNG = png()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'


def values(form: dict[str, str], **changes: Any) -> dict[str, Any]:
    return {
        **form,
        "name": "Cordée Formation",
        "legal_form": "association loi 1901",
        "siret": "732 829 320 00074",
        "activity_declaration_number": "11 75 00000 75",
        "prefect_region": "d’Île-de-France",
        "address": "3 place du Col",
        "postal_code": "38000",
        "city": "Grenoble",
        "phone": "",
        "reply_to": "bonjour@cordee-formation.example",
        "accent_colour": "#7a1f5c",
        "once_a_month": "on",
        "enrol_before_days": "7",
        "list_closes_days_before": "2",
        "answer_within_days": "4",
        "presence_within_days": "1",
        "complaint_within_days": "21",
        "confidential_within_days": "5",
        "payment_terms_days": "45",
        "contest_within_days": "15",
        "iban_cooling_days": "2",
        "papers_from_amount": "5000",
        "bank_iban": "FR76 1010 7001 0112 3456 7890 129",
        **changes,
    }


def test_identity_and_policies_are_saved(cast: Cast, seat: Any, hidden: Any) -> None:
    client = seat(cast.ada)
    url = reverse("organisation")
    assert client.post(url, values(hidden(client.get(url)))).status_code == 302
    saved = the_organisation()
    assert (saved.city, saved.siret, saved.accent_colour) == ("Grenoble", "73282932000074", "#7a1f5c")
    assert (saved.payment_terms_days, saved.bank_iban) == (45, "FR7610107001011234567890129")
    assert (saved.enrol_before_days, saved.list_closes_days_before, saved.once_a_month) == (7, 2, True)


def test_refusals_keep_what_was_typed(cast: Cast, seat: Any, hidden: Any) -> None:
    client = seat(cast.ada)
    url = reverse("organisation")
    refused = client.post(url, values(hidden(client.get(url)), siret="123", accent_colour="red", city="Gap"))
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"accent_colour"}
    refused = client.post(url, values(hidden(client.get(url)), siret="123", city="Gap"))
    assert "is not a valid SIRET number" in refused.context["form"].errors["siret"][0]
    assert 'value="Gap"' in refused.content.decode()
    assert the_organisation().city != "Gap"


def test_the_second_administrator_is_told(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.ada)
    url = reverse("organisation")
    form = hidden(client.get(url))
    actions.update(changes=OrganisationChanges(name="Autre nom"), expected_version=None, by=COMMAND)
    told = client.post(url, values(form))
    assert told.status_code == 422
    assert "On record now: Autre nom" in words(told)
    assert client.post(url, values(hidden(told))).status_code == 302


@pytest.mark.parametrize(("content", "kind"), [(PNG, "image/png"), (SVG, "image/svg+xml")])
def test_the_logo_reaches_every_page_and_may_be_taken_away(
    cast: Cast, seat: Any, hidden: Any, content: bytes, kind: str
) -> None:
    client = seat(cast.ada)
    url = reverse("organisation")
    upload = SimpleUploadedFile("logo.exe", content, content_type="application/x-msdownload")
    assert client.post(url, values(hidden(client.get(url)), logo=upload)).status_code == 302
    address = f"{reverse('organisation_logo')}?v={the_organisation().logo_id}"
    assert f'src="{address}"' in client.get(reverse("office_todo")).content.decode()
    logo = Client().get(address)  # on the log-in page too
    assert (logo.content, logo["Content-Type"]) == (content, kind)
    assert "immutable" in logo["Cache-Control"]
    assert "sandbox" in logo["Content-Security-Policy"]
    assert logo["X-Content-Type-Options"] == "nosniff"
    client.post(url, values(hidden(client.get(url)), no_logo="on"))
    assert the_organisation().logo_id is None
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"MZ not a picture", "is not a PNG, JPEG or SVG picture"),
        (PNG[:30], "is not a PNG, JPEG or SVG picture"),
        (b"\xff\xd8\xff\xe0 cut short", "is not a PNG, JPEG or SVG picture"),
        (b"<html><svg></svg></html>", "is not a PNG, JPEG or SVG picture"),
        (b"<svg", "is not a PNG, JPEG or SVG picture"),
        (svg("<script>alert(1)</script>"), "does more than draw: it holds “<script>”"),
        (svg("", ' onload="alert(1)"').decode().encode("utf-16"), "does more than draw: it holds “onload”"),
        (
            svg('<image href="https://elsewhere.example/x.png"/>'),
            "it holds “https://elsewhere.example/x.png”",
        ),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "it holds “<!DOCTYPE”"),
        (svg('<g id="a"><use href="#a"/></g>'), "too complicated to be drawn on every page"),
        (png(12_000, 12_000), "144 million pixels: more than the 8"),
    ],
)
def test_what_is_not_a_harmless_picture_is_refused(
    cast: Cast, seat: Any, hidden: Any, content: bytes, why: str
) -> None:
    client = seat(cast.ada)
    url = reverse("organisation")
    upload = SimpleUploadedFile("logo.png", content, content_type="image/png")
    refused = client.post(url, values(hidden(client.get(url)), logo=upload))
    assert refused.status_code == 422
    assert why in refused.context["form"].errors["logo"][0]
    assert the_organisation().logo_id is None


def test_a_logo_kept_when_rules_were_looser_is_not_handed_out(cast: Cast) -> None:
    stored = keep(svg("<script>alert(1)</script>"), content_type="image/svg+xml")
    Organisation.objects.update_or_create(pk=1, defaults={"logo": stored})
    assert Client().get(reverse("organisation_logo")).status_code == 404


def test_a_logo_that_is_too_heavy_is_refused(cast: Cast, seat: Any, hidden: Any) -> None:
    client = seat(cast.ada)
    url = reverse("organisation")
    upload = SimpleUploadedFile("logo.png", PNG + b"\0" * 1_000_001, content_type="image/png")
    refused = client.post(url, values(hidden(client.get(url)), logo=upload))
    assert "larger than 1 MB" in refused.context["form"].errors["logo"][0]


# --- what participants read -----------------------------------------------------------------------


def test_documents_are_given_replaced_and_taken_away(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.ada)
    url = reverse("organisation_participants")
    paper = reverse("organisation_paper", args=["internal-rules"])
    assert client.get(paper).status_code == 404
    upload = SimpleUploadedFile("règlement.exe", PDF, content_type="application/x-msdownload")
    sent = {**hidden(client.get(url)), "internal_rules": upload, "privacy_notice_fr": "Chez nous."}
    assert client.post(url, sent).status_code == 302
    shown = client.get(paper)
    assert (shown.content, shown["Content-Type"]) == (PDF, "application/pdf")
    assert shown["Content-Disposition"] == 'inline; filename="internal-rules.pdf"'
    page = client.get(url)
    assert "See the present one" in words(page)
    assert "Chez nous." in words(page)
    client.post(url, {**hidden(page), "privacy_notice_fr": "Chez nous."})
    assert the_organisation().internal_rules_id is not None, "saved without a new file, the old one stays"
    client.post(url, {**hidden(client.get(url)), "no_internal_rules": "on"})
    assert the_organisation().internal_rules_id is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.4 cut short", "is not a PDF, or it is damaged"),
        (b"<html>startxref %%EOF</html>", "is not a PDF, or it is damaged"),
        (PNG, "is not a PDF, or it is damaged"),
        (PDF.replace(b"/Count", b"/OpenAction<</S/JavaScript/JS(x)>>/Count"), "holds scripts"),
        (PDF[:9] + b"x" * 10_000_001 + PDF[9:], "larger than 10 MB"),
    ],
)
def test_what_is_not_a_plain_pdf_is_refused(
    cast: Cast, seat: Any, hidden: Any, content: bytes, why: str
) -> None:
    client = seat(cast.ada)
    url = reverse("organisation_participants")
    upload = SimpleUploadedFile("livret.pdf", content, content_type="application/pdf")
    refused = client.post(
        url, {**hidden(client.get(url)), "welcome_booklet": upload, "privacy_notice_en": "Kept"}
    )
    assert refused.status_code == 422
    assert why in refused.context["form"].errors["welcome_booklet"][0]
    assert "Kept" in refused.content.decode()
    assert the_organisation().welcome_booklet_id is None
