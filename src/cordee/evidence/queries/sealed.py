"""Reading what was sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min

from cordee.evidence.models import SealedFile
from cordee.seals.naming import fingerprint


def sealed_files(session_id: int) -> Sequence[SealedFile]:
    """Return the sealed files of a session, the latest first, in one query."""
    return list(SealedFile.objects.filter(session=session_id).select_related("file").order_by("-number"))


def chain() -> SealedFile | None:
    """Return the last seal: with its digest published, nothing can be slipped in before it."""
    return SealedFile.objects.order_by("-number").first()


@dataclass(frozen=True, slots=True)
class Key:
    """A key that the house sealed with."""

    public_key: str
    first: int
    last: int
    since: datetime
    files: int

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public_key)


def keys() -> list[Key]:
    """Return the keys that the house sealed with, the newest first, in one query."""
    rows = SealedFile.objects.values("public_key").annotate(
        first=Min("number"), last=Max("number"), since=Min("sealed_at"), files=Count("pk")
    )
    return [Key(**row) for row in rows.order_by("-last")]
