"""How often each step of a scale was given, and what follows: number, mean, net promoter score."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet

from cordee.surveys.models import Sum
from cordee.surveys.states import STEPS, Nps

COLUMNS = tuple(f"n{step}" for step in STEPS)
_TOTALS = {f"total_{name}": models.Sum(name) for name in COLUMNS}
_NUMBERS = {
    "numbers": models.Sum("total"),
    "smallest": models.Min("least"),
    "largest": models.Max("most"),
    "unknown": models.Count("total") - models.Count("least"),
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What answers in numbers add up to, the smallest and the largest: None where some of them are anonymous."""

    total: int
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Steps:
    """How often each step was given, from 0 on; of answers in numbers, how many lie in each bin."""

    counts: tuple[int, ...] = (0,) * len(STEPS)
    numbers: Numbers | None = None

    def __add__(self, other: "Steps") -> "Steps":
        counts = tuple(a + b for a, b in zip(self.counts, other.counts, strict=True))
        return Steps(counts, _together(self.numbers, other.numbers))

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        """The arithmetic mean of the steps or numbers given; nothing without answers."""
        if self.numbers:
            return self.numbers.total / self.answers
        total = sum(step * n for step, n in enumerate(self.counts))
        return total / self.answers if self.answers else None

    @property
    def nps(self) -> Nps:
        """Who would recommend (9, 10), who would not (0 to 6), and the rest: of a scale from 0 to 10 that asks it."""
        return Nps(
            promoters=sum(self.counts[9:]), passives=sum(self.counts[7:9]), detractors=sum(self.counts[:7])
        )


def _together(one: Numbers | None, other: Numbers | None) -> Numbers | None:
    if one is None or other is None:
        return one or other
    ends = (one.least, other.least, one.most, other.most)
    known = [end for end in ends if end is not None]
    whole = len(known) == len(ends)
    return Numbers(one.total + other.total, min(known) if whole else None, max(known) if whole else None)


def of_columns(counts: Iterable[int], total: int | None, least: int | None, most: int | None) -> Steps:
    """Return what the columns of a sum, or of several added up, tell."""
    return Steps(tuple(counts), None if total is None else Numbers(total, least, most))


def added_up(kept: QuerySet[Sum], *by: str) -> dict[tuple[Any, ...], Steps]:
    """Add sums up by these columns: one query."""
    columns = (*by, *_TOTALS, *_NUMBERS)
    rows = kept.order_by().values(*by).annotate(**_TOTALS, **_NUMBERS).values_list(*columns)
    first = len(by)
    found = {}
    for *row, total, least, most, unknown in rows:
        ends = (None, None) if unknown else (least, most)
        found[tuple(row[:first])] = of_columns(row[first:], total, *ends)
    return found
