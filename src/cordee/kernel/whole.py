"""Files for others to take: whole, or not there."""

from pathlib import Path
from uuid import uuid4


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it: killed, or for want of space, what was there before stays.

    What is no file (`/dev/stdout`) is written to as it is. Raises OSError, which names the file that was asked for.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(content)
            return
        half = target.with_name(f".{uuid4().hex}")
        try:
            half.write_bytes(content)
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)
    except OSError as error:
        # A full disk names no file, and the half one is nobody's.
        raise OSError(error.errno, error.strerror, str(path)) from error
