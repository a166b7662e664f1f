"""The pages on one's own supplier."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from cordee.kernel import clock
from cordee.suppliers import queries
from cordee.suppliers.models import Supplier
from cordee.web.pages import page
from cordee.web.request import Request


def current(facilitator_id: int) -> Supplier | None:
    """Return through whom a facilitator bills today; before the first such day, through whom they will."""
    rows = queries.history_of(facilitator_id)
    today = clock.today()
    begun = next((row.supplier for row in rows if row.since <= today), None)
    return begun or (rows[-1].supplier if rows else None)


def supplier_page[**P](
    view: Callable[Concatenate[Request, Supplier, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Open a page to facilitators who bill through somebody, with that supplier; for others it does not exist."""

    @page()
    @wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        own = request.viewer.actor.facilitator_id
        supplier = current(own) if own is not None else None
        if supplier is None:
            raise Http404
        return view(request, supplier, *args, **kwargs)

    return guarded


def home(section: str = "") -> str:
    """Return the address of “How I am paid”, at one of its sections."""
    return reverse("my_payment") + (f"#{section}" if section else "")
