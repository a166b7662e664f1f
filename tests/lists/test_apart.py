"""Large lists are read in a process of their own, with limits, that ends with whoever started it."""

import subprocess
import sys
from typing import Any

import pytest

from cordee.lists import apart, reader
from cordee.lists.results import MAX_BYTES, ListRefused, Refusal
from tests.lists.making import xlsx

HEADER = "Nom;Prénom;Courriel;Service\n"
LINES = [f"Roux;Ana;p{i}@asso.example;{'Achats' * 20}" for i in range(1_000)]
LARGE = HEADER + "\n".join([*LINES, "Petit;Zoé;zoe@gmial.com;R&D", "Total;1001;;"])

SLOW = f"<row>{'<c/>' * 2_300_000}</row>"
"""Some seconds of work, within every limit of size."""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The processes that were started."""
    commands: list[list[str]] = []
    real = subprocess.Popen

    def noted(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        commands.append(command)
        return real(command, **options)

    monkeypatch.setattr(subprocess, "Popen", noted)
    return commands


def test_a_small_list_is_read_at_once(started: list[list[str]]) -> None:
    apart.read_text(f"{HEADER}Roux;Ana;ana@asso.example;Achats")
    apart.read_file(xlsx({"S": [("Nom", "Mail"), ("Ana Roux", "ana@asso.example")]}), "liste.xlsx")
    assert started == []


def test_a_large_one_comes_back_from_its_process_as_it_was_read(started: list[list[str]]) -> None:
    assert apart.read_text(LARGE) == reader.read_text(LARGE)
    assert apart.read_file(LARGE.encode(), "liste.csv") == reader.read_file(LARGE.encode(), "liste.csv")
    assert len(started) == 2


def test_small_outside_and_large_inside_is_large(started: list[list[str]]) -> None:
    content = xlsx({"S": [("Nom", "Mail"), ("Ana Roux", "ana@asso.example"), *[("", " " * 900)] * 500]})
    assert len(content) < 10_000
    assert len(apart.read_file(content, "liste.xlsx").rows) == 1
    assert len(started) == 1


def test_a_refusal_comes_back_with_its_figures() -> None:
    rows = "\n".join(f"Roux;Ana;p{i}@asso.example" for i in range(5_100))
    with pytest.raises(ListRefused) as refused:
        apart.read_file(rows.encode(), "liste.csv")
    assert (refused.value.code, refused.value.params) == (
        Refusal.TOO_MANY_ROWS,
        {"limit": 5_000, "found": 5_100, "file": "liste.csv"},
    )


def test_what_is_too_large_to_be_read_is_refused_at_once(started: list[list[str]]) -> None:
    with pytest.raises(ListRefused) as refused:
        apart.read_text("a" * (MAX_BYTES + 1))
    assert refused.value.code is Refusal.TOO_LARGE
    assert started == []


def test_reading_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1)
    with pytest.raises(ListRefused) as refused:
        apart.read_file(xlsx({"S": SLOW}), "liste.xlsx")
    assert refused.value.code is Refusal.TOO_MUCH_WORK


def test_more_large_lists_than_there_are_turns_are_to_be_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "WAIT", 0)
    for _ in range(apart.AT_ONCE):
        assert apart._turns.acquire(blocking=False)
    try:
        with pytest.raises(ListRefused) as refused:
            apart.read_text(LARGE)
    finally:
        apart._turns.release(apart.AT_ONCE)
    assert refused.value.code is Refusal.BUSY
    assert apart.read_text(LARGE).rows, "the turns are given back"


def test_the_process_ends_when_nobody_waits_for_it_any_more() -> None:
    """Whoever started it is gone: its input is closed before it is done."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "cordee.lists.limited"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    content = xlsx({"S": SLOW})
    task = f'{{"size": {len(content)}, "file": "liste.xlsx", "seconds": 100}}\n'
    process.communicate(task.encode() + content)
    assert process.returncode == 1


def test_the_process_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, str] = {}
    real = subprocess.Popen

    def noted(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        given.update(options["env"])
        return real(command, **options)

    monkeypatch.setenv("CORDEE_SECRET_KEY", "s3cret")
    monkeypatch.setattr(subprocess, "Popen", noted)
    apart.read_text(LARGE)
    assert given
    assert not {name for name in given if name.startswith(("CORDEE", "DJANGO", "DATABASE", "EMAIL"))}
