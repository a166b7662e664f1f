"""Opening the files that people give in a process of its own, page by page: no file keeps the worker, or ends it."""

import json
from collections.abc import Iterator
from typing import Final

from cordee import apart
from cordee.scans.files import Picture, Refusal, Unreadable
from cordee.scans.pages import eyes_are_here

SECONDS: Final = 120
"""For one page, whatever else the machine does: opening the largest that is taken is the work of a few."""


def pages_of(content: bytes, *, first: int = 1) -> Iterator[Picture]:
    """Yield the pictures of a file as `files.pages_of` does, from page `first` on.

    :raises Unreadable: also when a page takes more time or memory than there is.
    :raises ImportError: where no eyes are installed.
    """
    if not eyes_are_here():
        raise ImportError("no reader of pictures")
    page = first
    while picture := _page(content, page):
        yield picture
        page += 1


def _page(content: bytes, page: int) -> Picture | None:
    """Return one page; nothing after the last."""
    import numpy as np

    answer = apart.answer_of("cordee.scans.limited", content, {"page": page}, seconds=SECONDS)
    if not answer:
        raise Unreadable(Refusal.TOO_MUCH_WORK)
    head, _, pixels = answer.partition(b"\n")
    told = json.loads(head)
    if "refused" in told:
        raise Unreadable(Refusal(told["refused"]))
    if not told:
        return None
    return Picture(np.frombuffer(pixels, dtype=np.uint8).reshape(told["shape"]).copy(), page)
