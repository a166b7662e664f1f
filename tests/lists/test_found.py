"""Lists in shapes that were once read wrong, against the people who are in them."""

import json
from pathlib import Path
from typing import Any

import pytest

from cordee.lists.reader import read_file
from cordee.lists.results import Code, Kind

FOLDER = Path(__file__).resolve().parents[1] / "data/lists_found"
WANTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def test_every_list_says_who_is_in_it() -> None:
    files = {file.name for file in FOLDER.iterdir()} - {"expected.json", ".gitattributes"}
    assert files == set(WANTED)
    assert len(files) >= 21


@pytest.mark.parametrize("name", WANTED)
def test_the_people_of_a_list_are_found_and_nobody_else(name: str) -> None:
    read = read_file((FOLDER / name).read_bytes(), name).rows
    people = [row for row in read if Code.NOT_A_PERSON not in row.codes]
    wanted = WANTED[name]["rows"]
    assert len(people) == len(wanted)
    for row, person in zip(people, wanted, strict=True):
        found = {"email": row.email, "first": row.first_name, "last": row.last_name}
        assert {key: found[key] for key in found if person[key] is not None} == {
            key: person[key] for key in found if person[key] is not None
        }
        assert row.kind is Kind.GOOD or person.get("status") == "any"
    assert all(row.kind is Kind.INVALID for row in read if Code.NOT_A_PERSON in row.codes)
