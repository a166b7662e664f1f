"""Making and revoking personal links."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q

from cordee.kernel import clock
from cordee.links.models import LostLink, PersonalLink


def give(*, purpose: str, subject_id: int, until: datetime) -> PersonalLink:
    """Return the live link for this purpose and thing, made if there is none; it ends at `until` (UTC)."""
    return give_many(purpose=purpose, until={subject_id: until})[subject_id]


def give_many(*, purpose: str, until: Mapping[int, datetime]) -> dict[int, PersonalLink]:
    """Return the live link for this purpose and each thing, made where there is none; each ends at the
    thing's `until` (UTC). As many queries for three hundred things as for one.
    """
    now = clock.now()
    found = PersonalLink.objects.filter(
        purpose=purpose, subject_id__in=list(until), revoked_at=None, expires_at__gt=now
    )
    live = {link.subject_id: link for link in found.order_by("-pk")}  # of two, the first that was given
    longer = [link for link in live.values() if link.expires_at != until[link.subject_id]]
    for link in longer:
        link.expires_at = until[link.subject_id]
    PersonalLink.objects.bulk_update(longer, ["expires_at"], batch_size=500)
    new = PersonalLink.objects.bulk_create(
        PersonalLink(purpose=purpose, subject_id=subject_id, created_at=now, expires_at=ends)
        for subject_id, ends in until.items()
        if subject_id not in live
    )
    return live | {link.subject_id: link for link in new}


def revoke(*, purpose: str, subject_id: int) -> None:
    """End every live link for this purpose and thing."""
    PersonalLink.objects.filter(purpose=purpose, subject_id=subject_id, revoked_at=None).update(
        revoked_at=clock.now()
    )


def note_lost(*, email: str, language: str) -> LostLink:
    """Remember that somebody lost their links, until they are answered."""
    return LostLink.objects.create(email=email, language=language, asked_at=clock.now())


def forget_lost(lost_id: int) -> None:
    LostLink.objects.filter(pk=lost_id).delete()


def note_use(link: PersonalLink) -> None:
    """Remember when the link was last used."""
    PersonalLink.objects.filter(pk=link.pk).update(last_used_at=clock.now())


def begin_use(link_id: int, *, after: timedelta) -> bool:
    """Remember a use of the link; tell whether it is the first after a silence as long as `after`."""
    now = clock.now()
    silent = Q(last_used_at=None) | Q(last_used_at__lte=now - after)
    begins = PersonalLink.objects.filter(silent, pk=link_id).update(last_used_at=now)
    if not begins:
        PersonalLink.objects.filter(pk=link_id).update(last_used_at=now)
    return bool(begins)
