"""How full sessions are: people on their lists, against the places there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    PositiveIntegerField,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.enrolment.models import Enrolment
from cordee.planning import queries as planning
from cordee.planning.models import Session


@dataclass(frozen=True, slots=True)
class Filling:
    """Some sessions together. `places` and `taken` are of those that people are enrolled on by name."""

    sessions: int = 0
    unstaffed: int = 0
    places: int = 0
    taken: int = 0

    @property
    def rate(self) -> int | None:
        """The part of the places that is taken, in per cent; nothing where there is none."""
        return round(100 * self.taken / self.places) if self.places else None


def with_places(found: QuerySet[Session]) -> QuerySet[Any]:
    """Return the same sessions, each with its `places` and how many of them are `taken`; both are nothing where a
    school keeps the list itself.
    """
    on_list = Enrolment.objects.filter(session=OuterRef("pk"), cancelled_at=None).order_by().values("session")
    counted = Coalesce(Subquery(on_list.annotate(n=Count("pk")).values("n")), 0)
    return found.annotate(places=_by_name(F("capacity")), taken=_by_name(counted))


def _by_name(value: Any) -> Case:
    optional = When(mission__order__sector__in=ENROLMENT_OPTIONAL, then=None)
    return Case(optional, default=value, output_field=PositiveIntegerField(null=True))


def filling(edges: Sequence[datetime]) -> list[Filling]:
    """Return how full the sessions are that start between each two of these moments (UTC, ascending): one query."""
    between = Case(
        *(When(starts_at__lt=end, then=Value(n)) for n, end in enumerate(edges[1:])),
        output_field=IntegerField(),
    )
    found = with_places(planning.taking_place(edges[0], edges[-1])).order_by()
    rows = (
        found.annotate(between=between)
        .values("between")
        .annotate(
            sessions=Count("pk"),
            unstaffed=Count("pk", filter=planning.NOBODY_RUNS_IT),
            all_places=Coalesce(Sum("places"), 0),
            all_taken=Coalesce(Sum("taken"), 0),
        )
        .values_list("between", "sessions", "unstaffed", "all_places", "all_taken")
    )
    told = {between: Filling(*counted) for between, *counted in rows}
    return [told.get(n, Filling()) for n in range(len(edges) - 1)]
