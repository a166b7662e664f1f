"""Bytes to text, whatever program wrote them."""

import codecs
import re
import unicodedata

from cordee.lists.letters import ungarbled
from cordee.lists.results import ListRefused, Refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OLD = ("cp1252", "iso8859-15", "mac-roman", "cp850")
"""One byte per letter: Windows, Unix, older Macs, older DOS programs; Windows unless the letters say otherwise."""
_USUAL = {
    letter: weight
    for letters, weight in (("é", 20), ("è", 8), ("çÉ", 5), ("àêëïôâîûœñíóáúãöüø", 3))
    for letter in letters
}
_USUAL |= dict.fromkeys("ÈÊËÀÂÇÎÏÔÙùäåæŒÑÁÍÓÚÖÜ’«»…°–", 1)
"""How much a letter speaks for the encoding in which it appears."""
_BINARY = re.compile("[\0-\x08\x0e-\x1a]")
_MANY_SIGNS = 0.02
_SAMPLE = 20_000
_TWICE = re.compile("Ã[\u0080-\u00bf©¨ª«§®¯´»¹¢¼¶ ]")


def decode(content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding. Raises ListRefused when it is no text."""
    text, encoding = _decode(content)
    sample = text[:_SAMPLE]
    if len(_BINARY.findall(sample)) > _MANY_SIGNS * len(sample):
        raise ListRefused(Refusal.NOT_A_LIST, found="binary")
    once = encoded_once(text)
    return (once, "utf-8 twice") if once != text and encoding == "utf-8" else (text, encoding)


def encoded_once(text: str) -> str:
    """Return the text before its UTF-8 was taken for Windows-1252 on the way, if all of it was."""
    return (ungarbled(text) or text) if _TWICE.search(text) else text


def _decode(content: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace"), encoding
    wide = _wide(content)
    if wide:
        return content.decode(wide, errors="replace"), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _old(content)


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of the signs between the cells is zero."""
    sample = content[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) < 4 or max(even, odd) * 5 < len(sample) // 2:  # noqa: PLR2004 - one sign out of five
        return None
    if min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _old(content: bytes) -> tuple[str, str]:
    """Take the encoding in which most special letters are those of our languages."""
    special = bytes({byte for byte in content[: _SAMPLE * 10] if byte > 0x7F})  # noqa: PLR2004 - beyond ASCII
    counts = {byte: content.count(byte) for byte in special}

    def known(encoding: str) -> float:
        decoded = {byte: bytes([byte]).decode(encoding, errors="replace") for byte in special}
        return sum(count * _worth(decoded[byte]) for byte, count in counts.items())

    best = max(_OLD, key=known)
    return content.decode(best, errors="replace"), best


def _worth(letter: str) -> float:
    """Return how much a letter speaks for its encoding; signs that nobody types speak against it."""
    return -5 if unicodedata.category(letter) == "Cc" else _USUAL.get(letter, 0)
