"""What a page hides never wins over what is on the screen, nor over what changed meanwhile: each such field is here."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from django import forms

import cordee.web

WEB = Path(cordee.web.__file__).parent
TESTS = Path(__file__).parents[1]

NAMES_A_ROW = (
    "It says which row or person the fields beside it belong to: they are looked up within what one may see."
)
LEADS_BACK = "It says where one was; elsewhere is not gone to (tests/web/coordination/test_mail_log.py)."
NOTHING_ELSE = "It changes nothing: what follows from it is asked of the data each time."

HIDDEN = {
    # doing it once
    "csrfmiddlewaretoken": "django's",
    "form_token": "tests/web/coordination/test_enrolling.py",
    "copies": "tests/web/office/test_mails.py",
    # what was seen
    "expected_version": "tests/architecture/test_stale_forms.py",
    "seen-{{ half_day.id }}": "tests/web/coordination/test_presence.py",
    "seen_version": "tests/web/guest/test_placement.py",
    "version-{{ row.id }}": "tests/web/coordination/test_enrolling.py",
    "total": "tests/web/coordination/test_fees_page.py",
    "position": "tests/web/office/test_questionnaires.py",
    "despite_clash": "tests/web/coordination/test_session_page.py",
    "seen": "tests/web/guest/test_names.py",
    "given": "tests/web/office/test_given_invoice.py",
    "sheet_seen": "tests/web/coordination/test_sheet_review.py",
    "shown": "tests/web/office/test_many_payments.py",
    # what follows from what is typed
    "derived": "tests/web/coordination/test_plan.py",
    "zone_asked": "tests/web/coordination/test_plan.py",
    # what the device tells
    "strokes": "tests/web/coordination/test_signing.py",
    "device_at": "tests/web/guest/test_signing.py",
    "shown_at": "tests/web/guest/test_registration.py",
    # which one
    "row": NAMES_A_ROW,
    "new-line": NAMES_A_ROW,
    "facilitator": NAMES_A_ROW,
    "who": NAMES_A_ROW,
    "line": NAMES_A_ROW,
    "complaint": NAMES_A_ROW,
    "coordinator": NAMES_A_ROW,
    "answer": "The button that was pressed says it; nothing is in the field before.",
    "kind": NOTHING_ELSE,
    "mission": NOTHING_ELSE,
    "status": NOTHING_ELSE,
    "show": NOTHING_ELSE,
    "page": NOTHING_ELSE,
    "next": LEADS_BACK,
}
"""Each field that people do not see: the tests of what happens when it is old, or why it cannot be."""


def in_templates() -> dict[str, str]:
    found = {}
    for path in (*WEB.rglob("*.html"), *WEB.rglob("*.py")):
        for tag in re.findall(r"<input\b[^>]*?type=\"hidden\"[^>]*", path.read_text()):
            (name,) = re.findall(r"\bname=\"([^\"]+)\"", tag)
            found[name] = path.name
    return found


def in_forms() -> dict[str, str]:
    """Return the hidden fields of every form, and of those that a form hides when there is nothing to choose."""
    for module in walk_packages([str(WEB)], "cordee.web."):
        import_module(module.name)
    found, classes = {}, [forms.BaseForm]
    while classes:
        each = classes.pop()
        classes += each.__subclasses__()
        if each.__module__.startswith("cordee."):
            fields = getattr(each, "base_fields", {})
            found |= {name: each.__name__ for name, field in fields.items() if field.widget.is_hidden}
    for path in WEB.rglob("*.py"):
        hidden = re.findall(r"fields\[\"(\w+)\"\]\.widget = forms\.HiddenInput", path.read_text())
        found |= dict.fromkeys(hidden, path.name)
    return found


def test_each_is_known() -> None:
    found = in_templates() | in_forms()
    unknown = {name: where for name, where in found.items() if name not in HIDDEN}
    assert unknown == {}, "say what happens when it is older than what is on the screen, and test it"
    assert set(HIDDEN) - set(found) == set(), "gone: take it out"


@pytest.mark.parametrize("name", [name for name, told in HIDDEN.items() if told.startswith("tests/")])
def test_where_it_is_tried_is_right(name: str) -> None:
    """The file speaks of the field, at least."""
    told = re.split(r"\W", name)[0]
    assert told in (TESTS.parent / HIDDEN[name]).read_text()
