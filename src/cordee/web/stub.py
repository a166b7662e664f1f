"""A page that is not built yet."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def stub(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse("to come")
