"""Everyday hands: three ways to write of which no two calls write alike, twenty families of signatures, and words."""

from typing import Final

from benchmarks.scans.everyday.decorated import (
    hearts,
    looped,
    numbered,
    read_and_approved,
    roofed,
    stacked,
    struck,
)
from benchmarks.scans.everyday.marks import Hand
from benchmarks.scans.everyday.scribbles import dashes, dense_scribble, spiky, swoosh, tiny
from benchmarks.scans.everyday.ways import SYSTEMS
from benchmarks.scans.everyday.words import ABSENT_WORDS, SIGNED_WORDS
from benchmarks.scans.everyday.writing import (
    arabic,
    backward,
    chinese,
    cyrillic,
    initial_and_wave,
    initials,
    lassoed,
    underlined,
)

__all__ = ["ABSENT_WORDS", "SIGNATURES", "SIGNED_WORDS", "SYSTEMS"]

SIGNATURES: Final[tuple[Hand, ...]] = (
    underlined,
    initials,
    initial_and_wave,
    lassoed,
    backward,
    arabic,
    cyrillic,
    chinese,
    dense_scribble,
    tiny,
    swoosh,
    spiky,
    dashes,
    hearts,
    numbered,
    read_and_approved,
    stacked,
    looped,
    struck,
    roofed,
)
