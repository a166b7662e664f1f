"""Every list of tests/data/lists, against what is written beside it."""

from pathlib import Path

import pytest

from cordee.lists.reader import check, read_file
from cordee.lists.results import Kind
from tests.lists.telling import told

FOLDER = Path(__file__).resolve().parents[1] / "data/lists"
LISTS = sorted(file.name.removesuffix(".expected") for file in FOLDER.glob("*.expected"))


def test_every_list_says_what_is_expected_of_it() -> None:
    files = {f.name for f in FOLDER.iterdir()} - {"README.md", ".gitattributes"}
    assert {name for name in files if not name.endswith(".expected")} == set(LISTS)
    assert len(LISTS) >= 40


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_as_a_person_would(name: str) -> None:
    people = read_file((FOLDER / name).read_bytes(), name)
    assert told(people) == (FOLDER / f"{name}.expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LISTS)
def test_taking_a_suggestion_is_one_click(name: str) -> None:
    for row in read_file((FOLDER / name).read_bytes(), name).rows:
        if row.suggestion:
            assert check(row.corrected()).kind is Kind.GOOD, row


def test_the_company_list_holds_four_different_people() -> None:
    people = read_file((FOLDER / "02-entreprise-export-excel.csv").read_bytes(), "02.csv")
    addresses = [row.suggestion.email if row.suggestion else row.email for row in people.rows]
    assert (len(addresses), len(set(addresses))) == (5, 4)
