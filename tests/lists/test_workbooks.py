"""Spreadsheets: sheets, merged cells, formulas, numbers and dates where text was meant."""

import pytest

from cordee.lists.reader import read_file
from cordee.lists.results import Code, ListRefused, PeopleList, Refusal, Why
from tests.lists.making import OFFICE, PACKAGE, Formula, Raw, Rows, ods, xlsx

HEADER = ("Nom", "Prénom", "Courriel", "Groupe")
ANA = ("SOUSA", "Ana", "ana@asso.example", "A")


def read(content: bytes) -> PeopleList:
    return read_file(content, "liste.xlsx")


def names(people: PeopleList) -> list[str]:
    return [f"{row.first_name} {row.last_name}".strip() for row in people.rows]


@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_formula_nobody_computed_is_shown_as_its_text(make: object) -> None:
    people = read(make({"S": [HEADER, (Formula("1+1"), "Ana", "ana@asso.example", "")]}))  # type: ignore[operator]
    row = people.rows[0]
    assert row.last_name == "=1+1"
    assert row.codes == (Code.FORMULA,)


def test_a_formula_computed_by_the_clients_program_is_its_value() -> None:
    address = Raw('<c r="@ref" t="str"><f>LOWER(A2)&amp;"@asso.example"</f><v>ana@asso.example</v></c>')
    people = read(xlsx({"S": [HEADER, ("SOUSA", "Ana", address, "")]}))
    assert people.rows[0].email == "ana@asso.example"
    assert people.rows[0].codes == ()


def test_text_that_looks_like_a_formula_stays_text() -> None:
    people = read(xlsx({"S": [HEADER, ("=cmd|' /C calc'!A0", "Ana", "ana@asso.example", "@SUM(A1)")]}))
    assert people.rows[0].last_name == "=cmd|' /C calc'!A0"
    assert people.rows[0].codes == (Code.FORMULA, Code.FORMULA)


@pytest.mark.parametrize("make", [xlsx, ods])
def test_numbers_dates_and_truths_where_text_was_meant(make: object) -> None:
    rows = [HEADER, (12, "Ana", "ana@asso.example", 3), ("ROUX", "Zoé", "zoe@asso.example", 2.0)]
    people = read(make({"S": rows}))  # type: ignore[operator]
    assert people.rows[0].codes == (Code.NUMBER_AS_TEXT,)
    assert [row.group for row in people.rows] == ["3", "2"]
    assert people.rows[0].last_name == "12"


def test_a_truth_where_a_name_was_meant() -> None:
    people = read(xlsx({"S": [HEADER, (True, "Ana", "ana@asso.example", "")]}))
    assert people.rows[0].codes == (Code.NUMBER_AS_TEXT,)


def test_a_phone_number_keeps_its_figures() -> None:
    people = read(xlsx({"S": [(*HEADER, "Portable"), (*ANA, 612345678)]}))
    assert people.rows[0].extras == {"Portable": "612345678"}


def test_the_sheet_with_people_is_found_among_the_others() -> None:
    notes: Rows = [("Penser à réserver la salle",), ("Contact : accueil@asso.example",)]
    people = read(xlsx({"Notes": notes, "Inscrits": [("Liste",), (), HEADER, ANA], "Vide": []}))
    assert names(people) == ["Ana SOUSA"]
    assert [(sheet.name, sheet.taken) for sheet in people.sheets] == [
        ("Notes", False),
        ("Inscrits", True),
        ("Vide", False),
    ]
    assert [s.text for s in people.skipped if s.why is Why.OTHER_SHEET] == [notes[0][0], notes[1][0]]


def test_people_on_several_sheets_are_all_taken() -> None:
    people = read(xlsx({"Lundi": [HEADER, ANA], "Mardi": [HEADER, ("ROUX", "Zoé", "zoe@asso.example", "B")]}))
    assert [(row.sheet, row.line, row.last_name) for row in people.rows] == [
        ("Lundi", 2, "SOUSA"),
        ("Mardi", 2, "ROUX"),
    ]


def test_a_hidden_sheet_is_left_aside_and_said() -> None:
    people = read(xlsx({"S": [HEADER, ANA], "Cachée": [HEADER, ("ROUX", "Zoé", "", "")]}, hidden=["Cachée"]))
    assert names(people) == ["Ana SOUSA"]
    assert people.sheets[1].hidden
    assert {s.why for s in people.skipped if s.sheet == "Cachée"} == {Why.HIDDEN_SHEET}


