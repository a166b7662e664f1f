"""Having people of the office sit at their pages, in English."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cordee.accounts.actions import set_language
from cordee.accounts.models import User
from cordee.network.models import Facilitator

type Seat = Callable[[User | Facilitator], Client]
type Words = Callable[[Any], str]
type Fields = Callable[[Any], dict[str, str]]

_HIDDEN = re.compile(r"<input[^>]*type=\"hidden\"[^>]*>")


@pytest.fixture
def seat(db: None) -> Seat:
    """Return a browser in which somebody is logged in."""

    def sit_down(person: User | Facilitator) -> Client:
        user = person.user if isinstance(person, Facilitator) else person
        set_language(user_id=user.pk, language="en")
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return sit_down


@pytest.fixture
def words() -> Words:
    """Return what can be read on a page: its text, with single spaces."""

    def read(response: Any) -> str:
        body = response.content.decode().split("<main", 1)[-1]
        # Toasts stand under the content: what was just done is read too.
        text = re.sub(r"<(script|style|template)\b.*?</\1>", " ", body, flags=re.DOTALL)
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).replace(" ", " ")

    return read


@pytest.fixture
def hidden() -> Fields:
    """Return the hidden fields of a page's forms, as the browser would send them back."""

    def read(response: Any) -> dict[str, str]:
        found = {}
        for field in _HIDDEN.findall(response.content.decode()):
            name = re.search(r'name="([^"]*)"', field)
            value = re.search(r'value="([^"]*)"', field)
            if name and name[1] != "csrfmiddlewaretoken":
                found[name[1]] = html.unescape(value[1]) if value else ""
        return found

    return read
