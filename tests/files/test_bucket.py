"""Files in a bucket: the driver of the house against a real S3 server on this machine."""

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from localbucket import S3Handler

from cordee.config import environment
from cordee.files.actions import keep
from cordee.files.models import StoredFile
from cordee.files.queries import DamagedFile, content, storage_name

PDF = {"content_type": "application/pdf"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """Give the address of a server whose buckets are folders of `tmp_path`."""

    class Handler(S3Handler):
        data_root = tmp_path

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


@pytest.fixture
def bucket(
    server: str, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, db: None
) -> Iterator[Path]:
    """Set what an operator sets; give the folder that is the bucket."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "cordee")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "fr-par")
    read = environment.read({"CORDEE_HOME": str(tmp_path), "S3_BUCKET": "proofs", "S3_ENDPOINT": server})
    settings.STORAGES = {**settings.STORAGES, "default": environment.files(read)}
    (tmp_path / "proofs").mkdir()
    yield tmp_path / "proofs"
    default_storage.connection.meta.client.close()


def test_a_file_goes_to_the_bucket_and_comes_back(bucket: Path) -> None:
    stored = keep(b"signed", **PDF)
    assert (bucket / storage_name(stored.sha256)).read_bytes() == b"signed"
    assert content(stored) == b"signed"
    large = keep(b"%PDF" * 3_000_000, **PDF)  # beyond the size from which it travels in parts
    assert content(large) == b"%PDF" * 3_000_000


def test_the_same_content_is_kept_once(bucket: Path) -> None:
    first = keep(b"signed", **PDF)
    written = (bucket / storage_name(first.sha256)).stat().st_mtime_ns
    assert keep(b"signed", **PDF) == first
    assert StoredFile.objects.count() == 1
    assert (bucket / storage_name(first.sha256)).stat().st_mtime_ns == written


def test_a_file_that_was_changed_in_the_bucket_is_not_served(bucket: Path) -> None:
    stored = keep(b"signed", **PDF)
    (bucket / storage_name(stored.sha256)).write_bytes(b"forged")
    with pytest.raises(DamagedFile):
        content(stored)


def test_a_file_lost_from_the_bucket_is_put_back_when_it_is_given_again(bucket: Path) -> None:
    stored = keep(b"signed", **PDF)
    (bucket / storage_name(stored.sha256)).unlink()
    with pytest.raises(FileNotFoundError):
        content(stored)
    keep(b"signed", **PDF)
    assert content(stored) == b"signed"


def test_where_files_go_is_said_by_the_environment(tmp_path: Path) -> None:
    home = {"CORDEE_HOME": str(tmp_path)}
    in_the_home = environment.files(environment.read(home))
    assert in_the_home["OPTIONS"] == {"location": tmp_path / "files"}
    amazon = environment.files(environment.read({**home, "S3_BUCKET": "proofs"}))
    assert amazon == {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": "proofs"}}
    with pytest.raises(environment.BadEnvironment, match="S3_ENDPOINT should read https://"):
        environment.files(environment.read({**home, "S3_BUCKET": "proofs", "S3_ENDPOINT": "s3.example.org"}))
