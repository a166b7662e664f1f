"""Reading stored files."""

from hashlib import sha256

from django.core.files.storage import default_storage

from cordee.files.models import StoredFile


class DamagedFile(Exception):
    """The stored bytes are no longer those that were deposited."""


def storage_name(digest: str) -> str:
    """Return where the bytes with this SHA-256 lie in the storage."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def stored(file_id: int) -> StoredFile | None:
    return StoredFile.objects.filter(pk=file_id).first()


def content(stored: StoredFile) -> bytes:
    """Return the bytes, checked against their hash. Raises DamagedFile when they changed."""
    with default_storage.open(storage_name(stored.sha256)) as file:
        read: bytes = file.read()
    if sha256(read).hexdigest() != stored.sha256:
        raise DamagedFile(stored.sha256)
    return read
