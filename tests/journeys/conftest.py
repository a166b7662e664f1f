"""Journeys: the house as people use it, in a real browser, at desk and phone size, in French."""

import email
import email.policy
import itertools
import logging
import os
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, expect

from cordee.accounts.models import User
from cordee.journal import actions as journal
from cordee.mail import actions as mail

# Playwright's own loop runs in this thread; Django takes it for an async context.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
logging.getLogger("mail.log").setLevel(logging.WARNING)  # the mail server tells every word it hears

RUN_TOGETHER = re.compile(r"(?<![\w@])\w*[a-zà-ÿ]{2}(?:[.!?][A-ZÀ-Ý][a-zà-ÿ]|[,;][A-Za-zÀ-ÿ])\w*")
"""Two pieces of a sentence between which a template has lost the space; not an address that somebody typed wrong."""
AXE = (Path(__file__).parent.parent / "vendor/axe-core/axe.min.js").read_text()
LOOK = """
async (rules) => {
  const bars = [...document.querySelectorAll("header, nav, .actions.sticky, .toasts")]
    .filter(e => ["fixed", "sticky"].includes(getComputedStyle(e).position))
    .map(e => e.getBoundingClientRect());
  const under = (node) => {
    const r = document.querySelector(node.target[0]).getBoundingClientRect();
    return bars.some(b => r.top < b.bottom && r.bottom > b.top && r.left < b.right && r.right > b.left);
  };
  const found = (await axe.run(document, {runOnly: rules})).violations;
  // A target half under a bar that stays in place is scrolled free by whoever wants to touch it.
  for (const v of found) if (v.id === "target-size") v.nodes = v.nodes.filter(n => !under(n));
  return found.filter(v => v.nodes.length);
}
"""
PICTURES = os.environ.get("CORDEE_PICTURES", "")
"""A folder in which to keep a picture of every page looked at, for whoever wants to see what people see."""
SHAPES = """
() => {
  const said = ["role", "type", "scope", "tabindex", "disabled", "open", "hidden", "lang"];
  const shapes = new Map();
  const shape = (e) => {
    if (!e) return "";
    if (!shapes.has(e)) {
      const names = [...e.attributes].map(a => a.name).filter(n => n.startsWith("aria-") || said.includes(n));
      const own = names.map(n => n + "=" + (n === "role" || n === "type" ? e.getAttribute(n) : "")).sort();
      const text = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) ? "text" : "";
      shapes.set(e, [shape(e.parentElement), e.localName, [...e.classList].sort(), own, text].join(" "));
    }
    return shapes.get(e);
  };
  for (const e of document.querySelectorAll("body *")) shape(e);
  const heads = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(e => e.localName);
  const steps = heads.map((name, i) => (heads[i - 1] || "") + " then " + name);
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  return [...new Set([...shapes.values(), ...steps, "twice " + twice])];
}
"""
"""What a page is made of: each element with all it lies in, what it says of itself, and whether it bears words; the
order of headings; names given twice."""
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


FOUND_GOOD: set[tuple[int, str]] = set()
"""What axe saw and had nothing to say of, in this process, by the width of the screen."""

_numbers = itertools.count(1)


def words(english: str, **values: object) -> str:
    """Return what stands on the French page for an English source string."""
    with translation.override("fr"):
        return translation.gettext(english) % values if values else translation.gettext(english)


def work() -> None:
    """Do what the worker does, without letting the minutes pass in which a change can be undone."""
    while journal.deliver_due():
        pass
    mail.send_due()


