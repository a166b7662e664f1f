"""The home is nobody else's: personal data and keys lie there, and other people may have accounts on the machine."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from cordee.config.environment import BadEnvironment

OWNER_ONLY = 0o077
"""What the umask takes away from all that is made from now on."""
FOLDER, FILE = 0o700, 0o600
_OURS = ("secret_key", "seal.key", "cordee.sqlite3*", "*.lock", "demo-clock", "files")
"""Nothing else is touched, should somebody keep other things there. (Static files are for everybody.)"""


def keep_private(home: Path) -> None:
    """Make the home if need be, and close it and what was made in it to others, whatever the umask was.

    Raises BadEnvironment for a folder that is everybody's.
    """
    os.umask(OWNER_ONLY)
    home.mkdir(parents=True, exist_ok=True)
    if _is_shared(home):
        raise BadEnvironment(f"CORDEE_HOME is {home}, which is everybody's: give Cordée a folder of its own.")
    was_open = is_open(home)
    _close(home)
    for name in _OURS:
        for path in home.glob(name):
            # Deposited files may be many: they are gone through once, when the home was open.
            for found in (path, *(path.rglob("*") if was_open else ())):
                _close(found)


def is_open(home: Path) -> bool:
    """Tell whether others on the machine may look into the home: it belongs to somebody who lets them."""
    return bool(stat.S_IMODE(home.stat().st_mode) & OWNER_ONLY)


def _is_shared(home: Path) -> bool:
    """Tell whether it is a place like /tmp, or the root of the machine."""
    return bool(home.stat().st_mode & stat.S_ISVTX) or home.resolve() == Path(home.anchor)


def _close(path: Path) -> None:
    wanted = FOLDER if path.is_dir() else FILE
    # What belongs to another user is theirs to close (`cordee serve` says so); what just went needs nothing.
    with suppress(PermissionError, FileNotFoundError):
        if stat.S_IMODE(path.stat().st_mode) & OWNER_ONLY:
            path.chmod(wanted)
