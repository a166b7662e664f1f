"""The folder in which files lie on this machine."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage

from cordee.kernel import clock

_DAY = 86_400


class Folder(FileSystemStorage):
    """Writes each file aside, and puts it in its place once it is whole.

    Whoever looks finds all of it or nothing, also when who writes it is killed, and two who write the same do not
    disturb each other.
    """

    def __init__(self, location: str | Path) -> None:
        """Keep files in this folder. What has a name is named after its content: written again, it is the same."""
        super().__init__(location=location, allow_overwrite=True)

    def _save(self, name: str, content: Any) -> str:
        place, aside = Path(self.path(name)), Path(self.path("incoming"))
        for folder in (aside, place.parent):
            folder.mkdir(mode=self.directory_permissions_mode or 0o777, parents=True, exist_ok=True)
        _tidy(aside)
        handle, half = tempfile.mkstemp(dir=aside)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(content.chunks())
                file.flush()
                os.fsync(handle)  # else what is committed after it may outlive it when the power fails
            Path(half).replace(place)
        except BaseException:
            Path(half).unlink(missing_ok=True)
            raise
        return name


def _tidy(aside: Path) -> None:
    """Take away what was left by processes that were killed, after a day: nobody writes that long."""
    before = clock.real_time().timestamp() - _DAY
    for left in aside.iterdir():
        with suppress(OSError):  # another process was quicker
            if left.stat().st_mtime < before:
                left.unlink()
