"""What a parser of spreadsheets does not tell, seen in one pass over their XML: how far the cells reach, which
are merged downwards, formulas that nobody computed, and addresses that are only a link.

The work grows with the file, and no faster: nothing is looked for twice.
"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote
from xml.parsers import expat

from cordee.lists.results import ListRefused, Refusal

_MAX_ELEMENTS = 5_000_000
_MAX_ATTRIBUTES = 256
"""Of one element: a parser may compare each with all the others."""
_MAX_PASSES = 50_000_000
"""Cells, empty ones included, that an ODS file may make a parser go through."""
_MAX_COLUMN_LETTERS, _MAX_ROW_FIGURES = 3, 7
_SHOWN = 300
"""Letters of a formula that are kept: it is only shown."""
_MAIL = "mailto:"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without a value, and the cells it stands in: first and last row and column, from 0."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


@dataclass(slots=True)
class Extent:
    """One sheet: its last row and column with something in it (from 1), and what its cells hold besides values."""

    rows: int = 0
    columns: int = 0
    holds_cells: bool = False
    merges: list[tuple[int, int, int]] = field(default_factory=list)
    """Merged downwards: first row, column, last row, from 0."""
    formulas: list[Formula] = field(default_factory=list)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    """By row and column, from 0: the address a cell leads to, or the name of the relation that knows it."""

    def reach(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def mail_of(link: str) -> str:
    """Return the address that a link writes to; nothing for other links."""
    is_mail = link[: len(_MAIL)].lower() == _MAIL
    return unquote(link[len(_MAIL) :].partition("?")[0]).strip() if is_mail else ""


def xlsx_extent(part: bytes) -> Extent:
    """Return how far the cells of a worksheet part reach."""
    scan = _Worksheet()
    walk(part, scan)
    return scan.extent


def ods_extents(part: bytes) -> list[Extent]:
    """Return how far the cells of each table reach, in order."""
    scan = _Tables()
    walk(part, scan)
    return scan.extents


class Scan:
    """What is done with the parts of an XML file as they come by."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; `name` is without its prefix."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Text stands in an element."""


def walk(part: bytes, scan: Scan) -> None:
    """Walk through XML. A document type, with which entities could be made to explode, is refused, as is what
    is beyond any spreadsheet. Raises ListRefused.
    """

    def refuse(*_: Any) -> None:
        raise ListRefused(Refusal.BROKEN)

    seen = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal seen
        seen += 1
        if seen > _MAX_ELEMENTS or len(attributes) > _MAX_ATTRIBUTES:
            raise ListRefused(Refusal.ZIP_BOMB)
        scan.start(name.rpartition(":")[2], attributes)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: scan.end(name.rpartition(":")[2])
    parser.CharacterDataHandler = scan.text
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError) as error:
        raise ListRefused(Refusal.BROKEN) from error


def _link_of(formula: str) -> str:
    """`HYPERLINK("mailto:ana@asso.example","Ana")`: the address."""
    name, _, rest = formula.lstrip("=").partition("(")
    return mail_of(rest.lstrip(' "').partition('"')[0]) if name.strip().upper() == "HYPERLINK" else ""


class _Worksheet(Scan):
    """`<row r="3"><c r="B3"><f>…</f><v>…`: positions are written, or follow from the one before."""

    def __init__(self) -> None:
        self.extent = Extent()
        self.row = self.column = 0
        self.inside = ""
        self.formula: str | None = None
        self.has_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row = _position(attributes.get("r") or str(self.row + 1))
            self.column = 0
        elif name == "c":
            self._place(attributes.get("r"))
            self.formula, self.has_value = None, False
        elif name in {"v", "is", "f", "t"}:
            self.inside = name
            self.formula = "" if name == "f" else self.formula
            self.extent.reach(self.row, self.column)
        elif name == "sheetData":
            self.extent.holds_cells = True
        elif name == "hyperlink":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            row, column = _reference(attributes.get("ref", "A1").partition(":")[0])
            self.extent.links[row - 1, column - 1] = relation

    def text(self, data: str) -> None:
        if self.inside == "f" and self.formula is not None:
            self.formula += data[: _SHOWN - len(self.formula)]
        elif self.inside and not data.isspace():
            self.has_value = True

    def end(self, name: str) -> None:
        if name in {"v", "f", "t"}:
            self.inside = ""
        elif name == "c" and self.formula is not None:
            place = (self.row - 1, self.column - 1)
            if not self.has_value:
                self.extent.formulas.append(Formula(*place, *place, f"={self.formula}"))
            elif link := _link_of(self.formula):
                self.extent.links[place] = f"{_MAIL}{link}"

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
        else:
            self.row, self.column = _reference(reference)


def _reference(text: str) -> tuple[int, int]:
    """`B3`: row and column, from 1."""
    figures = text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    letters = text[: len(text) - len(figures)].upper()
    if not letters or len(letters) > _MAX_COLUMN_LETTERS:
        raise ListRefused(Refusal.BROKEN)
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return _position(figures), column


def _position(figures: str) -> int:
    if not (figures.isascii() and figures.isdigit()) or len(figures) > _MAX_ROW_FIGURES:
        raise ListRefused(Refusal.BROKEN)
    return int(figures)


class _Tables(Scan):
    """`<table-row number-rows-repeated="3"><table-cell number-columns-repeated="2">…`."""

    def __init__(self) -> None:
        self.extents: list[Extent] = []
        self.row = self.column = self.reach = self.passes = 0
        self.repeats = self.width = 1
        self.formula: str | None = None
        self.has_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self.extents.append(Extent(holds_cells=True))
            self.row = 0
        elif name == "table-row":
            self.repeats = _number(attributes, "table:number-rows-repeated")
            self.column = self.reach = 0
        elif name in {"table-cell", "covered-table-cell"}:
            self._cell(attributes)
        elif name == "p":
            self.reach = self.column
            self.has_value = True
        elif name == "a" and (link := attributes.get("xlink:href", "")) and self.extents:
            self.extents[-1].links[self.row, self.column - self.width] = link

    def _cell(self, attributes: dict[str, str]) -> None:
        self.width = _number(attributes, "table:number-columns-repeated")
        self.column += self.width
        self.passes += self.width
        if self.passes > _MAX_PASSES:
            raise ListRefused(Refusal.ZIP_BOMB)
        self.formula = attributes.get("table:formula")
        self.has_value = "office:value-type" in attributes
        if self.has_value or self.formula is not None:
            self.reach = self.column
        spanned = _number(attributes, "table:number-rows-spanned")
        if spanned > 1 and self.extents:
            merge = (self.row, self.column - self.width, self.row + spanned - 1)
            self.extents[-1].merges.append(merge)

    def end(self, name: str) -> None:
        if name == "table-row":
            self.row += self.repeats
            if self.reach and self.extents:
                self.extents[-1].reach(self.row, self.reach)
        elif name in {"table-cell", "covered-table-cell"} and self.formula is not None and self.extents:
            self._keep_formula(self.formula, self.extents[-1])

    def _keep_formula(self, formula: str, extent: Extent) -> None:
        text = formula[:_SHOWN].removeprefix("of:").removeprefix("oooc:").removeprefix("=")
        left, right = self.column - self.width, self.column - 1
        if not self.has_value:
            bottom = self.row + self.repeats - 1
            extent.formulas.append(Formula(self.row, left, bottom, right, f"={text}"))
        elif link := _link_of(text):
            extent.links[self.row, left] = f"{_MAIL}{link}"


def _number(attributes: dict[str, str], name: str) -> int:
    return max(1, int(attributes.get(name, "1")))
