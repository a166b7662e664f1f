"""Characters as clients' programs leave them, brought back to what was meant."""

import re
import unicodedata
from functools import lru_cache

from cordee.kernel import names

_PICTURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_PICTURES[0x2011] = "-"
_JOINERS = {0x200C: None, 0x200D: None}
_FOLDED = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "’": "'",
        "‘": "'",
        "–": "-",
        "‐": "-",
        "‑": "-",
        # letters of other alphabets that look the same, typed with the wrong keyboard
        "а": "a",
        "е": "e",
        "і": "i",
        "о": "o",
        "р": "p",
        "с": "c",
        "у": "y",
        "х": "x",
        "ο": "o",
        "α": "a",
    }
)
_TWICE = re.compile("[ÃÂ][^\\s\\w'’-]|[ÃÂÅ][\u0080-\u00bfŒœŠšŸŽžƒ]|â€|\ufffd|\\w\\?\\w")


def tidy(text: str) -> str:
    """Return `text` on one line, composed, without what cannot be seen, print ligatures taken apart."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return names.tidy(text).translate(_PICTURES)


@lru_cache(maxsize=2_000)
def key(text: str) -> str:
    """Return `text` in small letters without accents, words separated by one space, nothing else."""
    plain = names.search_key(text).translate(_FOLDED)
    return " ".join(re.findall(r"\w+", plain.replace("_", " ")))


def plain_ascii(text: str) -> str:
    """Return `text` as it would be typed in an address: no accents, no ligatures, no look-alikes."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_FOLDED).translate(_JOINERS)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def without_joiners(text: str) -> str:
    """Return `text` without the invisible joiners that some scripts need and no address has."""
    return text if text.isascii() else text.translate(_JOINERS)


def is_garbled(text: str) -> bool:
    """Tell whether letters were lost or read in the wrong encoding on the way here."""
    return not (text.isascii() and "?" not in text) and bool(_TWICE.search(text))


def ungarbled(text: str) -> str | None:
    """Return what `text` was before UTF-8 was read as Windows-1252, if that is what happened to it."""
    try:
        mended = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return mended if mended != text else None


def is_capitals(word: str) -> bool:
    """Tell whether a word is in capitals; an initial is not enough to tell."""
    return word.isupper() and sum(map(str.isalpha, word)) > 1


def one_slip(a: str, b: str) -> bool:
    """Tell whether one letter added, left out, changed, or two neighbours swapped make `b` of `a`."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    a, b = a[start:], b[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b or a == b[1:]
