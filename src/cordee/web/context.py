"""What every template may read."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cordee import __version__
from cordee.web.navigation import account_menu, navigation
from cordee.web.request import Viewer


def house(request: HttpRequest) -> dict[str, Any]:
    """Return the organisation, who is logged in, and where they can go. Read only when a template asks."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:  # an error page, before the middleware ran
        return {"version": __version__, "demo": settings.DEMO}
    user = viewer.user
    return {
        "organisation": SimpleLazyObject(lambda: viewer.organisation),
        "navigation": navigation(viewer, request.path) if user else [],
        "account_menu": account_menu(viewer) if user else [],
        "account_name": user.full_name if user else "",
        "demo": settings.DEMO,
        "version": __version__,
    }
