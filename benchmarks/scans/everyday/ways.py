"""The three ways to write."""

from typing import Final

from benchmarks.scans.everyday.printed import printed
from benchmarks.scans.everyday.rounded import rounded
from benchmarks.scans.everyday.sloppy import sloppy

SYSTEMS: Final = (rounded, printed, sloppy)
