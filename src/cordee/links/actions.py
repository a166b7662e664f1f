"""Making and revoking personal links."""

from datetime import datetime

from cordee.kernel import clock
from cordee.links.models import PersonalLink


def give(*, purpose: str, subject_id: int, until: datetime) -> PersonalLink:
    """Return the live link for this purpose and thing, made if there is none; it ends at `until` (UTC)."""
    now = clock.now()
    live = PersonalLink.objects.filter(
        purpose=purpose, subject_id=subject_id, revoked_at=None, expires_at__gt=now
    ).first()
    if live is None:
        return PersonalLink.objects.create(
            purpose=purpose, subject_id=subject_id, created_at=now, expires_at=until
        )
    if live.expires_at != until:
        live.expires_at = until
        live.save(update_fields=["expires_at"])
    return live


def revoke(*, purpose: str, subject_id: int) -> None:
    """End every live link for this purpose and thing."""
    PersonalLink.objects.filter(purpose=purpose, subject_id=subject_id, revoked_at=None).update(
        revoked_at=clock.now()
    )


def note_use(link: PersonalLink) -> None:
    """Remember when the link was last used."""
    PersonalLink.objects.filter(pk=link.pk).update(last_used_at=clock.now())
