"""Noting what became of the lines of a list, so that its page tells it when the lines are gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from cordee.enrolment.models import ListRow, RowOutcome
from cordee.enrolment.queries.rows import as_row
from cordee.enrolment.states import MOST_LINES_TOLD, Became, Source
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.lists.results import Row, Skipped

_SHOWN = 120
"""Letters of a line that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a list, and what became of it."""

    line: int
    sheet: str
    name: str
    became: Became
    first_line: int | None = None
    """Where the same person stands, too."""
    source: str = Source.COORDINATOR

    @classmethod
    def of(
        cls, row: Row, became: Became, *, first_line: int | None = None, source: str = Source.COORDINATOR
    ) -> Self:
        name = f"{row.first_name} {row.last_name}".strip() or row.email or row.text
        return cls(
            line=row.line, sheet=row.sheet, name=name, became=became, first_line=first_line, source=source
        )

    @classmethod
    def kept(cls, row: ListRow, became: Became) -> Self:
        return cls.of(as_row(row), became, source=row.source)

    @classmethod
    def aside(cls, line: Skipped, *, source: str = Source.COORDINATOR) -> Self:
        return cls(line=line.line, sheet=line.sheet, name=line.text, became=Became.ASIDE, source=source)


def note(session_id: int, lines: Iterable[Line], *, by: Actor) -> None:
    """Keep what became of these lines of a list; of a session with very many, the newest are kept."""
    now = clock.now()
    RowOutcome.objects.bulk_create(
        (
            RowOutcome(
                session_id=session_id,
                source=line.source,
                line=line.line,
                sheet=line.sheet[:_SHOWN],
                name=line.name if len(line.name) <= _SHOWN else f"{line.name[:_SHOWN]}…",
                became=line.became,
                first_line=line.first_line,
                became_at=now,
                user_id=by.user_id,
                link_id=by.link_id,
            )
            for line in lines
        ),
        batch_size=1_000,
    )
    kept = RowOutcome.objects.filter(session_id=session_id).order_by("-pk")
    too_old = kept.values_list("pk", flat=True)[MOST_LINES_TOLD : MOST_LINES_TOLD + 1]
    for newest_too_old in too_old:
        kept.filter(pk__lte=newest_too_old).delete()
