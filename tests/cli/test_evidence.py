"""`cordee evidence verify`."""

import json
from pathlib import Path

import pytest

from cordee.cli.main import main
from cordee.seals.keys import public_part
from tests.seals.test_sealing import ALTERATIONS, KEY, altered, sealed


def written(folder: Path, **files: bytes) -> list[str]:
    for name, content in files.items():
        (folder / f"{name}.zip").write_bytes(content)
    return [str(folder / f"{name}.zip") for name in files]


def verify(*arguments: str) -> int:
    return main(["--language", "en", "evidence", "verify", *arguments])


def test_what_is_whole_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = sealed()
    files = written(tmp_path, one=first.content, two=sealed(2, first.digest).content)
    assert verify(*files, "--key", public_part(KEY)) == 0
    printed = capsys.readouterr().out
    assert printed.count("as it was sealed.") == 2
    assert "NOT" not in printed
    assert "Cordée Formation" in printed


@pytest.mark.parametrize("name", ALTERATIONS)
def test_what_was_altered_is_said(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alter, found = ALTERATIONS[name]
    assert verify(*written(tmp_path, file=altered(alter)), "--json") == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert not told["whole"]
    assert {"fault": str(found.fault), "name": found.name} in told["faults"]
    assert verify(*written(tmp_path, file=altered(alter))) == 1
    assert "NOT as it was sealed" in capsys.readouterr().out


def test_a_seal_slipped_into_the_chain_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = written(tmp_path, one=sealed().content, two=sealed(2, "0" * 64).content)
    assert verify(*files) == 1
    assert "does not name the seal before it" in capsys.readouterr().out


def test_a_name_in_it_does_not_rule_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "x\x1b[2K\x1b[1Afile.zip: as it was sealed.\n"
    assert verify(*written(tmp_path, file=altered(lambda files: files.update({name: b"x"})))) == 1
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert r"x\x1b[2K\x1b[1Afile.zip: as it was sealed.\n was added" in printed


def test_in_french_spaces_are_spaces(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "fr", "evidence", "verify", *written(tmp_path, whole=sealed().content)]) == 0
    said = capsys.readouterr().out
    assert "\N{NO-BREAK SPACE}: tel qu’il a été scellé." in said
    assert "\\xa0" not in said


def test_packed_anew_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(*written(tmp_path, file=altered(lambda _files: None))) == 0
    assert "packed anew" in capsys.readouterr().out


def test_another_key_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "key"
    key.write_text("A" * 43 + "=\n")
    assert verify(*written(tmp_path, one=sealed().content), "--key", str(key)) == 1
    assert "another key" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [("absent.zip",), ("--key", "x", "a.zip"), ("--authority", "absent.pem", "a.zip")]
)
def test_what_cannot_be_read_is_said(
    arguments: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, a=sealed().content)
    assert verify(*arguments) == 2
    assert capsys.readouterr().err
