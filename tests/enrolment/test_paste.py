"""Understanding lists as people paste them."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.enrolment.queries import read_paste
from cordee.kernel.names import is_email
from cordee.kernel.refusals import Refused
from cordee.lists.results import Row
from tests.refusals import refused

LISTS = Path(__file__).parent.parent / "data/lists"
type Read = list[tuple[str, str, str]]


def rows_of(text: str) -> tuple[Row, ...]:
    return read_paste(text).rows


def read(text: str) -> Read:
    return [(row.first_name, row.last_name, row.email) for row in rows_of(text)]


def test_the_list_of_a_town_hall() -> None:
    assert read((LISTS / "01-mairie.csv").read_text()) == [
        ("Aïcha", "Benali", "aicha.benali@mairie-valmont.example"),
        ("Jean-Marc", "Le Goff", "jm.legoff@mairie-valmont.example"),
        ("Zoé", "d'Hérouville", "zoe.dherouville@mairie-valmont.example"),
        ("Nguyễn Thị", "Hoa", "hoa.nguyen@mairie-valmont.example"),
        ("Marie-Thérèse", "de La Tour", "mt.delatour@mairie-valmont.example"),
    ]


def test_the_export_of_a_company_with_its_title_and_total() -> None:
    text = (LISTS / "02-entreprise-export-excel.csv").read_text("cp1252")
    assert read(text) == [
        ("Élodie", "MARTIN", "elodie.martin@eolia.example"),
        ("François", "PETIT", "francois.petit@eolia.example"),
        ("Gaëlle", "ROUX", "gaelle.roux@eolia,example"),
        ("Hugo", "MOREAU", "hugo.moreau@gmial.com"),
        ("Élodie", "MARTIN", "elodie.martin@eolia.example"),
    ]


def test_what_a_mail_program_copies() -> None:
    assert read((LISTS / "04-copie-messagerie.txt").read_text()) == [
        ("Jean", "Dupont", "jean.dupont@asso.example"),
        ("Lucie", "Marchand", "lucie.marchand@asso.example"),
        ("", "", "karim.haddad@asso.example"),
        ("Sophie", "NGUYEN", "sophie.nguyen@asso.example"),
        ("", "", "paul@@asso.example"),
    ]


def test_two_columns_of_a_spreadsheet() -> None:
    assert read((LISTS / "05-tableur-colle.tsv").read_text("utf-16")) == [
        ("Jean-Marc", "DUPONT", "jm.dupont@usine.example"),
        ("Léa", "BERNARD-COLIN", "lea.bernard@usine.example"),
        ("Ana", "DE SOUSA", "ana.desousa@usine.example"),
        ("Siobhán", "O'NEILL", ""),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Jean Dupont <jean@x.fr>", ("Jean", "Dupont", "jean@x.fr")),
        ("Jean Dupont <JEAN@X.fr>;", ("Jean", "Dupont", "jean@x.fr")),
        ('"Dupont, Jean" <jean@x.fr>', ("Jean", "Dupont", "jean@x.fr")),
        ("'Jean DUPONT' <jean@x.fr>,", ("Jean", "DUPONT", "jean@x.fr")),
        ("<jean@x.fr>", ("", "", "jean@x.fr")),
        ("jean@x.fr", ("", "", "jean@x.fr")),
        ("'jean@x.fr'", ("", "", "jean@x.fr")),
        ("mailto:jean@x.fr", ("", "", "jean@x.fr")),
        ("jean@x.fr;Jean;Dupont", ("Jean", "Dupont", "jean@x.fr")),
        ("jean@x.fr\tJean\tDupont", ("Jean", "Dupont", "jean@x.fr")),
        ("Jean\tDupont\tjean@x.fr", ("Jean", "Dupont", "jean@x.fr")),
        ("Jean,Dupont,jean@x.fr", ("Jean", "Dupont", "jean@x.fr")),
        ("Jean | Dupont | jean@x.fr", ("Jean", "Dupont", "jean@x.fr")),
        ("DUPONT;Jean;jean@x.fr", ("Jean", "DUPONT", "jean@x.fr")),
        ("Dupont;Jean;jean.dupont@x.fr", ("Jean", "Dupont", "jean.dupont@x.fr")),
        ("Jean;Dupont;jean.dupont@x.fr", ("Jean", "Dupont", "jean.dupont@x.fr")),
        ("Jean;Dupont", ("Jean", "Dupont", "")),
        ("Dupont, Jean", ("Jean", "Dupont", "")),
        ("Jean Dupont", ("Jean", "Dupont", "")),
        ("DUPONT Jean-Marc", ("Jean-Marc", "DUPONT", "")),
        ("Jean-Marc DUPONT", ("Jean-Marc", "DUPONT", "")),
        ("Mme Anne DE LA TOUR", ("Anne", "DE LA TOUR", "")),
        ("M. Dupont", ("", "Dupont", "")),
        ("Dupont", ("", "Dupont", "")),
        ("J. DUPONT", ("J.", "DUPONT", "")),
        ("Jean Dupont jean@x.fr", ("Jean", "Dupont", "jean@x.fr")),
        ("jean@x.fr Jean Dupont", ("Jean", "Dupont", "jean@x.fr")),
        ("Jean Dupont (jean@x.fr)", ("Jean", "Dupont", "jean@x.fr")),
        ("Jean Dupont - jean@x.fr", ("Jean", "Dupont", "jean@x.fr")),
        ("1. Jean Dupont", ("Jean", "Dupont", "")),
        ("• Jean Dupont", ("Jean", "Dupont", "")),
        ("12;Dupont;Jean;jean.dupont@x.fr;06 12 34 56 78", ("Jean", "Dupont", "jean.dupont@x.fr")),
        ("Mme;Anne;Roux;a.roux@x.fr;Achats", ("Anne", "Roux", "a.roux@x.fr")),
        ("M.;Jean;Dupont", ("Jean", "Dupont", "")),
        ("o'neill@x.fr;Siobhán;O'Neill", ("Siobhán", "O'Neill", "o'neill@x.fr")),
        ("Léa,Roux,lea@eolia,example", ("Léa", "Roux", "lea@eolia,example")),
        ("\u200bJean\u00a0Dupont", ("Jean", "Dupont", "")),
        ("王 小明;wang@x.fr", ("小明", "王", "wang@x.fr")),
        ("=SOMME(A1)", ("", "=SOMME(A1)", "")),
        ("0612345678", ("", "0612345678", "")),
    ],
)
def test_one_line_is_one_person(line: str, expected: tuple[str, str, str]) -> None:
    assert read(line) == [expected]


@pytest.mark.parametrize(
    ("line", "emails"),
    [
        ("Jean Dupont <a@x.fr>; Léa Roux <b@x.fr>", ["a@x.fr", "b@x.fr"]),
        ("a@x.fr, b@x.fr; c@x.fr d@x.fr", ["a@x.fr", "b@x.fr", "c@x.fr", "d@x.fr"]),
        ('"Roux, Léa" <b@x.fr>, "Dupont, Jean" <a@x.fr>', ["b@x.fr", "a@x.fr"]),
        ("a@x.fr;Jean;Dupont;b@x.fr;Léa;Roux", ["a@x.fr", "b@x.fr"]),
    ],
)
def test_several_people_on_one_line(line: str, emails: list[str]) -> None:
    assert [email for _, _, email in read(line)] == emails


def test_names_stay_with_their_address_when_several_share_a_line() -> None:
    assert read('"Roux, Léa" <b@x.fr>, Jean Dupont <a@x.fr>') == [
        ("Léa", "Roux", "b@x.fr"),
        ("Jean", "Dupont", "a@x.fr"),
    ]
    assert read("a@x.fr;Jean;Dupont;b@x.fr;Léa;Roux") == [
        ("Jean", "Dupont", "a@x.fr"),
        ("Léa", "Roux", "b@x.fr"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n  \t\n",
        ";;;\n---\n",
        "Prénom,Nom,E-mail",
        "NOM;PRENOM;ADRESSE MÉL;SERVICE",
        "Participant·es",
        "First name\tLast name\tEmail address",
        "Total : 12",
        "Nombre de participants : 12;;;",
        "Inscrits à la journée du 14\nNom,Prénom",
    ],
)
def test_headers_titles_totals_and_empty_lines_are_nobody(text: str) -> None:
    with refused("empty"):
        read(text)


def test_the_header_tells_the_columns_whatever_their_order() -> None:
    text = "Service;E-mail;Nom;Prénom\nAchats;a@x.fr;MARTIN;ÉLODIE\n;;Petit;\nRH;b@x.fr;;"
    assert read(text) == [("ÉLODIE", "MARTIN", "a@x.fr"), ("", "Petit", ""), ("", "", "b@x.fr")]


def test_a_line_that_does_not_follow_the_header_is_read_on_its_own() -> None:
    text = "Prénom,Nom,E-mail\nJean,Dupont,jd@x.fr\nLéa Roux <lr@x.fr>"
    assert read(text) == [("Jean", "Dupont", "jd@x.fr"), ("Léa", "Roux", "lr@x.fr")]


def test_each_person_knows_their_line() -> None:
    found = rows_of("Nom;Prénom\n\nDUPONT;Jean\n a@x.fr, b@x.fr ")
    assert [(row.line, row.text.strip()) for row in found] == [
        (3, "DUPONT;Jean"),
        (4, "a@x.fr"),
        (4, "b@x.fr"),
    ]


NAMES = st.sampled_from(["Jean", "Élodie", "Nguyễn", "DUPONT", "de La Tour", "O'Neill", "王", "Anne-Lise"])
ADDRESSES = st.from_regex(r"\A[a-z]{1,8}([.+_-][a-z0-9]{1,5})?@[a-z]{2,8}\.(fr|example)\Z")
SHAPES = st.sampled_from(
    [
        "{first} {last} <{email}>",
        '"{last}, {first}" <{email}>',
        "{email};{first};{last}",
        "{first};{last};{email}",
        "{first}\t{last}\t{email}",
        "{first},{last},{email}",
        "{email}",
        "{first} {last} {email}",
        "{last} {first}",
    ]
)
LINES = st.builds(
    lambda shape, **person: shape.format(**person), SHAPES, first=NAMES, last=NAMES, email=ADDRESSES
)


@given(st.lists(st.lists(LINES, min_size=1, max_size=3).map("; ".join), max_size=6).map("\n".join))
def test_nothing_pasted_is_lost(text: str) -> None:
    found = rows_of(text) if text else ()
    for number, line in enumerate(text.splitlines(), start=1):
        assert any(p.line == number for p in found), line
    pasted = {word.strip('<>;,"') for word in text.replace(";", " ").replace(",", " ").split() if "@" in word}
    second = {email for row in found for email in row.extras.get("e-mail", "").split("; ")}
    assert pasted <= {row.email for row in found} | second
    assert all(is_email(row.email) for row in found if row.email)


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_line_with_a_word_is_somebody(text: str) -> None:
    with suppress(Refused):  # nobody in it
        assert all(row.text.strip() for row in rows_of(text))


def test_a_very_long_line_is_read_in_no_time() -> None:
    assert len(rows_of("x" * 200_000 + "@")) == 1
    assert len(rows_of('"' + "a;" * 200_000)) == 1
