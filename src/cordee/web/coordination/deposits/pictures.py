"""Giving pictures of signed pages, and the files as they were deposited, to who may see them."""

from pathlib import PurePath

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override

from cordee.deposits import queries, rules
from cordee.deposits.states import ENDINGS, Kind
from cordee.files.queries import content
from cordee.web.pages import page
from cordee.web.request import Request

_ALONE = {"default-src": ["'none'"], "sandbox": ""}
"""What people gave is looked at, and does nothing, whatever a browser takes it for."""


@csp_override(_ALONE)
@page()
def deposited_picture(request: Request, page_id: int) -> HttpResponse:
    """Give the picture of a page, straightened."""
    found = queries.page(page_id)
    if found is None or found.picture is None or not rules.sees_page(found, request.viewer.actor):
        raise Http404
    return HttpResponse(content(found.picture), content_type=found.picture.content_type)


@csp_override(_ALONE)
@page()
def deposited_file(request: Request, file_id: int) -> HttpResponse:
    """Give a file as it was deposited, to be saved."""
    found = queries.file(file_id)
    actor = request.viewer.actor
    if found is None or not rules.sees_file(found, queries.pages_of_file(found.pk), actor):
        raise Http404
    name = slugify(PurePath(found.name).stem) or _("sheet")
    response = HttpResponse(content(found.stored), content_type=found.stored.content_type)
    ending = ENDINGS[Kind(found.stored.content_type)]
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
