"""Files are kept under their hash, once, and checked when they are read."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from cordee.files.actions import keep
from cordee.files.models import StoredFile
from cordee.files.queries import DamagedFile, content, storage_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
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
