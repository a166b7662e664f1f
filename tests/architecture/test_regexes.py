"""Regular expressions over what strangers send: ten times the text makes about ten times the work.

The work is counted (`regex_work`), not timed. Every pattern of the house is looked at; those over words that
the house itself wrote are named.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest

from tests.architecture.regex_work import GROWTH, worst
from tests.architecture.test_laws import HOUSE, sources

_VERBS = {"match", "search", "sub", "subn", "fullmatch", "findall", "finditer", "split"}
_AT_THE_BEGINNING = {"match", "fullmatch"}
OWN_WORDS = {
    "cordee.notifications.calendars._EVENT": "calendars that the house wrote",
    "cordee.notifications.calendars._ZONE": "calendars that the house wrote",
    "cordee.web.addresses": "marks that the house made, in an address of its own",
    "cordee.web.stylesheets": "the house's own styles",
    "cordee.web.whitespace": "the house's own templates",
}
"""Patterns, or files of patterns, that no stranger's text meets, each with what they do meet."""


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern, where it is, and whether it is looked for everywhere in a text."""

    where: str
    pattern: re.Pattern[Any] | None
    """None: made while the house runs."""
    anywhere: bool


def _found() -> Iterator[Found]:
    trees = {file: tree for file, tree in sources("**/*.py") if "migrations" not in file.parts}
    begun = _only_at_the_beginning(trees.values())
    for file, tree in trees.items():
        name = ".".join(("cordee", *file.relative_to(HOUSE).with_suffix("").parts)).removesuffix(".__init__")
        if not any(isinstance(n, ast.Import) and n.names[0].name == "re" for n in ast.walk(tree)):
            continue
        module = import_module(name)
        named = {key: value for key, value in vars(module).items() if isinstance(value, re.Pattern)}
        made = {ast.unparse(node.targets[0]) for node in tree.body if isinstance(node, ast.Assign)}
        for key, value in named.items():
            if key not in made:
                continue
            yield Found(f"{name}.{key}", value, key not in begun)
        for call in ast.walk(tree):
            verb = _verb_of_re(call)
            if isinstance(call, ast.Call) and verb in _VERBS:
                yield Found(f"{name}:{call.lineno}", _literal(call), verb not in _AT_THE_BEGINNING)
        compiled = sum(_verb_of_re(call) == "compile" for call in ast.walk(tree))
        assert compiled <= len(named), f"{name}: name each compiled pattern at the top of the file"


def _verb_of_re(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=verb)):
            return verb
    return ""


def _literal(call: ast.Call) -> re.Pattern[Any] | None:
    return re.compile(call.args[0].value) if isinstance(call.args[0], ast.Constant) else None  # type: ignore[arg-type]


def _only_at_the_beginning(trees: Any) -> set[str]:
    """The names of patterns that are only tried where a text begins."""
    uses: dict[str, set[str]] = {}
    for tree in trees:
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(value=ast.Name(id=name), attr=verb) if verb in _VERBS:
                    uses.setdefault(name, set()).add(verb)
    return {name for name, verbs in uses.items() if verbs <= _AT_THE_BEGINNING}


FOUND = sorted(_found(), key=lambda found: found.where)


def test_all_patterns_of_the_house_are_looked_at() -> None:
    assert len(FOUND) > 60
    places = {found.where for found in FOUND} | {found.where.partition(":")[0] for found in FOUND}
    assert set(OWN_WORDS) <= places, "a line that is not needed any more"


@pytest.mark.parametrize("found", FOUND, ids=lambda found: found.where)
def test_ten_times_the_text_is_about_ten_times_the_work(found: Found) -> None:
    if {found.where, found.where.partition(":")[0]} & set(OWN_WORDS):
        return
    assert found.pattern is not None, "a pattern made while the house runs: write it down, or name it above"
    growth, text = worst(found.pattern, anywhere=found.anywhere)
    assert growth < GROWTH, f"{found.pattern.pattern!r} on {text!r}…: {growth:.0f} times the work"


@pytest.mark.parametrize(
    "pattern",
    [
        rb"""<table:table-cell\b([^<>]*?)\stable:formula="(?:of:|oooc:)?([^"]*)"([^<>]*?)/>""",
        r"<c>\s*<f/>\s*(?:<v/>)?\s*</c>",
        r"\s*[(\[][^()\[\]]*[)\]]\s*$",
        r"\s*[,;]\s*",
        r"(?<=\w)à(?=[\w-]+\.\w)",
        r"^[^:]*\w[^:]*$",
        r"[:/]+(?=@)",
        r"<[^>]*>",
        r"^(?:\w+,?)*$",
        r"(a|b|ab)*c",
    ],
)
def test_what_grows_too_fast_is_found(pattern: str | bytes) -> None:
    assert worst(re.compile(pattern))[0] > GROWTH


@pytest.mark.parametrize(
    "pattern",
    [r"\s+", r"<[^<>]*>", r"^\s*(?:to|cc)\s*:", r"(?<!\w)\w+@\w*", r"^\s*+\w", r"\b\d+:", r"x{1,9}y"],
)
def test_what_grows_with_the_text_is_let_through(pattern: str) -> None:
    assert worst(re.compile(pattern))[0] < GROWTH
