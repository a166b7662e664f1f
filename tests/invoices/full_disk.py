"""A disk without space: what is written breaks off, as often as it is told to."""

from errno import ENOSPC
from pathlib import Path
from typing import Any, ClassVar, override

from cordee.config.folder import Folder


class FullDisk(Folder):
    """Leaves half of a file, and fails."""

    full: ClassVar[int] = 0
    """How many times more."""

    @override
    def _save(self, name: str, content: Any) -> str:
        if not FullDisk.full:
            return super()._save(name, content)
        FullDisk.full -= 1
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = content.read()
        path.write_bytes(whole[: len(whole) // 2])
        raise OSError(ENOSPC, "No space left on device", str(path))
