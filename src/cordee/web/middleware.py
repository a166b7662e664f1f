"""Who acts, in which language, one id for all a request does; what auditors open; pages made small on the wire."""

from collections.abc import Callable
from http import HTTPStatus
from typing import override
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

from cordee.accounts import actions as accounts
from cordee.journal.actions import request_id
from cordee.kernel.permissions import Role
from cordee.web.request import Viewer

IMPERSONAL = frozenset({"/healthz", "/brand.css"})
"""The same for everybody: no session is read for them."""


class ActorMiddleware:
    """Give the request its viewer and the viewer's language, and the journal the request's id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewer = Viewer(request)
        request.viewer = viewer  # type: ignore[attr-defined]  # read by every page as Request.viewer
        token = request_id.set(uuid4().hex)
        try:
            _speak(request, viewer)
            response = self.get_response(request)
            _write_down(request, viewer, response)
        finally:
            request_id.reset(token)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = (
                "no-store"  # pages hold personal data: not for shared caches or the back button
            )
        return response


def _speak(request: HttpRequest, viewer: Viewer) -> None:
    """Use the language somebody saved: it wins over the browser's."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path in IMPERSONAL:
        return
    user = viewer.user
    if user and user.language in dict(settings.LANGUAGES):
        translation.activate(user.language)
        request.LANGUAGE_CODE = user.language


def _write_down(request: HttpRequest, viewer: Viewer, response: HttpResponse) -> None:
    """Write down what a guest who audits opened; what failed or leads elsewhere was not seen."""
    match = request.resolver_match
    if (
        settings.SESSION_COOKIE_NAME not in request.COOKIES
        or request.path in IMPERSONAL
        or not match
        or response.status_code != HTTPStatus.OK
    ):
        return
    user = viewer.user
    if user and Role.AUDITOR in user.held_roles and match.url_name:
        ref = str(match.kwargs.get("ref", ""))
        accounts.write_down_visit(user_id=user.pk, page=match.url_name, ref=ref, by=viewer.actor)


class PermissionsPolicyMiddleware:
    """Tell browsers that no page of ours, nor anything it may come to hold, uses what senses, films or pays."""

    POLICY = ", ".join(
        f"{feature}=()"
        for feature in (
            *("accelerometer", "bluetooth", "browsing-topics", "camera", "display-capture", "geolocation"),
            *("gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi"),
            *(
                "payment",
                "publickey-credentials-get",
                "screen-wake-lock",
                "serial",
                "usb",
                "xr-spatial-tracking",
            ),
        )
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = self.POLICY
        return response


class CompressionMiddleware(GZipMiddleware):
    """Compress what is text: a page is an eighth of its size. PDFs and pictures are compressed already.

    Django adds a random length to each answer, so that its size tells nothing about secrets in it (BREACH).
    """

    @override
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(("text/", "application/json")):
            return response
        return super().process_response(request, response)
