"""What holds for every list: nothing is lost, nothing but a refusal comes out of rubbish."""

import codecs
import contextlib
import csv
import io
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cordee.kernel.names import tidy
from cordee.lists import words
from cordee.lists.decoding import encoded_once
from cordee.lists.letters import key
from cordee.lists.reader import check, read_file, read_text
from cordee.lists.results import Kind, ListRefused
from tests.lists.making import ods, xlsx

steady = settings(derandomize=True, max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
few = settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

WORDS = """
    Nom Prénom Courriel Groupe N° DUPONT Jean Léa d'Hérouville VAN DEN de Mme M. jean@asso.example a@b.fr
    @ @@ <jean@asso.example> =1+1 Total Total:5 Groupe A 12 2026-11-12 ; , | . - ( ) " ' * 李小龙 محمد é Ã©
    néant
"""
PIECES = st.sampled_from([*WORDS.split(), "\u00a0", "\u200b", "\u202e", " "])
MESSY = st.lists(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=6), max_size=12).flatmap(
    lambda lines: st.sampled_from([" ", ";", "\t", ",", "|", ""]).map(
        lambda glue: "\n".join(glue.join(line) for line in lines)
    )
)


def numbers(text: str) -> set[int]:
    """The numbers of the lines of a paste that have something on them."""
    people = read_text(text)
    return {row.line for row in people.rows} | {line.line for line in people.skipped}


@steady
@given(MESSY)
@example('"a\n"b;c\n"')
@example("sep=;\n;")
def test_no_line_is_lost(text: str) -> None:
    text = text.replace('"', "")  # a quoted cell may go over several lines: below
    lines = re.split("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", text.replace("\0", ""))
    filled = {at for at, line in enumerate(lines, 1) if tidy(line).strip(" ;,|")}
    try:
        found = numbers(text)
    except ListRefused:
        return
    assert filled <= found


@steady
@given(MESSY)
def test_no_letter_of_a_line_is_lost(text: str) -> None:
    try:
        people = read_text(text)
    except ListRefused:
        return
    shown = "".join(part.text for part in (*people.rows, *people.skipped))
    shown += "".join(row.group for row in people.rows)
    assert {c for c in encoded_once(text) if c.isalnum()} <= set(shown)


LINES = st.lists(
    st.sampled_from(
        [
            "Invités :",
            "Stagiaires",
            "Enseignants",
            "Participants",
            "* stagiaire",
            "Nom :",
            "Mail",
            "E-mail",
            "Agents",
            "Groupe 2",
            "Total : 4",
            "\n        Nom;Prénom;Mail;Service",
            "Nom;Prénom;Mail",
            "Prénom;Nom;Courriel",
            "Nom;Mail",
            "Mairie de Bel",
            "Ana Roy",
            "",
            "Désistement;;",
            "\n        Merci d'inscrire :",
            "Contact : rh@x.example",
            "Zoé Ba",
            "Cordialement",
        ]
    ).map(str.strip)
    | st.tuples(
        st.sampled_from(
            [
                "{last};{first};{mail}",
                "{first} {last} {mail}",
                "{first} {last} <{mail}>",
                "{last} {first};{mail}",
                "{mail}",
            ]
        ),
        st.sampled_from([("Ana", "Roy"), ("Léo", "Bel"), ("Bo", "Li"), ("Éva", "Puy")]),
    ),
    min_size=1,
    max_size=8,
)


@steady
@given(LINES)
@example([("{first} {last} {mail}", ("Ana", "Roy")), "Invités :", ("{first} {last} {mail}", ("Bo", "Li"))])
@example([("{last};{first};{mail}", ("Ana", "Roy")), "Nom;Prénom;Mail;Service"])
@example([("{last};{first};{mail}", ("Ana", "Roy")), "* stagiaire"])
def test_no_address_vanishes_whatever_stands_between_people(
    lines: list[str | tuple[str, tuple[str, str]]],
) -> None:
    """Each stands in a row, in its extras, or in the words of one that is asked about."""
    people = {f"p{at}@x.example" for at, line in enumerate(lines) if isinstance(line, tuple)}
    paste = "\n".join(
        line
        if isinstance(line, str)
        else line[0].format(first=line[1][0], last=line[1][1], mail=f"p{at}@x.example")
        for at, line in enumerate(lines)
    )
    try:
        rows = read_text(paste).rows
    except ListRefused:
        assert not people
        return
    shown = " ".join(text for row in rows for text in (row.email, *row.extras.values()))
    shown += " ".join(row.text for row in rows if row.kind is Kind.INVALID)
    assert {address for address in people if address not in shown} == set()


GROUP = [("Ana", "Roy"), ("Léo", "Bel"), ("Bo", "Li"), ("Marie", "Puy"), ("Ngo", "Binh"), ("Zoé", "Ba")]
BESIDE = ("{name} {mail}", "{name}, {mail}", "{name} ({mail})", "{name}")


