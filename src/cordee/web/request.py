"""The request as the pages know it: who acts, and the organisation, both read once."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.http import HttpRequest

from cordee.accounts.models import User
from cordee.accounts.queries import permissions_of_user
from cordee.kernel.actor import Actor, ActorKind
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Viewer:
    """Somebody logged in, or nobody, and what they may do."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def user(self) -> User | None:
        user = self._request.user
        return user if isinstance(user, User) else None

    @cached_property
    def actor(self) -> Actor:
        """Return who acts; facilitators bring their id with them (see `entrance.backend`)."""
        user = self.user
        if user is None:
            return Actor(ActorKind.USER)
        return Actor(
            ActorKind.USER,
            user_id=user.pk,
            facilitator_id=getattr(user, "facilitator_id", None),
            permissions=permissions_of_user(user),
        )

    @cached_property
    def organisation(self) -> Organisation:
        return the_organisation()


class Request(HttpRequest):
    """A request that went through the house's middleware (for type hints: Django makes the object)."""

    viewer: Viewer
    htmx: "HtmxDetails"
