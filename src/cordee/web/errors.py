"""Pages for what goes wrong: what happened, what to do, and a way home."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cordee.web import limits

if TYPE_CHECKING:
    from cordee.web.request import Viewer


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read, too large an upload for instance. Nothing in it is trusted."""
    return render(None, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "errors/403.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "errors/404.html", 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer without touching the database: it may be what is broken."""
    return render(None, "errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, "errors/csrf.html", 403)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer for the limits that allauth itself keeps: all of them are of so many a minute."""
    if not limits.seconds_to_wait(request):
        limits.answer_429(request, after=60)
    return _page(request, "errors/429.html", 429)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Show the page in the frame the visitor knows: theirs when logged in, the plain one otherwise."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    base = "base.html" if viewer and viewer.user else "guest_base.html"
    return render(request, template, {"base": base}, status=status)
