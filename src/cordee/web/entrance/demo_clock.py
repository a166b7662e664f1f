"""The clock of the demonstration: the machine's time, moved by as much as a small file says.

The file is the one thing that all processes of the house share, the worker included; it is read again only
when it has changed.
"""

import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from cordee.kernel import clock

_LONGEST = timedelta(days=3650)


class DemoClock:
    """A time source that runs ahead of the machine's clock by the seconds written in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """Return the time of the demonstration, in UTC."""
        return clock.real_time() + self.ahead

    @property
    def ahead(self) -> timedelta:
        """How far it runs ahead of the machine's clock: nothing when the file is missing or unreadable."""
        try:
            file = self._path.stat()
        except OSError:
            self._seen, self._ahead = None, timedelta()
        else:
            written = (
                file.st_mtime_ns,
                file.st_ino,
            )  # each move makes a new file: two in one tick still differ
            if written != self._seen:
                self._seen, self._ahead = written, self._read()
        return self._ahead

    def _read(self) -> timedelta:
        try:
            seconds = float(self._path.read_text())
        except (OSError, ValueError):
            return timedelta()
        return timedelta(seconds=seconds) if abs(seconds) < _LONGEST.total_seconds() else timedelta()

    def move_to(self, moment: datetime) -> None:
        """Make it `moment` (UTC) now, for every process of the house."""
        self._write(str((moment - clock.real_time()).total_seconds()))

    def back_to_now(self) -> None:
        """Show the machine's time again."""
        self._path.unlink(missing_ok=True)

    def _write(self, text: str) -> None:
        # Another process may read meanwhile: it finds the old offset or the new one, never half of it.
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=".demo-clock.")
        with os.fdopen(handle, "w") as target:
            target.write(text)
        Path(temporary).replace(self._path)
