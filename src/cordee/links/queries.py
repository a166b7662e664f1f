"""Reading personal links."""

import re

from django.core.signing import BadSignature, Signer

from cordee.kernel import clock
from cordee.links.models import LostLink, PersonalLink

_signer = Signer(salt="cordee.links")
_TOKEN = re.compile(r"\b\d+:[\w-]{43}(?![\w-])")


def token(link: PersonalLink) -> str:
    """Return the secret part of the link's address."""
    return _signer.sign(str(link.pk))


def hidden(text: str) -> str:
    """Return `text` without the secret part of the personal links in it: whoever opens one acts as its reader."""
    return _TOKEN.sub("…", text)


def is_genuine(signed: str) -> bool:
    """Tell whether `signed` was made here, even if its link has ended since."""
    try:
        _signer.unsign(signed)
    except BadSignature:
        return False
    return True


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
