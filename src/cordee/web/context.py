"""What every template may read."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from cordee import __version__
from cordee.kernel import clock
from cordee.organisation.models import Organisation
from cordee.web.addresses import address
from cordee.web.entrance import personas
from cordee.web.help.links import help_for
from cordee.web.kept import account
from cordee.web.navigation import account_menu, navigation

if TYPE_CHECKING:
    from cordee.web.request import Viewer


def house(request: HttpRequest) -> dict[str, Any]:
    """Return the organisation, who is logged in, and where they can go. Read only when a template asks."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:  # an error page, before the middleware ran
        return {"house_version": __version__, "demo": False}
    user = viewer.user
    return {
        "organisation": SimpleLazyObject(lambda: _branded(viewer.organisation)),
        "navigation": navigation(viewer, request.path) if user else [],
        "account_menu": account_menu(viewer) if user else [],
        "search_url": address("search") if user else "",
        "help": SimpleLazyObject(lambda: help_for(request.resolver_match)) if user else None,
        "owner": account(viewer) if user else "",
        "account_name": user.full_name if user else "",
        **_demonstration(),
        "house_version": __version__,
    }


def _branded(organisation: Organisation) -> Organisation:
    """Add the address of the logo; it changes with the picture, so that browsers may keep it for good."""
    address = f"{reverse('organisation_logo')}?v={organisation.logo_id}" if organisation.logo_id else ""
    organisation.logo_url = address  # type: ignore[attr-defined]  # read by the templates alone
    return organisation


def _demonstration() -> dict[str, Any]:
    """Return what the ribbon of the demonstration shows: the time it is there, and whom one can be."""
    if not settings.DEMO:
        return {"demo": False}
    return {"demo": True, "demo_now": clock.now(), "everybody": personas.everybody()}
