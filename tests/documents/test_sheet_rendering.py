"""The attendance sheet as it is printed."""

import re
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import product
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.documents.rendering import (
    RenderedPdf,
    SheetData,
    SheetFacilitator,
    SheetHalfDay,
    SheetOrganisation,
    SheetParticipant,
    render_sheet,
    render_sheets,
)
from tests import small_fonts

DAY = date(2027, 1, 14)
NAMES = [
    ("Benali", "Aïcha"),
    ("de La Tour", "Marie-Thérèse"),
    ("d’Hérouville", "Zoé"),
    ("Đặng", "Thị Hoa"),
    ("Παπαδόπουλος", "Νίκος"),
    ("Traoré", "Ibrahima"),
    ("Wiśniewska", "Małgorzata"),
    ("Yıldırım", "Şebnem"),
    ("Шевченко", "Оксана"),
]
FACILITATORS = (
    SheetFacilitator(first_name="Camille", last_name="Rousset"),
    SheetFacilitator(first_name="Oksana", last_name="Шевченко", role="trainer"),
    SheetFacilitator(first_name="كريم", last_name="حداد", role="assistant"),
    SheetFacilitator(first_name="Marie-Antoinette Joséphine", last_name="de La Rochefoucauld-Montmorency"),
)
ORGANISATION = SheetOrganisation(
    name="Cordée Formation",
    legal_form="association loi 1901",
    siret="12345678900012",
    activity_declaration_number="11 75 00000 75",
    prefect_region="d’Île-de-France",
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


def half_days(count: int, *, every: int = 1) -> tuple[SheetHalfDay, ...]:
    """Mornings and afternoons from the first day on, a day of two half-days each `every` days."""
    return tuple(
        SheetHalfDay(date=day, starts=time(14), ends=time(17, 30), period="afternoon")
        if number % 2
        else SheetHalfDay(date=day, starts=time(9), ends=time(12, 30), period="morning")
        for number in range(count)
        for day in [DAY + timedelta(days=number // 2 * every)]
    )


def people(count: int) -> tuple[SheetParticipant, ...]:
    return tuple(
        SheetParticipant(
            last_name=f"{last}-{number}", first_name=first, email=f"personne.{number}@mairie-valmont.example"
        )
        for number in range(count)
        for last, first in [NAMES[number % len(NAMES)]]
    )


def sheet(count: int = 15, periods: int = 2, leaders: int = 1, **changes: object) -> SheetData:
    base = SheetData(
        session_ref="S-2026-0412-A",
        mission_ref="M-2026-0412",
        version=3,
        title="Atelier La ville et le climat — groupe A",
        client_name="Ville de Valmont",
        service_name="Atelier de 7 h",
        half_days=half_days(periods),
        place="Hôtel de ville, salle des mariages\n1 place de la République, 99000 Valmont",
        facilitators=FACILITATORS[:leaders],
        participants=people(count),
        organisation=ORGANISATION,
        codes_at="HTTPS://CORDEE.EXAMPLE/D/",
        printed_on=date(2027, 1, 5),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def pages_of(rendered: RenderedPdf) -> list[str]:
    """Each page's text, its spaces and line ends single."""
    with pypdfium2.PdfDocument(rendered.content) as pdf:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def drawn(data: SheetData) -> list[str]:
    return pages_of(render_sheet(data, extra_fonts=()))


def test_fifteen_people_two_half_days_on_one_page() -> None:
    [page] = drawn(sheet())
    for person in people(15):
        assert f"{person.last_name} {person.first_name}" in page
        assert str(person.email) in page
    for text in (
        "FEUILLE D’ÉMARGEMENT",
        "Atelier La ville et le climat — groupe A",
        "jeudi 14 janvier 2027 · 9 h – 12 h 30 et 14 h – 17 h 30 · 7 h au total",
        "Ville de Valmont",
        "salle des mariages",
        "Matin 9 h – 12 h 30",
        "Après-midi 14 h – 17 h 30",
        "Camille Rousset, animateur·ice",
        "page 1 / 1",
        "S-2026-0412-A · v3",
        "imprimée le 5 janv. 2027",
        "SIRET 123 456 789 00012",
        "Déclaration d’activité enregistrée sous le numéro 11 75 00000 75 auprès du préfet",
        "de la région d’Île-de-France. Cet enregistrement ne vaut pas agrément de l’État.",
    ):
        assert text in page, text


def test_each_page_stands_alone() -> None:
    pages = drawn(sheet(60, 2, 2, blank_rows=3))
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        assert f"page {number} / {len(pages)}" in page
        assert "Nom, prénom, adresse électronique absent·e Matin 9 h – 12 h 30" in page
        assert "Atelier La ville et le climat — groupe A" in page
        assert "jeudi 14 janvier 2027" in page
        assert ("certifie" in page) == (number == len(pages))
    text = " ".join(pages)
    assert all(text.count(f"{person.last_name} {person.first_name}") == 1 for person in people(60))
    assert "écrire nom, prénom et adresse électronique sur une ligne libre" in pages[-1]


@pytest.mark.parametrize(("periods", "leaders"), list(product(range(1, 7), range(1, 5))))
def test_every_shape(periods: int, leaders: int) -> None:
    sheets = [sheet(count, periods, leaders) for count in (1, 15, 16, 60)]
    pages = pages_of(render_sheets(sheets, extra_fonts=()))
    found = [re.findall(r"page (\d+) / (\d+)", page) for page in pages]
    assert all(len(numbers) == 1 for numbers in found), "a page spilled over"
    numbers = [(int(number), int(total)) for [(number, total)] in found]
    totals = [total for number, total in numbers if number == 1]
    assert numbers == [(number, total) for total in totals for number in range(1, total + 1)]
    assert len(totals) == len(sheets)
    # The facilitators never sign a page without a participant.
    signed = [page for page in pages if "certifie" in page]
    assert len(signed) == len(sheets)
    assert all("personne." in page for page in signed)


def test_many_half_days_turn_the_page() -> None:
    for periods, landscape in ((3, False), (4, True), (6, True)):
        with pypdfium2.PdfDocument(render_sheet(sheet(12, periods), extra_fonts=()).content) as pdf:
            width, height = pdf[0].get_size()
            assert (width > height) is landscape


@pytest.mark.parametrize(
    ("periods", "every", "language", "expected"),
    [
        (3, 1, "fr", "jeudi 14 et vendredi 15 janvier 2027 · 10 h 30 au total"),
        (6, 1, "fr", "du jeudi 14 au samedi 16 janvier 2027 · 21 h au total"),
        (6, 9, "fr", "jeudi 14, samedi 23 janvier et lundi 1er février 2027"),
        (6, 9, "en", "Thursday 14, Saturday 23 January and Monday 1 February 2027 · 21 h in all"),
        (6, 1, "en", "Thursday 14 to Saturday 16 January 2027"),
        (1, 1, "en", "Thursday 14 January 2027 · 9:00 – 12:30 · 3 h 30 in all"),
    ],
)
def test_days_are_told_in_words(periods: int, every: int, language: str, expected: str) -> None:
    [page] = drawn(sheet(3, periods, half_days=half_days(periods, every=every), language=language))
    assert expected in page


def test_several_days_stand_in_the_heads() -> None:
    [page] = drawn(sheet(3, 4))
    assert "jeu. 14 janv. Matin 9 h – 12 h 30" in page
    assert "ven. 15 janv." in page


def test_english_sheet_elsewhere() -> None:
    [page] = drawn(sheet(3, language="en", time_zone="Indian/Reunion"))
    assert "ATTENDANCE SHEET" in page
    assert "Réunion time" in page
    assert "Camille Rousset, facilitator" in page
    assert "Cet enregistrement ne vaut pas agrément de l’État." in page  # the legal wording has one language


def test_without_address_the_code_or_nothing() -> None:
    without = SheetParticipant(last_name="Sans", first_name="Adresse", code="7KQ-2M")
    nothing = SheetParticipant(last_name="Rien", first_name="Dutout")
    [page] = drawn(sheet(participants=(without, nothing)))
    assert "Sans Adresse code 7KQ-2M" in page
    assert "None" not in page


def test_missing_legal_mentions_are_left_out() -> None:
    [page] = drawn(sheet(organisation=SheetOrganisation(name="Petite structure")))
    assert "Petite structure" in page
    assert "SIRET" not in page
    assert "Déclaration" not in page


def test_same_sheet_same_bytes() -> None:
    assert render_sheet(sheet(), extra_fonts=()).content == render_sheet(sheet(), extra_fonts=()).content


def test_names_are_never_markup() -> None:
    hostile = ['#read("/etc/passwd")', "*bold*", "$x$", r"\u{0}", "<label>", "[#panic()]", "@ref"]
    participants = tuple(SheetParticipant(last_name=text, first_name="a\n\nb\x00") for text in hostile)
    [page] = drawn(sheet(participants=participants, title="#panic() *t*"))
    assert all(f"{text} a b" in page for text in hostile)
    assert "#panic() *t*" in page


def test_right_to_left_names_are_shaped() -> None:
    person = SheetParticipant(last_name="حداد", first_name="كريم", email="karim@x.example")
    rendered = render_sheet(sheet(participants=(person,)), extra_fonts=())
    [page] = pages_of(rendered)
    assert rendered.unprintable == ()
    assert "حداد" in page or "دادح" in page  # text extraction may give letters in visual order
    assert "\ufffd" not in page


def test_long_words_stay_in_their_column() -> None:
    person = SheetParticipant(
        last_name="W" * 60,
        first_name="M" * 40,
        email=f"{'tres.long' * 8}@organisation-{'longue' * 10}.example",
    )
    data = sheet(
        5,
        3,
        4,
        participants=(person, *people(5)),
        title="T" * 120,
        place=f"https://visio.example/{'x' * 150}",
    )
    with pypdfium2.PdfDocument(render_sheet(data, extra_fonts=()).content) as pdf:
        page = pdf[0]
        text = page.get_textpage()
        boxes = [(text.get_text_range(i, 1), text.get_charbox(i)) for i in range(text.count_chars())]
        name_end = (14 + 182 - 3 * 36) * 72 / 25.4
        assert max(box[2] for char, box in boxes if char == "W") < name_end
        assert max(box[2] for _, box in boxes) < page.get_width() - 13 * 72 / 25.4


def test_unprintable_characters_are_reported_and_visible() -> None:
    chinese = SheetParticipant(last_name="李", first_name="小龙", email="li@x.example")
    rendered = render_sheet(sheet(participants=(*people(1), chinese)), extra_fonts=())
    [problem] = rendered.unprintable
    assert (problem.kind, problem.position, problem.session_ref) == ("participant", 2, "S-2026-0412-A")
    assert set(problem.missing) == {"李", "小", "龙"}
    assert pages_of(rendered)[0].count("\ufffd") == 3


def test_an_extra_folder_makes_them_printable(tmp_path: Path) -> None:
    chinese, japanese, korean = (
        SheetParticipant(last_name=name[:2], first_name=name[2:]) for name in small_fonts.NAMES
    )
    folder = small_fonts.collection(tmp_path)
    rendered = render_sheet(sheet(participants=(chinese, japanese, korean)), extra_fonts=[folder])
    assert rendered.unprintable == ()
    for name in small_fonts.NAMES:
        assert f"{name[:2]} {name[2:]}" in pages_of(rendered)[0]


def test_logo_shown_or_left_out_and_reported() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><rect width="9" height="3"/></svg>'
    for logo in (svg, PNG):
        rendered = render_sheet(sheet(organisation=replace(ORGANISATION, logo=logo)), extra_fonts=())
        assert rendered.unprintable == ()
    assert b"/Subtype/Image" in rendered.content.replace(b" ", b"")
    for logo in (b"not a picture", b"<svg broken", b"\xff\x00"):
        broken = render_sheet(sheet(organisation=replace(ORGANISATION, logo=logo)), extra_fonts=())
        assert [problem.kind for problem in broken.unprintable] == ["logo"]
        assert len(pages_of(broken)) == 1


def test_many_sheets_in_one_file() -> None:
    sheets = [
        sheet(16 + number, 1, session_ref=f"S-{number}", language="en" if number % 2 else "fr")
        for number in range(6)
    ]
    text = pages_of(render_sheets(sheets, extra_fonts=()))
    for number in range(6):
        assert any(f"S-{number} · v3" in page and "page 1 / " in page for page in text)


def test_a_sheet_needs_a_half_day() -> None:
    with pytest.raises(ValueError, match="half-day"):
        sheet(half_days=())
    with pytest.raises(ValueError, match="no sheet"):
        render_sheets([])


@settings(max_examples=15, derandomize=True, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(max_size=40), st.text(max_size=40), st.text(max_size=60)), min_size=1, max_size=12
    )
)
def test_any_name_can_be_drawn(names: list[tuple[str, str, str]]) -> None:
    participants = tuple(SheetParticipant(last_name=a, first_name=b, email=c) for a, b, c in names)
    pages = drawn(sheet(participants=participants, title=names[0][0], place=names[0][2]))
    assert f"page {len(pages)} / {len(pages)}" in pages[-1]