def test_a_header_over_two_rows_and_a_group_merged_downwards() -> None:
    rows: Rows = [
        ("Personne", "", "Courriel", "Groupe"),
        ("Nom", "Prénom", "", ""),
        ("SOUSA", "Ana", "ana@asso.example", "Nord"),
        ("ROUX", "Zoé", "zoe@asso.example", ""),
        ("PETIT", "Ali", "ali@asso.example", "Sud"),
    ]
    people = read(xlsx({"S": rows}, merges=["A1:B1", "C1:C2", "D1:D2", "D3:D4"]))
    assert [(row.first_name, row.email[:3], row.group) for row in people.rows] == [
        ("Ana", "ana", "Nord"),
        ("Zoé", "zoe", "Nord"),
        ("Ali", "ali", "Sud"),
    ]


def test_a_group_merged_downwards_in_ods() -> None:
    group = Raw(
        '<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>Nord</text:p>'
        "</table:table-cell>"
    )
    covered = Raw("<table:covered-table-cell/>")
    rows: Rows = [HEADER, (*ANA[:3], group), ("ROUX", "Zoé", "zoe@asso.example", covered)]
    assert [row.group for row in read(ods({"S": rows})).rows] == ["Nord", "Nord"]


def test_whole_names_merged_over_two_columns() -> None:
    rows: Rows = [("Nom et prénom", "", "Courriel"), ("Sousa", "Ana", "ana@asso.example")]
    people = read(xlsx({"S": rows}, merges=["A1:B1"]))
    assert names(people) == ["Ana Sousa"]


def test_lines_are_numbered_as_in_the_spreadsheet() -> None:
    people = read(xlsx({"S": [(), (), ("Titre",), (), HEADER, ANA, (), ANA]}))
    assert [row.line for row in people.rows] == [6, 8]
    assert people.sheets[0].header_line == 5


def test_columns_to_the_right_and_headers_in_any_order() -> None:
    rows: Rows = [("", "", "Mél", "Prénom usuel", "Équipe", "NOM"), ("", "", ANA[2], ANA[1], "Bleue", ANA[0])]
    row = read(xlsx({"S": rows})).rows[0]
    assert (row.first_name, row.last_name, row.email, row.group) == (
        "Ana",
        "SOUSA",
        "ana@asso.example",
        "Bleue",
    )


def cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_stray_cell_at_the_far_corner_is_refused_before_it_costs_memory() -> None:
    data = f'<row r="1">{cell("A1", "Nom")}</row><row r="1048576">{cell("XFD1048576", "x")}</row>'
    with pytest.raises(ListRefused) as refusal:
        read(xlsx({"S": data}))
    assert refusal.value.code is Refusal.TOO_MANY_ROWS


def test_a_far_corner_hidden_under_another_name_is_refused_as_well() -> None:
    data = f'<sheetData><row r="9">{cell("XFD1048576", "x")}</row></sheetData>'
    extra = {"xl/elsewhere/data.xml": f'<worksheet xmlns="x">{data}</worksheet>'}
    with pytest.raises(ListRefused):
        read(xlsx({"S": [HEADER, ANA]}, extra=extra))


def test_a_stray_cell_at_the_bottom_costs_little() -> None:
    top = f'<row r="1">{cell("A1", "Nom")}{cell("B1", "Prénom")}</row>'
    ana = f'<row r="2">{cell("A2", "SOUSA")}{cell("B2", "Ana")}</row>'
    data = f'{top}{ana}<row r="900000">{cell("A900000", "7")}</row>'
    assert names(read(xlsx({"S": data})))[0] == "Ana SOUSA"


def test_a_forged_count_of_shared_texts_is_not_believed() -> None:
    shared = '<sst xmlns="x" count="9999999999" uniqueCount="9999999999999"><si><t>a</t></si></sst>'
    kinds = f"{OFFICE}/sharedStrings"
    rels = (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="s1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="s2" Type="{kinds}" Target="sharedStrings.xml"/></Relationships>'
    )
    extra = {"xl/sharedStrings.xml": shared, "xl/_rels/workbook.xml.rels": rels}
    assert names(read(xlsx({"S": [HEADER, ANA]}, extra=extra))) == ["Ana SOUSA"]


def test_repeated_cells_of_ods_are_not_unrolled_without_limit() -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
        "<text:p>a</text:p></table:table-cell>"
    )
    wide = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    with pytest.raises(ListRefused) as refusal:
        read(ods({"S": wide}))
    assert refusal.value.code is Refusal.TOO_MANY_ROWS


def test_a_sheet_of_towns_beside_the_list_does_not_count() -> None:
    towns: Rows = [(f"{n:05}", f"Ville-{n}") for n in range(7_000)]
    people = read(xlsx({"Communes": towns, "S": [HEADER, ANA]}))
    assert names(people) == ["Ana SOUSA"]
    assert sum(s.sheet == "Communes" for s in people.skipped) == 7_000
