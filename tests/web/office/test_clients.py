"""Clients and contacts."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.clients import actions
from cordee.clients.models import ClientOrganisation, Contact
from cordee.clients.rules import ClientChanges
from cordee.clients.states import Sector
from cordee.kernel.actor import COMMAND
from tests.cast import Cast

GOOD_SIRET = "732 829 320 00074"


def values(**changes: str) -> dict[str, str]:
    return {
        "name": "Papeteries du Lac",
        "sector": "company",
        "siret": "",
        "address": "1 quai des Brumes",
        "postal_code": "74000",
        "city": "Annecy",
        "country": "FR",
        **changes,
    }


def test_a_client_is_added_with_its_siret_as_it_is_copied(
    cast: Cast, seat: Any, hidden: Any, words: Any
) -> None:
    client = seat(cast.olga)
    form = hidden(client.get(reverse("new_client")))
    done = client.post(reverse("new_client"), values(**form, siret=GOOD_SIRET))
    added = ClientOrganisation.objects.get(name="Papeteries du Lac")
    assert added.siret == "73282932000074"
    assert done["Location"] == reverse("client", args=[added.pk])
    text = words(client.get(done["Location"]))
    assert "1 quai des Brumes" in text
    assert "No order yet" in text


def test_a_wrong_or_known_siret_is_refused_beside_its_field(cast: Cast, seat: Any, hidden: Any) -> None:
    client = seat(cast.olga)
    form = hidden(client.get(reverse("new_client")))
    wrong = client.post(reverse("new_client"), values(**form, siret="73282932000075"))
    assert wrong.status_code == 422
    assert "is not a valid SIRET number" in wrong.context["form"].errors["siret"][0]
    assert "1 quai des Brumes" in wrong.content.decode()
    actions.add_client(name="Déjà là", sector=Sector.COMPANY, siret="73282932000074", by=COMMAND)
    known = client.post(reverse("new_client"), values(**form, siret=GOOD_SIRET))
    assert "Déjà là already has this SIRET." in known.context["form"].errors["siret"][0]


def test_a_client_added_for_an_order_goes_on_to_it(cast: Cast, seat: Any, hidden: Any) -> None:
    client = seat(cast.olga)
    url = reverse("new_client") + "?then=order"
    done = client.post(url, values(**hidden(client.get(url))))
    added = ClientOrganisation.objects.get(name="Papeteries du Lac")
    assert done["Location"] == f"{reverse('new_order')}?client={added.pk}"


def test_the_second_editor_of_a_client_is_told(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.olga)
    url = reverse("change_client", args=[cast.valmont.pk])
    form = hidden(client.get(url))
    actions.change_client(
        client_id=cast.valmont.pk,
        changes=ClientChanges(city="Valmont-le-Haut"),
        expected_version=None,
        by=COMMAND,
    )
    told = client.post(url, values(**form, name="Ville de Valmont", sector="public_body"))
    assert told.status_code == 422
    assert "On record now: Valmont-le-Haut" in words(told)
    assert (
        client.post(url, values(**hidden(told), name="Ville de Valmont", sector="public_body")).status_code
        == 302
    )
    cast.valmont.refresh_from_db()
    assert cast.valmont.city == "Annecy"


def test_contacts_are_added_and_changed(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.olga)
    url = reverse("new_contact", args=[cast.valmont.pk])
    person = {"first_name": "Marc", "last_name": "Oudin", "position": "Régisseur", "email": "", "phone": ""}
    refused = client.post(url, {**hidden(client.get(url)), **person})
    assert refused.status_code == 422
    assert "neither an e-mail address nor a telephone number" in words(refused)
    client.post(url, {**hidden(client.get(url)), **person, "phone": "06 11 22 33 44"})
    marc = Contact.objects.get(last_name="Oudin")
    change = reverse("change_contact", args=[cast.valmont.pk, marc.pk])
    client.post(change, {**hidden(client.get(change)), **person, "email": "Marc@Valmont.example"})
    marc.refresh_from_db()
    assert (marc.email, marc.phone) == ("marc@valmont.example", "")
    assert "marc@valmont.example" in words(client.get(reverse("client", args=[cast.valmont.pk])))


def test_a_contact_is_only_found_under_its_own_client(cast: Cast, seat: Any) -> None:
    other = actions.add_client(name="Autre", sector=Sector.COMPANY, by=COMMAND)
    url = reverse("change_contact", args=[other.pk, cast.contact.pk])
    assert seat(cast.olga).get(url).status_code == 404


def test_the_list_finds_by_name_without_accents_and_costs_the_same_with_30_rows(
    cast: Cast, seat: Any, words: Any
) -> None:
    client = seat(cast.farid)
    client.get(reverse("clients"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("clients"))
    for n in range(33):
        actions.add_client(name=f"Établissement {n:02d}", sector=Sector.EDUCATION, city="Nîmes", by=COMMAND)
    with CaptureQueriesContext(connection) as lots:
        page = client.get(reverse("clients") + "?q=etablissement+nimes&sector=education")
    assert len(page.context["page"].items) == 30
    assert len(few) == len(lots) <= 12
    assert "New client" not in words(page)  # finance reads
    assert "No client found" in words(client.get(reverse("clients") + "?q=zzz"))


def test_the_page_of_a_client_lists_its_orders_at_the_same_cost(cast: Cast, seat: Any, words: Any) -> None:
    client = seat(cast.quitterie)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("client", args=[cast.valmont.pk]))
    assert len(queries) <= 12
    assert cast.mission.ref in words(page)
    assert "s.lefevre@mairie-valmont.example" in words(page)
    assert "Record an order" not in words(page)
