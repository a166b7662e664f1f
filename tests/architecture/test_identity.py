"""Who is the same person is told in one place: nobody else compares addresses or names."""

import ast
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2] / "src/cordee"
ROOMS = (
    "accommodation",
    "attendance",
    "automations",
    "cli",
    "closure",
    "documents",
    "enrolment",
    "registration",
    "surveys",
    "web/coordination",
    "web/guest",
)
ALLOWED = {
    "enrolment/rules/identity.py": "the rule",
    "enrolment/queries/people.py": "whom the rule is asked about: all at an address",
    "enrolment/actions/people.py": "writes the name as it is compared",
    "enrolment/queries/lists.py": "the pages of all who have an address, for who lost the links",
    "registration/queries.py": "all who registered with an address",
    "web/guest/names/rows.py": "shows an address beside a name, not twice the address",
    "registration/actions/asking.py": "writes the name as it is compared",
}
_LOOKED_UP = {"email", "email__in", "email__iexact", "name_key", "name_key__in"}
_SEARCHING = {"filter", "exclude", "get", "get_or_create", "update_or_create"}


def _told_apart_by(tree: ast.AST) -> Iterator[int]:
    """Where addresses or names of people are compared or looked up, by line."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=left, comparators=others):
                sides = [left, *others]
                attributes = [s for s in sides if isinstance(s, ast.Attribute) and s.attr == "email"]
                if attributes and not any(isinstance(s, ast.Constant) for s in sides):
                    yield node.lineno
            case ast.Call(func=ast.Attribute(attr=verb), keywords=keywords) if verb in _SEARCHING:
                names = {
                    (k.arg or "").rpartition("participant__")[2] for k in keywords if not _empty(k.value)
                }
                if names & _LOOKED_UP:
                    yield node.lineno
            case ast.Call(func=ast.Name(id="name_key")):
                yield node.lineno


def _empty(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value == ""


def _hits() -> dict[str, list[int]]:
    files = (file for room in ROOMS for file in sorted((HOUSE / room).rglob("*.py")))
    found = {
        str(file.relative_to(HOUSE)): list(_told_apart_by(ast.parse(file.read_text(encoding="utf-8"))))
        for file in files
        if "migrations" not in file.parts
    }
    return {file: lines for file, lines in found.items() if lines}


def test_nobody_else_tells_people_apart() -> None:
    strangers = {file: lines for file, lines in _hits().items() if file not in ALLOWED}
    assert not strangers, "ask `enrolment.rules.identity` who it is"


def test_who_may_still_does() -> None:
    assert set(ALLOWED) == set(_hits())
