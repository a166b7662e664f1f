"""Adding and changing clients and their contacts."""

from dataclasses import replace

from django.db import transaction

from cordee.accounts.rules import names_lead_nowhere
from cordee.clients import rules
from cordee.clients.facts import ClientAdded, ClientChanged, ContactAdded, ContactChanged
from cordee.clients.models import ClientOrganisation, Contact
from cordee.clients.rules import ClientChanges, ContactChanges
from cordee.clients.states import Sector
from cordee.journal import actions as journal
from cordee.kernel.actor import Actor
from cordee.kernel.changes import given_or, tidied
from cordee.kernel.names import compact, normal_email, search_key, tidy
from cordee.kernel.refusals import refuse_if
from cordee.organisation.rules import is_current, siret_is_valid


@transaction.atomic
def add_client(
    *,
    name: str,
    sector: Sector,
    siret: str = "",
    address: str = "",
    postal_code: str = "",
    city: str = "",
    country: str = "FR",
    by: Actor,
) -> ClientOrganisation:
    """Add a client. Raises Refused when not allowed, or the SIRET is wrong or already a client's."""
    siret = compact(siret)
    refuse_if(
        [
            *rules.may_edit_clients(by),
            *siret_is_valid(siret),
            *rules.siret_is_free(siret, client_id=None),
        ]
    )
    client = ClientOrganisation(
        name=tidy(name),
        sector=sector,
        siret=siret,
        address=tidy(address),
        postal_code=tidy(postal_code),
        city=tidy(city),
        country=country,
    )
    client.search_key = _search_key(client)
    client.save()
    journal.record(ClientAdded(client_id=client.pk), by=by)
    return client


@transaction.atomic
def change_client(
    *, client_id: int, changes: ClientChanges, expected_version: int | None, by: Actor
) -> ClientOrganisation:
    """Change a client. Raises Refused, also when somebody else changed it meanwhile."""
    client = ClientOrganisation.objects.select_for_update().get(pk=client_id)
    siret = compact(given_or(changes.siret, client.siret))
    refuse_if(
        [
            *rules.may_edit_clients(by),
            *is_current(client.version, expected_version),
            *siret_is_valid(siret),
            *rules.siret_is_free(siret, client_id=client.pk),
        ]
    )
    changed = replace(tidied(changes), siret=siret).made_to(client)
    if changed:
        client.version += 1
        client.search_key = _search_key(client)
        client.save()
        journal.record(ClientChanged(client_id=client.pk, fields=changed), by=by)
    return client


@transaction.atomic
def add_contact(
    *,
    client_id: int,
    first_name: str,
    last_name: str,
    position: str = "",
    email: str = "",
    phone: str = "",
    by: Actor,
) -> Contact:
    """Add somebody at a client's. Raises Refused."""
    email = normal_email(email)
    refuse_if(
        [
            *rules.may_edit_clients(by),
            *rules.contact_is_reachable(email, phone),
            *names_lead_nowhere(first_name=first_name, last_name=last_name),
        ]
    )
    contact = Contact.objects.create(
        client_id=client_id,
        first_name=tidy(first_name),
        last_name=tidy(last_name),
        position=tidy(position),
        email=email,
        phone=tidy(phone),
    )
    journal.record(ContactAdded(client_id=client_id, contact_id=contact.pk), by=by)
    return contact


@transaction.atomic
def change_contact(*, contact_id: int, changes: ContactChanges, by: Actor) -> Contact:
    """Change a contact. Raises Refused."""
    contact = Contact.objects.select_for_update().get(pk=contact_id)
    wanted = replace(tidied(changes), email=normal_email(given_or(changes.email, contact.email)))
    changed = wanted.made_to(contact)
    refuse_if(
        [
            *rules.may_edit_clients(by),
            *rules.contact_is_reachable(contact.email, contact.phone),
            *names_lead_nowhere(first_name=contact.first_name, last_name=contact.last_name),
        ]
    )
    if changed:
        contact.save(update_fields=changed)
        journal.record(ContactChanged(client_id=contact.client_id, contact_id=contact.pk), by=by)
    return contact


def _search_key(client: ClientOrganisation) -> str:
    return search_key(f"{client.name} {client.city} {client.siret}")[:400]
