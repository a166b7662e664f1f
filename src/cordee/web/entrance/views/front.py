"""The way in, and what machines ask for."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from cordee.kernel.permissions import Permission, Role
from cordee.organisation.queries import the_organisation
from cordee.web.components import brand
from cordee.web.components.views import gallery
from cordee.web.pages import page
from cordee.web.request import Request

_FRESH = 300  # seconds: a new accent colour shows within five minutes
_prepared: set[str] = set()


@page()
def home(request: Request) -> HttpResponse:
    """Lead everybody to their list of things to do: the office to the office's, facilitators to their own.

    Somebody who is both comes to the office's: their own work is one click away in the navigation. What is late is for
    others to do than auditors, who come for the audits.
    """
    actor, user = request.viewer.actor, request.viewer.user
    if user and user.held_roles == {Role.AUDITOR}:
        return HttpResponseRedirect(reverse("audits"))
    if actor.may(Permission.VIEW_MISSIONS):
        return HttpResponseRedirect(reverse("office_todo"))
    if actor.facilitator_id is not None:
        return HttpResponseRedirect(reverse("my_work"))
    return HttpResponseRedirect(reverse("my_account"))


def healthz(request: HttpRequest) -> HttpResponse:
    """Tell whether the house can serve: the database answers and is prepared. Needs no session."""
    try:
        reason = _why_not_ready()
    except DatabaseError as error:
        reason = f"the database does not answer: {type(error).__name__}"
    return HttpResponse(
        f"{reason or 'ok'}\n", status=503 if reason else 200, content_type="text/plain; charset=utf-8"
    )


def _why_not_ready() -> str:
    name = str(connection.settings_dict["NAME"])
    if name not in _prepared:  # what was prepared once stays so while this process runs
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "the database is not prepared: run cordee migrate"
        _prepared.add(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def brand_css(request: HttpRequest) -> HttpResponseBase:
    """Serve the organisation's colour. Public, the same for everybody: browsers may keep it for a while."""
    css = brand.stylesheet(the_organisation().accent_colour)
    etag = quote_etag(hashlib.sha256(css.encode()).hexdigest()[:16])
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={_FRESH}"
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def worker(request: HttpRequest) -> HttpResponse:
    """Serve the script that goes on without network: from the root, since it serves every page."""
    found = finders.find("cordee/worker.js")
    response = HttpResponse(Path(str(found)).read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def without_network(request: HttpRequest) -> HttpResponse:
    """Say that there is no network: kept on devices for a page that is not."""
    return render(request, "entrance/without_network.html")


def design(request: HttpRequest) -> HttpResponse:
    """Show every piece of the design system: to colleagues, and to all in the demonstration."""
    viewer = request.viewer  # type: ignore[attr-defined]  # set by ActorMiddleware
    if viewer.user is None and not settings.DEMO:
        return redirect_to_login(request.get_full_path())
    return gallery(request)
