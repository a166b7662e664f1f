"""Who acts, in which language, and one id for all that a request does."""

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from cordee.journal.actions import request_id
from cordee.web.request import Viewer


class ActorMiddleware:
    """Give the request its viewer, and the journal the request's id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = Viewer(request)  # type: ignore[attr-defined]  # read by every page as Request.viewer
        token = request_id.set(uuid4().hex)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"  # pages hold personal data: not for shared caches or the back button
        return response
