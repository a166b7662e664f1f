"""What comes out of a list: rows, what was left aside, or a refusal of the whole.

Nothing here is a sentence: codes and parameters, worded by whoever shows them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 5_000
MAX_NAME = 100
MAX_CELL = 300
MAX_LINE = 2_000
SECOND = "e-mail"
"""The name under which a row keeps the further addresses of its cell."""
"""Letters that are kept of a cell, and of a whole line; that there was more is said."""


class Refusal(StrEnum):
    """Why a whole list was not read."""

    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    NOT_A_LIST = "not_a_list"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    ZIP_BOMB = "zip_bomb"
    EMPTY = "empty"
    TOO_MUCH_WORK = "too_much_work"
    BUSY = "busy"


class ListRefused(Exception):
    """The list was not read at all: `code` says why, `params` hold the figures and names for the sentence.

    `too_large`: limit, found (bytes). `too_many_rows`: limit, found. `not_a_list`: found (pdf, xls, docx…).
    """

    def __init__(self, code: Refusal, **params: str | int) -> None:
        self.code = code
        self.params: dict[str, str | int] = params
        super().__init__(str(code))


class Weight(StrEnum):
    """What a problem does to its row."""

    NOTE = "note"
    """Worth knowing; the row is good."""
    DOUBT = "doubt"
    """Probably a slip: not taken until somebody corrects it or says that it is right."""
    FAULT = "fault"
    """Cannot be taken as it is."""


class Code(StrEnum):
    """What may be wrong in a row."""

    BAD_EMAIL = "bad_email"
    MISSING_AT = "missing_at"
    COMMA_FOR_DOT = "comma_for_dot"
    ACCENTS_IN_EMAIL = "accents_in_email"
    SPACES_IN_EMAIL = "spaces_in_email"
    FORMULA = "formula"
    NUMBER_AS_TEXT = "number_as_text"
    TOO_LONG = "too_long"
    NOBODY = "nobody"
    TYPED_DOMAIN = "typed_domain"
    SEVERAL_ADDRESSES = "several_addresses"
    SWAPPED_COLUMNS = "swapped_columns"
    ODD_NAME = "odd_name"
    GARBLED = "garbled"
    NO_NAME = "no_name"
    NO_EMAIL = "no_email"
    NOT_A_PERSON = "not_a_person"
    """A remark, a title, a farewell, or words that no name was found in."""
    FIRST_NAME_ALONE = "first_name_alone"
    HALF_NAME = "half_name"
    """One word stands for a name, and a column that was not understood may hold the rest of it."""
    CUT = "cut"
    """More was written than is kept."""


NOTES = frozenset({Code.NO_NAME, Code.NO_EMAIL, Code.SEVERAL_ADDRESSES, Code.CUT})
DOUBTS = frozenset(
    {
        Code.TYPED_DOMAIN,
        Code.SWAPPED_COLUMNS,
        Code.ODD_NAME,
        Code.GARBLED,
        Code.NOT_A_PERSON,
        Code.FIRST_NAME_ALONE,
        Code.HALF_NAME,
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about a row: what (`code`), where (`field`, a name of `Row`), and the text it is about."""

    code: Code
    field: str = ""
    value: str = ""

    @property
    def weight(self) -> Weight:
        if self.code in NOTES:
            return Weight.NOTE
        return Weight.DOUBT if self.code in DOUBTS else Weight.FAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What the row becomes in one click: `None` leaves the field as it is.

    Of a row with something wrong it is what would put it right; of a good one an offer: the second address.
    """

    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None

    def __bool__(self) -> bool:
        return not (self.email is None and self.first_name is None and self.last_name is None)


class Kind(StrEnum):
    GOOD = "good"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person as understood. What was typed keeps its case; an address is in lower case."""

    line: int
    """Its number as a person sees it in the spreadsheet or in the paste, from 1."""
    sheet: str = ""
    text: str
    """As it came; the cells of a spreadsheet are separated by tabs."""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    group: str = ""
    extras: Mapping[str, str] = field(default_factory=dict)
    """The other columns by their header (by their letter when they have none)."""
    problems: tuple[Problem, ...] = ()
    suggestion: Suggestion | None = None

    @property
    def kind(self) -> Kind:
        blocked = any(problem.weight is not Weight.NOTE for problem in self.problems)
        return Kind.INVALID if blocked else Kind.GOOD

    @property
    def codes(self) -> tuple[Code, ...]:
        return tuple(problem.code for problem in self.problems)

    def corrected(self) -> Self:
        """Return the row with its suggestion taken; its problems are to be looked at again (`check`)."""
        if not self.suggestion:
            return self
        new = {
            name: value
            for name in ("email", "first_name", "last_name")
            if (value := getattr(self.suggestion, name)) is not None
        }
        extras = self.extras
        if self.kind is Kind.GOOD and "email" in new:  # the second address for the first, which is kept
            others = [self.email if other == new["email"] else other for other in extras[SECOND].split("; ")]
            extras = {**extras, SECOND: "; ".join(others)}
        return replace(self, problems=(), suggestion=None, extras=extras, **new)


class Why(StrEnum):
    """Why a line is not a person."""

    TITLE = "title"
    HEADER = "header"
    BLANK = "blank"
    TOTAL = "total"
    SECTION = "section"
    NOTE = "note"
    OTHER_SHEET = "other_sheet"
    HIDDEN_SHEET = "hidden_sheet"
    TOGETHER = "together"
    """Part of the person on a line nearby."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that is not a person, and why: nothing of a list is lost."""

    line: int
    sheet: str
    text: str
    why: Why


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """One sheet of the file: whether people were taken from it, how many, and where its header stands."""

    name: str
    taken: bool
    rows: int = 0
    header_line: int | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleList:
    """A whole list, read."""

    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...]
    sheets: tuple[SheetInfo, ...]
    form: str
    """`text`, `xlsx` or `ods`."""
    encoding: str = ""
    separator: str = ""

    @property
    def good(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.kind is Kind.GOOD)

    @property
    def invalid(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.kind is Kind.INVALID)