@pytest.fixture(scope="session", params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    """Run each journey at both sizes."""
    return str(request.param)


@dataclass
class Visitor:
    """Somebody at a browser. Every page they open is checked for accessibility, script errors and CSP violations."""

    page: Page
    base_url: str
    settle: Callable[[], None]
    complaints: dict[str, None]
    cut_off: bool = False
    """The network is cut in this journey: that the browser says so is no complaint."""

    def go(self, path: str) -> None:
        """Open an address of the house and look at it."""
        self.page.goto(self.base_url + path)
        self.look()

    def go_at_both_sizes(self, path: str) -> None:
        """Open an address of the house and look at it on the phone and on the desk: opened once, it is drawn twice."""
        self.page.goto(self.base_url + path)
        for size in ("phone", "desk"):
            self.page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
            self.look()

    def look(self) -> None:
        """Check the page that is open."""
        self.page.wait_for_load_state("load")
        self._look_for_barriers()
        width = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if width > 0:
            self.complain(f"scrolls sideways by {width} px")
        for words in RUN_TOGETHER.findall(self.page.locator("body").inner_text()):
            self.complain(f"runs together: “{words}”")
        if PICTURES:
            self.page.screenshot(
                path=f"{PICTURES}/{next(_numbers):03d}-{self.page.viewport_size['width']}.png", full_page=True
            )  # type: ignore[index]

    def _look_for_barriers(self) -> None:
        """Let axe look at the page, unless all that it is made of was found good before, at this size."""
        made_of = {(self.page.viewport_size["width"], shape) for shape in self.page.evaluate(SHAPES)}  # type: ignore[index]
        if made_of <= FOUND_GOOD:
            return
        self.page.evaluate(AXE)
        violations = self.page.evaluate(LOOK, RULES)
        for found in violations:
            node = found["nodes"][0]
            self.complain(f"{found['id']}: {node['html'][:120]} {node['failureSummary']}")
        if not violations:
            FOUND_GOOD.update(made_of)

    def complain(self, what: str) -> None:
        """Remember what is wrong with a page: all of it is told at the end of the journey."""
        where = self.page.url.removeprefix(self.base_url)
        self.complaints[f"{where} {what}"] = None

    def press(self, button: str | Locator) -> None:
        """Press a button (by its English words, or found otherwise) that leads to a page; look at that page.

        What follows in the background is done before going on.
        """
        found = self.button(button) if isinstance(button, str) else button
        with self.page.expect_event("load"):  # a new document: HTMX notes its own steps in the history
            found.click()
        self.settle()
        self.look()

    def button(self, english: str) -> Locator:
        return self.page.locator("main").get_by_role("button", name=words(english), exact=True).first

    def follow(self, english: str) -> None:
        """Follow a link of the page by its English words."""
        self.press(self.page.locator("main").get_by_role("link", name=words(english), exact=True).first)

    def sees(self, english: str, **values: object) -> None:
        """Assert that a sentence is on the page for people to read, in French."""
        self.reads(words(english, **values))

    def reads(self, text: str) -> None:
        """Assert that these very words are on the page for people to read."""
        expect(self.page.locator("main").get_by_text(text).locator("visible=true").first).to_be_visible()


class Letterbox:
    """A real mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """Return what somebody received, oldest first."""
        return [m for m in self.messages if address in m["To"]]


@pytest.fixture
def letterbox(settings: Any) -> Iterator[Letterbox]:
    """Start a mail server on loopback, and have the house send through it."""
    kept = Letterbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    settings.MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
    }
    yield kept
    server.stop()


@pytest.fixture
def visit(
    browser: Browser, live_server: Any, settle: Callable[[], None], size: str
) -> Iterator[Callable[..., Visitor]]:
    """Return a way to sit somebody down at a browser of their own, logged in or not."""
    contexts: list[BrowserContext] = []
    complaints: dict[str, None] = {}

    def sit_down(user: User | None = None) -> Visitor:
        context = browser.new_context(
            viewport=SIZES[size], locale="fr-FR", has_touch=size == "phone", reduced_motion="reduce"
        )  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user:
            log_in(context, user, live_server.url)
        visitor = Visitor(context.new_page(), live_server.url, settle, complaints)
        visitor.page.on("pageerror", lambda error: visitor.complain(str(error)))
        visitor.page.on("console", lambda message: _note(visitor, message))
        visitor.page.on("response", lambda response: _note_failure(visitor, response))
        return visitor

    yield sit_down
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


def log_in(context: BrowserContext, user: User, url: str) -> None:
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": url}])


def _note(visitor: Visitor, message: Any) -> None:
    # The browser itself reports 4xx answers as errors; those that matter are noted as failures.
    if visitor.cut_off and "net::ERR_" in message.text:
        return
    if message.type == "error" and "status of 4" not in message.text:
        visitor.complain(message.text)


def _note_failure(visitor: Visitor, response: Response) -> None:
    if response.status >= 500:
        visitor.complain(f"{response.status} {response.url}")
