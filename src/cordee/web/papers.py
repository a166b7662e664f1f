"""Giving a document to the browser."""

from django.http import HttpResponse
from django.utils.text import slugify


def pdf(content: bytes, name: str) -> HttpResponse:
    """Answer with a PDF that opens in the browser and is saved as `name`."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(name)}.pdf"'
    return response
