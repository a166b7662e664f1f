"""How often each step of a scale was given, and what follows: number, mean, net promoter score."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet

from cordee.surveys.models import Sum
from cordee.surveys.states import STEPS, Nps

COLUMNS = tuple(f"n{step}" for step in STEPS)
_TOTALS = {f"total_{name}": models.Sum(name) for name in COLUMNS}


@dataclass(frozen=True, slots=True)
class Steps:
    """How often each step was given, from 0 on."""

    counts: tuple[int, ...] = (0,) * len(STEPS)

    def __add__(self, other: "Steps") -> "Steps":
        return Steps(tuple(a + b for a, b in zip(self.counts, other.counts, strict=True)))

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        """The arithmetic mean of the steps given; nothing without answers."""
        total = sum(step * n for step, n in enumerate(self.counts))
        return total / self.answers if self.answers else None

    @property
    def nps(self) -> Nps:
        """Who would recommend (9, 10), who would not (0 to 6), and the rest: of a scale from 0 to 10 that asks it."""
        return Nps(
            promoters=sum(self.counts[9:]), passives=sum(self.counts[7:9]), detractors=sum(self.counts[:7])
        )


def added_up(kept: QuerySet[Sum], *by: str) -> dict[tuple[Any, ...], Steps]:
    """Add sums up by these columns: one query."""
    rows = kept.order_by().values(*by).annotate(**_TOTALS).values_list(*by, *_TOTALS)
    return {row[: len(by)]: Steps(tuple(row[len(by) :])) for row in rows}
