"""Walking a dashboard: every number on it, and what the list behind it says."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import resolve

from cordee.web.office.dashboards.figures import Figure

type Rows = list[Any]

SAID: dict[tuple[str, str], Callable[[Rows], Any]] = {
    ("coming_sessions", "taken"): lambda rows: sum(row.session.taken or 0 for row in rows),
}
"""What is added up of the rows of a list, by its name and that of the figure; of all others they are counted."""
ROWS = {"orders_to_open": "page"}
"""Where a list keeps its rows, unless it is `rows`."""


def wrong_on(client: Client, address: str) -> list[str]:
    """Return the numbers of a dashboard that are not what their list says, and the links on it that are no number's."""
    page = client.get(address)
    assert page.status_code == 200
    told = list(_figures(page.context))
    assert told, "a dashboard without a number"
    found = [
        f"{name} {figure.label}: {figure.number}, {figure.url} says {said}"
        for name, figure in told
        if (said := _said(client, name, figure.url)) != figure.number
    ]
    body = page.content.decode().split('class="queues"')[1].split("<footer")[0]
    others = {unescape(url) for url in re.findall(r'href="([^"]+)"', body)} - {f.url for _name, f in told}
    return found + [f"{url} is the list of no number" for url in sorted(others)]


def _figures(context: Any) -> Iterator[tuple[str, Figure]]:
    for name in ("stats", *dict.fromkeys(key for part in context for key in part.flatten() if part)):
        yield from _in(name, context.get(name))


def _in(name: str, value: Any) -> Iterator[tuple[str, Figure]]:
    if isinstance(value, Figure):
        yield name, value
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from _in(key, inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _in(name, inside)
    elif is_dataclass(value) and type(value).__module__.startswith("cordee.web.office.dashboards"):
        for field in fields(value):
            yield from _in(field.name, getattr(value, field.name))


def _said(client: Client, name: str, url: str) -> Any:
    """Return what the list at an address says, all of its pages together."""
    rows: Rows = []
    listed = resolve(url.split("?", maxsplit=1)[0]).url_name
    for number in range(1, 100):
        page = client.get(url + ("&" if "?" in url else "?") + urlencode({"page": number}))
        assert page.status_code == 200, url
        found = page.context[ROWS.get(listed, "rows")]
        rows += getattr(found, "items", found) if not isinstance(found, dict) else found
        if not page.context["page"].has_next:
            break
    return SAID.get((listed, name), len)(rows)
