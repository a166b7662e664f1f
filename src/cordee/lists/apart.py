"""Lists that strangers give: small ones are read at once, large ones in a process of their own.

That process has a time and a memory it may not go beyond, none of our secrets, and ends with whoever started
it. So nothing that is in a file keeps other requests waiting, or the server from ending.
"""

import json
import os
import subprocess
import sys
import threading
from typing import IO, cast

from cordee.lists import reader, wire
from cordee.lists.packages import unpacked_size
from cordee.lists.results import MAX_BYTES, ListRefused, PeopleList, Refusal

SMALL = 100_000
"""Bytes, unpacked, that are read within the request: some hundredths of a second."""
SECONDS = 7
"""From beginning to end, whatever else the machine does: a server that is told to stop waits for no reading longer."""
AT_ONCE = 2
"""Large lists that one process has read at the same time."""
WAIT = 1.0
"""Seconds that a large list waits for its turn."""
_KEPT = ("PATH", "LANG", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
_turns = threading.BoundedSemaphore(AT_ONCE)


def read_file(content: bytes, file_name: str) -> PeopleList:
    """Read a file; its type is told by its content. Raises ListRefused, which then knows the file's name."""
    if max(len(content), unpacked_size(content)) <= SMALL or len(content) > MAX_BYTES:
        return reader.read_file(content, file_name)
    try:
        return _apart(content, file_name=file_name)
    except ListRefused as refused:
        refused.params["file"] = file_name
        raise


def read_text(text: str) -> PeopleList:
    """Read a paste. Raises ListRefused."""
    if len(text) <= SMALL or len(text) > MAX_BYTES:
        return reader.read_text(text)
    return _apart(text.encode("utf-8", errors="replace"), file_name=None)


def _apart(content: bytes, *, file_name: str | None) -> PeopleList:
    if not _turns.acquire(timeout=WAIT):
        raise ListRefused(Refusal.BUSY)
    try:
        return wire.received(_answer(content, {"size": len(content), "file": file_name, "seconds": SECONDS}))
    finally:
        _turns.release()


def _answer(content: bytes, task: dict[str, object]) -> bytes:
    """Have the reading done; return what the process writes. Raises ListRefused when it is ended by its limits."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "cordee.lists.limited"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    with process:
        to, back = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        try:
            to.write(json.dumps(task).encode() + b"\n" + content)
            to.flush()  # left open: the process ends when this end of it is gone
            answer = back.read()
        except BrokenPipeError:
            answer = b""
        finally:
            process.kill()
    if not answer:
        raise ListRefused(Refusal.TOO_MUCH_WORK)
    return answer
