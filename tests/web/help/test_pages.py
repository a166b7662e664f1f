"""The pages of the help, and the way to them from every other page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.accounts.models import User
from cordee.web.help import articles
from tests.cast import Cast


@pytest.fixture
def camille(*, cast: Cast, client: Client) -> Client:
    User.objects.update(language="en")
    client.cookies["django_language"] = "en"
    client.force_login(cast.camille.user)
    return client


def test_a_page_leads_to_its_article_at_the_right_step(*, camille: Client, cast: Cast) -> None:
    answer = camille.get(reverse("plan", args=[cast.mission.ref])).text
    assert 'href="/help/plan/#when"' in answer
    assert "Help: Plan the sessions" in answer
    assert "help-link" not in camille.get(reverse("search")).text


def test_an_article_shows_its_steps_with_the_words_of_the_pages(*, camille: Client) -> None:
    answer = camille.get("/help/staff/").text
    assert '<li class="card" id="answer">' in answer
    assert "<b>Put somebody on</b>" in answer
    assert f'href="{reverse("my_work")}"' in answer
    assert re.search(
        r'<img src="/static/help/mission-desk-en[^"]*" alt="Page of a mission',
        camille.get("/help/access/").text,
    )
    User.objects.update(language="fr")
    camille.cookies["django_language"] = "fr"
    assert "<b>Affecter quelqu’un</b>" in camille.get("/help/staff/").text


def test_a_step_leads_nowhere_for_who_has_no_such_page(*, cast: Cast, client: Client) -> None:
    client.force_login(cast.farid)
    assert reverse("my_work") not in client.get("/help/staff/").text


def test_what_was_searched_for_stays_in_the_box_and_is_not_html(*, camille: Client) -> None:
    answer = camille.get("/help/", {"q": "<b>presence"}).text
    assert 'value="&lt;b&gt;presence"' in answer
    assert "Record presence" in answer
    assert "Nothing found" in camille.get("/help/", {"q": "xylophone"}).text


def test_the_help_costs_no_query_of_its_own(
    *, camille: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for address in ("/help/", *(f"/help/{key}/" for key in articles.ORDER)):
        with django_assert_max_num_queries(4):
            assert camille.get(address).status_code == 200
