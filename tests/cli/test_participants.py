"""`cordee participants import`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cordee.enrolment.queries import enrolments
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import AFTER, plan

LISTS = Path(__file__).parents[1] / "data/lists"


@pytest.fixture
def session(cast: Cast) -> Session:
    return plan(cast, cast.noor)[0]


def test_good_rows_are_enrolled_and_each_row_is_told(session: Session, cordee: Callable[..., Any]) -> None:
    answer = cordee(
        "participants", "import", session.ref.lower(), str(LISTS / "02-entreprise-export-excel.csv"), "--json"
    )
    told = json.loads(answer.out)
    assert answer.code == 1
    assert told["counts"] == {
        "rows": 5,
        "new": 2,
        "known": 0,
        "enrolled": 0,
        "completes": 0,
        "duplicate": 1,
        "invalid": 2,
    }
    by_line = {row["line"]: row for row in told["rows"]}
    assert by_line[8]["status"] == "duplicate"
    assert by_line[7] == {
        "line": 7,
        "email": "hugo.moreau@gmial.com",
        "first_name": "Hugo",
        "last_name": "MOREAU",
        "group": "",
        "status": "invalid",
        "problems": by_line[7]["problems"],
        "suggestion": {"email": "hugo.moreau@gmail.com"},
    }
    assert "gmial" in by_line[7]["problems"][0]
    assert [e.participant.first_name for e in enrolments(session.pk)] == ["Élodie", "François"]


def test_the_same_file_again_changes_nothing(session: Session, cordee: Callable[..., Any]) -> None:
    file = str(LISTS / "01-mairie.csv")
    assert cordee("participants", "import", session.ref, file).code == 0
    before = [(e.pk, e.participant.full_name) for e in enrolments(session.pk)]
    answer = cordee("participants", "import", session.ref, file, "--json")
    assert answer.code == 0
    assert {row["status"] for row in json.loads(answer.out)["rows"]} == {"enrolled"}
    assert [(e.pk, e.participant.full_name) for e in enrolments(session.pk)] == before


def test_a_dry_run_only_tells(session: Session, cordee: Callable[..., Any]) -> None:
    answer = cordee(
        "--language", "en", "participants", "import", session.ref, str(LISTS / "01-mairie.csv"), "--dry-run"
    )
    assert answer.code == 0
    assert "5 people would be enrolled." in answer.out
    assert not enrolments(session.pk)


def test_what_is_refused_whole_is_told_and_ends_with_two(
    session: Session, cordee: Callable[..., Any], tmp_path: Path, now: MovableClock
) -> None:
    broken = tmp_path / "liste.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    english = ("--language", "en", "participants", "import")
    assert "damaged" in cordee(*english, session.ref, str(broken)).err
    mairie = str(LISTS / "01-mairie.csv")
    assert cordee(*english, session.ref, str(broken)).code == 2
    assert cordee(*english, "S-2001-0001-A", mairie).code == 2
    assert cordee(*english, session.ref, str(tmp_path / "absent.csv")).code == 2
    now.move_to(AFTER)
    late = cordee(*english, session.ref, mairie)
    assert late.code == 2
    assert "its list is closed" in late.err
    assert not enrolments(session.pk)
