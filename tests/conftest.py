"""The harness every test runs in."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.db.models.query import (
    REPR_OUTPUT_SIZE,
    FlatValuesListIterable,
    ModelIterable,
    QuerySet,
    ValuesIterable,
    ValuesListIterable,
)
from django.template.base import FilterExpression, VariableDoesNotExist
from hypothesis import settings as hypothesis_settings

from cordee.config.translations import compile_if_needed
from cordee.journal import actions as journal
from cordee.journal.models import Delivery
from cordee.kernel import clock
from cordee.lists import apart
from cordee.mail import actions as mail
from cordee.mail.models import Message
from cordee.notifications.mails import MAILS
from cordee.notifications.states import Timing
from cordee.surveys.actions import summing
from cordee.web.entrance import letters
from tests.cast import Cast, assemble
from tests.kept import Kept

HOME = Path(django_settings.ENV.home)
os.environ["DJANGO_SETTINGS_MODULE"] = "cordee.config.settings"  # for the processes that tests start
if connections.settings["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the browser journeys read and write from several threads at once, as in the house.
    connections.settings["default"]["TEST"]["NAME"] = HOME / "test.sqlite3"
# The same examples everywhere, and no clock on them: two busy cores are not a failure.
hypothesis_settings.register_profile("house", derandomize=True, deadline=None, database=None)
hypothesis_settings.load_profile("house")
Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # else WhiteNoise warns of it
compile_if_needed()  # before Django reads its catalogues, and keeps them
PARIS = ZoneInfo("Europe/Paris")
AFTER_CHANGE = [m for m in MAILS.values() if m.rule and m.rule.timing == Timing.AFTER_CHANGE]
NOON = datetime(2027, 1, 4, 12, 0, tzinfo=PARIS)
"""The moment at which tests take place unless they move the clock: a Monday."""


@pytest.fixture(autouse=True)
def no_questions_remembered() -> None:
    """Versions of questionnaires have the numbers that those of the test before had."""
    summing._measured.cache_clear()


BEGINNING = Kept(assemble)
"""The cast of every story, lived through once in a process: it is a tenth of a second each time otherwise."""

READS = {"db", "transactional_db", "django_db_setup", "live_server"}
"""What a test asks for that reads the database, by itself or through another fixture."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, run what reads the database: all else is the same on both, and was run on SQLite."""
    if connections.settings["default"]["ENGINE"].endswith("sqlite3"):
        return
    left = [item for item in items if not (READS & set(item.fixturenames) or _is_marked(item))]  # type: ignore[attr-defined]
    config.hook.pytest_deselected(items=left)
    out = set(left)
    items[:] = [item for item in items if item not in out]


def _is_marked(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("django_db", "postgres"))


def pytest_unconfigure() -> None:
    """Take the home of this process away: nothing is left behind."""
    shutil.rmtree(HOME, ignore_errors=True)


_SHOWN = slice(None, REPR_OUTPUT_SIZE + 1)
"""What a message shows of a list, in whatever order."""


def _in_an_order(found: QuerySet[Any], which: Any, *, take: Any = QuerySet.__getitem__) -> Any:
    assert not isinstance(which, slice) or found.ordered or which == _SHOWN, (
        f"A part of what {found.model.__name__} holds is taken in no order: each database gives another part."
    )
    return take(found, which)


QuerySet.__getitem__ = _in_an_order  # type: ignore[method-assign]


class MovableClock:
    """The clock of a test: it stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at

    def move_to(self, text: str) -> None:
        """Move to a local time in Paris, such as `2027-01-14 12:30`."""
        self.at = datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.fixture(autouse=True)
def now() -> Iterator[MovableClock]:
    """Hold the clock for the whole test."""
    movable = MovableClock()
    clock.use(movable)
    yield movable
    clock.use(None)


@pytest.fixture(autouse=True)
def house_settings(settings: Any) -> None:
    """Take what is quick in tests; everything else is as in the house."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the people and things every story needs."""
    return BEGINNING()


@pytest.fixture
def settle(db: None) -> Callable[[], None]:
    """Do what the worker would do: deliver facts, until nothing follows any more, then send mail."""

    def run() -> None:
        while journal.deliver_due():
            late = list(Delivery.objects.exclude(error="").values_list("subscriber", "error"))
            assert not late, late
        # The minutes in which a change can be undone are over at once.
        waiting = Message.objects.filter(purpose__in=AFTER_CHANGE, due_at__gt=clock.now())
        waiting.update(due_at=clock.now())
        letters.answer_all()
        mail.send_due()

    return run


@pytest.fixture(autouse=True)
def patience_with_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large lists are read beside other tests on the same machine: only what tests the limit runs into it."""
    monkeypatch.setattr(apart, "SECONDS", 200)


@pytest.fixture(autouse=True)
def unknown_template_variables_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that a template asks for must exist; `default` filters, `if` and `firstof` may ask for others."""
    resolve = FilterExpression.resolve

    def strict(self: FilterExpression, context: Any, ignore_failures: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's
        if not ignore_failures and hasattr(self.var, "resolve") and not self.filters:
            try:
                self.var.resolve(context)
            except VariableDoesNotExist as missing:
                where = getattr(context, "template_name", "?")
                raise AssertionError(f"template {where} asks for {self.var}") from missing
        return resolve(self, context, ignore_failures)

    monkeypatch.setattr(FilterExpression, "resolve", strict)


@pytest.fixture(autouse=True)
def unordered_rows_come_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows whose order was not asked for are shuffled: what leans on the order of insertion fails here."""
    for kind in (ModelIterable, ValuesIterable, ValuesListIterable, FlatValuesListIterable):
        monkeypatch.setattr(kind, "__iter__", _shuffled(kind.__iter__))


def _shuffled(rows_of: Callable[[Any], Iterator[Any]]) -> Callable[[Any], Iterator[Any]]:
    def rows(self: Any) -> Iterator[Any]:
        if self.queryset.ordered:
            yield from rows_of(self)
            return
        found = list(rows_of(self))
        # The same shuffle at each run, so that a failure can be repeated.
        random.Random(len(found)).shuffle(found)  # noqa: S311 - no secret
        yield from found

    return rows


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the system's Chromium, quiet: nothing of its own goes out to the network."""
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM") or "/usr/bin/chromium",
        "args": [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }
