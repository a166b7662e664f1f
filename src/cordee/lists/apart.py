"""Lists that strangers give: small ones are read at once, large ones in a process of their own."""

import threading

from cordee import apart
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
        answer = apart.answer_of("cordee.lists.limited", content, {"file": file_name}, seconds=SECONDS)
    finally:
        _turns.release()
    if not answer:
        raise ListRefused(Refusal.TOO_MUCH_WORK)
    return wire.received(answer)
