"""Every date and number of every form has bounds that mean something, and no address breaks on one beyond them."""

import importlib
import pkgutil
from collections.abc import Callable, Collection
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from django.utils.datastructures import MultiValueDict

import cordee.web
from cordee.accounts.models import User
from cordee.web.fields import DayField
from tests.architecture.access_table import TABLE, Page
from tests.architecture.world import World, build
from tests.cast import Cast
from tests.conftest import MovableClock

for _module in pkgutil.walk_packages(cordee.web.__path__, "cordee.web."):
    importlib.import_module(_module.name)


def _forms(base: type[forms.BaseForm] = forms.BaseForm) -> set[type[forms.BaseForm]]:
    found = {base}
    for child in base.__subclasses__():
        found |= _forms(child)
    return found


FORMS = sorted(
    (form for form in _forms() if form.__module__.startswith("cordee.") and "gallery" not in form.__module__),
    key=lambda form: form.__qualname__,
)


def _boundless(field: forms.Field) -> bool:
    """Tell whether a field takes any date or any number."""
    if isinstance(field, forms.DateField):
        return not isinstance(field, DayField)
    if isinstance(field, forms.IntegerField):  # decimals and floats are of its kind
        return field.min_value is None or field.max_value is None
    return isinstance(field, forms.DateTimeField)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__qualname__)
def test_every_date_and_number_of_a_form_has_bounds(form: Any) -> None:
    fields = getattr(form, "base_fields", {})
    assert [name for name, field in fields.items() if _boundless(field)] == []


@pytest.fixture
def world(cast: Cast, now: MovableClock, settle: Any) -> World:
    built = build(cast, now, settle)
    User.objects.update(language="en")
    return built


class Fields(HTMLParser):
    """The fields of the forms of a page, with what they hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.kinds: dict[str, str] = {}
        self.values: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        name = known.get("name")
        if tag in {"input", "select", "textarea", "button"} and name and name != "csrfmiddlewaretoken":
            self.kinds.setdefault(name, known.get("type") or tag)
            self.values.setdefault(name, known.get("value") or "")


EXTREMES = ["9999-12-31", "0001-01-01", "-1", "NaN", "1e30", "9" * 5_000, "²", "9999-12-31T23:59"]
NUMBERS = {"number", "date", "time", "datetime-local", "hidden"}
BUTTONS = ("state", "facilitator", "line", "group", "key", "row", "number", "version", "page")
QUERIES = ("page", "year", "month", "line", "before", "shown", "seen", "day", "session", "status")

type Ask = Callable[[dict[str, str]], int]
"""Sends the fields, and returns the status of the answer."""


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the names of what the house reads of forms and queries, from now on."""
    names: set[str] = set()
    single, several, every = MultiValueDict.__getitem__, MultiValueDict.getlist, MultiValueDict.lists

    def of_one(self: Any, key: Any) -> Any:
        names.add(key)
        return single(self, key)

    def of_several(self: Any, key: Any, default: Any = None) -> Any:
        names.add(key)
        return several(self, key, default)

    def of_every(self: Any) -> Any:
        names.update(self.keys())
        return every(self)

    monkeypatch.setattr(MultiValueDict, "__getitem__", of_one)
    monkeypatch.setattr(MultiValueDict, "getlist", of_several)
    monkeypatch.setattr(MultiValueDict, "lists", of_every)
    return names


def _broken_by(ask: Ask, names: Collection[str], others: dict[str, str], read: set[str]) -> list[str]:
    """Return the extremes that break a page as the values of `names`.

    A page that reads none of them when the first is sent answers the others alike: they are not sent.
    """
    broken = []
    for extreme in EXTREMES:
        read.clear()
        if ask(others | dict.fromkeys(names, extreme)) >= 500:
            broken.append(extreme[:20])
        if not read & set(names):
            break
    return broken


def _forms_sent(fields: Fields) -> list[tuple[Collection[str], dict[str, str]]]:
    """Return what is sent to a page, as names with a value beyond bounds and other fields: every date, number and
    hidden value as shown, the same while typing, and buttons that were made up.
    """
    token = {"form_token": fields.values.get("form_token", "")}
    numbers = {name for name, kind in fields.kinds.items() if kind in NUMBERS} - token.keys()
    typing = [(numbers, fields.values | {"show": "half_days"})] if "show" in fields.kinds else []
    return [(numbers, fields.values), *typing, (BUTTONS, token)]


def _at_the_page(world: World, roles: frozenset[str]) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(next(user for role, user in world.people.items() if role in roles and user))
    return client


def test_no_form_breaks_on_what_is_beyond_all_bounds(world: World, read: set[str]) -> None:
    broken, tried = set(), 0
    for name, page in TABLE.items():
        if not isinstance(page, Page) or not page.sends:
            continue
        client, address = _at_the_page(world, page.sends), world.address(name)

        def post(data: dict[str, str], client: Client = client, address: str = address) -> int:
            nonlocal tried
            tried += 1
            with transaction.atomic():
                answer = client.post(address, data)
                transaction.set_rollback(True)
            return int(answer.status_code)

        shown = client.get(address)
        fields = Fields(shown.content.decode() if shown.status_code == 200 else "")
        for names, others in _forms_sent(fields):
            broken |= {(name, extreme) for extreme in _broken_by(post, names, others, read)}
    assert broken == set()
    assert tried > 300, "what forms read is seen no more"


def test_no_page_breaks_on_a_query_beyond_all_bounds(world: World, read: set[str]) -> None:
    broken, tried = set(), 0
    for name, page in TABLE.items():
        if not isinstance(page, Page) or not page.opens:
            continue
        client, address = _at_the_page(world, page.opens), world.address(name)

        def get(data: dict[str, str], client: Client = client, address: str = address) -> int:
            nonlocal tried
            tried += 1
            return client.get(address, data).status_code

        broken |= {(name, extreme) for extreme in _broken_by(get, QUERIES, {}, read)}
    assert broken == set()
    assert tried > 150, "what pages read of a query is seen no more"
