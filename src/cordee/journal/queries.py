"""Reading the journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from cordee.journal.models import Delivery, Entry, Reason
from cordee.journal.states import DeliveryState


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
    return _lines(Entry.objects.filter(mission_id=mission_id), limit, before_id)


def timeline_of(subject: str, *, limit: int = 50, within: int | None = None) -> list[TimelineEntry]:
    """Return what happened to one thing (`session_id:12`), newest first; on a mission (`within`) also the
    facts about something else that it was left for (whose `from_session_id` is 12).
    """
    about = Q(subject=subject)
    if within is not None:
        name, _, number = subject.partition(":")
        about |= Q(mission_id=within, **{f"payload__from_{name}": int(number)})
    return _lines(Entry.objects.filter(about), limit, None)


def _lines(entries: Any, limit: int, before_id: int | None) -> list[TimelineEntry]:
    if before_id:
        entries = entries.filter(pk__lt=before_id)
    fields = ("pk", "at", "fact", "payload", "actor_kind", "user_id", "link_id")
    rows = entries.order_by("-pk").values_list(*fields)[:limit]
    return [TimelineEntry(*row) for row in rows]


def reasons(reason_ids: Iterable[int]) -> dict[int, str]:
    """Return reasons in their givers' words, by id, in one query (none for none); empty where it was erased."""
    wanted = set(reason_ids)
    return dict(Reason.objects.filter(pk__in=wanted).values_list("pk", "text")) if wanted else {}


def failed_count() -> int:
    """Return how many deliveries were given up."""
    return Delivery.objects.filter(state=DeliveryState.FAILED).count()


def failed_deliveries() -> list[FailedDelivery]:
    """Return the deliveries that were given up, newest first."""
    found = Delivery.objects.filter(state=DeliveryState.FAILED).select_related("entry").order_by("-pk")[:100]
    return [FailedDelivery(d.pk, d.subscriber, d.error, d.entry.mission_id, _line(d.entry)) for d in found]


def _line(entry: Entry) -> TimelineEntry:
    return TimelineEntry(entry.pk, entry.at, entry.fact, entry.payload, entry.actor_kind, entry.user_id)
