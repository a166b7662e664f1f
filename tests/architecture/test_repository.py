"""What must be true of the files of the repository themselves."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MACHINE_PATH = re.compile(r"/(root|home|Users|tmp|work|mnt|srv)/|[A-Z]:\\")
HTTP = ("django.http", "django.shortcuts", "django.contrib.messages", "django.views")
ROOMS_OF_PAGES = ("web", "config")


def listed(*patterns: str) -> list[Path]:
    """The files git knows, or would take at the next `git add`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in sorted(set(names)) if name and (ROOT / name).is_file()]


def test_lock_files_and_ci_name_no_host_and_no_machine() -> None:
    files = listed("*.lock", "cordee", ".ci")
    assert {file.name for file in files} >= {"requirements.lock", "requirements-dev.lock", "cordee", "run"}
    for file in files:
        for number, line in enumerate(file.read_text().splitlines(), start=1):
            assert "://" not in line, f"{file.name}:{number} names a host"
            assert not MACHINE_PATH.search(line), f"{file.name}:{number} names a path of one machine"


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    config = tomllib.loads(text)
    groups = [
        config["project"]["dependencies"],
        *config["project"]["optional-dependencies"].values(),
        *config["dependency-groups"].values(),
    ]
    lines = text.splitlines()
    for dependency in (dependency for group in groups for dependency in group):
        line = next(line for line in lines if f'"{dependency}"' in line)
        assert re.search(r"\] *# \w|, *# \w", line), f"{dependency}: say on its line what it is for"


def vendored_folders() -> list[Path]:
    """`vendor/<name>/…`: one folder for each thing taken from elsewhere."""
    folders = set()
    for file in listed(":(glob)**/vendor/**"):
        vendor = next(parent for parent in file.parents if parent.name == "vendor")
        folders.add(vendor / file.relative_to(vendor).parts[0])
    return sorted(folders)


@pytest.mark.parametrize("folder", vendored_folders(), ids=lambda folder: str(folder.relative_to(ROOT)))
def test_what_is_vendored_tells_its_version_and_licence(folder: Path) -> None:
    assert folder.is_dir(), "put it in a folder of its own, with a README and the licence"
    notes = [file for file in folder.iterdir() if re.match(r"README|VERSION", file.name)]
    assert any(re.search(r"\d+\.\d+", note.read_text()) for note in notes), (
        "a README that gives name and version"
    )
    texts = [
        file for file in folder.iterdir() if re.match(r"LICEN[CS]E|OFL|COPYING", file.name, re.IGNORECASE)
    ]
    assert texts, "the licence's own text"


def test_http_stays_in_the_rooms_of_pages() -> None:
    for file in listed("src/cordee/*.py"):
        if file.relative_to(ROOT / "src/cordee").parts[0] in ROOMS_OF_PAGES:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Import(names=names):
                    imported = [name.name for name in names]
                case ast.ImportFrom(module=module, names=names):
                    imported = [f"{module}.{name.name}" for name in names]
                case _:
                    continue
            for name in imported:
                assert not f"{name}.".startswith(tuple(f"{package}." for package in HTTP)), (
                    f"{file.relative_to(ROOT)}:{node.lineno} imports {name}: pages live in web/"
                )
