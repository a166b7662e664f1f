"""Limits count visitors, not the proxy that all of them come through."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cordee.config import environment


@pytest.mark.parametrize(
    ("values", "proxies"),
    [
        ({}, 0),
        ({"CORDEE_URL": "https://missions.example.org"}, 1),
        ({"CORDEE_URL": "https://missions.example.org", "CORDEE_PROXIES": "2"}, 2),
    ],
)
def test_one_proxy_is_expected_where_somebody_must_speak_https(
    values: dict[str, str], proxies: int, tmp_path: Any
) -> None:
    assert environment.read({"CORDEE_HOME": str(tmp_path), **values}).proxies == proxies


def test_a_number_of_proxies_that_is_none_is_told(tmp_path: Any) -> None:
    with pytest.raises(environment.BadEnvironment, match="how many proxies"):
        environment.read({"CORDEE_HOME": str(tmp_path), "CORDEE_PROXIES": "one"})


def test_behind_a_proxy_each_visitor_has_limits_of_their_own(db: None, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "lost_link": "1/h/ip"}
    cache.clear()

    def ask(told_by_proxy: str) -> int:
        client = Client(headers={"x-forwarded-for": told_by_proxy})
        token = client.get(reverse("lost_link")).context["form"]["form_token"].value()
        sent = {"form_token": token, "email": "ana@x.example"}
        return int(client.post(reverse("lost_link"), sent).status_code)

    assert ask("192.0.2.1") == 302
    assert ask("192.0.2.1") == 429
    assert ask("192.0.2.2") == 302
    assert ask("192.0.2.9, 192.0.2.1") == 429, "what a visitor claims is not believed"
