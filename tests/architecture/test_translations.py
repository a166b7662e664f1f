"""Everything on screen reads as French to who reads French, and as English to who reads English."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from django.utils import translation

from cordee.config.translations import LOCALE, compile_if_needed
from tools import translations as tool

SOURCES = tool.SOURCES


# --- the catalogue ------------------------------------------------------------------------------
def test_the_french_catalogue_is_complete_and_well_written() -> None:
    assert list(tool.problems(tool.sources(), tool.read())) == []


def test_english_shows_what_is_written_in_the_code() -> None:
    """French is the house's first language: English must not fall back to it."""
    with translation.override("en"):
        for context, singular, plural in messages():
            shown = translation.pgettext(context, singular) if context else translation.gettext(singular)
            assert shown == singular
            if plural:
                assert translation.ngettext(singular, plural, 1) == singular
                assert translation.ngettext(singular, plural, 0) == plural


def test_french_takes_its_singular_for_nothing_and_for_one() -> None:
    for message in tool.read():
        if isinstance(message.id, tuple) and not message.context:
            singular, plural = message.id
            with translation.override("fr"):
                shown = [translation.ngettext(singular, plural, number) for number in (0, 1, 2)]
            one, many = tool._all(message.string)
            assert shown == [one, one, many]


def messages() -> Iterator[tuple[str | None, str, str]]:
    """Context, singular and plural of every message."""
    for message in tool.read():
        if message.id:
            singular, *plural = [message.id] if isinstance(message.id, str) else message.id
            yield message.context, singular, plural[0] if plural else ""


# --- from the sources to what Django reads ------------------------------------------------------
def test_a_catalogue_is_compiled_when_it_is_new_or_changed_and_only_then(tmp_path: Path) -> None:
    shutil.copytree(LOCALE, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.mo"))
    catalogue = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    compiled = catalogue.with_suffix(".mo")

    compile_if_needed(tmp_path)
    first = compiled.stat().st_ino
    compile_if_needed(tmp_path)
    assert compiled.stat().st_ino == first

    catalogue.write_text(catalogue.read_text().replace("Boucle magnétique", "Boucle à induction"))
    compile_if_needed(tmp_path)
    assert "Boucle à induction".encode() in compiled.read_bytes()
    assert compiled.stat().st_mode & 0o444 == 0o444
    assert [file.name for file in catalogue.parent.iterdir() if file.name.startswith(".")] == []


def test_messages_are_found_in_code_and_templates(tmp_path: Path) -> None:
    room = tmp_path / "src" / "room"
    (room / "templates").mkdir(parents=True)
    (room / "a.py").write_text(
        'x = _("plain")\ny = ngettext("%(n)d one", "%(n)d many", n)\nz = pgettext_lazy("verb", "order")\n'
        'lost = gettext_noop("kept" " together")\n'
    )
    (room / "templates" / "a.html").write_text(
        '{% load i18n %}{% translate "in a tag" %}{% include "x" with label=_("in a value") %}'
        "{% blocktranslate count n=rows|length trimmed %}\n  {{ n }} row\n{% plural %}\n  {{ n }} rows\n"
        '{% endblocktranslate %}{{ x|default:_("in a filter") }}{% translate "order" context "noun" %}'
    )
    found = {(message.context, message.id) for message in tool.sources(room) if message.id}
    assert found >= {
        (None, "plain"),
        (None, ("%(n)d one", "%(n)d many")),
        ("verb", "order"),
        (None, "kept together"),
        (None, "in a tag"),
        (None, "in a value"),
        (None, ("%(n)s row", "%(n)s rows")),
        (None, "in a filter"),
        ("noun", "order"),
    }


def test_an_update_keeps_translations_drops_what_is_gone_and_can_be_repeated() -> None:
    known = catalogue({"kept": "gardé", "gone": "parti"})
    known.add("order", "commande", context="noun")
    wanted = catalogue({"kept": "", "new": ""})
    wanted.add("order", context="noun")
    merged = tool.merged(wanted, known)
    assert {(m.context, m.id, m.string) for m in merged if m.id} == {
        (None, "kept", "gardé"),
        (None, "new", ""),
        ("noun", "order", "commande"),
    }
    assert tool.as_bytes(merged) == tool.as_bytes(tool.merged(wanted, merged))


@pytest.mark.parametrize(
    ("english", "french", "problem"),
    [
        ("Save", "", "not translated"),
        ("%(n)d people", "des personnes", "placeholders differ"),
        ("Hello {name}", "Bonjour {nom}", "placeholders differ"),
        ("Hello\n", "Bonjour", "line break"),
        ("The list", "L'effectif", "apostrophe"),
        ("Really?", "Vraiment ?", "break before"),
        ("Really?", "Vraiment?", "no space before"),
        ("Name: x", "Nom: x", "no space before"),
        ("“Yes”", "« oui »", "after «"),
        ("“Yes”", '"oui"', "quotation"),
    ],
)
def test_what_is_wrong_in_the_catalogue_is_told(english: str, french: str, problem: str) -> None:
    found = list(tool.problems(catalogue({english: ""}), catalogue({english: french})))
    assert any(problem in line for line in found), found


def test_a_missing_and_a_forgotten_message_are_told() -> None:
    found = list(tool.problems(catalogue({"new": ""}), catalogue({"old": "vieux"})))
    assert [line.split(" (")[0] for line in found] == ["missing", "no longer used"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("L'ordre d'arrivée", "L’ordre d’arrivée"),
        ("Vraiment ? « Oui » ; non !", "Vraiment\u00a0? «\u00a0Oui\u00a0»\u00a0; non\u00a0!"),
        ("Nom : %(name)s", "Nom\u00a0: %(name)s"),
        ("https://x.example et 9:30", "https://x.example et 9:30"),
    ],
)
def test_french_marks_are_put_in(typed: str, printed: str) -> None:
    assert tool.tidy(typed) == printed
    assert list(tool.typography(printed)) == []


