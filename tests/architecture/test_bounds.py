"""Every date and number of every form has bounds that mean something, and no address breaks on one beyond them."""

import importlib
import pkgutil
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.test import Client

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


def _sent(fields: Fields, extreme: str) -> list[dict[str, str]]:
    """Return forms with every date, number and hidden value beyond bounds: as shown, while typing, and made up."""
    kept = {"form_token": fields.values.get("form_token", "")}
    beyond = {n: extreme if kind in NUMBERS else fields.values[n] for n, kind in fields.kinds.items()} | kept
    return [beyond, beyond | {"show": "half_days"}, dict.fromkeys(BUTTONS, extreme) | kept]


def _status(client: Client, address: str, data: dict[str, str]) -> int:
    with transaction.atomic():
        answer = client.post(address, data)
        transaction.set_rollback(True)
    return int(answer.status_code)


def _at_the_page(world: World, roles: frozenset[str]) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(next(user for role, user in world.people.items() if role in roles and user))
    return client


def test_no_form_breaks_on_what_is_beyond_all_bounds(world: World) -> None:
    broken = set()
    for name, page in TABLE.items():
        if not isinstance(page, Page) or not page.sends:
            continue
        client, address = _at_the_page(world, page.sends), world.address(name)
        shown = client.get(address)
        fields = Fields(shown.content.decode() if shown.status_code == 200 else "")
        broken |= {
            (name, extreme[:20])
            for extreme in EXTREMES
            for data in _sent(fields, extreme)
            if _status(client, address, data) >= 500
        }
    assert broken == set()


def test_no_page_breaks_on_a_query_beyond_all_bounds(world: World) -> None:
    broken = set()
    for name, page in TABLE.items():
        if isinstance(page, Page) and page.opens:
            client, address = _at_the_page(world, page.opens), world.address(name)
            broken |= {
                (name, extreme[:20])
                for extreme in EXTREMES
                if client.get(address, dict.fromkeys(QUERIES, extreme)).status_code >= 500
            }
    assert broken == set()
