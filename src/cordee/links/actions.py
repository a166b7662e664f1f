"""Making and revoking personal links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from cordee.kernel import clock
from cordee.links.models import LostLink, PersonalLink
from cordee.links.queries import address_mark, was_sent_to


@dataclass(frozen=True, slots=True)
class Holder:
    """Who gets a link: the address it is sent to, and until when it opens (UTC)."""

    email: str
    until: datetime


def give(*, purpose: str, subject_id: int, to: str, until: datetime) -> PersonalLink:
    """Return the live link for this purpose, thing and address, made if there is none; it ends at `until` (UTC)."""
    return give_many(purpose=purpose, holders={subject_id: Holder(to, until)})[subject_id]


def give_many(*, purpose: str, holders: Mapping[int, Holder]) -> dict[int, PersonalLink]:
    """Return the live link for this purpose and each thing, made where there is none for the address of its holder.
    As many queries for three hundred things as for one.
    """
    now = clock.now()
    found = PersonalLink.objects.filter(
        purpose=purpose, subject_id__in=list(holders), revoked_at=None, expires_at__gt=now
    )
    live = {  # of two, the first that was given
        link.subject_id: link
        for link in found.order_by("-pk")
        if was_sent_to(link, holders[link.subject_id].email)
    }
    longer = [link for link in live.values() if link.expires_at != holders[link.subject_id].until]
    for link in longer:
        link.expires_at = holders[link.subject_id].until
    PersonalLink.objects.bulk_update(longer, ["expires_at"], batch_size=500)
    new = PersonalLink.objects.bulk_create(
        PersonalLink(
            purpose=purpose,
            subject_id=subject_id,
            sent_to=address_mark(holder.email),
            created_at=now,
            expires_at=holder.until,
        )
        for subject_id, holder in holders.items()
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
