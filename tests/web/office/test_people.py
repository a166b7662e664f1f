"""Accounts, roles, and the network."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.accounts.models import User
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.network import actions as network
from cordee.network.models import Facilitator
from tests.cast import Cast


def test_a_colleague_is_invited_with_roles(
    cast: Cast, seat: Any, hidden: Any, words: Any, settle: Any
) -> None:
    client = seat(cast.ada)
    url = reverse("invite_colleague")
    page = client.get(url)
    assert "Approves or returns fee requests" in words(page)
    values = {
        "first_name": "Rosa",
        "last_name": "Klein",
        "email": "Rosa@Cordee-Formation.example",
        "language": "fr",
    }
    form = {**hidden(page), **values, "roles": ["finance", "quality"], "ends_on": "2027-12-31"}
    client.post(url, form)
    client.post(url, form)
    rosa = User.objects.get(last_name="Klein")
    assert (rosa.email, rosa.roles, str(rosa.ends_on)) == (
        "rosa@cordee-formation.example",
        ["finance", "quality"],
        "2027-12-31",
    )
    settle()
    assert Message.objects.filter(to_email=rosa.email, purpose="invitation").count() == 1


def test_an_address_that_is_known_is_refused(cast: Cast, seat: Any, hidden: Any) -> None:
    client = seat(cast.olga)
    url = reverse("invite_facilitator")
    values = {
        "first_name": "X",
        "last_name": "Y",
        "email": cast.noor.user.email,
        "language": "fr",
        "phone": "",
        "city": "",
    }
    refused = client.post(url, {**hidden(client.get(url)), **values})
    assert refused.status_code == 422
    assert "already exists" in refused.context["form"].errors["email"][0]


def test_a_facilitator_is_invited_and_changed(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.olga)
    url = reverse("invite_facilitator")
    values = {
        "first_name": "Maïwenn",
        "last_name": "Le Goff",
        "email": "maiwenn@reseau.example",
        "language": "fr",
        "phone": "",
        "city": "Brest",
        "can_coordinate": "on",
    }
    done = client.post(url, {**hidden(client.get(url)), **values})
    facilitator = Facilitator.objects.get(city="Brest")
    assert done["Location"] == reverse("person", args=[facilitator.user_id])
    assert "Brest" in words(client.get(done["Location"]))
    change = reverse("change_facilitator", args=[facilitator.pk])
    client.post(
        change,
        {**hidden(client.get(change)), "phone": "06 00 00 00 00", "city": "Quimper", "is_active": "on"},
    )
    facilitator.refresh_from_db()
    assert (facilitator.phone, facilitator.city, facilitator.can_coordinate, facilitator.is_active) == (
        "06 00 00 00 00",
        "Quimper",
        False,
        True,
    )


def test_roles_are_changed_but_one_administrator_remains(cast: Cast, seat: Any, hidden: Any) -> None:
    client = seat(cast.ada)
    url = reverse("person", args=[cast.farid.pk])
    client.post(url, {**hidden(client.get(url)), "roles": ["finance", "operations"]})
    cast.farid.refresh_from_db()
    assert cast.farid.roles == ["finance", "operations"]
    own = reverse("person", args=[cast.ada.pk])
    refused = client.post(own, {**hidden(client.get(own)), "roles": ["quality"]})
    assert refused.status_code == 422
    assert "is the only administrator" in refused.context["form"].errors["roles"][0]


def test_an_auditor_gets_a_last_day_with_the_role(cast: Cast, seat: Any, hidden: Any) -> None:
    client, url = seat(cast.ada), reverse("person", args=[cast.farid.pk])
    refused = client.post(url, {**hidden(client.get(url)), "roles": ["auditor"]})
    assert refused.status_code == 422
    assert "Give the last day of the audit" in refused.context["form"].errors["ends_on"][0]
    client.post(url, {**hidden(refused), "roles": ["auditor"], "ends_on": "2027-02-01"})
    cast.farid.refresh_from_db()
    assert (cast.farid.roles, str(cast.farid.ends_on)) == (["auditor"], "2027-02-01")


def test_only_administrators_change_roles(cast: Cast, seat: Any, words: Any) -> None:
    client = seat(cast.olga)
    url = reverse("person", args=[cast.farid.pk])
    assert "Save the roles" not in words(client.get(url))
    client.post(url, {"roles": ["administrator"]})
    cast.farid.refresh_from_db()
    assert cast.farid.roles == ["finance"]


def test_an_account_is_suspended_and_restored(cast: Cast, seat: Any, words: Any) -> None:
    client, farid = seat(cast.ada), seat(cast.farid)
    page = client.post(reverse("suspend_person", args=[cast.farid.pk]), follow=True)
    assert "Restore the account" in words(page)
    assert farid.get(reverse("office_todo")).status_code == 302  # out at once
    client.post(reverse("restore_person", args=[cast.farid.pk]))
    assert seat(cast.farid).get(reverse("office_todo")).status_code == 200
    refused = client.post(reverse("suspend_person", args=[cast.ada.pk]), follow=True)
    assert "is the only administrator" in words(refused)


def test_the_list_finds_people_by_name_and_city_at_the_same_cost(cast: Cast, seat: Any, words: Any) -> None:
    client = seat(cast.quitterie)
    client.get(reverse("people"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("people") + "?q=noor")
    for n in range(33):
        network.invite_facilitator(
            email=f"p{n}@x.example", first_name="Éléonore", last_name=f"Du {n:02d}", city="Nîmes", by=COMMAND
        )
    with CaptureQueriesContext(connection) as lots:
        page = client.get(reverse("people") + "?q=nimes")
    assert len(page.context["rows"]) == 30
    assert len(few) == len(lots) <= 12
    assert "yes, may coordinate" in words(page)
    assert len(client.get(reverse("people") + "?q=eleonore+nimes&page=2").context["rows"]) == 3
