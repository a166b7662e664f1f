"""`./cordee` brings what its command needs, once; a suite of which a part did not run says so."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tools import dev

ROOT = Path(__file__).resolve().parents[2]
PYTHON = """#!/bin/sh
case "$*" in *sysconfig*) dirname "$0" ;; *) echo "ran $*" ;; esac
"""
UV = """#!/bin/sh
case "$*" in *sync*) for file; do :; done; basename "$file" >>"$UV_LOG" ;; esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the script, with a Python that only says what it was asked and a uv that only writes it down."""
    shutil.copy(ROOT / "cordee", tmp_path)
    for name in (
        "requirements.lock",
        "requirements-s3.lock",
        "requirements-eyes.lock",
        "requirements-validators.lock",
        "requirements-dev.lock",
    ):
        (tmp_path / name).write_text(name)
    for path, text in ((".venv/bin/python", PYTHON), ("bin/uv", UV)):
        program = tmp_path / path
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(text)
        program.chmod(0o755)
    return tmp_path


def run(checkout: Path, *arguments: str, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name != "S3_BUCKET"}
    kept |= {"PATH": f"{checkout / 'bin'}:{kept['PATH']}", "UV_LOG": str(checkout / "log"), **environment}
    done = subprocess.run(
        [checkout / "cordee", *arguments], env=kept, capture_output=True, text=True, check=True
    )
    return done.stdout


def installed(checkout: Path) -> list[str]:
    log = checkout / "log"
    return log.read_text().split() if log.exists() else []


def test_what_is_needed_is_installed_once_and_again_when_it_changes(checkout: Path) -> None:
    assert "cordee.cli.main help" in run(checkout, "help")
    run(checkout, "help")
    assert installed(checkout) == ["requirements.lock"]
    (checkout / "requirements.lock").write_text("something newer")
    run(checkout, "help")
    assert installed(checkout) == ["requirements.lock"] * 2


def test_a_bucket_brings_its_driver_and_a_developers_tools_hold_all_of_it(checkout: Path) -> None:
    run(checkout, "help")
    run(checkout, "help", S3_BUCKET="proofs")
    run(checkout, "help")
    assert "tools/dev.py check" in run(checkout, "check")
    run(checkout, "help", S3_BUCKET="proofs")
    run(checkout, "help")
    assert installed(checkout) == ["requirements.lock", "requirements-s3.lock", "requirements-dev.lock"]


def test_reading_sheets_brings_the_eyes_and_they_stay(checkout: Path) -> None:
    run(checkout, "help")
    assert "cordee.cli.main sheets read" in run(checkout, "sheets", "read", "scan.pdf")
    run(checkout, "help")
    run(checkout, "help", S3_BUCKET="proofs")  # its driver came with them
    run(checkout, "check")
    run(checkout, "sheets", "read", "scan.pdf")
    assert installed(checkout) == ["requirements.lock", "requirements-eyes.lock", "requirements-dev.lock"]


def test_checking_an_invoice_brings_the_validators_and_they_stay(checkout: Path) -> None:
    run(checkout, "invoices", "export", "--month", "2026-10")
    assert "cordee.cli.main invoices check" in run(checkout, "invoices", "check", "invoice.pdf")
    run(checkout, "sheets", "read", "scan.pdf")  # they hold the eyes too
    assert installed(checkout) == ["requirements.lock", "requirements-validators.lock"]


@pytest.mark.parametrize("process", ["serve", "worker"])
def test_the_worker_has_eyes_and_the_web_alone_has_none(checkout: Path, process: str) -> None:
    run(checkout, "web")
    assert installed(checkout) == ["requirements.lock"]
    run(checkout, process)
    assert installed(checkout) == ["requirements.lock", "requirements-eyes.lock"]


def test_the_demonstration_shows_its_first_page_before_it_fetches_the_eyes(checkout: Path) -> None:
    gate = checkout / "gate"
    os.mkfifo(gate)
    pause = checkout / "bin/sleep"
    pause.write_text(f"#!/bin/sh\nread -r line <'{gate}'\n")
    pause.chmod(0o755)
    assert "cordee.cli.main demo" in run(checkout, "demo")
    assert installed(checkout) == ["requirements.lock"]
    gate.write_text("go on\n")
    end = time.monotonic() + 20
    while len(installed(checkout)) < 2 and time.monotonic() < end:
        pass
    assert installed(checkout) == ["requirements.lock", "requirements-eyes.lock"]


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_a_part_not_run_is_said_and_is_a_failure_in_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, code: int
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(dev, "install_what_is_missing", lambda: None)
    monkeypatch.setattr(dev, "browser", lambda: "")
    monkeypatch.setattr(dev.postgres, "find_binaries", lambda: None)
    monkeypatch.setattr(dev, "pytest", lambda *asked: 0)
    assert dev.whole_suite() == code
    told = capsys.readouterr().out
    assert "SQLite: passed" in told
    assert "NOT RUN: browser journeys" in told
    assert "NOT RUN: everything on PostgreSQL" in told
