"""Who may change the network, and what is refused."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordee.kernel.actor import Actor
from cordee.kernel.changes import UNSET, Changes, Unset
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.network.models import Facilitator


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilitatorChanges(Changes):
    """What the office may change of a facilitator."""

    phone: str | Unset = UNSET
    city: str | Unset = UNSET
    can_coordinate: bool | Unset = UNSET
    is_active: bool | Unset = UNSET


def may_invite_facilitators(actor: Actor) -> Iterator[Blocker]:
    """Operations and administrators invite facilitators."""
    if not actor.may(Permission.INVITE_FACILITATORS):
        yield Blocker(
            "not_operations",
            _("Only operations and administrators can invite facilitators."),
            _("Ask operations."),
            Turn.OPERATIONS,
        )


def can_coordinate(facilitator: Facilitator) -> Iterator[Blocker]:
    """A coordinator is an active facilitator allowed to coordinate."""
    if not (facilitator.is_active and facilitator.can_coordinate and facilitator.user.is_active):
        yield Blocker(
            "not_a_coordinator",
            _("%(name)s cannot be put in charge of a mission.") % {"name": facilitator.full_name},
            _("Choose somebody else, or allow it on the page of %(name)s.") % {"name": facilitator.full_name},
            Turn.OPERATIONS,
            "coordinator",
        )
