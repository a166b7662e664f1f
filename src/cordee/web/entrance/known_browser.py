"""Browsers from which somebody logged in before: strangers who ask for codes in their name do not lock them out."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

from cordee.kernel.names import normal_email

_COOKIE = "cordee_known"
_KEPT = timedelta(days=180)


def remember(response: HttpResponseBase, email: str) -> None:
    """Let this browser be known for the address, which cannot be read from what is kept."""
    response.set_cookie(
        _COOKIE,
        _sign(email),
        max_age=_KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def limit_key(request: HttpRequest, email: str) -> str:
    """Return under what name the codes for this address are counted: apart where it logged in before."""
    known = constant_time_compare(request.COOKIES.get(_COOKIE, ""), _sign(email))
    return f"known:{normal_email(email)}" if known else normal_email(email)


def _sign(email: str) -> str:
    return salted_hmac("cordee.known_browser", normal_email(email), algorithm="sha256").hexdigest()
