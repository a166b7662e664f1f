"""Reading clients."""

from collections.abc import Iterable

from django.db.models import QuerySet

from cordee.clients.models import ClientOrganisation, Contact
from cordee.kernel.names import search_key


def clients(search: str = "", sector: str = "") -> QuerySet[ClientOrganisation]:
    """Return the clients whose name, city or SIRET contains every word of `search`, by name."""
    found = ClientOrganisation.objects.order_by("name", "pk")
    if sector:
        found = found.filter(sector=sector)
    for word in search_key(search).split():
        found = found.filter(search_key__contains=word)
    return found


def client(client_id: int) -> ClientOrganisation | None:
    return ClientOrganisation.objects.prefetch_related("contacts").filter(pk=client_id).first()


def hold(client_id: int) -> None:
    """Hold a client until the end of the transaction, so that nobody else changes who their people are."""
    ClientOrganisation.objects.select_for_update(of=("self",)).only("pk").get(pk=client_id)


def contacts(client_id: int) -> QuerySet[Contact]:
    return Contact.objects.filter(client_id=client_id).order_by("last_name", "first_name", "pk")


def contact_names(contact_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of contacts, in one query; none when there is nobody to look up."""
    ids = set(contact_ids)
    return {c.pk: c.full_name for c in Contact.objects.filter(pk__in=ids)} if ids else {}
