"""Which characters the fonts can draw, so that a name is never printed as a silent blank."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from cordee.pdf.typefaces import Typefaces, typefaces

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Drawn, visibly, in the place of a character which no font has."""

_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_LINE_ENDS = "\n\x0b\x0c\x85\u2028\u2029"
_VARIATION_SELECTORS = frozenset(
    map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | _VARIATION_SELECTORS
"""Characters without ink which Unicode does not put among the controls or formats."""


def uncovered(text: str, extra_fonts: Sequence[Path] | None = None) -> set[str]:
    """Characters of the text which no font can draw.

    Spaces, controls, joiners and variation selectors carry no ink: they are never reported. The text is
    composed first (NFC), as for printing.
    """
    if text.isascii():
        return set()
    faces = typefaces(extra_fonts)
    return {char for char in set(unicodedata.normalize("NFC", text)) if _is_missing(char, faces)}


def printable(text: str, extra_fonts: Sequence[Path] | None = None, *, letters_only: bool = False) -> str:
    """The text as it will be drawn: composed, without controls, missing characters replaced visibly.

    Line ends are kept, as line feeds. Bidirectional overrides go: they could make a name read as another.

    :param letters_only: replace rare marks and signs as well. The fonts have each of them, but a mark on a
        letter of another script may be in no one font together with it.
    """
    if text.isascii() and text.isprintable():
        return text
    faces = typefaces(extra_fonts)
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    drawn = "".join(_drawn(char, faces) for char in composed)
    return "".join(map(_letter, drawn)) if letters_only else drawn


def _letter(char: str) -> str:
    common = char < "\u0300" or "\u2010" <= char <= "\u2030" or char in "\n€№\u202f"
    return char if common or unicodedata.category(char)[0] in "LN" else REPLACEMENT


def _drawn(char: str, faces: Typefaces) -> str:
    if "\x20" <= char <= "\x7e" or char in _JOINERS:
        return char
    category = unicodedata.category(char)
    if char in _LINE_ENDS:
        return "\n"
    if char in "\t\r":
        return " "
    if category in ("Cc", "Cf") or char in _INVISIBLE:
        return ""
    if category == "Zs" and not faces.covers(char):
        return " "
    return REPLACEMENT if _is_missing(char, faces) else char


def _is_missing(char: str, faces: Typefaces) -> bool:
    category = unicodedata.category(char)
    if category in ("Cc", "Cf", "Zs", "Zl", "Zp") or char in _INVISIBLE:
        return False
    # Private and unassigned codes have no meaning outside one font: archival PDF forbids them.
    return category in ("Co", "Cn", "Cs") or not faces.covers(char)