def catalogue(entries: dict[str, str]) -> Catalog:
    """A catalogue of these messages."""
    made = Catalog(locale="fr")
    for english, french in entries.items():
        made.add(english, french)
    return made


# --- nothing on screen goes round the catalogue -------------------------------------------------
SAME_IN_BOTH = {"Cordée", "PDF", "QR", "Camille", "Rousset"}
WORD = re.compile(r"[^\W\d_]{2,}")
SAID_IN = re.compile(r"""\b(?:alt|title|placeholder|aria-label|content)="([^"]*)\"""")
NOT_SAID = (
    r"(?s){% comment %}.*?{% endcomment %}",
    r"(?s){% blocktranslate.*?{% endblocktranslate.*?%}",
    r"{% block width %}.*?{% endblock.*?%}",
    r"(?s){%.*?%}|{{.*?}}|{#.*?#}",
    r"(?s)<(style|script|svg)\b.*?</\1>",
    r"(?s)<!--.*?-->|<!doctype html>|<meta .*?>|&\w+;",
)


def test_every_word_of_a_template_can_be_translated() -> None:
    bare = []
    for template in sorted(SOURCES.rglob("templates/**/*.html")):
        text = template.read_text()
        for pattern in NOT_SAID:
            text = re.sub(pattern, " ", text)
        said = [re.sub(r"(?s)<[^>]*>", " ", text), *SAID_IN.findall(text)]
        words = sorted({word for part in said for word in WORD.findall(part)} - SAME_IN_BOTH)
        bare += [f"{template.relative_to(SOURCES)}: {' '.join(words)}"] if words else []
    assert not bare, "put in {% translate %}:\n" + "\n".join(bare)


SHOWN = {"label", "help_text", "message", "fix", "detail", "title", "action_label", "empty_label", "note"}
SHOWN_AT = {"Blocker": slice(1, 3), "add_error": slice(1, 2), "ValidationError": slice(0, 1)}
OUR_OWN_DATA = {"migrations", "demo"}


def test_every_sentence_in_code_can_be_translated() -> None:
    """Labels, helps, refusals and messages: never a bare string."""
    bare = []
    for file in sorted(SOURCES.rglob("*.py")):
        if OUR_OWN_DATA.isdisjoint(file.parts):
            where = file.relative_to(SOURCES)
            calls = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
            bare += [f"{where}:{text.lineno}" for call in calls for text in untranslated(call)]
    assert not bare, "put through gettext:\n" + "\n".join(bare)


def untranslated(call: ast.Call) -> Iterator[ast.Constant]:
    """What a call shows to people without having it translated."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    shown = [keyword.value for keyword in call.keywords if keyword.arg in SHOWN]
    for value in [*shown, *call.args[SHOWN_AT.get(name, slice(0, 0))]]:
        for text in value.values if isinstance(value, ast.JoinedStr) else [value]:
            if isinstance(text, ast.Constant) and isinstance(text.value, str) and WORD.search(text.value):
                yield text
