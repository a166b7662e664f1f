"""When something goes wrong: what happened, what to do, a way home."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import path

from cordee.accounts import actions as accounts
from cordee.config import urls as house
from cordee.web import errors
from tests.cast import Cast


def crash(request: HttpRequest) -> None:
    raise RuntimeError("boom")


urlpatterns = [*house.urlpatterns, path("crash/", crash)]
handler400, handler403, handler404, handler500 = (
    house.handler400,
    house.handler403,
    house.handler404,
    house.handler500,
)


def test_nothing_here_for_a_visitor(db: None) -> None:
    answer = Client(headers={"accept-language": "en"}).get("/nothing-here/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
    assert 'href="/"' in answer.text


def test_nothing_here_for_a_colleague_keeps_the_way_around(cast: Cast, client: Client) -> None:
    accounts.set_language(user_id=cast.olga.pk, language="en")
    client.force_login(cast.olga)
    answer = client.get("/missions/M-2027-9999/")
    assert answer.status_code == 404
    assert "belongs to a mission that is not yours" in answer.text
    assert "/clients/" in answer.text
    assert "Olga Petrov" in answer.text


def test_not_open_to_you(cast: Cast, client: Client) -> None:
    accounts.set_language(user_id=cast.idris.user_id, language="en")
    client.force_login(cast.idris.user)
    answer = client.get("/office/")
    assert answer.status_code == 403
    assert "This is not open to you" in answer.text
    assert "/me/" in answer.text


def test_a_crash_is_answered_without_the_database(
    client: Client, settings: Any, django_assert_num_queries: Any, db: None
) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        answer = client.get("/crash/", headers={"accept-language": "en"})
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert 'href="/"' in answer.text
    assert "boom" not in answer.text


@pytest.mark.parametrize(("handler", "status"), [(errors.broken, 500), (errors.bad_request, 400)])
def test_the_plainest_pages_need_nothing(handler: Any, status: int) -> None:
    answer = handler(RequestFactory().get("/"))
    assert answer.status_code == status
    assert b"<h1>" in answer.content
    assert b"/brand.css" not in answer.content  # it would ask the database


def test_an_upload_too_large_is_explained(cast: Cast, client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 50
    client.force_login(cast.olga)
    answer = client.post("/me/", {"language": "x" * 100}, headers={"accept-language": "en"})
    assert answer.status_code == 400
    assert b"<h1>" in answer.content
