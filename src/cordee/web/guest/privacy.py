"""What people are told of their data."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from cordee.organisation.queries import privacy_notice as notice_of
from cordee.web.request import Request


def privacy_notice(request: Request) -> HttpResponse:
    """Show the notice on personal data, to everybody."""
    words = notice_of(request.viewer.organisation, translation.get_language() or "fr")
    parts = [part.strip() for part in words.replace("\r\n", "\n").split("\n\n") if part.strip()]
    context = {"parts": [_part(part) for part in parts]}
    return render(request, "guest/privacy_notice.html", context)


def _part(text: str) -> tuple[str, str]:
    """Return a heading and the paragraph that follows on the next lines, either of which may be empty."""
    if not text.startswith("#"):
        return "", text
    heading, _line, rest = text.partition("\n")
    return heading.lstrip("# "), rest.strip()
