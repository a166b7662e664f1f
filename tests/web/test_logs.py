"""What the log says of those who come by a personal link: everything but the token that opens it."""

import copy
import io
import logging
import logging.config
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as house
from django.core.exceptions import PermissionDenied
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, re_path

from cordee.config import urls as addresses
from cordee.config.logs import WithoutTokens
from cordee.journal import actions as journal
from cordee.journal import queries as deliveries
from cordee.kernel.tokens import hidden_in_log
from cordee.mail.models import Message
from cordee.planning import actions as planning
from cordee.web.errors import too_many
from tests.cast import Cast, draft

TOKEN = "7:" + "aB3-_" * 8 + "xyz"
KINDS = ("a", "p", "w", "c")
"""The answer, the participant's page, the registration, the client's list."""


class Slip(RuntimeError):
    """A fault of ours, in words that hold what was asked for."""


class Refuses(BaseEmailBackend):
    """A mail server that says back what it does not like, as some do."""

    def send_messages(self, email_messages: Any) -> int:
        raise Slip(f"no links, please: /a/{TOKEN}/")


def fails(request: HttpRequest, status: str, kind: str, token: str) -> HttpResponse:
    match status:
        case "404":
            raise Http404(f"nothing at {token}")
        case "403":
            raise PermissionDenied(f"not for {token}")
        case "429":
            return too_many(request)
    raise Slip(f"broken by /{kind}/{token}/")


# The four kinds of links, each to a page that goes wrong as its query says.
urlpatterns = [
    re_path(r"^(?P<kind>[apwc])/(?P<token>[^/]+)/(?P<status>\d+)/$", fails),
    *addresses.urlpatterns,
]
handler403, handler404, handler429, handler500 = (
    addresses.handler403,
    addresses.handler404,
    addresses.handler429,
    addresses.handler500,
)


@pytest.fixture
def written() -> Iterator[Callable[[], str]]:
    """Return what the house's own logging wrote, whatever the level."""
    stream = io.StringIO()
    wanted = copy.deepcopy(house.LOGGING)
    for handler in wanted["handlers"].values():
        handler["stream"] = stream
    wanted["loggers"]["django.request"]["level"] = "DEBUG"
    before = logging.root.handlers[:]
    logging.config.dictConfig(wanted)
    yield stream.getvalue
    logging.config.dictConfig(house.LOGGING)
    logging.root.handlers[:] = before


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["403", "404", "429", "500"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_that_goes_wrong_is_logged_without_its_token(
    client: Client, settings: Any, written: Callable[[], str], kind: str, status: str
) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    assert client.get(f"/{kind}/{TOKEN}/{status}/").status_code == int(status)
    assert f"/{kind}/…/" in written()
    assert TOKEN not in written()


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_refused_for_want_of_its_cookie_is_logged_without_its_token(
    db: None, written: Callable[[], str], kind: str
) -> None:
    assert Client(enforce_csrf_checks=True).post(f"/{kind}/{TOKEN}/").status_code == 403
    assert f"Forbidden (CSRF cookie not set.): /{kind}/…/" in written()
    assert TOKEN not in written()


def test_every_address_with_a_token_is_known_even_when_the_token_is_spoiled() -> None:
    """An address added tomorrow is hidden too, or fails here."""
    found = [route for route in _routes(get_resolver().url_patterns) if "<str:token>" in route]
    assert len(found) > 10
    for route in found:
        line = f"Not Found: /{route.partition('<str:token>')[0]}SPOILED/"
        assert "SPOILED" not in hidden_in_log(line), f"{route}: name it in kernel.tokens"


def _routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route


def test_a_task_that_fails_is_logged_and_shown_without_the_token(
    cast: Cast, written: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        facilitator_ids=[cast.idris.pk],
        by=cast.actor(cast.camille),
    )

    def fail(delivery: Any) -> None:
        raise Slip(f"no page at /p/{TOKEN}/")

    monkeypatch.setattr(journal, "_hand_over", fail)
    monkeypatch.setattr(journal, "GIVE_UP_AFTER", 1)
    journal.deliver_due()
    assert "Slip: no page at /p/…/" in written()
    assert TOKEN not in written()
    shown = [delivery.error for delivery in deliveries.failed_deliveries()]
    assert "Slip: no page at /p/…/" in shown
    assert TOKEN not in str(shown)


def test_a_message_that_the_mail_server_refuses_is_shown_without_the_token(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settle: Callable[[], None], settings: Any
) -> None:
    planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        facilitator_ids=[cast.idris.pk],
        by=cast.actor(cast.camille),
    )
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Refuses"}}
    settle()
    errors = set(Message.objects.exclude(error="").values_list("error", flat=True))
    assert errors
    assert all("/a/…/" in error and TOKEN not in error for error in errors)


@pytest.mark.parametrize(
    ("message", "arguments"),
    [("/p/%s/ %d", (TOKEN, 3)), ("/p/%s/ %d", (TOKEN, "three")), (f"/p/{TOKEN}/ 100 %", ())],
)
def test_a_sentence_is_written_whatever_its_form(message: str, arguments: tuple[object, ...]) -> None:
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, message, arguments, None)
    assert WithoutTokens().filter(record)
    assert TOKEN not in logging.Formatter().format(record)


def test_every_handler_of_the_house_and_of_the_web_server_hides_tokens() -> None:
    """Asked of a process as it is served: Django, the jobs, the web server and its workers."""
    looked = """
import logging, django
django.setup()
from cordee.cli import serve
serve._server(workers=1, on_startup=print)
loggers = [logging.root, *(l for l in logging.root.manager.loggerDict.values() if isinstance(l, logging.Logger))]
from cordee.config.logs import WithoutTokens
handlers = [(l.name, h) for l in loggers for h in l.handlers if not isinstance(h, logging.NullHandler)]
assert {"root", "_granian", "granian.access"} <= {name for name, _ in handlers}
print([name for name, h in handlers if not any(isinstance(f, WithoutTokens) for f in h.filters)])
"""
    done = subprocess.run(
        [sys.executable, "-c", looked], capture_output=True, text=True, check=False, cwd=house.PACKAGE.parent
    )
    assert done.stdout == "[]\n", done.stderr
