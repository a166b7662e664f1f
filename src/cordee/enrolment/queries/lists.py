"""Reading lists of participants from the tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Value

from cordee.enrolment.models import Enrolment, ListRow
from cordee.enrolment.states import Source
from cordee.kernel import clock
from cordee.prepared import prepared

_COUNTED = Enrolment.objects.filter(cancelled_at=None).values("session_id").annotate(n=Count("pk"))
_WAITING = ListRow.objects.filter(source=Source.CONTACT).values("session_id").annotate(waiting=Count("pk"))


def enrolments(session_id: int) -> list[Enrolment]:
    """Return who is on the list of a session, by last name: one query."""
    return _enrolments(session_id)


@prepared
def _enrolments(session_id: int) -> QuerySet[Enrolment]:
    return (
        Enrolment.objects.filter(session_id=session_id, cancelled_at=None)
        .select_related("participant")
        .order_by("participant__last_name", "participant__first_name", "participant__email", "pk")
    )


def enrolment(enrolment_id: int) -> Enrolment | None:
    return (
        Enrolment.objects.select_related("participant", "session__mission__order__client")
        .filter(pk=enrolment_id)
        .first()
    )


def by_ids(enrolment_ids: Iterable[int]) -> list[Enrolment]:
    """Return these enrolments with their participants, cancelled ones included."""
    return list(Enrolment.objects.filter(pk__in=set(enrolment_ids)).select_related("participant"))


def told_about(session_id: int) -> list[Enrolment]:
    """Return everybody ever on the list of a session, cancelled ones included."""
    return list(Enrolment.objects.filter(session_id=session_id).select_related("participant"))


def of_address(email: str, *, ended_after: datetime) -> list[Enrolment]:
    """Return the enrolments of whoever has this address (normal), on sessions that end after a moment (UTC),
    in the order they take place. Those taken off their list are left out.
    """
    found = Enrolment.objects.filter(
        participant__email=email, cancelled_at=None, session__ends_at__gt=ended_after
    )
    return list(found.select_related("participant", "session").order_by("session__starts_at", "pk"))


def counts(session_ids: Iterable[int]) -> dict[int, int]:
    """Return how many people are on the list of each session, in one query."""
    return {row["session_id"]: row["n"] for row in _COUNTED.filter(session_id__in=set(session_ids))}


@dataclass(frozen=True, slots=True)
class OnList:
    """How many people are on the list of a session, and how many lines of the client wait to be checked for it."""

    enrolled: int = 0
    waiting: int = 0


def on_lists(session_ids: Iterable[int]) -> dict[int, OnList]:
    """Return how far the list of each session is, in one query; of those with anything on it."""
    found: dict[int, OnList] = {}
    for session_id, enrolled, waits in _on_lists(set(session_ids)):
        before = found.get(session_id, OnList())
        found[session_id] = OnList(before.enrolled + enrolled, before.waiting + waits)
    return found


@prepared
def _on_lists(session_ids: set[int]) -> QuerySet[Any, tuple[int, int, int]]:
    return (
        _COUNTED.filter(session_id__in=session_ids)
        .values_list("session_id", "n", Value(0))
        .union(
            _WAITING.filter(session_id__in=session_ids).values_list("session_id", Value(0), "waiting"),
            all=True,
        )
    )


def of_same_person(enrolment_id: int) -> list[Enrolment]:
    """Return every enrolment of whoever has this one, on sessions that have not begun."""
    found = Enrolment.objects.filter(participant__enrolments=enrolment_id, session__starts_at__gt=clock.now())
    return list(found.order_by("pk"))
