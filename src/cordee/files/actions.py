"""Keeping files."""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from cordee.files.models import StoredFile
from cordee.files.queries import storage_name
from cordee.kernel import clock


def keep(content: bytes, *, content_type: str) -> StoredFile:
    """Store `content` once, whatever the number of times it is given.

    What a process left half written, killed or for want of space, is written anew. Raises ValueError when it is empty,
    and OSError where there is no space: then nothing is known of the file.
    """
    if not content:
        raise ValueError("an empty file is not kept")
    digest = sha256(content).hexdigest()
    name = storage_name(digest)
    # Never taken away before it is there anew: it may be somebody's who is writing it, or has just done so.
    if not (default_storage.exists(name) and default_storage.size(name) == len(content)):
        default_storage.save(name, ContentFile(content))
    stored, _ = StoredFile.objects.get_or_create(
        sha256=digest,
        defaults={"size": len(content), "content_type": content_type, "stored_at": clock.now()},
    )
    return stored
