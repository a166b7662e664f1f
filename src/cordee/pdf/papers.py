"""PDFs that people give: known by what is in them, not by their name."""

from typing import Final

from cordee import apart

_HEAD, _TAIL = 1024, 2048
"""Bytes in which programs look for the first and the last words of a PDF."""
LOCKED: Final = b"locked"
_SECONDS = 7
_ACTS = (b"/JavaScript", b"/Launch")


def is_whole(content: bytes) -> bool:
    """Tell whether `content` is a PDF from its first word to its last: no other kind of file, not cut short."""
    return b"%PDF-" in content[:_HEAD] and b"startxref" in content and b"%%EOF" in content[-_TAIL:]


def is_locked(content: bytes) -> bool:
    """Tell whether the PDF asks for a password before it shows anything; looked at apart, for it is a stranger's."""
    return (
        b"/Encrypt" in content
        and apart.answer_of("cordee.pdf.locked", content, {}, seconds=_SECONDS) == LOCKED
    )


def acts(content: bytes) -> bool:
    """Tell whether the PDF says openly that it runs something when it is opened."""
    return any(word in content for word in _ACTS)
