"""Reading audits, and what they are drawn from."""

from datetime import date

from django.db.models import QuerySet

from cordee.audits.models import Audit
from cordee.audits.queries.ground import held


def eligible(since: date, until: date) -> list[str]:
    """Return the references of the missions that had a session that ended between two days, both included: what is
    drawn from, in order.
    """
    found = held(since, until).order_by("mission__ref").values_list("mission__ref", flat=True)
    return list(found.distinct())


def audits() -> QuerySet[Audit]:
    """Return audits, the latest first."""
    return Audit.objects.select_related("file").prefetch_related("missions__order__client").order_by("-pk")


def audit_by_ref(ref: str) -> Audit | None:
    return audits().filter(ref=ref).first()
