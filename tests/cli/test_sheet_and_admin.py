"""`cordee sheet` and `cordee admin add`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from cordee.accounts.models import User
from cordee.cli.main import main
from cordee.enrolment import actions as enrolment
from cordee.enrolment.rules import Person
from cordee.journal.models import Entry
from cordee.kernel.actor import COMMAND
from cordee.planning import actions as planning
from tests.cast import Cast, draft


@pytest.fixture
def session_ref(cast: Cast) -> str:
    [session] = planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        facilitator_ids=[cast.camille.pk],
        by=COMMAND,
    )
    people = [Person(first_name="Zoé", last_name="Petit"), Person(first_name="Ana", last_name="𓀀")]
    enrolment.enrol(session_id=session.pk, people=people, by=COMMAND)
    return session.ref


def test_the_sheet_is_written_and_what_no_font_has_is_said(
    session_ref: str, cordee: Callable[..., Any], tmp_path: Path
) -> None:
    answer = cordee("--language", "en", "sheet", session_ref.lower(), "--out", str(tmp_path / "sheet.pdf"))
    assert answer.code == 0
    assert answer.out == ""
    assert "No font here has" in answer.err
    assert "𓀀" in answer.err
    with pypdfium2.PdfDocument(tmp_path / "sheet.pdf") as document:
        page = document[0]
        text = page.get_textpage().get_text_range()
    assert "Petit" in text or "PETIT" in text
    assert session_ref in text


def test_the_sheet_goes_to_the_output(session_ref: str, capfdbinary: Any) -> None:
    assert main(["sheet", session_ref, "--out", "-"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"%PDF-")


def test_what_cannot_be_is_a_sentence(session_ref: str, cordee: Callable[..., Any], tmp_path: Path) -> None:
    unknown = cordee("--language", "en", "sheet", "S-1999-0001-A", "--out", str(tmp_path / "x.pdf"))
    assert (unknown.code, len(unknown.err.splitlines())) == (1, 1)
    assert "There is no session S-1999-0001-A" in unknown.err
    nowhere = cordee("--language", "en", "sheet", session_ref, "--out", str(tmp_path / "no" / "x.pdf"))
    assert nowhere.code == 1
    assert "does not exist" in nowhere.err
    folder = cordee("--language", "en", "sheet", session_ref, "--out", str(tmp_path))
    assert folder.code == 1
    assert "cannot be written" in folder.err


def test_the_first_administrator_is_made_on_the_command_line(db: None, cordee: Callable[..., Any]) -> None:
    made = cordee("admin", "add", "Ada@Of.example", "--first-name", "Ada", "--last-name", "Nguyen")
    assert made.code == 0
    assert "ada@of.example" in made.out
    user = User.objects.get()
    assert user.roles == ["administrator"]
    entry = Entry.objects.get()
    assert (entry.fact, entry.actor_kind) == ("ColleagueInvited", "command")
    assert entry.request_id


def test_a_refusal_prints_the_reason_the_way_out_and_the_turn(cast: Cast, cordee: Callable[..., Any]) -> None:
    refused = cordee(
        "--language", "en", "admin", "add", cast.ada.email, "--first-name", "Ada", "--last-name", "Nguyen"
    )
    assert refused.code == 1
    assert refused.err.splitlines() == [
        "An account with this address already exists.",
        "  → Search for it in the list of people and change its rights there. (turn of an administrator)",
    ]
    assert User.objects.filter(email=cast.ada.email).count() == 1
