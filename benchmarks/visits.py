"""Visiting the pages of a world in process, with everything a real request goes through."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.world.manifest import Manifest
from cordee.accounts.models import User
from cordee.kernel import clock

BACKEND = "cordee.web.entrance.backend.HouseBackend"


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is measured: what it is, who asks for it, and where it is in a world."""

    title: str
    by: Callable[[Manifest], str]
    address: Callable[[Manifest], str]


def _coordinator(manifest: Manifest) -> str:
    return manifest.coordinator_email


def _operations(manifest: Manifest) -> str:
    return manifest.operations_email


def _quality(manifest: Manifest) -> str:
    return manifest.quality_email


def _finance(manifest: Manifest) -> str:
    return manifest.finance_email


def _search(words: str) -> str:
    return f"{reverse('missions')}?{urlencode({'q': words})}"


def _a_month_of_books(manifest: Manifest) -> str:
    """Return the page of a month that is closed: half a year before the world's moment."""
    at = manifest.anchor - timedelta(days=182)
    return reverse("books_month", args=[at.year, at.month])


def _the_month_of_books(manifest: Manifest) -> str:
    return reverse("books_month", args=[manifest.anchor.year, manifest.anchor.month])


def _quarter(manifest: Manifest) -> str:
    """Return the quarter before the world's moment, as the pages write it."""
    at = manifest.anchor - timedelta(days=91)
    return f"{at.year}-T{(at.month + 2) // 3}"


MONEY: dict[str, Page] = {
    "fees": Page("Fee requests to approve", _finance, lambda _m: reverse("fee_requests")),
    "invoices": Page(
        "Invoices, accepted",
        _finance,
        lambda _m: f"{reverse('invoices')}?{urlencode({'status': 'accepted'})}",
    ),
    "invoice": Page("One invoice", _finance, lambda m: reverse("invoice", args=[m.invoice_id])),
    "received": Page("Invoices that suppliers gave", _finance, lambda _m: reverse("invoices")),
    "payments": Page("What can be paid, and the batches", _finance, lambda _m: reverse("payments")),
    "batch": Page("One batch of payments", _finance, lambda m: reverse("batch", args=[m.batch_ref])),
    "suppliers": Page("Suppliers", _finance, lambda _m: reverse("suppliers")),
    "suppliers-missing": Page(
        "Suppliers, something is missing", _finance, lambda _m: f"{reverse('suppliers')}?missing=on"
    ),
    "supplier": Page("One supplier", _finance, lambda m: reverse("supplier", args=[m.supplier_id])),
    "books": Page("Books, the months", _finance, lambda _m: reverse("books")),
    "books-month": Page("Books, entries of a closed month", _finance, _a_month_of_books),
    "books-open": Page("Books, entries of the month that goes on", _finance, _the_month_of_books),
    "vat": Page("VAT of a quarter", _finance, lambda m: f"{reverse('books_vat')}?period={_quarter(m)}"),
    "vat-rule": Page(
        "VAT of a quarter, suppliers' invoices under one rule",
        _finance,
        lambda m: f"{reverse('books_vat_rule', args=['franchise'])}?period={_quarter(m)}&own",
    ),
    "balances": Page("What suppliers are owed, by age", _finance, lambda _m: reverse("balances")),
    "balance": Page("Account of one supplier", _finance, lambda m: reverse("balance", args=[m.supplier_id])),
    "my-fees": Page("A facilitator's fees", _coordinator, lambda _m: reverse("my_fees")),
    "my-invoice": Page(
        "A facilitator's invoice", _coordinator, lambda m: reverse("my_invoice", args=[m.payable_id])
    ),
    "my-statement": Page(
        "A facilitator's year", _coordinator, lambda m: reverse("my_statement", args=[m.anchor.year])
    ),
    "my-payment": Page("How I am paid", _coordinator, lambda _m: reverse("my_payment")),
}
"""Of finance and of facilitators: where the money is."""
DASHBOARDS: dict[str, Page] = {
    "dashboard-operations": Page(
        "Dashboard of operations", _operations, lambda _m: reverse("operations_dashboard")
    ),
    "dashboard-quality": Page("Dashboard of quality", _quality, lambda _m: reverse("quality_dashboard")),
    "dashboard-finance": Page("Dashboard of finance", _finance, lambda _m: reverse("finance_dashboard")),
}
"""Everything added up: they may take longer than the pages one works on."""
PAGES: dict[str, Page] = {
    "mission": Page(
        "Mission: 20 sessions, 300 participants",
        _coordinator,
        lambda m: reverse("mission", args=[m.mission_ref]),
    ),
    "session": Page(
        "Session: 30 participants × 2 half-days",
        _coordinator,
        lambda m: reverse("session", args=[m.session_ref]),
    ),
    "missions": Page("Missions, first page", _operations, lambda _m: reverse("missions")),
    "search": Page("Missions, search that finds two", _operations, lambda m: _search(m.search_few)),
    "search-many": Page(
        "Missions, search that finds a quarter", _operations, lambda m: _search(m.search_many)
    ),
    "facilitator": Page("Facilitator's own page", _coordinator, lambda _m: reverse("my_work")),
    "sessions": Page("Sessions of the coming weeks", _operations, lambda _m: reverse("coming_sessions")),
    "owed": Page("All that is owed", _finance, lambda _m: reverse("owed")),
    **MONEY,
    **DASHBOARDS,
}
OTHER_PAGES: dict[str, Page] = {
    "everything": Page(
        "Search of everything",
        _operations,
        lambda m: f"{reverse('search')}?{urlencode({'q': m.search_many})}",
    ),
    "todo": Page("Office, to do", _operations, lambda _m: reverse("office_todo")),
    "timeline": Page(
        "Timeline of a mission", _operations, lambda m: reverse("mission_timeline", args=[m.mission_ref])
    ),
    "clients": Page("Clients", _operations, lambda _m: reverse("clients")),
    "people": Page("People", _operations, lambda _m: reverse("people")),
    "mails": Page("E-mails", _operations, lambda _m: reverse("mails")),
    "my-missions": Page("A coordinator's missions", _coordinator, lambda _m: reverse("my_missions")),
    "my-sessions": Page("A facilitator's sessions", _coordinator, lambda _m: reverse("my_sessions")),
}


