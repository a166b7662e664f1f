"""Pastes of the kinds that people give, a few lines each, against what is read of them.

`tests/data/lists_kinds.txt` holds them: the paste, `=>`, then one line for each row and each line left aside
(`telling`), blank ones left out; `%%` between two.
"""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from cordee.lists.addresses import TOKEN
from cordee.lists.reader import check, read_file, read_text
from cordee.lists.results import MAX_CELL, MAX_LINE, Code, Kind, Why
from tests.lists.making import OFFICE, PACKAGE, Formula, Raw, ods, xlsx
from tests.lists.telling import told

FILE = Path(__file__).resolve().parents[1] / "data/lists_kinds.txt"
KINDS = [
    part.partition("\n=>\n")[::2] for part in FILE.read_text(encoding="utf-8").rstrip("\n").split("\n%%\n")
]


def test_there_are_many() -> None:
    assert len(KINDS) > 70


@pytest.mark.parametrize(("paste", "expected"), KINDS)
def test_a_paste_is_read_as_a_person_would(paste: str, expected: str) -> None:
    lines = told(read_text(paste)).splitlines()[1:]
    assert [line for line in lines if not line.endswith("- blank")] == expected.splitlines()


@pytest.mark.parametrize("paste", [paste for paste, _ in KINDS])
def test_no_address_and_no_line_is_dropped(paste: str) -> None:
    people = read_text(paste)
    shown = " ".join([row.email for row in people.rows] + [s.text.lower() for s in people.skipped])
    shown += " ".join(text.lower() for row in people.rows for text in (row.text, *row.extras.values()))
    assert all(address.strip(" .,;:()").lower() in shown for address in TOKEN.findall(paste))
    found = {row.line for row in people.rows} | {line.line for line in people.skipped}
    assert {at for at, line in enumerate(paste.splitlines(), 1) if line.strip()} <= found


@pytest.mark.parametrize("paste", [paste for paste, _ in KINDS])
def test_nobody_whose_line_had_words_is_nameless(paste: str) -> None:
    for row in read_text(paste).good:
        words = TOKEN.sub(" ", row.text)
        nameless = not (row.first_name or row.last_name)
        assert not (nameless and any(map(str.isalpha, words))) or row.text.count("@") > 1


def test_a_row_that_is_no_person_asks_and_is_good_once_corrected() -> None:
    [_, _, row] = read_text("Nom;Mail\nRoy Ana;a@x.example\nBel Léo;b@x.example\nContact : rh@x.example").rows
    assert (row.kind, row.codes[0]) == (Kind.INVALID, Code.NOT_A_PERSON)


def test_a_first_name_alone_is_to_be_completed_wherever_it_is_typed() -> None:
    row = read_text("Nom;Prénom;Mail\n;Ana;ana@x.example\nBel;Léo;leo@x.example").rows[0]
    assert row.codes == (Code.FIRST_NAME_ALONE,)
    assert check(row).codes == (Code.FIRST_NAME_ALONE,)


def test_an_address_that_is_only_a_link_in_a_cell_of_excel() -> None:
    sheet = [("Nom", "Service"), ("Roy Ana", "Achats"), ("Bel Léo", "RH")]
    links = '<hyperlinks><hyperlink ref="A2" r:id="r1"/></hyperlinks>'
    content = xlsx({"S": sheet}, extra=_linked(sheet, links, "mailto:ana%2Eroy@x.example?subject=Bonjour"))
    rows = read_file(content, "liste.xlsx").rows
    assert [(r.first_name, r.last_name, r.email) for r in rows] == [
        ("Ana", "Roy", "ana.roy@x.example"),
        ("Léo", "Bel", ""),
    ]


def _linked(sheet: list[tuple[str, str]], links: str, target: str) -> dict[str, str]:
    whole = ZipFile(io.BytesIO(xlsx({"S": sheet}))).read("xl/worksheets/sheet1.xml").decode()
    whole = whole.replace("<worksheet ", f'<worksheet xmlns:r="{OFFICE}" ').replace(
        "</worksheet>", f"{links}</worksheet>"
    )
    relation = f'<Relationship Id="r1" Type="{OFFICE}/hyperlink" TargetMode="External" Target="{target}"/>'
    return {
        "xl/worksheets/sheet1.xml": whole,
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relation}'
        "</Relationships>",
    }


