"""Who may change clients, and what is refused."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordee.clients.models import ClientOrganisation
from cordee.clients.states import Sector
from cordee.kernel.actor import Actor
from cordee.kernel.changes import UNSET, Changes, Unset
from cordee.kernel.names import is_email
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientChanges(Changes):
    """What may be changed of a client."""

    name: str | Unset = UNSET
    sector: Sector | Unset = UNSET
    siret: str | Unset = UNSET
    address: str | Unset = UNSET
    postal_code: str | Unset = UNSET
    city: str | Unset = UNSET
    country: str | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChanges(Changes):
    """What may be changed of somebody at a client's."""

    first_name: str | Unset = UNSET
    last_name: str | Unset = UNSET
    position: str | Unset = UNSET
    email: str | Unset = UNSET
    phone: str | Unset = UNSET


def may_edit_clients(actor: Actor) -> Iterator[Blocker]:
    """Operations keep the clients."""
    if not actor.may(Permission.EDIT_CLIENTS):
        yield Blocker(
            "not_operations",
            _("Only operations can change clients."),
            _("Ask operations."),
            Turn.OPERATIONS,
        )


def siret_is_free(siret: str, *, client_id: int | None) -> Iterator[Blocker]:
    """One establishment is one client."""
    if not siret:
        return
    other = ClientOrganisation.objects.filter(siret=siret).first()
    if other and other.pk != client_id:
        yield Blocker(
            "siret_known",
            _("%(client)s already has this SIRET.") % {"client": other.name},
            _("Use that client, or check the number."),
            Turn.OPERATIONS,
            "siret",
        )


def contact_is_reachable(email: str, phone: str) -> Iterator[Blocker]:
    """A contact has an address or a telephone number; a given address is a real one."""
    if email and not is_email(email):
        yield Blocker(
            "bad_email",
            _("“%(email)s” is not an e-mail address.") % {"email": email},
            _("Write it like name@example.org."),
            Turn.OPERATIONS,
            "email",
        )
    if not email and not phone:
        yield Blocker(
            "unreachable",
            _("This contact has neither an e-mail address nor a telephone number."),
            _("Give at least one."),
            Turn.OPERATIONS,
            "email",
        )
