"""The forms of a page as a browser would send them back, with what people type into them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

TECHNICAL = {"csrfmiddlewaretoken", "form_token"}
TYPED_INTO = {"text", "search", "email", "tel", "url", "number", "date", "time", "datetime-local", "textarea"}
TRAP = "homepage"
"""Shown to robots only: people never fill it in."""
WRITTEN = {"text", "search", "textarea"}
"""The fields that take any words."""


@dataclass(frozen=True)
class Field:
    """One field: what it holds as it is shown, and what kind it is."""

    name: str
    kind: str
    value: str
    taken: bool = True
    """A box that is not ticked is not sent."""


@dataclass(frozen=True)
class Form:
    """One form with its fields, and the buttons that send it."""

    action: str
    fields: tuple[Field, ...] = ()
    buttons: tuple[Field, ...] = ()

    def sent(self, button: Field | None = None) -> dict[str, list[str]]:
        """Return what goes back when this button is pressed."""
        found: dict[str, list[str]] = {}
        for each in (*self.fields, *([button] if button and button.name else [])):
            if each.taken:
                found.setdefault(each.name, []).append(each.value)
        return found

    def filled(self) -> "Form":
        """Return the form with words of our own in every field that takes any, and each time a different one."""
        return replace(self, fields=tuple(_filled(each, n) for n, each in enumerate(self.fields)))

    def hidden(self) -> list[str]:
        return [each.name for each in self.fields if each.kind == "hidden" and each.name not in TECHNICAL]

    def typed(self) -> list[str]:
        """Return what people see and may have typed."""
        return [each.value for each in self.fields if each.kind in TYPED_INTO and each.value]


def _filled(each: Field, number: int) -> Field:
    if each.name == TRAP:
        return each
    if each.kind == "email" or "email" in each.name:
        return replace(each, value=f"typed{number}@x.example")
    if each.kind == "datetime-local":
        return replace(each, value="2027-01-18T08:15")
    if each.kind == "time" and not each.value:
        return replace(each, value="10:05")
    return replace(each, value=f"Typed {number} words") if each.kind in WRITTEN else each


def forms_of(html: str, address: str) -> list[Form]:
    """Return the forms on a page that are sent by POST."""
    return list(_Page(html, address).found())


@dataclass
class _Open:
    """A form while it is read."""

    action: str
    posted: bool
    fields: list[Field] = field(default_factory=list)
    buttons: list[Field] = field(default_factory=list)


class _Page(HTMLParser):
    def __init__(self, html: str, address: str) -> None:
        super().__init__()
        self.address = address.split("?", maxsplit=1)[0]
        self.forms: dict[str, _Open] = {}
        self.here = self.menu = self.area = self.belongs = ""
        self.drafts = 0
        """Depth in <template>: what stands there is no part of the page."""
        self.written = ""
        self.chosen: list[Field] = []
        self.away: list[tuple[str, Field]] = []
        """Fields that stand outside the form they belong to."""
        self.feed(html)

    def found(self) -> Iterator[Form]:
        for ident, each in self.away:
            if ident in self.forms:
                self._keep(self.forms[ident], each)
        for form in self.forms.values():
            if form.posted:
                yield Form(form.action, tuple(form.fields), tuple(form.buttons))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "template" or self.drafts:
            self.drafts += tag == "template"
        elif tag == "form":
            self.here = known.get("id") or f"form-{len(self.forms)}"
            posted = known.get("method", "").lower() == "post"
            self.forms[self.here] = _Open(known.get("action") or self.address, posted)
        elif tag == "select":
            self.menu, self.chosen = known.get("name", ""), []
        elif tag == "option" and self.menu:
            self._choose(known)
        elif tag == "textarea":
            self.area, self.written = known.get("name", ""), ""
            self.belongs = known.get("form", self.here)
        elif tag in {"input", "button"} and (known.get("name") or tag == "button"):
            self._field(tag, known)

    def _field(self, tag: str, known: dict[str, str]) -> None:
        kind = "button" if tag == "button" else known.get("type", "text")
        boxed = kind in {"checkbox", "radio"}
        value = known.get("value", "on" if boxed else "")
        taken = "disabled" not in known and (not boxed or "checked" in known)
        self.away.append((known.get("form", self.here), Field(known.get("name", ""), kind, value, taken)))

    def _choose(self, known: dict[str, str]) -> None:
        option = Field(self.menu, "select", known.get("value", ""))
        if "selected" in known or not self.chosen:
            self.chosen = [option]

    def _keep(self, form: _Open, each: Field) -> None:
        if each.kind in {"button", "submit"}:
            form.buttons.append(each)
        elif each.kind not in {"file", "reset"} and each.name:
            form.fields.append(each)

    def handle_endtag(self, tag: str) -> None:
        if tag == "template" or self.drafts:
            self.drafts -= tag == "template"
        elif tag == "form":
            self.here = ""
        elif tag == "select":
            self.away += [(self.here, option) for option in self.chosen]
            self.menu = ""
        elif tag == "textarea" and self.area:
            self.away.append((self.belongs, Field(self.area, "textarea", self.written.removeprefix("\n"))))
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.written += data
