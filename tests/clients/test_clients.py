"""Clients and their contacts."""

import pytest

from cordee.clients import actions, queries
from cordee.clients.facts import ClientAdded, ClientChanged, ContactAdded, ContactChanged
from cordee.clients.models import ClientOrganisation
from cordee.clients.rules import ClientChanges, ContactChanges
from cordee.clients.states import Sector
from cordee.kernel.refusals import Turn
from tests.cast import Cast
from tests.refusals import refused
from tests.steps import told

SIRET = "73282932000074"


def add(cast: Cast, name: str = "Lycée Cœur-de-Ville", **values: str) -> ClientOrganisation:
    return actions.add_client(name=name, sector=Sector.EDUCATION, by=cast.actor(cast.olga), **values)


def test_operations_add_a_client(cast: Cast) -> None:
    client = add(cast, name=" Lycée  Cœur-de-Ville ", siret="732 829 320 00074", city="Éauze")
    assert (client.name, client.siret) == ("Lycée Cœur-de-Ville", SIRET)
    assert told(ClientAdded)[-1] == {"client_id": client.pk}


def test_only_operations_keep_clients(cast: Cast) -> None:
    for person in (cast.farid, cast.quitterie, cast.ada, cast.camille):
        by = cast.actor(person)
        with refused("not_operations", turn=Turn.OPERATIONS):
            actions.add_client(name="X", sector=Sector.COMPANY, by=by)
        with refused("not_operations"):
            actions.change_client(
                client_id=cast.valmont.pk, changes=ClientChanges(), expected_version=None, by=by
            )
        with refused("not_operations"):
            actions.add_contact(client_id=cast.valmont.pk, first_name="A", last_name="B", phone="1", by=by)
        with refused("not_operations"):
            actions.change_contact(contact_id=cast.contact.pk, changes=ContactChanges(), by=by)


def test_an_establishment_is_one_client(cast: Cast) -> None:
    first = add(cast, siret=SIRET)
    with refused("siret_known") as blockers:
        add(cast, name="Autre", siret=f"{SIRET[:9]}.{SIRET[9:]}\u2060")
    assert first.name in blockers[0].message
    with refused("bad_siret"):
        add(cast, name="Autre", siret="12345678901234")
    actions.change_client(
        client_id=first.pk,
        changes=ClientChanges(siret=SIRET),
        expected_version=None,
        by=cast.actor(cast.olga),
    )


def test_two_clients_may_have_no_siret(cast: Cast) -> None:
    assert add(cast).pk != add(cast, name="Autre").pk


def test_a_change_is_kept_tidy_and_journaled_once(cast: Cast) -> None:
    by = cast.actor(cast.olga)
    changes = ClientChanges(name=" Mairie  de Valmont ", city=cast.valmont.city)
    client = actions.change_client(client_id=cast.valmont.pk, changes=changes, expected_version=1, by=by)
    assert (client.name, client.version) == ("Mairie de Valmont", 2)
    actions.change_client(client_id=cast.valmont.pk, changes=changes, expected_version=2, by=by)
    assert [entry["fields"] for entry in told(ClientChanged)] == [["name"]]
    with refused("changed_meanwhile"):
        actions.change_client(
            client_id=cast.valmont.pk, changes=ClientChanges(city="Y"), expected_version=1, by=by
        )


def test_clients_are_found_without_accents(cast: Cast) -> None:
    client = add(cast, city="Éauze")
    for search in ("lycee coeur", "LYCÉE", "eauze", "éauze lycée"):
        assert list(queries.clients(search)) == [client], search
    assert list(queries.clients("lycee valmont")) == []
    assert list(queries.clients(sector="education")) == [client]


def test_a_renamed_client_is_found_by_its_new_name(cast: Cast) -> None:
    actions.change_client(
        client_id=cast.valmont.pk,
        changes=ClientChanges(name="Métropole"),
        expected_version=None,
        by=cast.actor(cast.olga),
    )
    assert list(queries.clients("metropole")) == [cast.valmont]
    assert list(queries.clients("ville")) == []


@pytest.mark.parametrize(
    ("email", "phone", "code"),
    [("", "", "unreachable"), ("sophie@", "06", "bad_email")],
)
def test_a_contact_can_be_reached(cast: Cast, email: str, phone: str, code: str) -> None:
    by = cast.actor(cast.olga)
    with refused(code) as blockers:
        actions.add_contact(
            client_id=cast.valmont.pk, first_name="A", last_name="B", email=email, phone=phone, by=by
        )
    assert blockers[0].field == "email"
    with refused(code):
        actions.change_contact(
            contact_id=cast.contact.pk, changes=ContactChanges(email=email, phone=phone), by=by
        )


def test_contacts_are_added_and_corrected(cast: Cast) -> None:
    by = cast.actor(cast.olga)
    contact = actions.add_contact(
        client_id=cast.valmont.pk, first_name="Ana", last_name="Ba", email="ANA@x.example", by=by
    )
    assert contact.email == "ana@x.example"
    for _ in range(2):
        actions.change_contact(contact_id=contact.pk, changes=ContactChanges(email="Ana.Ba@x.example"), by=by)
    assert [c.email for c in queries.contacts(cast.valmont.pk)] == ["ana.ba@x.example", cast.contact.email]
    assert (len(told(ContactAdded)), len(told(ContactChanged))) == (2, 1)
