"""The final sheet: what was signed stands in the boxes, and nothing invites to sign it again."""

from dataclasses import replace
from datetime import date, time

import pypdfium2 as pdfium

from cordee.documents.rendering import (
    SheetData,
    SheetFacilitator,
    SheetHalfDay,
    SheetMark,
    SheetOrganisation,
    SheetParticipant,
    drawing,
    render_sheet,
)

STROKES = (((0, 0), (500, 200), (900, 40)), ((20, 30),))
DRAWN = SheetMark(strokes=STROKES, words="signé", detail="9 h 04")
ON_PAPER = SheetMark(words="signé sur papier", detail="page 1")
SHEET = SheetData(
    session_ref="S-2027-0001-A",
    mission_ref="M-2027-0001",
    version=3,
    title="Atelier",
    client_name="Valmont",
    service_name="Atelier 3 h",
    half_days=(SheetHalfDay(date=date(2027, 1, 14), starts=time(9), ends=time(12), period="morning"),),
    place="Hôtel de ville",
    facilitators=(SheetFacilitator(first_name="Noor", last_name="Berg", marks=(DRAWN,)),),
    participants=(
        SheetParticipant(first_name="Ana", last_name="Roy", marks=(DRAWN,)),
        SheetParticipant(first_name="Bo", last_name="Li", marks=(ON_PAPER,)),
        SheetParticipant(first_name="Cléo", last_name="Do", marks=(SheetMark(),)),
    ),
    organisation=SheetOrganisation(name="Cordée Formation"),
    codes_at="https://cordee.example/D/",
    printed_on=date(2027, 1, 15),
    final=True,
)


def seen(sheet: SheetData) -> tuple[str, int]:
    """Return the words of the first page, and how many things are drawn on it."""
    page = pdfium.PdfDocument(render_sheet(sheet).content)[0]
    return page.get_textpage().get_text_range(), sum(1 for _ in page.get_objects(max_depth=4))


def test_what_was_signed_stands_in_the_boxes() -> None:
    words, drawn = seen(SHEET)
    assert "signé sur papier" in words
    assert words.count("9 h 04") == 2
    bare = replace(SHEET, participants=(*SHEET.participants[1:],))
    assert drawn > seen(bare)[1], "what was drawn is on it"


def test_nothing_invites_to_sign_it_again() -> None:
    words, _drawn = seen(SHEET)
    assert "état final" in words.lower()
    assert "cocher" not in words
    assert "v3" not in words
    to_sign, _ = seen(replace(SHEET, final=False))
    assert "cocher" in to_sign
    assert "v3" in to_sign


def test_the_same_signatures_are_the_same_bytes() -> None:
    assert render_sheet(SHEET).content == render_sheet(SHEET).content


def test_a_drawing_is_cut_to_its_ink() -> None:
    assert 'viewBox="-12 -12 924 224"' in drawing(STROKES)
    assert "M20 30L20 30" in drawing(STROKES), "a dot is seen"
