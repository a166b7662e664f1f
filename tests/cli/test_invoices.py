"""`cordee invoices`: checking files of anybody, and a month of ours in a folder."""

import json
import sys
from pathlib import Path

import pytest

from cordee.cli.main import main
from cordee.invoices import actions, checking
from cordee.invoices.cii import xml_of
from cordee.invoices.drawing import facturx_of
from cordee.kernel.actor import COMMAND
from tests.conftest import MovableClock
from tests.invoices.drafts import draft
from tests.invoices.stories import issue
from tests.invoices.test_drawing import content_of

LOCKED = (Path(__file__).parents[1] / "data" / "scans" / "locked.pdf").read_bytes()


def run(*arguments: str) -> int:
    return main(["--language", "en", "invoices", *arguments])


def test_a_valid_invoice_is_said_to_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(facturx_of(content_of(draft())))
    assert run("check", str(file)) == 0
    printed = capsys.readouterr().out
    assert "a.pdf: valid." in printed
    assert "Invoice ROUX-00002, type 389, profile en16931; checked: XSD, EN 16931, BR-FR." in printed


def test_findings_are_printed_for_people_and_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.xml"
    file.write_bytes(xml_of(content_of(draft())).replace(b">PMT<", b">AAI<"))
    assert run("check", str(file)) == 1
    printed = capsys.readouterr().out
    assert "NOT valid" in printed
    assert "✗ BR-FR-05" in printed
    assert "namespace-uri" not in printed
    assert run("check", str(file), "--json") == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert not told["valid"]
    assert [found["rule"][:8] for found in told["findings"]] == ["BR-FR-05"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"hello", "holds no invoice"),
        (b"%PDF-1.4 cut", "damaged"),
        (None, "cannot be read"),
        (LOCKED, "by a password"),
    ],
)
def test_what_is_no_invoice_is_said(
    content: bytes | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.pdf"
    if content is not None:
        file.write_bytes(content)
    assert run("check", str(file)) == 2
    assert said in capsys.readouterr().err


def test_without_the_extra_a_sentence_says_how_to_bring_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("_processor", "_compiled"):
        getattr(checking, name).cache_clear()
    monkeypatch.setitem(sys.modules, "saxonche", None)
    file = tmp_path / "a.pdf"
    file.write_bytes(facturx_of(content_of(draft())))
    assert run("check", str(file)) == 2
    assert "pip install cordee[validators]" in capsys.readouterr().err


def test_checking_asks_nothing_of_the_database(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(facturx_of(content_of(draft())))
    assert run("check", str(file)) == 0, "this test has no database"


# --- export ---------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_month_is_written_with_its_list(
    tmp_path: Path, now: MovableClock, capsys: pytest.CaptureFixture[str]
) -> None:
    first = issue()
    actions.credit(invoice_id=first.pk, reason="twice", by=COMMAND)
    now.move_to("2027-02-01 09:00")
    issue(source="2")
    out = tmp_path / "january"
    assert run("export", "--month", "2027-01", "--out", str(out)) == 0
    assert "2 of 2 written." in capsys.readouterr().out
    assert sorted(file.name for file in out.iterdir()) == ["ROUX-00001.pdf", "ROUX-00002.pdf", "invoices.csv"]
    rows = (out / "invoices.csv").read_text("utf-8-sig").splitlines()
    assert rows[1].split(";")[:3] == ["ROUX-00001", "Invoice", "Camille Roux"]
    assert rows[2].endswith("180,00;accepted;ROUX-00001")
    before = (out / "ROUX-00001.pdf").read_bytes()
    assert run("export", "--month", "2027-01", "--out", str(out)) == 0
    assert (out / "ROUX-00001.pdf").read_bytes() == before


@pytest.mark.django_db
@pytest.mark.parametrize("month", ["2027", "2027-13", "january", "0000-01", "9999-12", "2027-１２"])
def test_what_is_no_month_is_said(month: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "--month", month, "--out", str(tmp_path)) == 1
    assert "is not a month" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert run("export", "--month", "2027-01", "--out", str(tmp_path / "file" / "x")) == 1
    assert str(tmp_path) in capsys.readouterr().err