def test_an_address_that_is_only_a_link_in_a_formula() -> None:
    cell = Raw('<c r="@ref" t="str"><f>HYPERLINK("mailto:ana@x.example","Roy Ana")</f><v>Roy Ana</v></c>')
    row = read_file(xlsx({"S": [("Nom", "Service"), (cell, "Achats")]}), "liste.xlsx").rows[0]
    assert (row.first_name, row.last_name, row.email) == ("Ana", "Roy", "ana@x.example")


def test_an_address_that_is_only_a_link_in_a_cell_of_openoffice() -> None:
    cell = Raw(
        '<table:table-cell office:value-type="string"><text:p><text:a xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xlink:href="mailto:ana@x.example">Roy Ana</text:a></text:p></table:table-cell>'
    )
    row = read_file(ods({"S": [("Nom", "Service"), (cell, "Achats")]}), "liste.ods").rows[0]
    assert (row.first_name, row.last_name, row.email) == ("Ana", "Roy", "ana@x.example")


@pytest.mark.parametrize("make", [xlsx, ods])
def test_formulas_nobody_computed_beyond_the_last_value(make: object) -> None:
    rows = [("Nom", "Mail"), ("Roy Ana", "a@x.example"), (), (Formula("1+1"), Formula("2+2"))]
    people = read_file(make({"S": rows}), "liste")  # type: ignore[operator]
    assert (people.rows[-1].line, people.rows[-1].text) == (4, "=1+1\t=2+2")


def test_cells_are_cut_to_what_is_kept_of_them_and_said() -> None:
    long = "x" * 1_000_000
    row = read_text(f"Nom;Prénom;Mail;Note\nRoy;Ana;ana@x.example;{long}\n{long};Léo;leo@x.example;a").rows
    assert (len(row[0].text), len(row[0].extras["Note"])) == (MAX_LINE, MAX_CELL)
    assert row[0].codes == (Code.CUT,)
    assert row[0].kind is Kind.GOOD
    assert len(row[1].last_name) == MAX_CELL
    assert row[1].codes == (Code.TOO_LONG, Code.CUT)
    assert all(len(problem.value) <= MAX_CELL for problem in row[1].problems)


def test_latin_9() -> None:
    text = "Nom;Prénom;Courriel\nLœuillet;Zoé;zoe@x.example\nLefèvre;Aimé;aime@x.example\n"
    people = read_file(text.encode("iso8859-15"), "liste.csv")
    assert (people.encoding, people.rows[0].last_name) == ("iso8859-15", "Lœuillet")


def test_lines_that_belong_to_somebody_are_named() -> None:
    people = read_text("Roy Ana\nana@x.example\n\nBel Léo\nleo@x.example")
    assert [(line.line, line.why) for line in people.skipped if line.why is not Why.BLANK] == [
        (2, Why.TOGETHER),
        (5, Why.TOGETHER),
    ]


@pytest.mark.parametrize(
    ("line", "typed", "meant"),
    [
        ("Bo Li ..... bo [at] x [dot] example", "bo [at] x [dot] example", "bo@x.example"),
        ("Bo Li ► bo @ x.example", "bo @ x.example", "bo@x.example"),
        ("Bo Li bo＠x.example", "bo＠x.example", "bo@x.example"),
    ],
)
def test_a_line_is_kept_as_it_came_and_an_address_in_words_is_good_once_confirmed(
    line: str, typed: str, meant: str
) -> None:
    row = read_text(f"{line}\nRoy Ana ana@x.example").rows[0]
    assert (row.text, row.email, row.kind) == (line, typed, Kind.INVALID)
    again = check(row.corrected())
    assert (again.email, again.first_name, again.last_name, again.kind) == (meant, "Bo", "Li", Kind.GOOD)


@pytest.mark.parametrize("make", [xlsx, ods])
def test_addresses_in_words_in_a_workbook(make: object) -> None:
    rows = [("Nom", "Mail"), ("Li Bo", "bo (at) x (point) example"), ("Roy Ana", "ana@x.example")]
    people = read_file(make({"S": rows}), "liste")  # type: ignore[operator]
    assert [row.suggestion.email if row.suggestion else row.email for row in people.rows] == [
        "bo@x.example",
        "ana@x.example",
    ]


def test_the_rest_of_a_name_is_taken_with_one_click() -> None:
    row = read_text("Nom;Zork;Mail\nRoy;Ana;ana@x.example\nBel;Léo;leo@x.example").rows[0]
    assert row.codes == (Code.HALF_NAME,)
    again = check(row.corrected())
    assert (again.first_name, again.last_name, again.kind) == ("Ana", "Roy", Kind.GOOD)
