"""The fonts documents are drawn with: those of this package, and optional folders for heavier scripts.

System fonts are never used: the same data must give the same bytes on every machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings
from fontTools.ttLib import TTFont

VENDORED = Path(__file__).parent / "fonts"
type Face = tuple[str, int]
"""File and index in it (0 but in a collection)."""


@dataclass(frozen=True, eq=False)
class Typefaces:
    """A set of fonts."""

    fonts: typst.Fonts
    families: tuple[str, ...]
    """In the order in which the engine tries them, those of this package first."""
    _faces: dict[str, list[Face]] = field(repr=False)
    _known: dict[str, frozenset[int]] = field(default_factory=dict, repr=False)

    def covers(self, character: str) -> bool:
        """Whether some font has a glyph for the character.

        Families are read one by one, when a text needs them: a Chinese collection takes half a second.
        """
        code = ord(character)
        return any(code in self._codepoints(family) for family in self.families)

    def _codepoints(self, family: str) -> frozenset[int]:
        if family not in self._known:
            # The engine picks one face of a family, by weight, and tries no other: count what all have.
            maps = {_codepoints(face) for face in self._faces[family]}
            self._known[family] = frozenset.intersection(*maps)
        return self._known[family]


@lru_cache(maxsize=8)
def _load(extra: tuple[Path, ...]) -> Typefaces:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(VENDORED), *map(str, extra)],
    )
    faces: dict[str, list[Face]] = {}
    for info in fonts.fonts():
        if info.path is not None and info.style == "normal":
            faces.setdefault(info.family, []).append((info.path, info.index))
    families = sorted(faces, key=lambda family: _preference(family, faces[family]))
    return Typefaces(fonts=fonts, families=tuple(families), _faces=faces)


def _preference(family: str, faces: list[Face]) -> tuple[bool, bool, bool, int, int, str]:
    """Ours first; then plain designs before serif and monospaced ones, in the order of the collection."""
    ours = faces[0][0].startswith(str(VENDORED))
    return (not ours, "Mono" in family, "Serif" in family, min(i for _, i in faces), len(family), family)


def typefaces(extra_fonts: Sequence[Path] | None = None) -> Typefaces:
    """The fonts of this package with those of the extra folders (by default: of ``CORDEE_FONTS``).

    Collections (.ttc, .otc) work too.
    """
    return _load(settings.CORDEE_FONTS if extra_fonts is None else tuple(extra_fonts))


_maps: dict[tuple[str, int], frozenset[int]] = {}


def _codepoints(face: Face) -> frozenset[int]:
    """What a face can draw. The faces of a collection mostly share one character map: it is read once."""
    path, index = face
    with TTFont(path, fontNumber=index, lazy=True) as font:
        key = (path, font.reader.tables["cmap"].offset)
        if key not in _maps:
            _maps[key] = frozenset(font.getBestCmap() or ())
        return _maps[key]
