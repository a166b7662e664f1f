"""How far the half-days of a day are: who signed, whether presence is recorded, who countersigned."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count

from cordee.attendance.models import HalfDayRecord, Signature
from cordee.attendance.queries.signatures import COUNTERSIGNED


@dataclass(slots=True)
class HalfDayState:
    """What is done on one half-day."""

    signed: int = 0
    present: int | None = None
    """How many were there; nothing where presence is not recorded."""
    countersigned_by: set[int] = field(default_factory=set)
    """The places (assignments) of the facilitators whose countersignature stands."""


def half_day_states(half_day_ids: Collection[int]) -> dict[int, HalfDayState]:
    """Return how far each of these half-days is: three queries, however many there are."""
    found = {pk: HalfDayState() for pk in half_day_ids}
    of_people = Signature.objects.filter(half_day__in=found, assignment=None)
    signed = Counter(dict(of_people.values_list("half_day_id").annotate(Count("pk"))))
    for pk, state in found.items():
        state.signed = signed[pk]
    for record in HalfDayRecord.objects.filter(half_day__in=found, replaced_by=None):
        found[record.half_day_id].present = record.present
    standing = COUNTERSIGNED.filter(half_day__in=found)
    for half_day_id, assignment_id in standing.values_list("half_day_id", "assignment_id"):
        found[half_day_id].countersigned_by.add(assignment_id)
    return found