@steady
@given(st.lists(st.tuples(st.sampled_from(BESIDE), st.sampled_from([", ", "\n"])), min_size=1, max_size=6))
@example([(BESIDE[0], ", "), (BESIDE[1], ", "), (BESIDE[0], ", ")])
@example([(BESIDE[1], ", "), (BESIDE[3], ", ")])
def test_nobody_gets_the_address_of_somebody_else(shapes: list[tuple[str, str]]) -> None:
    """The name and the address of a good row stand beside each other, and nobody is missing."""
    paste, last = "", {}
    for (first, name), (wanted, end) in zip(GROUP, shapes, strict=False):
        mail = f"{first}.{name}@x.example".lower().replace("é", "e")
        known = name not in {"Li", "Binh"}  # words that nobody knows for a name have an address here
        shape = wanted if known or "mail" in wanted else BESIDE[0]
        paste += shape.format(name=f"{first} {name}", mail=mail) + end
        last[mail] = {first, name}
    people = read_text(paste.strip(" ,;\n"))
    named = [row for row in people.good if row.email and row.first_name]
    assert all({row.first_name, row.last_name} == last[row.email] for row in named)
    seen = " ".join(
        f"{row.first_name} {row.last_name} {row.text if row.kind is Kind.INVALID else ''}"
        for row in people.rows
    )
    assert [name for _, name in GROUP[: len(shapes)] if name not in seen] == []


def legal_xml(text: str) -> str:
    return "".join(c for c in text if c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")


@few
@given(st.lists(st.lists(st.one_of(st.text(max_size=8), PIECES, st.integers()), max_size=5), max_size=8))
def test_no_row_of_a_workbook_is_lost(rows: list[list[object]]) -> None:
    legal = [[legal_xml(value) if isinstance(value, str) else value for value in row] for row in rows]
    for make in (xlsx, ods):
        try:
            people = read_file(make({"S": legal}), "liste.xlsx")
        except ListRefused:
            continue
        found = {row.line for row in people.rows} | {line.line for line in people.skipped}
        filled = {at for at, row in enumerate(legal, 1) if any(str(v).strip() for v in row)}
        assert {at for at in filled if at <= max(found)} <= found


@steady
@given(st.binary(max_size=400))
def test_rubbish_is_refused_or_read(content: bytes) -> None:
    try:
        read_file(content, "liste.csv")
    except ListRefused as refused:
        known = refused.params["file"]
        assert known == "liste.csv"


@few
@given(st.data())
def test_a_damaged_workbook_is_refused_or_read(data: st.DataObject) -> None:
    make = data.draw(st.sampled_from([xlsx, ods]))
    content = bytearray(make({"S": [("Nom", "Mail"), ("Ana Sousa", "ana@asso.example")]}))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ListRefused):
        read_file(bytes(content), "liste.xlsx")


MEANT = (
    words.NO_VALUE | words.CIVILITIES | words.FIRST_NAMES | words.TOTALS | {"vrai", "faux", "true", "false"}
)
LETTERS = st.sampled_from("aàâbcçdeéèêfgiîlmnoôrstuv")
WORD = (
    st.text(LETTERS, min_size=3, max_size=9).map(str.capitalize).filter(lambda word: key(word) not in MEANT)
)
PERSON = st.tuples(WORD, WORD, st.integers(1, 10**6).map(lambda n: f"p{n}@asso.example"))
ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "cp1252": b"",
}
ANA = ("Sousa", "Éléonore", "p0@asso.example")


@few
@given(people=st.lists(PERSON, min_size=1, max_size=8, unique_by=lambda person: person[2]))
def test_a_well_formed_list_comes_back_as_it_was(people: list[tuple[str, str, str]]) -> None:
    people = [ANA, *people]
    for separator in ";,\t|":
        file = io.StringIO()
        writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
        writer.writerows([("Nom", "Prénom", "Adresse mél"), *people])
        for encoding, mark in ENCODINGS.items():
            read = read_file(mark + file.getvalue().encode(encoding), "liste.csv")
            found = [(row.last_name, row.first_name, row.email) for row in read.rows]
            assert found == people, (encoding, separator)
            assert {row.kind for row in read.rows} == {Kind.GOOD}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark(encoding: str) -> None:
    text = "Nom\tPrénom\tMail\r\nLefèvre\tÉlodie\telodie@asso.example\r\n"
    assert read_file(text.encode(encoding), "liste.txt").rows[0].first_name == "Élodie"


@steady
@given(MESSY)
def test_looking_again_finds_the_same(text: str) -> None:
    """What was good stays good when it is looked at alone."""
    try:
        people = read_text(text)
    except ListRefused:
        return
    for row in people.good:
        assert check(row).email == row.email
        assert check(row).kind is Kind.GOOD


def test_five_thousand_people_are_read_whole() -> None:
    lines = (f"NOM{'abcdefghij'[i % 10]};Prénom;p{i}@client{i % 9}.example;Achats;A" for i in range(5_000))
    text = "\n".join(["Nom;Prénom;Mail;Service;Groupe", *lines])
    assert len(read_file(text.encode(), "liste.csv").good) == 5_000
