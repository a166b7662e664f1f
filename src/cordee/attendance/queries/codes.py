"""The code on the facilitator's screen. It changes every 20 seconds, so that a photo of it is soon useless."""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from cordee.attendance.states import CODE_LENGTH, CODE_SECONDS, CODE_SIGNS, SIGN_BEFORE
from cordee.kernel import clock
from cordee.missions.states import MissionStatus
from cordee.planning import queries as planning
from cordee.planning.models import HalfDay, Session
from cordee.planning.states import SessionStatus

_SALT = "cordee.attendance.queries.codes"


def code_shown(session_id: int) -> str:
    """Return the code of a session at this moment. It is computed, not kept: nobody can read the next one anywhere."""
    return _code(session_id, clock.now())


def session_of_code(text: str) -> Session | None:
    """Return the session on whose screen this code stands, or stood just before, while a half-day can be signed.

    As people type it: small letters, spaces and hyphens are all right.
    """
    code = "".join(sign for sign in text.upper() if sign.isalnum())
    if len(code) != CODE_LENGTH:
        return None
    now = clock.now()
    taken = (now, now - timedelta(seconds=CODE_SECONDS))
    found = [pk for pk in _open_for_signing(now) if any(_code(pk, at) == code for at in taken)]
    return planning.session(found[0]) if len(found) == 1 else None


def _code(session_id: int, at: datetime) -> str:
    step = int(at.timestamp()) // CODE_SECONDS
    digest = salted_hmac(_SALT, f"{session_id}:{step}", algorithm="sha256").digest()
    number = int.from_bytes(digest[:8])
    signs = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_SIGNS))
        signs.append(CODE_SIGNS[place])
    return "".join(signs)


def _open_for_signing(now: datetime) -> list[int]:
    """Return the sessions with a half-day that can be signed now: a few hundred on the busiest morning."""
    sessions = Session.objects.filter(
        status=SessionStatus.PLANNED,
        mission__status=MissionStatus.RUNNING,
        starts_at__lte=now + SIGN_BEFORE,
        ends_at__gte=now,
    )
    found = HalfDay.objects.filter(session__in=sessions, starts_at__lte=now + SIGN_BEFORE, ends_at__gte=now)
    return sorted(set(found.values_list("session_id", flat=True)))
