"""Reading the rows of a list that wait to be enrolled or corrected."""

from dataclasses import dataclass

from django.db.models import QuerySet

from cordee.enrolment.models import ListRow, RowOutcome
from cordee.enrolment.queries.reading import JudgedRow, judged
from cordee.lists.results import Code, Problem, Row, Suggestion
from cordee.planning.models import Session


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A row that waits, and what it means for the session."""

    stored: ListRow
    judged: JudgedRow


def waiting_rows(session: Session) -> list[WaitingRow]:
    """Return the rows that wait for this session, in the order of the list; judged among each other."""
    stored = list(ListRow.objects.filter(session_id=session.pk).order_by("pk"))
    taken = {position for position, row in enumerate(stored) if row.taken_as_it_is}
    rows = judged(session, [as_row(row) for row in stored], taken=taken)
    return [WaitingRow(row, means) for row, means in zip(stored, rows, strict=True)]


def row_ids(session_id: int) -> list[int]:
    """Return the rows that wait for a session."""
    return list(ListRow.objects.filter(session_id=session_id).order_by("pk").values_list("pk", flat=True))


def outcomes(session_id: int) -> QuerySet[RowOutcome]:
    """Return what became of the lines of lists that were given for a session, the latest first."""
    return RowOutcome.objects.filter(session_id=session_id).order_by("-became_at", "sheet", "line", "pk")


def row_count(session_id: int) -> int:
    """Return how many rows wait for a session."""
    return ListRow.objects.filter(session_id=session_id).count()


def as_row(stored: ListRow) -> Row:
    """Return a stored row as the reader of lists knows it."""
    return Row(
        line=stored.line,
        sheet=stored.sheet,
        text=stored.text,
        email=stored.email,
        first_name=stored.first_name,
        last_name=stored.last_name,
        group=stored.group,
        extras=stored.details,
        problems=tuple(Problem(Code(code), where, value) for code, where, value in stored.problems),
        suggestion=Suggestion(**stored.suggestion) if stored.suggestion else None,
    )
