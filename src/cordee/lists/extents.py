"""How far the cells of a sheet reach, and which are merged downwards: one pass over its XML."""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from cordee.lists.results import ListRefused, Refusal

_CELL = re.compile(r"^([A-Za-z]{1,3})([0-9]{1,7})$")
_MAX_ELEMENTS = 5_000_000
_MAX_PASSES = 50_000_000
"""Cells, empty ones included, that an ODS file may make a parser go through."""


@dataclass(slots=True)
class Extent:
    """One sheet: its last row and column with something in it (from 1), and its downward merges."""

    rows: int = 0
    columns: int = 0
    merges: list[tuple[int, int, int]] = field(default_factory=list)
    """First row, column, last row, from 0."""

    def reach(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def xlsx_extent(part: bytes) -> Extent:
    """Return how far the cells of a worksheet part reach."""
    scan = _Worksheet()
    _parse(part, scan)
    return scan.extent


def ods_extents(part: bytes) -> list[Extent]:
    """Return how far the cells of each table reach, in order."""
    scan = _Tables()
    _parse(part, scan)
    return scan.extents


class _Scan:
    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError


def _parse(part: bytes, scan: _Scan) -> None:
    """Walk through the XML; a document type, with which entities could be made to explode, is refused."""

    def refuse(*_: Any) -> None:
        raise ListRefused(Refusal.BROKEN)

    seen = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal seen
        seen += 1
        if seen > _MAX_ELEMENTS:
            raise ListRefused(Refusal.ZIP_BOMB)
        scan.start(name.rpartition(":")[2], attributes)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: scan.end(name.rpartition(":")[2])
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError) as error:
        raise ListRefused(Refusal.BROKEN) from error


class _Worksheet(_Scan):
    """`<row r="3"><c r="B3"><v>…`: positions are written, or follow from the one before."""

    def __init__(self) -> None:
        self.extent = Extent()
        self.row = self.column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row = int(attributes.get("r") or self.row + 1)
            self.column = 0
        elif name == "c":
            self._place(attributes.get("r"))
        elif name in {"v", "is", "f"}:
            self.extent.reach(self.row, self.column)

    def end(self, name: str) -> None:
        """Nothing ends that matters."""

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        found = _CELL.match(reference)
        if not found:
            raise ListRefused(Refusal.BROKEN)
        self.column = 0
        for letter in found[1].upper():
            self.column = self.column * 26 + ord(letter) - 64
        self.row = int(found[2])


class _Tables(_Scan):
    """`<table-row number-rows-repeated="3"><table-cell number-columns-repeated="2">…`."""

    def __init__(self) -> None:
        self.extents: list[Extent] = []
        self.row = self.column = self.reach = self.passes = 0
        self.repeats = self.width = 1
        self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self.depth += 1
            self.extents.append(Extent())
            self.row = 0
        elif name == "table-row":
            self.repeats = _number(attributes, "table:number-rows-repeated")
            self.column = self.reach = 0
        elif name in {"table-cell", "covered-table-cell"}:
            self.width = _number(attributes, "table:number-columns-repeated")
            self.column += self.width
            self.passes += self.width
            if "office:value-type" in attributes:
                self.reach = self.column
            spanned = _number(attributes, "table:number-rows-spanned")
            if spanned > 1 and self.extents:
                merge = (self.row, self.column - self.width, self.row + spanned - 1)
                self.extents[-1].merges.append(merge)
        elif name == "p":
            self.reach = self.column
        if self.passes > _MAX_PASSES:
            raise ListRefused(Refusal.ZIP_BOMB)

    def end(self, name: str) -> None:
        if name == "table-row":
            self.row += self.repeats
            if self.reach and self.extents:
                self.extents[-1].reach(self.row, self.reach)


def _number(attributes: dict[str, str], name: str) -> int:
    return max(1, int(attributes.get(name, "1")))
