"""Reading which improvements brought which versions of programmes."""

from collections.abc import Iterable

from cordee.catalogue.models import ProgrammeVersion
from cordee.quality.models import ImprovedProgramme, Improvement
from cordee.quality.queries.improving import improvements
from cordee.quality.states import ImprovementState

OFFERED = 100
"""Improvements that one chooses from: the last ones."""


def brought(version_ids: Iterable[int]) -> dict[int, Improvement]:
    """Return the improvement that brought each of these versions, where one did: one query."""
    rows = ImprovedProgramme.objects.filter(version__in=set(version_ids)).select_related("improvement")
    return {row.version_id: row.improvement for row in rows}


def programmes_brought(improvement_id: int) -> list[ProgrammeVersion]:
    """Return the versions of programmes that an improvement brought, with their service, the last first."""
    rows = ImprovedProgramme.objects.filter(improvement_id=improvement_id)
    found = rows.select_related("version__service_type").order_by("-version__made_at", "-version_id")
    return [row.version for row in found]


def improvements_that_bring() -> list[Improvement]:
    """Return the last improvements that were not given up, the last first."""
    return list(improvements().exclude(state=ImprovementState.GIVEN_UP)[:OFFERED])
