"""Services, clients, facilitators, missions and sessions beside each other, by one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Case, F, FloatField, QuerySet, Value, When
from django.db.models.functions import Cast

from cordee.planning.states import AssignmentStatus, StaffRole
from cordee.surveys.models import Sum, Survey
from cordee.surveys.queries.results import Scope
from cordee.surveys.queries.steps import COLUMNS, Steps
from cordee.surveys.states import FEWEST_RANKED


class By(StrEnum):
    """What is compared."""

    SERVICE = "service"
    CLIENT = "client"
    FACILITATOR = "facilitator"
    MISSION = "mission"
    SESSION = "session"


_COLUMN = {
    By.SERVICE: "service_type_id",
    By.CLIENT: "client_id",
    By.FACILITATOR: "session__assignments__facilitator_id",
    By.MISSION: "mission_id",
    By.SESSION: "session_id",
}
_RAN = {
    "session__assignments__role": StaffRole.FACILITATOR,
    "session__assignments__status": AssignmentStatus.CONFIRMED,
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One of those compared."""

    id: int
    steps: Steps
    invited: int
    answered: int

    @property
    def ranked(self) -> bool:
        """On fewer answers nothing is ranked."""
        return self.steps.answers >= FEWEST_RANKED


def compare(scope: Scope, by: By, measure: str) -> QuerySet[Sum, Any]:
    """Return who has answers to a measure: those with enough of them by their mean, then the others, unranked.

    Rows to be given to `compared`; what is told of a mission or a service alone is in none of its sessions.
    """
    found = Sum.objects.filter(scope.told(), measure=measure, **_narrowed(by))
    steps = {f"total_{name}": models.Sum(name) for name in COLUMNS}
    rows = found.order_by().values(who=F(_COLUMN[by])).annotate(**steps)
    answers = sum((F(name) for name in steps), start=Value(0))
    points = sum((F(name) * step for step, name in enumerate(steps)), start=Value(0))
    mean = Cast(points, FloatField()) / Cast(answers, FloatField())
    ranked = Case(When(answers__gte=FEWEST_RANKED, then=mean), default=None, output_field=FloatField())
    return (
        rows.annotate(answers=answers).annotate(mean=ranked).order_by(F("mean").desc(nulls_last=True), "who")
    )


def compared(scope: Scope, by: By, rows: Sequence[dict[str, Any]]) -> list[Compared]:
    """Return the rows of `compare`, with how many of those asked answered: one query."""
    ids = [row["who"] for row in rows]
    asked = Survey.objects.filter(scope.told(), **_narrowed(by), **{f"{_COLUMN[by]}__in": ids})
    rates = {
        who: (invited, answered)
        for who, invited, answered in asked.order_by()
        .values_list(_COLUMN[by])
        .annotate(models.Sum("people"), models.Sum("answered"))
    }
    return [
        Compared(
            row["who"],
            Steps(tuple(row[f"total_{name}"] for name in COLUMNS)),
            *rates.get(row["who"], (0, 0)),
        )
        for row in rows
    ]


def _narrowed(by: By) -> dict[str, Any]:
    return dict(_RAN) if by == By.FACILITATOR else {f"{_COLUMN[by]}__isnull": False}
