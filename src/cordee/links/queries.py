"""Reading personal links."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from django.core.signing import BadSignature, Signer

from cordee.kernel import clock
from cordee.kernel.names import normal_email
from cordee.links.models import LostLink, PersonalLink

_signer = Signer(salt="cordee.links")


def token(link: PersonalLink) -> str:
    """Return the secret part of the link's address (`kernel.tokens` knows it when it meets it)."""
    return _signer.sign(str(link.pk))


def address_mark(email: str) -> str:
    """Return by what a link knows the address it was sent to, without saying it."""
    return sha256(normal_email(email).encode()).hexdigest()[:32]


def was_sent_to(link: PersonalLink, email: str) -> bool:
    """Tell whether this is the address that the link was sent to: corrected since, the link opens nothing."""
    return link.sent_to == address_mark(email)


def is_genuine(signed: str) -> bool:
    """Tell whether `signed` was made here, even if its link has ended since."""
    try:
        _signer.unsign(signed)
    except BadSignature:
        return False
    return True


def subject_of(signed: str, *, purpose: str) -> int | None:
    """Return what a genuine link is or was for, ended ones included; nothing for one that was never given."""
    try:
        found = PersonalLink.objects.filter(pk=int(_signer.unsign(signed)), purpose=purpose).first()
    except (BadSignature, ValueError):
        return None
    return found.subject_id if found else None


def live_link(signed: str, *, purpose: str) -> PersonalLink | None:
    """Return the link that `signed` stands for, if it is genuine, for this purpose,
    not revoked and not ended.
    """
    try:
        link_id = int(_signer.unsign(signed))
    except (BadSignature, ValueError):
        return None
    return PersonalLink.objects.filter(
        pk=link_id, purpose=purpose, revoked_at=None, expires_at__gt=clock.now()
    ).first()


def lost_link(lost_id: int) -> LostLink | None:
    return LostLink.objects.filter(pk=lost_id).first()


def live_links(*, purpose: str, addresses: Mapping[int, str]) -> dict[int, PersonalLink]:
    """Return the live links for this purpose that were sent to these addresses (by the thing each is for), in one
    query.
    """
    found = PersonalLink.objects.filter(
        purpose=purpose, subject_id__in=set(addresses), revoked_at=None, expires_at__gt=clock.now()
    )
    return {
        link.subject_id: link
        for link in found.order_by("pk")
        if was_sent_to(link, addresses[link.subject_id])
    }


def subjects(link_ids: Iterable[int], *, purpose: str) -> dict[int, int]:
    """Return what each of these links is for, ended ones included, in one query."""
    found = PersonalLink.objects.filter(pk__in=set(link_ids), purpose=purpose)
    return dict(found.values_list("pk", "subject_id"))
