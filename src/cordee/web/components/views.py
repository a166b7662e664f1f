"""The gallery: every piece in every state, in both themes. Part of the docs, and of the accessibility tests."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cordee.web.components import gallery_samples


def gallery(request: HttpRequest) -> HttpResponse:
    """`?theme=light` or `?theme=dark` forces one on the page; `?toast=1` shows a message."""
    if "toast" in request.GET:
        messages.success(request, gallery_samples.TOAST)
    theme = request.GET.get("theme", "")
    return render(
        request,
        "components/gallery.html",
        {**gallery_samples.context(), "theme": theme if theme in ("light", "dark") else ""},
    )


def gallery_guest(request: HttpRequest) -> HttpResponse:
    """The personal-link page's frame, with a form in it."""
    theme = request.GET.get("theme", "")
    return render(
        request,
        "components/gallery_guest.html",
        {**gallery_samples.context(), "theme": theme if theme in ("light", "dark") else ""},
    )
