"""Walking a dashboard: every number on it, and what the list behind it says."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from html import unescape
from math import isclose
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import resolve

from cordee.audits.queries import indicators
from cordee.audits.rules import Part
from cordee.catalogue.states import Topic
from cordee.kernel.money import Money
from cordee.surveys.queries import Steps
from cordee.web.office.dashboards.figures import Figure
from cordee.web.office.indicators import rows_url
from cordee.web.periods import last_twelve

type Pages = list[Any]


def rows_of(pages: Pages, name: str = "rows") -> list[Any]:
    """Return the rows of all pages of a list."""
    return [row for page in pages for row in getattr(page.context[name], "items", page.context[name])]


def _owed(pages: Pages) -> Money:
    return Money.total(due.amount for due in rows_of(pages))


def _paid(pages: Pages) -> Money:
    return Money.total(Money(batch.total or Decimal(0)) for batch, _kind in rows_of(pages, "batches"))


def _recommended(pages: Pages) -> Steps:
    (found,) = [f for f in pages[0].context["found"].figures if f.topic == Topic.RECOMMEND]
    return found.steps or Steps()


def _lots(pages: Pages) -> int:
    return sum(row.answers for row in rows_of(pages))


def _mean_of_lots(pages: Pages) -> float:
    rows = rows_of(pages)
    return float(sum(row.mean * row.answers for row in rows) / sum(row.answers for row in rows))


SAID: dict[tuple[str, str], Callable[[Pages], Any]] = {
    ("coming_sessions", "taken"): lambda pages: sum(row.session.taken or 0 for row in rows_of(pages)),
    ("orders_to_open", "stats"): lambda pages: len(rows_of(pages, "page")),
    ("invoices", "stats"): lambda pages: len(rows_of(pages, "payables")),
    ("owed", "sum"): _owed,
    ("owed", "stats"): _owed,
    ("payments", "sum"): _paid,
    ("payments", "stats"): _paid,
    ("survey_results", "answers"): lambda pages: pages[0].context["found"].answered,
    ("survey_results", "answered"): lambda pages: pages[0].context["found"].answered,
    ("survey_results", "mean"): lambda pages: _recommended(pages).mean,
    ("survey_results", "nps"): lambda pages: _recommended(pages).nps.score,
    ("indicator_rows", "answers"): lambda pages: sum(row.number for row in rows_of(pages)),
    ("survey_lots", "answered"): _lots,
    ("survey_lots", "mean"): _mean_of_lots,
}
"""What a list says, by its name and that of the figure; of all others the rows are counted."""


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
        and not (
            isinstance(said, float) and isinstance(figure.number, float) and isclose(said, figure.number)
        )
    ]
    body = page.content.decode().split('id="figures"')[1].split("<footer")[0]
    others = {unescape(url) for url in re.findall(r'href="([^"]+)"', body)} - {f.url for _name, f in told}
    return found + [f"{url} is the list of no number" for url in sorted(others)]


def wrong_behind(client: Client) -> list[str]:
    """Return the numbers of indicators that are not what their list says."""
    since, until = last_twelve()
    found = []
    for proven in indicators(since, until):
        number = proven.indicator.number
        numbers = [(f.rows, f.count) for f in proven.figures if f.rows]
        lacking = [
            (
                m.rows,
                next(
                    (f.of or 0) - f.count for f in proven.figures if f.rows == replace(m.rows, others=False)
                ),
            )
            for m in proven.missing
            if m.rows and m.rows.others
        ]
        for rows, count in [*numbers, *lacking]:
            name = rows.part.value if rows.part == Part.ANSWERS else "stats"
            if (said := _said(client, name, rows_url(number, rows))) != count:
                found.append(f"indicator {number}, {rows}: {count}, its list says {said}")
    return found


def _figures(context: Any) -> Iterator[tuple[str, Figure]]:
    for name in dict.fromkeys(key for part in context for key in part.flatten() if part):
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
    pages: Pages = []
    address, _mark, _place = url.partition("#")
    for number in range(1, 100):
        joint = "&" if "?" in address else "?"
        pages.append(client.get(address + joint + urlencode({"page": number})))
        assert pages[-1].status_code == 200, url
        shown = pages[-1].context.get("page")
        if not getattr(shown, "has_next", False):
            break
    listed = resolve(address.partition("?")[0]).url_name or ""
    says = SAID.get((listed, name))
    return says(pages) if says else len(rows_of(pages))
