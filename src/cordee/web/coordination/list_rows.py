"""The rows of a list on the page where they are checked: as they are shown, and as they come back typed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from cordee.enrolment.models import SOURCE_LABELS
from cordee.enrolment.queries import WaitingRow
from cordee.enrolment.rules import Person
from cordee.enrolment.states import GOOD_ROWS, RowStatus, Source
from cordee.lists.reader import check
from cordee.lists.results import Row
from cordee.web.numbers import an_id

PER_PAGE = 100
"""Rows on one page: with their fields they stay under what one form may send."""
VIEWS: Mapping[str, frozenset[RowStatus]] = {
    "correct": frozenset({RowStatus.INVALID}),
    "ready": frozenset({RowStatus.NEW, RowStatus.KNOWN}),
    "already": frozenset({RowStatus.ENROLLED, RowStatus.COMPLETES}),
    "twice": frozenset({RowStatus.DUPLICATE}),
}
_KINDS = {
    RowStatus.NEW: "go",
    RowStatus.KNOWN: "go",
    RowStatus.ENROLLED: "done",
    RowStatus.COMPLETES: "go",
    RowStatus.DUPLICATE: "neutral",
    RowStatus.INVALID: "late",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """One row as the page shows it."""

    id: int
    line: int
    version: int
    email: str
    first: str
    last: str
    group: str
    kind: str
    state: str
    problems: Sequence[tuple[str, str]]
    """The field, and what is wrong with it."""
    notes: Sequence[str]
    proposal: str
    doubted: bool
    shares: bool
    source: str
    text: str


def shown(row: WaitingRow) -> ShownRow:
    """Return a waiting row with its state in words."""
    stored, means = row.stored, row.judged
    return ShownRow(
        id=stored.pk,
        line=stored.line,
        version=stored.version,
        email=stored.email,
        first=stored.first_name,
        last=stored.last_name,
        group=stored.group,
        kind=_KINDS[means.status],
        state=_state(row),
        problems=means.problems_by_field if means.status == RowStatus.INVALID else (),
        notes=means.notes if means.status in VIEWS["ready"] else (),
        proposal=means.proposal if means.status in VIEWS["correct"] | VIEWS["ready"] else "",
        doubted=means.is_doubted and means.status == RowStatus.INVALID,
        shares=bool(means.shares),
        source="" if stored.source == Source.COORDINATOR else str(SOURCE_LABELS[Source(stored.source)]),
        text="" if means.person_is_known else stored.text,
    )


def _state(row: WaitingRow) -> str:
    return {
        RowStatus.NEW: _("to enrol"),
        RowStatus.KNOWN: _("to enrol, known at the client’s"),
        RowStatus.ENROLLED: _("on the list already"),
        RowStatus.COMPLETES: _("on the list already, will be completed"),
        RowStatus.DUPLICATE: _("twice: see line %(line)s") % {"line": row.judged.first_line},
        RowStatus.INVALID: _("to correct"),
    }[row.judged.status]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows are in which state."""

    by_status: Counter[RowStatus]

    @classmethod
    def of(cls, rows: Sequence[WaitingRow]) -> "Tally":
        return cls(Counter(row.judged.status for row in rows))

    def of_view(self, name: str) -> int:
        return sum(self.by_status[status] for status in VIEWS[name])

    @property
    def all(self) -> int:
        return self.by_status.total()

    @property
    def good(self) -> int:
        return sum(self.by_status[status] for status in GOOD_ROWS)

    @property
    def ready(self) -> int:
        return self.of_view("ready")

    @property
    def to_correct(self) -> int:
        return self.by_status[RowStatus.INVALID]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """A row as it came back from the page."""

    id: int
    version: int | None
    person: Person

    def differs_from(self, stored: Person) -> bool:
        names = ("email", "first_name", "last_name", "group")
        return any(getattr(self.person, name) != getattr(stored, name) for name in names)


def typed_rows(posted: QueryDict) -> list[TypedRow]:
    """Return the rows of the page with what was typed into them."""
    ids = [row_id for text in posted.getlist("row") if (row_id := an_id(text)) is not None]
    return [
        TypedRow(id=i, version=an_id(posted.get(f"version-{i}", "")), person=_person(posted, i)) for i in ids
    ]


def _person(posted: QueryDict, row_id: int) -> Person:
    def typed(field: str) -> str:
        return posted.get(f"{field}-{row_id}", "").strip()

    return Person(
        email=typed("email"), first_name=typed("first"), last_name=typed("last"), group=typed("group")
    )


def as_typed(rows: Sequence[ShownRow], typed: Sequence[TypedRow]) -> list[ShownRow]:
    """Return the rows with what was typed, where it could not be saved: nothing typed is lost."""
    by_id = {row.id: row.person for row in typed}
    return [
        replace(row, email=p.email, first=p.first_name, last=p.last_name, group=p.group)
        if (p := by_id.get(row.id))
        else row
        for row in rows
    ]


def added_rows(posted: QueryDict) -> list[Row]:
    """Return the rows typed below the list, without the empty ones, looked at as if they had been pasted."""
    lines = posted.getlist("new-line") or ["1"]  # somebody alone has no line
    typed_in = (posted.getlist(f"new-{name}") for name in ("email", "first", "last"))
    cells = zip(lines, *typed_in, strict=False)
    rows = []
    for line, *typed in cells:
        email, first, last = (cell.strip() for cell in typed)
        text = f"{email}\t{first}\t{last}".strip()
        if text:
            row = Row(line=an_id(line) or 0, text=text, email=email, first_name=first, last_name=last)
            rows.append(check(row))
    return rows
