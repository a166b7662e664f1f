"""The command, called as a person at the keyboard would."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import translation

from cordee.cli.main import main


@dataclass
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def cordee(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Answer]]:
    def run(*arguments: str) -> Answer:
        try:
            code = main(arguments)
        except SystemExit as end:  # argparse leaves so
            code = int(end.code or 0)
        return Answer(code, *capsys.readouterr())

    before = translation.get_language()
    yield run
    translation.activate(before) if before else translation.deactivate_all()


@pytest.fixture
def locked_pdf() -> bytes:
    """One page, opened by a password only."""
    return (Path(__file__).parents[1] / "data" / "scans" / "locked.pdf").read_bytes()
