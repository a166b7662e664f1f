"""Files are kept under their hash, once, and checked when they are read."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from cordee.files.actions import keep
from cordee.files.models import StoredFile
from cordee.files.queries import DamagedFile, content, storage_name
from cordee.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "cordee.config.folder.Folder",
            "OPTIONS": {"location": tmp_path},
        },
    }
    return tmp_path


def test_a_file_is_kept_under_its_hash(folder: Path) -> None:
    stored = keep(b"signed", content_type="application/pdf")
    digest = sha256(b"signed").hexdigest()
    assert (stored.sha256, stored.size) == (digest, 6)
    assert (folder / digest[:2] / digest[2:4] / digest).read_bytes() == b"signed"
    assert content(stored) == b"signed"


def test_the_same_content_is_kept_once(folder: Path) -> None:
    first, second = (keep(b"signed", content_type="application/pdf") for _ in range(2))
    assert first == second
    assert StoredFile.objects.count() == 1
    assert len([p for p in folder.rglob("*") if p.is_file()]) == 1


def test_an_empty_file_is_not_kept(folder: Path) -> None:
    with pytest.raises(ValueError, match="empty"):
        keep(b"", content_type="text/plain")


def test_a_file_that_was_changed_behind_our_back_is_not_served(folder: Path) -> None:
    stored = keep(b"signed", content_type="application/pdf")
    (folder / storage_name(stored.sha256)).write_bytes(b"forged")
    with pytest.raises(DamagedFile):
        content(stored)


def test_a_file_lost_from_the_folder_is_put_back_when_it_is_given_again(folder: Path) -> None:
    stored = keep(b"signed", content_type="application/pdf")
    (folder / storage_name(stored.sha256)).unlink()
    keep(b"signed", content_type="application/pdf")
    assert content(stored) == b"signed"


def test_what_another_process_writes_meanwhile_is_never_gone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of it is there, by whoever writes it or was killed; at each moment what is there is that, or all of it."""
    place = folder / storage_name(sha256(b"signed").hexdigest())
    place.parent.mkdir(parents=True)
    place.write_bytes(b"sig")
    seen = []

    def looking(content: ContentFile, *_: Any) -> Iterator[bytes]:
        for half in (b"sign", b"ed"):
            seen.append(place.read_bytes())
            yield half

    monkeypatch.setattr(ContentFile, "chunks", looking)
    stored = keep(b"signed", content_type="application/pdf")
    assert seen == [b"sig", b"sig"]
    assert content(stored) == b"signed"
    assert [p.name for p in folder.rglob("*") if p.is_file()] == [stored.sha256], "no other beside it"


def test_who_is_ended_while_writing_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(content: ContentFile, *_: Any) -> Iterator[bytes]:
        yield b"sig"
        raise OSError("no space left")

    monkeypatch.setattr(ContentFile, "chunks", ended)
    with pytest.raises(OSError, match="space"):
        keep(b"signed", content_type="application/pdf")
    assert not [p for p in folder.rglob("*") if p.is_file()]
    assert not StoredFile.objects.exists()


def test_what_processes_that_were_killed_left_is_taken_away_after_a_day(folder: Path) -> None:
    aside = folder / "incoming"
    aside.mkdir()
    for name, hours in (("old", 25), ("new", 23)):
        (aside / name).write_bytes(b"sig")
        at = clock.real_time().timestamp() - hours * 3600
        os.utime(aside / name, (at, at))
    keep(b"signed", content_type="application/pdf")
    assert [path.name for path in aside.iterdir()] == ["new"]
