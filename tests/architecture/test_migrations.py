"""A migration that moves rows is tried over rows: `tests/migrating.py` says how."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader

TESTS = Path(__file__).parents[1]


def moves_rows() -> dict[str, tuple[str, str | None]]:
    """Return our migrations that do, with the state each begins from: the app, and its migration before."""
    ours = {
        key: migration
        for key, migration in MigrationLoader(None).disk_migrations.items()
        if type(migration).__module__.startswith("cordee.")
    }
    assert ours
    return {
        f"{app}.{name}": (app, next((before for of, before in migration.dependencies if of == app), None))
        for (app, name), migration in ours.items()
        if any(isinstance(each, RunPython | RunSQL) for each in migration.operations)
    }


def tried() -> Iterator[tuple[object, ...]]:
    """Return every state that a test goes back to: the arguments of `before(…)`, written out or named above."""
    for path in TESTS.rglob("test_*.py"):
        text = path.read_text()
        if "from tests.migrating import before" not in text:
            continue
        named: dict[str, object] = {}
        for node in ast.walk(ast.parse(text)):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)):
                    named[name] = value
                case ast.Call(func=ast.Name(id="before"), args=args):
                    yield tuple(_said(each, named) for each in args)


def _said(argument: ast.expr, named: dict[str, object]) -> object:
    return named[argument.id] if isinstance(argument, ast.Name) else ast.literal_eval(argument)


def test_each_is_tried_over_rows() -> None:
    states = set(tried())
    untried = {name: state for name, state in moves_rows().items() if state not in states}
    assert untried == {}, "go back to this state in a test, put rows there, and look at what becomes of them"
