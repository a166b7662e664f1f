"""A font made for a test: a square for each character. What a folder of heavy fonts holds, in a few kilobytes."""

from collections.abc import Sequence
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

NAMES = ("李小龙", "山田たろう", "김민수")


def font(family: str, characters: str) -> TTFont:
    """Return a font that draws these characters and no other."""
    glyphs = {f"uni{ord(c):04X}": ord(c) for c in sorted(set(characters))}
    pen = TTGlyphPen(None)
    for number, corner in enumerate(((100, 0), (100, 700), (800, 700), (800, 0))):
        (pen.lineTo if number else pen.moveTo)(corner)
    pen.closePath()
    square, order = pen.glyph(), [".notdef", *glyphs]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({code: name for name, code in glyphs.items()})
    builder.setupGlyf(dict.fromkeys(order, square))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (900, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable(
        {"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "") + "-Regular"}
    )
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    return builder.font


def collection(folder: Path, names: Sequence[str] = NAMES) -> Path:
    """Put a collection of fonts that draws these names in a folder, as systems ship them; return the folder."""
    kept = TTCollection()
    kept.fonts = [font(f"Squares {number}", name) for number, name in enumerate(names, start=1)]
    kept.save(folder / "squares.ttc")
    return folder
