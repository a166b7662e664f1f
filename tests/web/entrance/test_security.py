"""What every answer carries to keep people safe."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

PAGES = [
    "/account/login/",
    "/account/login/code/",
    "/account/password/reset/",
    "/nothing-here/",
    "/a/forged/",
]
OWN = ["/me/", "/my/", "/my/missions/", "/my/sessions/", "/my/fees/", "/account/password/set/", "/design/"]


def check(answer: Any) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    allowed = answer.headers["Permissions-Policy"]
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics"):
        assert f"{feature}=()" in allowed
    assert "clipboard" not in allowed, "links are copied by a button"
    assert "no-store" in answer.headers["Cache-Control"]
    text = answer.text
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick=" not in text


@pytest.mark.parametrize("path", PAGES)
def test_pages_for_everybody(db: None, client: Client, path: str) -> None:
    check(client.get(path))


@pytest.mark.parametrize("path", OWN)
def test_pages_of_ones_own(cast: Cast, client: Client, path: str) -> None:
    client.force_login(cast.camille.user)
    check(client.get(path))


def test_cookies_cannot_be_read_by_scripts_nor_sent_from_elsewhere(cast: Cast, client: Client) -> None:
    client.get(reverse("account_login"))
    answer = client.post(reverse("account_request_login_code"), {"email": cast.olga.email})
    for cookie in (client.cookies["csrftoken"], answer.cookies["sessionid"]):
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    "path",
    [
        "/account/login/",
        "/account/login/code/",
        "/account/logout/",
        "/account/password/reset/",
        "/me/",
        "/language/setlang/",
        "/my/answer/1/",
        "/a/forged/",
        "/persona/",
        "/demo/clock/",
    ],
)
def test_a_form_from_elsewhere_is_refused_with_a_page_that_helps(
    cast: Cast, settings: Any, path: str
) -> None:
    settings.DEMO = True
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    answer = client.post(path, {"language": "en"})
    assert answer.status_code == 403
    assert "This form has expired" in answer.text
    check(answer)


def test_a_form_from_elsewhere_changes_nothing_of_who_is_in(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.olga)
    assert client.post("/language/setlang/", {"language": "en"}).status_code == 403
    cast.olga.refresh_from_db()
    assert cast.olga.language == "fr"
    assert client.post("/account/logout/").status_code == 403
    assert client.get("/me/").status_code == 200


def test_a_new_session_comes_with_the_log_in(cast: Cast, client: Client, settings: Any) -> None:
    settings.DEMO = True
    type(cast.olga).objects.filter(pk=cast.olga.pk).update(email="olga.petrov@cordee.example")
    client.post("/language/setlang/", {"language": "en"})
    client.post("/account/login/code/", {"email": "x@y.example"})
    before = client.cookies["sessionid"].value
    client.post("/persona/", {"persona": "operations"})
    assert client.cookies["sessionid"].value != before