class Visitor:
    """People logged in, at the moment a world was built around."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self._clients: dict[str, Client] = {}
        clock.use(lambda: manifest.anchor)

    def get(self, name: str) -> Any:
        """Ask for a page and return the answer; anything but 200 ends the measurement."""
        page = (PAGES | OTHER_PAGES)[name]
        address = page.address(self.manifest)
        response = self.browser(page.by(self.manifest)).get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answers {response.status_code}")
        return response

    def count(self, name: str) -> dict[str, int]:
        """Return the number of queries of a page once it is warm, and its bytes, compressed."""
        self.get(name)
        seen = 0

        def tally(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
            nonlocal seen
            seen += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(tally):
            response = self.get(name)
        return {"queries": seen, "bytes": len(response.content)}

    def time(self, name: str, times: int) -> dict[str, list[float]]:
        """Return the milliseconds of each of `times` requests: on the clock, and of this process's work."""
        wall, cpu = [], []
        for _ in range(times):
            cpu_start, start = time.process_time(), time.perf_counter()
            self.get(name)
            wall.append(1000 * (time.perf_counter() - start))
            cpu.append(1000 * (time.process_time() - cpu_start))
        return {"ms": wall, "cpu_ms": cpu}

    def log_in(self) -> dict[str, Any]:
        """Return the coordinator's session, as a browser would send it, and where to go with it."""
        client = self.browser(self.manifest.coordinator_email)
        return {
            "name": settings.SESSION_COOKIE_NAME,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
            "pages": {n: PAGES[n].address(self.manifest) for n in ("mission", "session", "facilitator")},
            "sheet": reverse("session_sheet", args=[self.manifest.sheet_refs[0]]),
        }

    def browser(self, email: str) -> Client:
        """Return the browser of somebody who is logged in."""
        if email not in self._clients:
            client = Client(SERVER_NAME="localhost", headers={"Accept-Encoding": "gzip"})
            client.force_login(User.objects.get(email=email), backend=BACKEND)
            self._clients[email] = client
        return self._clients[email]
