"""Reading the journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from cordee.journal.models import Delivery, Entry, Reason
from cordee.journal.states import ERASED, DeliveryState
from cordee.prepared import prepared
from cordee.reasons import ReasonField

_ROWS = Entry.objects.order_by("-pk").values_list(
    "pk", "at", "fact", "payload", "actor_kind", "user_id", "link_id"
)
_NEWEST = 2**63 - 1
"""Above the number of any entry."""

type _Row = tuple[int, datetime, str, dict[str, Any], str, int | None, int | None]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a timeline; `at` in UTC. Names are looked up by who shows it."""

    id: int
    at: datetime
    fact: str
    payload: dict[str, Any]
    actor_kind: str
    user_id: int | None
    link_id: int | None = None


@dataclass(frozen=True, slots=True)
class FailedDelivery:
    """A delivery that was given up, with why."""

    id: int
    subscriber: str
    error: str
    mission_id: int | None
    entry: TimelineEntry


def timeline(mission_id: int, *, limit: int = 50, before_id: int | None = None) -> list[TimelineEntry]:
    """Return what happened on a mission, newest first."""
    rows = _of_mission(mission_id, before_id or _NEWEST, limit=limit)
    return [TimelineEntry(*row) for row in rows]


def timeline_of(subject: str, *, limit: int = 50, within: int | None = None) -> list[TimelineEntry]:
    """Return what happened to one thing (`session_id:12`), newest first; on a mission (`within`) also the
    facts about something else that it was left for (whose `from_session_id` is 12).
    """
    name, _, number = subject.partition(":")
    if within is None:
        rows = _about(subject, limit=limit)
    else:
        rows = _about_or_left(subject, within, int(number), left=f"payload__from_{name}", limit=limit)
    return [TimelineEntry(*row) for row in rows]


@prepared
def _of_mission(mission_id: int, before_id: int, *, limit: int) -> QuerySet[Entry, _Row]:
    return _ROWS.filter(mission_id=mission_id, pk__lt=before_id)[:limit]


@prepared
def _about(subject: str, *, limit: int) -> QuerySet[Entry, _Row]:
    return _ROWS.filter(subject=subject)[:limit]


def _about_or_left(subject: str, mission_id: int, number: int, *, left: str, limit: int) -> list[_Row]:
    """Written anew each time: each database compares what stands in a payload in its own way."""
    return list(_ROWS.filter(Q(subject=subject) | Q(mission_id=mission_id, **{left: number}))[:limit])


def reasons(reason_ids: Iterable[int]) -> dict[int, str]:
    """Return reasons in their givers' words, by id, in one query (none for none); empty where it was erased."""
    wanted = set(reason_ids)
    return dict(Reason.objects.filter(pk__in=wanted).values_list("pk", "text")) if wanted else {}


@dataclass(frozen=True, slots=True)
class GivenReason:
    """A reason with what it was given for; empty where its words were erased."""

    id: int
    at: datetime
    fact: str
    text: str


@dataclass(frozen=True, slots=True)
class WrittenReason:
    """A reason that stands on the row it is about, and in no fact; `key` says where, by table, column and row:
    `planning.assignment.reason:12`.
    """

    key: str
    text: str


def reason_fields() -> list[ReasonField]:
    """Return every column that holds a reason in somebody's words."""
    return [f for m in apps.get_models() for f in m._meta.local_fields if isinstance(f, ReasonField)]


def reasons_written(mission_id: int | None) -> list[WrittenReason]:
    """Return the reasons on rows of a mission, or of no mission (None), that no fact names; confidential ones are left
    out. One query for each kind.
    """
    told = {given.text for given in reasons_given(mission_id)}
    return [
        WrittenReason(f"{field.model._meta.label_lower}.{field.name}:{pk}", text)
        for field in reason_fields()
        for pk, text in _listed(field, mission_id).order_by("pk").values_list("pk", field.name)
        if text not in told
    ]


def _listed(field: ReasonField, mission_id: int | None) -> QuerySet[Any]:
    found = rows_with_reason(field, mission_id)
    return found.filter(**{field.withheld: False}) if field.withheld else found


def rows_with_reason(field: ReasonField, mission_id: int | None) -> QuerySet[Any]:
    """Return the rows of a mission, or of no mission (None), that hold a reason in this column."""
    every = _with_reason(field)
    if not field.of_mission:
        return every if mission_id is None else every.none()
    if mission_id is None:
        return every.filter(**{f"{field.of_mission}__isnull": True})
    return every.filter(**{field.of_mission: mission_id})


def row_with_reason(field: ReasonField, pk: int) -> QuerySet[Any]:
    """Return the row that holds a reason in this column, if it does."""
    return _with_reason(field).filter(pk=pk)


def _with_reason(field: ReasonField) -> QuerySet[Any]:
    every: QuerySet[Any] = QuerySet(field.model)
    return every.exclude(**{f"{field.name}__in": ("", ERASED)})


def reasons_given(mission_id: int | None) -> list[GivenReason]:
    """Return every reason given on a mission, or on none (None), oldest first: two queries."""
    rows = Entry.objects.filter(mission_id=mission_id, payload__reason_id__isnull=False).order_by("pk")
    given = [(row.payload["reason_id"], row) for row in rows if row.payload["reason_id"] is not None]
    texts = reasons(pk for pk, _row in given)
    return [GivenReason(pk, row.at, row.fact, texts.get(pk, "")) for pk, row in given]


def failed_count() -> int:
    """Return how many deliveries were given up."""
    return Delivery.objects.filter(state=DeliveryState.FAILED).count()


def failed_deliveries() -> list[FailedDelivery]:
    """Return the deliveries that were given up, newest first."""
    found = Delivery.objects.filter(state=DeliveryState.FAILED).select_related("entry").order_by("-pk")[:100]
    return [FailedDelivery(d.pk, d.subscriber, d.error, d.entry.mission_id, _line(d.entry)) for d in found]


def _line(entry: Entry) -> TimelineEntry:
    return TimelineEntry(entry.pk, entry.at, entry.fact, entry.payload, entry.actor_kind, entry.user_id)
