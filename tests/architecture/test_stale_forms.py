"""A form shown before somebody else changed the same thing saves nothing: it says so, and keeps what was typed."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from cordee.accounts.models import User
from cordee.journal.models import Entry
from tests.architecture.access_table import TABLE, Page
from tests.architecture.world import World, build
from tests.cast import Cast
from tests.conftest import MovableClock

VERSION = "expected_version"
TYPED = {"reason": ["Because"], "label_fr": ["Ça va ?"], "choices_fr": ["Oui\nNon"]}
"""What must be filled in before a form is looked at any further."""
FORMS = {
    "access_need",
    "amend_line",
    "change_client",
    "change_line",
    "change_order",
    "change_question",
    "change_service",
    "change_session",
    "change_supplier",
    "fee_schedule",
    "mail_settings",
    "mail_words",
    "my_structure",
    "new_question",
    "organisation",
    "organisation_participants",
    "questionnaire",
}
"""The forms that know which version they were shown."""


class Shown(HTMLParser):
    """The fields of a page as a browser would send them back to an address."""

    def __init__(self, html: str, address: str) -> None:
        super().__init__()
        self.address, self.ours = address, False
        self.sent: dict[str, list[str]] = {}
        self.menu = self.area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        name, kind = known.get("name") or "", known.get("type") or ""
        taken = kind not in {"checkbox", "radio"} or "checked" in known
        if tag == "form":
            self.ours = (known.get("action") or self.address) == self.address
        elif not self.ours or name == "csrfmiddlewaretoken":
            return
        elif tag == "select":
            self.menu = name
        elif tag == "textarea":
            self.area = name
            self.sent[name] = [""]
        elif tag == "option" and self.menu and "selected" in known:
            self.sent.setdefault(self.menu, []).append(known.get("value") or "")
        elif tag == "input" and name and taken and kind not in {"file", "submit", "button"}:
            unsaid = "on" if kind == "checkbox" else ""
            self.sent.setdefault(name, []).append(known.get("value") or unsaid)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.menu = ""
        elif tag == "textarea" and self.area:
            self.sent[self.area] = [self.sent[self.area][0].removeprefix("\n")]  # as browsers do
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area][0] += data

    def typed(self) -> dict[str, list[str]]:
        """Return what people see and change, with what they must fill in."""
        missing = {name: value for name, value in TYPED.items() if self.sent.get(name) in ([""], ["\n"])}
        return {
            name: value
            for name, value in (self.sent | missing).items()
            if name not in {VERSION, "form_token"}
        }


@pytest.fixture
def world(cast: Cast, now: MovableClock, settle: Any) -> World:
    built = build(cast, now, settle)
    User.objects.update(language="en")
    return built


def test_no_form_saves_over_what_somebody_else_changed(world: World) -> None:
    tried, wrong = set(), {}
    for name, page in TABLE.items():
        if not isinstance(page, Page) or not page.sends & page.opens:
            continue
        client, address = Client(), world.address(name)
        client.force_login(next(user for role, user in world.people.items() if role in page.sends and user))
        shown = client.get(address)
        form = Shown(shown.content.decode() if shown.status_code == 200 else "", address)
        (version, *_) = form.sent.get(VERSION, [""])
        if not version.isdigit():
            continue
        tried.add(name)
        written = Entry.objects.count()
        older = {VERSION: [str(int(version) + 7)]}  # any but the one that is in force
        answer = client.post(address, form.sent | form.typed() | older)
        again = Shown(answer.text, address).sent
        found = (
            answer.status_code,
            "meanwhile" in answer.text or "while you were" in answer.text,
            Entry.objects.count() - written,
            {name: value for name, value in form.typed().items() if again.get(name) != value},
        )
        if found != (422, True, 0, {}):
            wrong[name] = found
    assert wrong == {}, "these forms are saved, refused without a word, or lose what was typed"
    assert tried == FORMS
