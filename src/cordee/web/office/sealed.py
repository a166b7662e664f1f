"""Sealed files: given to those who read evidence; and the keys that check them, which everybody may know."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from cordee.evidence import queries
from cordee.files import queries as files
from cordee.kernel.permissions import Permission
from cordee.web.pages import page, session_or_404
from cordee.web.papers import pdf
from cordee.web.request import Request


@page(Permission.VIEW_EVIDENCE)
def sealed_file(request: Request, ref: str, sealed: int) -> HttpResponse:
    """Give a sealed file of a session."""
    session = session_or_404(request, ref)
    found = next((one for one in queries.sealed_files(session.pk) if one.number == sealed), None)
    if found is None:
        raise Http404
    name = f"{session.ref}-{found.number}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(files.content(found.file), content_type="application/zip", headers=headers)


@page(Permission.VIEW_EVIDENCE)
def final_sheet(request: Request, ref: str) -> HttpResponse:
    """Show the final sheet of a session as it would be sealed now."""
    session = session_or_404(request, ref)
    return pdf(queries.final_sheet(session), f"{session.ref}-final")


def seal_keys(request: Request) -> HttpResponse:
    """Publish the keys that the house seals with, and the last seal: whoever was given a sealed file compares."""
    context = {"keys": queries.keys(), "last": queries.chain()}
    return render(request, "office/seal_keys.html", context)
