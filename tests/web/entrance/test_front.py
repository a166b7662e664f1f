"""The way in for people, and what machines ask for."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.accounts import actions as accounts
from cordee.accounts.models import User
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.kernel.permissions import Role
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.web.entrance.views import front
from tests.cast import Cast


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("olga", "office_todo"),
        ("farid", "office_todo"),
        ("quitterie", "office_todo"),
        ("ada", "office_todo"),
        ("camille", "my_work"),
        ("idris", "my_work"),
    ],
)
def test_everybody_comes_to_their_list_of_things_to_do(
    cast: Cast, client: Client, who: str, page: str
) -> None:
    person = getattr(cast, who)
    client.force_login(person if isinstance(person, User) else person.user)
    assert client.get("/").headers["Location"] == reverse(page)


def test_auditors_come_to_the_audits(cast: Cast, client: Client) -> None:
    guest = accounts.invite_colleague(
        email="herve@certif.example",
        first_name="Hervé",
        last_name="Lacombe",
        roles=[Role.AUDITOR],
        ends_on=clock.today(),
        by=COMMAND,
    )
    client.force_login(guest)
    assert client.get("/").headers["Location"] == reverse("audits")


def test_nobody_yet_comes_to_the_log_in_page(db: None, client: Client) -> None:
    assert client.get("/").headers["Location"] == "/account/login/?next=/"


def test_who_is_both_comes_to_the_office_with_their_own_work_one_click_away(
    cast: Cast, client: Client
) -> None:
    accounts.set_roles(user_id=cast.idris.user_id, roles=[Role.OPERATIONS], by=COMMAND)
    client.force_login(cast.idris.user)
    assert client.get("/").headers["Location"] == reverse("office_todo")
    assert reverse("my_work") in client.get(reverse("my_account")).text


def test_who_has_no_role_yet_is_told_so(cast: Cast, client: Client) -> None:
    accounts.set_roles(user_id=cast.farid.pk, roles=[], by=COMMAND)
    client.force_login(cast.farid)
    page = client.get("/", follow=True, headers={"accept-language": "en"})
    assert page.redirect_chain == [(reverse("my_account"), 302)]
    accounts.set_language(user_id=cast.farid.pk, language="en")
    assert "No role yet" in client.get(reverse("my_account")).text


def test_healthz_is_ok_when_the_database_answers_and_is_prepared(db: None, client: Client) -> None:
    front._prepared.clear()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert not answer.cookies


def test_healthz_says_what_is_missing(db: None, client: Client, monkeypatch: Any) -> None:
    class NotPrepared:
        def __init__(self, connection: object) -> None:
            self.loader = type("L", (), {"graph": type("G", (), {"leaf_nodes": lambda self: []})()})()

        def migration_plan(self, targets: object) -> list[str]:
            return ["accounts.0001"]

    front._prepared.clear()
    monkeypatch.setattr(front, "MigrationExecutor", NotPrepared)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "not prepared" in answer.text


def test_healthz_reads_no_session_even_with_a_cookie(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get("/healthz")
    client.force_login(cast.olga)
    with django_assert_max_num_queries(1):
        client.get("/healthz")


def test_the_brand_is_public_short_lived_and_revalidated(cast: Cast, client: Client) -> None:
    answer = client.get("/brand.css")
    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "--brand-light:#0d5350" in answer.text
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    again = client.get("/brand.css", headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    organisation.update(
        changes=OrganisationChanges(accent_colour="#7a1f5c"), expected_version=None, by=COMMAND
    )
    changed = client.get("/brand.css", headers={"if-none-match": answer.headers["ETag"]})
    assert changed.status_code == 200
    assert "#7a1f5c" in changed.text


def test_the_design_is_for_colleagues_and_for_all_in_the_demonstration(
    cast: Cast, client: Client, settings: Any
) -> None:
    assert client.get("/design/").headers["Location"] == "/account/login/?next=/design/"
    settings.DEMO = True
    assert client.get("/design/").status_code == 200
    settings.DEMO = False
    client.force_login(cast.idris.user)
    assert client.get("/design/").status_code == 200


def test_my_account_says_who_one_is(cast: Cast, client: Client) -> None:
    accounts.set_language(user_id=cast.olga.pk, language="en")
    client.force_login(cast.olga)
    page = client.get("/me/").text
    assert "Olga Petrov" in page
    assert "olga@cordee-formation.example" in page
    assert "<li>Operations</li>" in page
    assert reverse("account_set_password") in page
    client.force_login(cast.camille.user)
    accounts.set_language(user_id=cast.camille.user_id, language="en")
    assert "coordinator of the missions put in your charge" in client.get("/me/").text


def test_the_language_is_kept_and_used_at_once(cast: Cast, client: Client) -> None:
    client.force_login(cast.olga)
    form = client.get("/me/").context["form"]
    assert '<html lang="fr"' in client.get("/me/").text
    sent = {"language": "en", "form_token": form["form_token"].value()}
    answer = client.post("/me/", sent)
    assert answer.headers["Location"] == "/me/"
    assert answer.cookies["django_language"].value == "en"
    page = client.get("/me/", headers={"accept-language": "fr"}).text
    assert '<html lang="en"' in page
    assert "Your language is saved." in page
    cast.olga.refresh_from_db()
    assert cast.olga.language == "en"


def test_a_language_we_do_not_speak_is_refused(cast: Cast, client: Client) -> None:
    client.force_login(cast.olga)
    form = client.get("/me/").context["form"]
    answer = client.post("/me/", {"language": "xx", "form_token": form["form_token"].value()})
    assert answer.status_code == 422
    cast.olga.refresh_from_db()
    assert cast.olga.language == "fr"


def test_the_saved_language_wins_over_the_browsers_on_every_page(cast: Cast, client: Client) -> None:
    accounts.set_language(user_id=cast.idris.user_id, language="en")
    client.force_login(cast.idris.user)
    client.cookies["django_language"] = "fr"
    for path in ("/my/", "/me/", "/nothing-here/"):
        assert '<html lang="en"' in client.get(path, headers={"accept-language": "fr"}).text


def test_the_language_menu_is_remembered_for_who_is_logged_in(cast: Cast, client: Client) -> None:
    client.force_login(cast.idris.user)
    client.post(reverse("set_language"), {"language": "en", "next": "/my/"})
    cast.idris.user.refresh_from_db()
    assert cast.idris.user.language == "en"
    assert '<html lang="en"' in client.get("/my/").text


def test_the_language_menu_works_for_visitors_too(db: None, client: Client) -> None:
    assert '<html lang="fr"' in client.get("/account/login/").text
    client.post(reverse("set_language"), {"language": "en", "next": "/account/login/"})
    assert '<html lang="en"' in client.get("/account/login/").text


def test_an_unknown_language_changes_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.idris.user)
    client.post(reverse("set_language"), {"language": "xx", "next": "/my/"})
    cast.idris.user.refresh_from_db()
    assert cast.idris.user.language == "fr"


def test_a_facilitator_who_left_the_network_loses_their_pages(cast: Cast, client: Client) -> None:
    cast.idris.is_active = False
    cast.idris.save(update_fields=["is_active"])
    client.force_login(cast.idris.user)
    assert client.get("/my/").status_code == 403
    assert client.get("/").headers["Location"] == reverse("my_account")
